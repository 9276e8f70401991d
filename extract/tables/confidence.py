"""How far a table can be trusted: what can be checked of its cells without knowing what they say."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from extract.tables.records import FoundCell

ALIGNED = 2.5  # points: an edge or middle that near to its column's is aligned


def confidence_of(rows: Sequence[Sequence[FoundCell]], header_rows: int, *, words: int, stray: int) -> float:
    """Return a figure from 0 to 1: the product of three shares.

    Conserved: the words of the area that stand in a cell. Alignment: the body cells whose left edge, right
    edge or middle is that of most cells of their column. Consistency: the body rows that fill more than one
    column or are a group row of the first.
    """
    if not rows or not words:
        return 0.0
    conserved = max(0.0, 1 - stray / words)
    body = rows[header_rows:] or rows
    aligned = fmean(shares) if (shares := _aligned(body)) else 0.5
    firm = fmean(_is_firm(row) for row in body)
    return round(conserved * (0.5 + 0.5 * aligned) * (0.5 + 0.5 * firm), 3)


def _is_firm(row: Sequence[FoundCell]) -> bool:
    filled = [cell.column for cell in row if cell.words]
    return len(filled) > 1 or filled == [0]


def _aligned(body: Sequence[Sequence[FoundCell]]) -> list[float]:
    shares = []
    for column in range(len(body[0])):
        spans = [
            (min(w.box.x0 for w in row[column].words), max(w.box.x1 for w in row[column].words))
            if row[column].words[0].upright
            else (min(w.box.top for w in row[column].words), max(w.box.bottom for w in row[column].words))
            for row in body
            if row[column].words and row[column].column_span == 1
        ]
        if len(spans) > 1:
            edges = ([a for a, _ in spans], [b for _, b in spans], [(a + b) / 2 for a, b in spans])
            shares.append(max(_mode(values) for values in edges))
    return shares


def _mode(values: Sequence[float]) -> float:
    return max(sum(abs(v - w) <= ALIGNED for w in values) for v in values) / len(values)
