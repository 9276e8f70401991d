"""The press's own comparison of what was read with the gold, for tests: it needs no scorer from outside."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad]")
_LEAST = 0.15  # a table that shares fewer of its words with a gold table is another table
Table = Mapping[str, object]


def folded(text: str) -> str:
    """Return a text without its spaces, with one kind of dash and in compatibility form."""
    return re.sub(r"\s+", "", _DASHES.sub("-", unicodedata.normalize("NFKC", text))).casefold()


def cells_of(table: Table) -> Counter[str]:
    """Return how often each text stands in the cells of a table."""
    return Counter(text for row in cast(list[list[str]], table["rows"]) for cell in row if (text := folded(cell)))


def rows_of(table: Table) -> Counter[tuple[str, ...]]:
    """Return the rows of a table, each the texts of its cells that have one."""
    rows = (tuple(filter(None, map(folded, row))) for row in cast(list[list[str]], table["rows"]))
    return Counter(row for row in rows if row)


def compare_tables(gold: Sequence[Table], found: Sequence[Table]) -> dict[str, float]:
    """Return the shares of tables found, of cells (F1) and of rows that stand whole."""
    left = list(found)
    same = of_gold = of_found = whole = rows = pairs = 0
    for one in gold:
        ours = cells_of(one)
        theirs = max(left, key=lambda other: _likeness(ours, cells_of(other)), default=None)
        rows += rows_of(one).total()
        of_gold += ours.total()
        if theirs is None or _likeness(ours, cells_of(theirs)) < _LEAST:
            continue
        left.remove(theirs)
        pairs += 1
        of_found += cells_of(theirs).total()
        same += (ours & cells_of(theirs)).total()
        whole += (rows_of(one) & rows_of(theirs)).total()
    return {
        "found": pairs / max(1, len(gold)),
        "cells": 2 * same / max(1, of_gold + of_found),
        "rows": whole / max(1, rows),
    }


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def compare_sentences(gold: Sequence[str], blocks: Sequence[Mapping[str, str]]) -> float:
    """Return the share of sentences that stand whole, with their spaces, in the paragraphs."""
    text = _spaced(" ".join(block["text"] for block in blocks if block["kind"] == "paragraph"))
    return sum(_spaced(sentence) in text for sentence in gold) / max(1, len(gold))


def _spaced(text: str) -> str:
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text).replace("\u00ad", ""))
    return re.sub(r"\s+", " ", re.sub(r"\s*([<>=≤≥±])\s*", r"\1", text)).strip()


def compare_references(gold: Sequence[Mapping[str, object]], found: Sequence[Mapping[str, object]]) -> float:
    """Return the share of references whose first author and year were read under the right number."""
    by_number = {one["number"]: one for one in found}
    right = 0
    for one in gold:
        other = by_number.get(one["number"])
        if other is not None:
            right += (
                folded(str(one["first_author"])) == folded(str(other["first_author"])) and one["year"] == other["year"]
            )
    return right / max(1, len(gold))
