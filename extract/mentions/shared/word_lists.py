"""Word lists as data: tab-separated files beside the modules that read them.

The last two columns of a line are the case that needs its entry: a sentence with what is to be found in it between
⟦ and ⟧, and the normal form of that. Without the entry the case fails (tests/recognizers/test_word_lists.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

CASE = 2
"""The number of columns that a case takes."""


@cache
def listed(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lines of a list without their cases; raises `ValueError` where an entry stands twice."""
    lines = tuple(line[:-CASE] for line in lines_of(package, name))
    entries = [line[0] for line in lines]
    for entry in entries:
        if entries.count(entry) > 1:
            raise ValueError(f"{name}: the entry {entry!r} stands twice")
    return lines


def lines_of(package: str, name: str) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a list with their cases."""
    for line in resources.files(package).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))


def alternatives(words: tuple[tuple[str, ...], ...]) -> str:
    """Return the first column of a list as the alternatives of a pattern, the longest first; spaces are any."""
    ordered = sorted((line[0] for line in words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered)
