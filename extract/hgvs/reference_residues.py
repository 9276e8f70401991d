"""Whether the residues that a variant names stand in a gene's reference protein.

Positions are those of the canonical UniProt sequence, as HGVS counts them (the initiator Met is 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus import proteins
from corpus.numberings import numberings
from corpus.proteins import Protein
from extract.hgvs.notation import THREE_TO_ONE, changes


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
    named = (
        Residue(position=position, letter=THREE_TO_ONE[symbol])
        for change in changes(normalized)
        for symbol, position in ((change.reference, change.position), (change.end_reference, change.end))
        if position is not None and symbol in THREE_TO_ONE and symbol not in {"Ter", "Xaa"}
    )
    return tuple(sorted(set(named)))


def fit(symbol: str, named: tuple[Residue, ...]) -> Fit:
    """Say whether all the residues stand in the protein of that gene.

    A gene with several Swiss-Prot entries fits by any of them, and in any of the numberings that papers use
    for it beside the canonical one (another isoform, the mature protein).
    """
    known = proteins.proteins(symbol)
    if not known or not named:
        return Fit.UNKNOWN
    if any(_has(protein, residues) for protein in known for residues in _renumbered(symbol, named)):
        return Fit.FITS
    longest = max(len(protein.sequence) for protein in known)
    beyond = any(not 1 <= residue.position <= longest for residue in named)
    return Fit.BEYOND_END if beyond else Fit.OTHER_RESIDUE


def unfitting(symbol: str, named: tuple[Residue, ...]) -> Residue | None:
    """Return the first of the residues that the canonical protein of that gene does not have."""
    return next((residue for residue in named if proteins.residue(symbol, residue.position) != residue.letter), None)


def _renumbered(symbol: str, named: tuple[Residue, ...]) -> Iterator[tuple[Residue, ...]]:
    """Yield the residues as they are, and in canonical positions for each other numbering of the gene."""
    yield named
    for numbering in numberings(symbol):
        positions = [numbering.canonical(residue.position) for residue in named]
        if None not in positions:
            yield tuple(
                Residue(position=position, letter=residue.letter)
                for position, residue in zip(positions, named, strict=True)
                if position is not None
            )


def _has(protein: Protein, named: tuple[Residue, ...]) -> bool:
    return all(
        1 <= residue.position <= len(protein.sequence) and protein.sequence[residue.position - 1] == residue.letter
        for residue in named
    )
