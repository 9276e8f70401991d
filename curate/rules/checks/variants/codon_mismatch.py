"""Changes of DNA beside changes of protein that lie in another codon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import place_name
from extract.records import Extraction, Mention
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

_CODING = re.compile(r"c\.(\d+)[ACGT]>[ACGT]")
_PROTEIN = re.compile(r"p\.[A-Z][a-z]{2}(\d+)(?:[A-Z][a-z]{2}|=)")
# 'c.2573T>G (p.L858R)', 'L858R (c.2573T>G)', 'c.2573T>G, p.L858R': two names of one change.
_BESIDE = re.compile(r"\s?[(\[,;/:]?\s?(?:p\.)?\(?")


@RULES.register("codon-mismatch")
def codon_mismatch(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find substitutions of the coding DNA and of the protein, printed as one change, that lie in different codons.

    Looks at the two names side by side or one in brackets after the other, of one gene. The base with the number n lies
    in codon (n + 2) / 3, rounded down. Leaves alone bases in introns and outside the coding sequence, insertions and
    deletions, and names with other words between them.

    Example: 'EGFR c.2573T>G (p.L861Q)'; base 2573 lies in codon 858.

    Source: HGVS nomenclature, numbering of coding DNA and protein (den Dunnen et al., Hum Mutat 2016;37:564).
    """
    context, locator = Context(extraction.document, extraction.mentions), Locator(extraction.document)
    variants = context.of_kind("variant")
    for one, other in pairwise(variants):
        pair = _one_change(context, one, other)
        if pair is None:
            continue
        base, residue, dna, protein = pair
        codon = (base + 2) // 3
        if codon == residue:
            yield Outcome.CONSISTENT
            continue
        within = context.sentence(one.span)
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
                f"{where[:1].upper()}{where[1:]} gives {dna.text} and {protein.text} as one change, but base {base} "
                f"lies in codon {codon}, not {residue}."
            ),
            key=(dna.normalized, protein.normalized),
            places=places,
        )


def _one_change(context: Context, one: Mention, other: Mention) -> tuple[int, int, Mention, Mention] | None:
    """Return base, residue and the two mentions where they are names of one change beside each other."""
    if one.cell != other.cell or other.span.start < one.span.end:
        return None
    between = context.document.text[one.span.end : other.span.start]
    if not _BESIDE.fullmatch(between) or (one.entity and other.entity and one.entity != other.entity):
        return None
    for dna, protein in ((one, other), (other, one)):
        base, residue = _CODING.fullmatch(dna.normalized), _PROTEIN.fullmatch(protein.normalized)
        if base and residue:
            return int(base[1]), int(residue[1]), dna, protein
    return None
