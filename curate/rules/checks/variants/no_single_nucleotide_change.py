"""Substitutions that no change of one nucleotide gives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from corpus.resources import read_text, rows
from curate.records import Doubt, Outcome, Severity
from curate.rules import RULES
from curate.rules.shared.variant_gene_fit import Suspect, suspects
from curate.rules.shared.wording import listed, place_name
from extract.hgvs.notation import THREE_TO_ONE, changes, three_letter
from extract.hgvs.reference_residues import Fit
from extract.records import Extraction

# The standard genetic code (NCBI translation table 1), codons in the order TTT, TTC, TTA, TTG, TCT ... GGG.
BASES = "TCAG"
CODE = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
MOST_PLACES = 2  # a paper that names a variant more often means it


@RULES.register("no-single-nucleotide-change")
def no_single_nucleotide_change(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find substitutions that need two or three changed nucleotides, beside one at the residue that needs one.

    Looks at each substitution of one residue by another that fits the protein of its gene. Changes of two or three
    neighbouring nucleotides are real but rare, so that a misprint is more likely where the paper names another
    substitution of the same residue that one changed nucleotide gives. Leaves alone variants that the paper
    names more than twice or also as a change of DNA, and those known from tumours.

    Example: C1156T beside C1156Y: no codon of Cys is one nucleotide from one of Thr.

    Source: the standard genetic code (NCBI translation table 1).
    """
    found = [suspect for suspect in suspects(extraction) if suspect.fit is Fit.FITS]
    by_residue: dict[tuple[str, int], list[Suspect]] = {}
    for suspect in found:
        by_residue.setdefault((suspect.gene, suspect.named[0].position), []).append(suspect)
    named_as_dna = any(
        mention.normalized.startswith("c.") for mention in extraction.mentions if mention.kind == "variant"
    )
    for suspect in found:
        needed = _needed(suspect)
        if needed is None:
            yield Outcome.NOT_APPLICABLE
        elif needed == 1:
            yield Outcome.CONSISTENT
        else:
            single = [other for other in by_residue[suspect.gene, suspect.named[0].position] if _needed(other) == 1]
            doubtful = single and len(suspect.places) <= MOST_PLACES and not named_as_dna
            known = (suspect.gene, suspect.name) in _known()
            yield _doubt(extraction, suspect, needed, single) if doubtful and not known else Outcome.NOT_APPLICABLE


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Return the genes and substitutions of neighbouring nucleotides that recur in tumours."""
    return frozenset((gene, name) for gene, name in rows(read_text("tandem_substitutions.tsv")))


def _needed(suspect: Suspect) -> int | None:
    """Return the least number of nucleotides that a substitution changes, None for another kind of change."""
    parts = changes(f"p.{_three_letter_name(suspect)}")
    if len(suspect.named) != 1 or len(parts) != 1 or parts[0].edit != "sub":
        return None
    before, after = THREE_TO_ONE.get(parts[0].reference, ""), THREE_TO_ONE.get(parts[0].alternative, "")
    return _distance(before, after) if before and after and before != after and "X" not in (before, after) else None


def _three_letter_name(suspect: Suspect) -> str:
    """Return 'Cys1156Thr' for 'C1156T'."""
    first, last = three_letter(suspect.name[:1]), three_letter(suspect.name[-1:])
    return f"{first}{suspect.name[1:-1]}{last}" if first and last else suspect.name


@cache
def _distance(one: str, other: str) -> int | None:
    codons = dict(zip(("".join(bases) for bases in product(BASES, repeat=3)), CODE, strict=True))
    distances = [
        sum(a != b for a, b in zip(mine, yours, strict=True))
        for mine, amino in codons.items()
        if amino == one
        for yours, residue in codons.items()
        if residue == other
    ]
    return min(distances, default=None)


def _doubt(extraction: Extraction, suspect: Suspect, needed: int, single: list[Suspect]) -> Doubt:
    beside = listed(other.printed for other in single)
    return Doubt(
        severity=Severity.NOTICE,
        subject=suspect.subject,
        message=(
            f"{suspect.printed} in {place_name(extraction.document, suspect.places[0].evidence)} needs "
            f"{'two' if needed == 2 else 'three'} changed nucleotides, which is rare; {beside}, which this paper names "
            f"too, {'need' if len(single) > 1 else 'needs'} one."
        ),
        key=(suspect.gene, suspect.name),
        places=suspect.places,
    )
