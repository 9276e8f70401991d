"""At which heights the cells of rows stand: how many rows a cell spans, and which words stand at another row's height.

Rows of a table lie below each other. A word that stands on the line of another row's words was put in the wrong
row, unless its cell spans that row: it is centred in height on rows in whose column nothing else stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.page.token_lines import Line
from extract.tables.cells import pieces_of
from extract.tables.columns import Gutter

SAME = 0.3  # of the type size: feet that near are on one line


@dataclass(frozen=True, slots=True)
class Heights:
    """Of one row: how many rows each cell spans (where more than one), and whether its cells stand off their row.

    `label_off`: words of the first cell stand on the line of another row's values. `off`: so do words of any cell.
    """

    spans: Mapping[int, int]
    label_off: bool
    off: bool


def heights_of(rows: Sequence[Sequence[Line]], gutters: Sequence[Gutter]) -> list[Heights]:
    """Return the heights of the rows of one part, given as lines from top to bottom."""
    feet = [_feet(row, gutters) for row in rows]
    size = max((line.size for row in rows for line in row), default=10.0)
    found = []
    for n, row in enumerate(feet):
        spans = {column: span for column in row if (span := _span(feet, n, column, size)) > 1}
        off = {column for column in row if _stands_off(feet, n, column, spans.get(column, 1), size)}
        found.append(Heights(spans, 0 in off, bool(off)))
    return found


def _feet(row: Sequence[Line], gutters: Sequence[Gutter]) -> dict[int, list[float]]:
    """Return the feet of the lines of each cell, from top to bottom; raised words have those of their line."""
    feet: dict[int, list[float]] = {}
    for line in row:
        for piece in pieces_of(line, gutters):
            full = [t.bottom for t in piece.tokens if not t.shifted] or [line.bottom]
            feet.setdefault(piece.first, []).append(max(full))
    return {column: sorted(heights) for column, heights in feet.items()}


def _span(feet: Sequence[Mapping[int, Sequence[float]]], n: int, column: int, size: float) -> int:
    """Return how many rows a cell is centred on; 1 where it stands at the height of its own row."""
    own = feet[n][column]
    others = [foot for c, heights in feet[n].items() if c != column for foot in heights]
    if not others or own[-1] <= max(others) + SAME * size or own[0] <= min(others) + SAME * size:
        return 1
    last = n
    while last + 1 < len(feet) and feet[last + 1] and column not in feet[last + 1]:
        last += 1
    middle = (own[0] + own[-1]) / 2
    ends = [(abs((min(others) + _low(feet[k])) / 2 - middle), k) for k in range(n + 1, last + 1)]
    off, end = min(ends, default=(size, n))
    return end - n + 1 if off < 0.75 * size else 1


def _low(row: Mapping[int, Sequence[float]]) -> float:
    return max(foot for heights in row.values() for foot in heights)


def _stands_off(feet: Sequence[Mapping[int, Sequence[float]]], n: int, column: int, span: int, size: float) -> bool:
    """Return whether words of a cell stand on the line of words of another row, and of none of its own."""

    def at(foot: float, row: Mapping[int, Sequence[float]]) -> bool:
        return any(abs(foot - other) <= SAME * size for c, heights in row.items() if c != column for other in heights)

    spanned = range(n, n + span)
    elsewhere = [row for k, row in enumerate(feet) if k not in spanned]
    return any(
        any(at(foot, row) for row in elsewhere) and not any(at(foot, feet[k]) for k in spanned)
        for foot in feet[n][column]
    )
