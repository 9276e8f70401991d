"""Changes of DNA beside changes of protein that lie in another codon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import capitalized, place_name
from extract.records import Extraction, Mention
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

_CODING = re.compile(r"c\.(\d+)[ACGT]>[ACGT]")
_PROTEIN = re.compile(r"p\.[A-Z][a-z]{2}(\d+)(?:[A-Z][a-z]{2}|=)")
# 'c.2573T>G (p.L858R)', 'L858R (c.2573T>G)', 'c.2573T>G, p.L858R': two names of one change.
_BESIDE = re.compile(r"\s?[(\[,/:]?\s?(?:p\.)?\(?")

_LISTED = re.compile(r",\s?(?:and\s|p\.)?")


@dataclass(frozen=True, slots=True)
class _Pair:
    dna: Mention
    protein: Mention
    base: int
    residue: int

    @property
    def codon(self) -> int:
        return (self.base + 2) // 3


@RULES.register("codon-mismatch")
def codon_mismatch(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find substitutions of the coding DNA and of the protein, printed as one change, that lie in different codons.

    Looks at the two names side by side or one in brackets after the other, of one gene. The base with the number n lies
    in codon (n + 2) / 3, rounded down. Leaves alone bases in introns and outside the coding sequence, insertions and
    deletions, names with other words between them, lists that do not say which belong together, and bases without
    'c.': older papers count them from the start of the transcript.

    Example: 'EGFR c.2573T>G (p.L861Q)'; base 2573 lies in codon 858.

    Source: HGVS nomenclature, numbering of coding DNA and protein (den Dunnen et al., Hum Mutat 2016;37:564).
    """
    context, locator = Context(extraction.document, extraction.mentions), Locator(extraction.document)
    variants = context.of_kind("variant")
    pairs = [
        pair
        for one, other, after in zip(variants, variants[1:], (*variants[2:], None), strict=False)
        if (pair := _one_change(context, one, other)) and not (after and _go_on(context, other, after))
    ]
    settled = {mention.span for pair in pairs if pair.codon == pair.residue for mention in (pair.dna, pair.protein)}
    open_pairs = [pair for pair in pairs if pair.dna.span not in settled and pair.protein.span not in settled]
    uses = Counter(mention.span for pair in open_pairs for mention in (pair.dna, pair.protein))
    yield from (Outcome.CONSISTENT for pair in pairs if pair.codon == pair.residue)
    for pair in open_pairs:
        dna, protein = pair.dna, pair.protein
        if uses[dna.span] > 1 or uses[protein.span] > 1:
            yield Outcome.NOT_APPLICABLE  # a list that does not say which belong together
            continue
        within = context.sentence(dna.span)
        places = tuple(
            Place(
                role=role,
                evidence=locator.evidence(mention.span, extractor="variant", cell=mention.cell, within=within),
            )
            for role, mention in (("change of DNA", dna), ("change of protein", protein))
        )
        where = place_name(extraction.document, places[0].evidence)
        yield Doubt(
            severity=Severity.WARNING,
            subject=f"{dna.text} {protein.text}",
            message=(
                f"{capitalized(where)} gives {dna.text} and {protein.text} as one change, but base "
                f"{pair.base} lies in codon {pair.codon}, not {pair.residue}."
            ),
            key=(dna.normalized, protein.normalized),
            places=places,
        )


def _one_change(context: Context, one: Mention, other: Mention) -> _Pair | None:
    """Return the two mentions where they are names of one change beside each other."""
    if one.cell != other.cell or other.span.start < one.span.end:
        return None
    between = context.document.text[one.span.end : other.span.start]
    if not _BESIDE.fullmatch(between) or (one.entity and other.entity and one.entity != other.entity):
        return None
    for dna, protein in ((one, other), (other, one)):
        base, residue = _CODING.fullmatch(dna.normalized), _PROTEIN.fullmatch(protein.normalized)
        if base and residue and "c." in dna.text:
            return _Pair(dna, protein, int(base[1]), int(residue[1]))
    return None


def _go_on(context: Context, one: Mention, after: Mention) -> bool:
    """Say whether a change is the first of a list of its kind: 'c.157G>T, c.562C>T (p.E53X, p.R188X)'."""
    return (
        one.cell == after.cell
        and one.normalized[:2] == after.normalized[:2]
        and _LISTED.fullmatch(context.document.text[one.span.end : after.span.start]) is not None
    )
