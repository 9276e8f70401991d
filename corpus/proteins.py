"""Human protein sequences (Swiss-Prot, canonical isoforms), read one block at a time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.genes import gene
from corpus.resources import path, read_text, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Protein:
    """A canonical sequence in one-letter code; `symbol` is Swiss-Prot's gene name, empty for some entries."""

    symbol: str
    accession: str
    sequence: str


def protein(symbol: str) -> Protein | None:
    """Return the protein of a gene, by symbol or by a name that `corpus.genes.gene` resolves, or None.

    Of a gene with several entries (CDKN2A: p16INK4a, p14ARF) it is the one that variants are usually
    numbered by; `proteins` gives them all.
    """
    found = proteins(symbol)
    return found[0] if found else None


@lru_cache(maxsize=512)
def proteins(symbol: str) -> tuple[Protein, ...]:
    """Return every Swiss-Prot entry of a gene, the usual one first; empty where there is none."""
    return tuple(_protein(accession) for accession in _accessions(symbol))


def residue(symbol: str, position: int) -> str | None:
    """Return the one-letter residue at a position, counted from 1; None outside it or without a protein."""
    known = protein(symbol)
    if known is None or not 1 <= position <= len(known.sequence):
        return None
    return known.sequence[position - 1]


@cache
def symbols() -> tuple[str, ...]:
    """Return the gene names of all entries in alphabetical order, each once."""
    return tuple(_by_symbol())


@cache
def accessions() -> tuple[str, ...]:
    """Return the accessions of all entries, in order of the gene names."""
    return tuple(_index())


@dataclass(frozen=True, slots=True)
class _Place:
    symbol: str
    block: int
    start: int
    length: int


def _accessions(symbol: str) -> tuple[str, ...]:
    listed = _by_symbol().get(symbol)
    if listed is not None:
        return listed
    named = gene(symbol)
    if named is None:
        return ()
    known = _by_symbol().get(named.symbol)
    # Swiss-Prot names one gene of an entry that several code for (histones): HGNC links the others to it.
    return known if known is not None else tuple(code for code in named.uniprot if code in _index())


def _protein(accession: str) -> Protein:
    place = _index()[accession]
    sequence = _block(place.block)[place.start : place.start + place.length]
    return Protein(symbol=place.symbol, accession=accession, sequence=sequence)


@cache
def _index() -> dict[str, _Place]:
    index: dict[str, _Place] = {}
    for symbol, accession, block, start, length in rows(_member("index.tsv")):
        index[accession] = _Place(symbol, int(block), int(start), int(length))
    return index


@cache
def _by_symbol() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    index = _index()
    for accession, place in index.items():
        if place.symbol:
            table[place.symbol] = (*table.get(place.symbol, ()), accession)
    for symbol, listed in table.items():
        if len(listed) > 1:
            # The others are mostly short products of a second reading frame.
            table[symbol] = tuple(sorted(listed, key=lambda code: -index[code].length))
    for symbol, accession in rows(read_text("usual_proteins.tsv")):
        others = tuple(code for code in table[symbol] if code != accession)
        table[symbol] = (accession, *others)
    return table


@lru_cache(maxsize=64)
def _block(number: int) -> str:
    return _member(f"{number:04}")


def _member(name: str) -> str:
    return _archive().read(name).decode("ascii")


@cache
def _archive() -> zipfile.ZipFile:
    # Held in memory: its directory is read once, and a process that forks shares no file position.
    return zipfile.ZipFile(io.BytesIO(path("proteins.zip").read_bytes()))
