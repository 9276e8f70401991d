"""The recogniser of variants: protein and DNA changes, compounds, exon events, fusions and copy-number changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from extract.mentions.entity_kinds import ENTITY_KINDS, EntityKind, Judged
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.recognizers.variant.chromosome_arms import chromosome_arms
from extract.mentions.recognizers.variant.codons import codon_changes
from extract.mentions.recognizers.variant.compound import compounds
from extract.mentions.recognizers.variant.dna import dna_changes
from extract.mentions.recognizers.variant.duplicated_parts import duplicated_parts
from extract.mentions.recognizers.variant.ends import ends
from extract.mentions.recognizers.variant.events import events, mutated_codons, rearrangements
from extract.mentions.recognizers.variant.gene_at_variant import glued, glued_events, grounded
from extract.mentions.recognizers.variant.gene_events import gene_events
from extract.mentions.recognizers.variant.genomic import genomic_changes
from extract.mentions.recognizers.variant.in_words import worded_substitutions
from extract.mentions.recognizers.variant.indels import frameshifts, indels
from extract.mentions.recognizers.variant.protein import substitutions
from extract.mentions.recognizers.variant.residues import bare_residues
from extract.mentions.recognizers.variant.usual_names import usual_names
from extract.mentions.shared.found import Found, settle, trimmed
from extract.mentions.shared.gene_names import genes_in

ENTITY_KINDS.register("variant")(
    EntityKind(order=1, key="v", light="#f6c3cf", dark="#6b2c3c", judged=Judged.FINDING, names=True)
)
ENTITY_KINDS.register("fusion")(EntityKind(order=7, key="f", light="#cfd3f7", dark="#363c78", judged=Judged.FINDING))
ENTITY_KINDS.register("copy number")(EntityKind(order=8, key="n", judged=Judged.FINDING))


@RECOGNIZERS.register("variant")
def recognize(text: str) -> Iterator[Capture]:
    """Yield variants in order: kind `variant`, `fusion` or `copy number`, normalised to HGVS where it has a form.

    Shorthand gives one capture a change, all over its whole stretch; a compound gives one capture over all of
    it, then its parts, nested.
    """
    parts = chain(
        usual_names(text),  # first: of two finds of one stretch, the one with its gene is kept
        glued(text),
        ends(text),
        genomic_changes(text),
        duplicated_parts(text),
        chromosome_arms(text),
        substitutions(text),
        frameshifts(text),
        indels(text),
        dna_changes(text),
        worded_substitutions(text),
        codon_changes(text),
        events(text),
        mutated_codons(text),
        rearrangements(text),
        glued_events(text),
    )
    finds = settle(trimmed(text, find) for find in parts)
    genes = genes_in(text)
    finds = settle([*finds, *bare_residues(text, finds), *gene_events(text, genes)])
    finds = list(grounded(text, finds, genes))
    for find in sorted([*finds, *compounds(text, finds)], key=lambda find: (find.start, -find.end)):
        yield from _captures(find)


def _captures(find: Found) -> Iterator[Capture]:
    for name in find.names:
        yield Capture(
            kind=find.kind, start=find.start, end=find.end, normalized=name, entity=find.gene, score=find.score
        )
