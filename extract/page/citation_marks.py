"""Citations that stand on the line: '[12,13]' and '(Adams, 2009)' in the text of a paragraph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

HIGHEST = 999
"""The highest number that a citation has."""

BRACKETED = re.compile(r"\[\s*\d{1,3}(?:\s*(?:[,;]|[-–—])\s*\d{1,3})*\s*\]")
NAMED = re.compile(
    r"(?P<name>[^\W\d_][\w'’-]+)"
    r"(?:\s+et\s+al\.?|(?:,\s+[^\W\d_][\w'’-]+){0,3},?\s+(?:and|&)\s+[^\W\d_][\w'’-]+(?:\s+et\s+al\.?)?)?"
    r",?\s+\(?(?P<year>(?:1[89]|20)\d{2})[a-z]?\b"
)


def baseline_citations(text: str, start: int, end: int, *, highest: int) -> Iterator[tuple[int, int]]:
    """Yield where each bracketed citation between two offsets starts and ends.

    `highest` is the number of the last reference: a bracket with a higher number cites nothing.
    """
    for found in BRACKETED.finditer(text, start, end):
        numbers = [int(number) for number in re.findall(r"\d+", found.group())]
        if all(0 < number <= highest for number in numbers):
            yield found.start(), found.end()


def named_citations(
    text: str, start: int, end: int, *, authors: Mapping[tuple[str, str], tuple[int, ...]]
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield start, end and numbers of each citation by name and year that a reference of the list answers to.

    `authors` maps the folded last part of a first author's name and the year to the numbers of the references.
    """
    for found in NAMED.finditer(text, start, end):
        numbers = authors.get((fold(found["name"]), found["year"]))
        if numbers:
            yield found.start(), found.end(), numbers


def fold(name: str) -> str:
    """Return the last part of a name without accents and case."""
    last = (name.split() or [""])[-1]
    return "".join(c for c in unicodedata.normalize("NFKD", last) if not unicodedata.combining(c)).casefold()
