"""Names of one variant each that only usage explains: TERT 'C228T', EGFR 'de2-7', 'METex14'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.genes import gene
from extract.mentions.shared.found import Found
from extract.mentions.shared.word_lists import listed

REACH = 60
"""How far from a usual name its gene stands; a name that says its gene needs none."""


def usual_names(text: str) -> Iterator[Found]:
    """Yield the usual names whose gene stands near by."""
    for match in _pattern().finditer(text):
        symbol, normal = _names()[" ".join(match[0].split())]
        start = match.start()
        spelled = _spelled(symbol)
        own = spelled.match(match[0])
        if own:
            start += own.end()
        elif not spelled.search(text, max(0, match.start() - REACH), match.end() + REACH):
            continue
        yield Found(start=start, end=match.end(), names=(normal,), gene=symbol, score=0.9)


@cache
def _names() -> dict[str, tuple[str, str]]:
    return {name: (symbol, normal) for name, symbol, normal in listed(__package__, "usual_names.tsv")}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(re.escape(name) for name in names)})s?(?![A-Za-z0-9])")


@cache
def _spelled(symbol: str) -> re.Pattern[str]:
    known = gene(symbol)
    names = (symbol, *(known.aliases if known else ()), *(known.previous if known else ()))
    return re.compile(rf"(?:{'|'.join(re.escape(name) for name in names)})")
