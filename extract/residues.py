"""Whether the residues that a variant names stand in a gene's reference protein.

Positions are those of the canonical UniProt sequence, as HGVS counts them (the initiator Met is 1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus import proteins

THREE_TO_ONE = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G",
    "His": "H", "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S",
    "Thr": "T", "Trp": "W", "Tyr": "Y", "Val": "V", "Sec": "U",
}  # fmt: skip
ONE_TO_THREE = {one: three for three, one in THREE_TO_ONE.items()}

_REFERENCE_RESIDUE = re.compile(r"(?<![A-Za-z])([A-Z][a-z]{2})(\d+)")


class Fit(StrEnum):
    """How a variant's residues stand to a protein."""

    FITS = "fits"
    OTHER_RESIDUE = "other residue"
    BEYOND_END = "beyond end"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Residue:
    """A reference residue that a variant names: its one-letter code and its position from 1."""

    position: int
    letter: str


def residues(normalized: str) -> tuple[Residue, ...]:
    """Return the reference residues that a variant in HGVS protein notation names, each once.

    >>> residues("p.[Cys1156Tyr;Leu1198Phe]")
    (Residue(position=1156, letter='C'), Residue(position=1198, letter='L'))
    """
    if not normalized.startswith("p."):
        return ()
    named = (
        Residue(position=int(position), letter=THREE_TO_ONE[three])
        for three, position in _REFERENCE_RESIDUE.findall(normalized)
        if three in THREE_TO_ONE and len(position) <= 6
    )
    return tuple(sorted(set(named)))


def fit(symbol: str, named: tuple[Residue, ...]) -> Fit:
    """Say whether all the residues stand in the protein of that gene."""
    protein = proteins.protein(symbol)
    if protein is None or not named:
        return Fit.UNKNOWN
    if any(not 1 <= residue.position <= len(protein.sequence) for residue in named):
        return Fit.BEYOND_END
    return Fit.FITS if unfitting(symbol, named) is None else Fit.OTHER_RESIDUE


def unfitting(symbol: str, named: tuple[Residue, ...]) -> Residue | None:
    """Return the first of the residues that the protein of that gene does not have."""
    return next(
        (residue for residue in named if proteins.residue(symbol, residue.position) != residue.letter), None
    )


_PROTEIN_CHANGE = re.compile("|".join((*THREE_TO_ONE, "Ter")))


def short_form(normalized: str) -> tuple[str, ...]:
    """Return the changes of a variant in HGVS protein notation in one-letter form, as curators write them.

    >>> short_form("p.[Cys1156Tyr;Leu1198Phe]")
    ('C1156Y', 'L1198F')
    """
    body = normalized.removeprefix("p.").strip("[]()")
    return tuple(
        _PROTEIN_CHANGE.sub(lambda name: THREE_TO_ONE.get(name[0], "*"), change)
        for change in body.split(";")
        if change
    )
