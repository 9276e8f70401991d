"""Residue numberings that the literature uses beside Swiss-Prot's canonical sequence.

MET Y1248 of one paper is Y1230 of another: a variant that does not fit the canonical sequence may fit another
isoform, the mature protein or an older reference, and then it is no error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.genes import gene
from corpus.resources import read_text, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """Another numbering of a gene's protein: residue n, from `first` to `last`, is canonical n + `shift`."""

    symbol: str
    first: int
    last: int
    shift: int
    note: str

    def canonical(self, position: int) -> int | None:
        """Return the canonical position of one in this numbering, or None outside its range."""
        return position + self.shift if self.first <= position <= self.last else None


def numberings(symbol: str) -> tuple[Numbering, ...]:
    """Return the other numberings of a gene, named as for `corpus.genes.gene`; empty where none is known."""
    named = gene(symbol)
    return _by_symbol().get(named.symbol, ()) if named else ()


@cache
def _by_symbol() -> dict[str, tuple[Numbering, ...]]:
    table: dict[str, tuple[Numbering, ...]] = {}
    for symbol, first, last, shift, note in rows(read_text("numberings.tsv")):
        numbering = Numbering(symbol=symbol, first=int(first), last=int(last), shift=int(shift), note=note)
        table[symbol] = (*table.get(symbol, ()), numbering)
    return table
