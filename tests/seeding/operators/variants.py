"""Errors in variants, against the proteins of their genes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from seeding.editing import Edit
from seeding.operators import OPERATORS
from seeding.places import SUBSTITUTION

from corpus import proteins
from extract.hgvs.reference_residues import residues
from extract.records import Extraction, Mention, Span

# Letters that no codon of the first is one nucleotide away from.
_FAR = {"L": "D", "T": "D", "G": "M", "C": "P", "V": "P", "S": "D", "F": "K", "D": "P", "K": "P", "H": "M", "A": "M"}


def _variants(extraction: Extraction) -> Iterator[tuple[Mention, re.Match[str], bool]]:
    """Yield the single substitutions with a gene, and whether each stands elsewhere too."""
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        if mention.kind == "variant" and mention.entity and proteins.protein(mention.entity):
            places[mention.normalized].append(mention)
    for mentions in places.values():
        for mention in mentions:
            match = SUBSTITUTION.fullmatch(mention.text)
            if match:
                yield mention, match, len(mentions) > 1


@OPERATORS.register("residue-out-of-range")
def residue_out_of_range(extraction: Extraction) -> Iterator[Edit]:
    """Double the first figure of a residue number, where the protein has no residue of that number."""
    for mention, match, again in _variants(extraction):
        longer = match[2][0] + match[2]
        if again and proteins.residue(mention.entity, int(longer)) is None:
            yield Edit(mention.span, match[1] + longer + match[3])


@OPERATORS.register("wild-type-mismatch")
def wild_type_mismatch(extraction: Extraction) -> Iterator[Edit]:
    """Swap the last two figures of a residue number, where the protein has another residue there."""
    for mention, match, again in _variants(extraction):
        swapped = match[2][:-2] + match[2][-1] + match[2][-2]
        found = proteins.residue(mention.entity, int(swapped))
        if again and found not in (None, match[1]):
            yield Edit(mention.span, match[1] + swapped + match[3])


@OPERATORS.register("wrong-gene-variant")
def wrong_gene_variant(extraction: Extraction) -> Iterator[Edit]:
    """Put a variant of a longer protein of the paper in the place of another, in a cell."""
    found = list(_variants(extraction))
    others = [(m.entity, m.text, max(r.position for r in residues(m.normalized))) for m, _, _ in found]
    for mention, _, _ in found:
        protein = proteins.protein(mention.entity)
        for gene, text, position in others:
            if mention.cell is not None and protein and gene != mention.entity and position > len(protein.sequence):
                yield Edit(mention.span, text)
                break


@OPERATORS.register("no-single-nucleotide-change")
def no_single_nucleotide_change(extraction: Extraction) -> Iterator[Edit]:
    """Change the new residue of a substitution that stands elsewhere to one of another codon altogether."""
    for mention, match, again in _variants(extraction):
        if again and match[1] in _FAR and _FAR[match[1]] != match[3]:
            yield Edit(mention.span, match[1] + match[2] + _FAR[match[1]])


@OPERATORS.register("compound-variant-mismatch")
def compound_variant_mismatch(extraction: Extraction) -> Iterator[Edit]:
    """Change the last letter of a compound that text and table have, where each names it once."""
    places: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        if mention.kind == "variant" and ";" in mention.normalized:
            places[mention.entity, mention.normalized].append(mention)
    for mentions in places.values():
        if len(mentions) == 2 and sum(mention.cell is not None for mention in mentions) == 1:
            for mention in mentions:
                last = mention.text[-1]
                yield Edit(Span(start=mention.span.end - 1, end=mention.span.end), "N" if last != "N" else "S")


@OPERATORS.register("codon-mismatch")
def codon_mismatch(extraction: Extraction) -> Iterator[Edit]:
    """Put a 9 before the base of a change of DNA that stands beside its change of protein."""
    for match in re.finditer(
        r"c\.(\d+)[ACGT]>[ACGT][\s,;(\[]{1,3}p\.|[A-Z]\d+[A-Z] [(\[]c\.(\d+)[ACGT]>", extraction.document.text
    ):
        group = 1 if match[1] else 2
        yield Edit(Span(start=match.start(group), end=match.start(group)), "9")
