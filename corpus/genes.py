"""Human genes by approved symbol, alias or previous symbol (HGNC), and by the names that articles use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from corpus.resources import folded, read_text, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Gene:
    """An approved human gene; `hgnc_id` has the form `HGNC:427`, `uniprot` the accessions of its products."""

    symbol: str
    name: str
    hgnc_id: str
    aliases: tuple[str, ...]
    previous: tuple[str, ...]
    uniprot: tuple[str, ...]


def gene(name: str) -> Gene | None:
    """Return the gene of that name, or None where there is none or several share it.

    As spelled, an approved symbol beats a spoken name, which beats an alias or previous symbol. Case, dashes
    and Greek letters (PDGFRα) are disregarded only where nothing is spelled so.
    """
    found = genes_named(name)
    return found[0] if len(found) == 1 else None


def genes_named(name: str) -> tuple[Gene, ...]:
    """Return every gene that the name can mean, in order of the symbols; one alone for an approved symbol."""
    for table in (_approved(), _spoken(), _other()):
        if name in table:
            return table[name]
    key = folded(name)
    for table in _folded():
        if key in table:
            return table[key]
    return ()


@cache
def names() -> Mapping[str, Gene]:
    """Return each name that means one gene alone, as spelled, for a lexicon.

    Left out are ambiguous names, the abbreviations and words of `not_genes.txt`, names of fewer than three
    characters, and aliases that look like a word (`flower`) or are short letters (NMR). What is in
    `spoken_genes.tsv` stays.
    """
    rejected = {row[0] for row in rows(read_text("not_genes.txt"))}
    found: dict[str, Gene] = {}
    for table in (_spoken(), _approved(), _other()):
        for name, genes in table.items():
            if len(genes) > 1 or name in found:
                continue
            if table is _spoken() or (_is_plain(name, alias=table is _other()) and name not in rejected):
                found[name] = genes[0]
    return MappingProxyType(found)


def approved_genes() -> Iterator[Gene]:
    """Yield every approved gene."""
    return (known for (known,) in _approved().values())


@cache
def folded_names() -> Mapping[str, Gene]:
    """Return the genes by their symbols and aliases in capitals without hyphens, where one gene alone has them.

    An approved symbol beats a spoken name, which beats an alias. Names of letters alone are approved symbols.
    """
    rejected = {closed(row[0]) for row in rows(read_text("not_genes.txt"))}
    found: dict[str, Gene | None] = {}
    for table in (_approved(), _spoken(), _other()):
        now: dict[str, Gene | None] = {}
        for name, genes in table.items():
            key = closed(name)
            if (
                key in found
                or key in rejected
                or len(key) < 3
                or (table is _other() and not any(map(str.isdigit, key[1:])))
            ):
                continue
            one = genes[0] if len(genes) == 1 else None
            now[key] = one if key not in now or now[key] == one else None
        found.update(now)
    return MappingProxyType({name: one for name, one in found.items() if one is not None})


_GREEK_NAMES = {"ALPHA": "A", "BETA": "B", "GAMMA": "G", "DELTA": "D", "EPSILON": "E", "KAPPA": "K"}
_GREEK_NAME = re.compile("ALPHA|BETA|GAMMA|DELTA|EPSILON|KAPPA")


def closed(name: str) -> str:
    """Return a name in Latin capitals without hyphens: IL1B for 'IL-1β' and 'Il-1beta'."""
    key = folded(name).upper().replace("-", "").replace(" ", "")
    return _GREEK_NAME.sub(lambda letter: _GREEK_NAMES[letter[0]], key) if len(key) > SHORTEST_GREEK else key


SHORTEST_GREEK = 5


def _is_plain(name: str, *, alias: bool) -> bool:
    """Whether a name can be known for a gene's wherever it stands."""
    if len(name) < 3 or not any(map(str.isalpha, name)):
        return False
    # Short aliases without a number are mostly diseases and techniques (NMR, SMA) or words.
    return not (alias and name.isalpha() and (len(name) < 5 or name[1:].islower()))


_Table = dict[str, tuple[Gene, ...]]


@cache
def _approved() -> _Table:
    return {gene.symbol: (gene,) for gene in _read()}


@cache
def _spoken() -> _Table:
    approved = _approved()
    return {name: approved[symbol] for name, symbol in rows(read_text("spoken_genes.tsv"))}


@cache
def _other() -> _Table:
    return _grouped((name, gene) for (gene,) in _approved().values() for name in gene.aliases + gene.previous)


@cache
def _folded() -> tuple[_Table, ...]:
    return tuple(
        _grouped((folded(name), gene) for name, genes in table.items() for gene in genes)
        for table in (_approved(), _spoken(), _other())
    )


def _grouped(pairs: Iterable[tuple[str, Gene]]) -> _Table:
    table: _Table = {}
    for name, gene in pairs:
        known = table.get(name, ())
        if gene not in known:
            table[name] = (*known, gene)
    return table


def _read() -> Iterator[Gene]:
    for symbol, name, number, aliases, previous, uniprot in rows(read_text("genes.tsv.xz")):
        yield Gene(
            symbol=symbol,
            name=name,
            hgnc_id=f"HGNC:{number}",
            aliases=tuple(aliases.split("|")) if aliases else (),
            previous=tuple(previous.split("|")) if previous else (),
            uniprot=tuple(uniprot.split("|")) if uniprot else (),
        )
