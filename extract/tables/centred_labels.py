"""Labels that stand centred over the rows they name, where nothing is drawn between the rows.

From the first row on, each label's height tells where its rows end: as far below it as they begin above. Only where
that comes out for all labels of a table, down to its last row, is it taken so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page.token_lines import Line
from extract.tables.cells import Piece, pieces_of
from extract.tables.columns import Gutter

SAME = 0.3  # of the type size: feet that near are on one line
OFF = 0.3  # of the distance of two rows: a label that near to the middle of rows is centred on them
LEADING = 1.35  # of the type size: lines of one label are no further apart


@dataclass(frozen=True, slots=True)
class _Placed:
    piece: Piece
    foot: float


def rows_under_labels(lines: Sequence[Line], gutters: Sequence[Gutter]) -> list[list[Line]] | None:
    """Return the rows of a table whose labels are centred over them, each label in its first; None where none are."""
    placed = [_Placed(piece, line.bottom) for line in lines for piece in pieces_of(line, gutters)]
    labels = sorted((p for p in placed if p.piece.last == 0), key=lambda p: p.foot)
    values = [p for p in placed if p.piece.first > 0]
    if len(labels) + len(values) < len(placed) or not labels or not values:
        return None
    size = lines[0].size
    feet = _feet(values, size)
    if len(feet) < 3 or labels[0].foot < feet[0] + SAME * size:
        return None
    pitch = min(b - a for a, b in pairwise(feet))
    blocks = _blocks(labels, size)
    groups = _groups(feet, [(block[0].foot + block[-1].foot) / 2 for block in blocks], OFF * pitch)
    if groups is None or sum(last > first for first, last in groups) < 2:
        return None
    rows: list[list[Line]] = [[] for _ in feet]
    for block, (first, last) in zip(blocks, groups, strict=True):
        rows[first].extend(Line(p.piece.tokens) for p in block)
        middle = (feet[first] + feet[last]) / 2
        inside = [p for p in values if feet[first] - SAME * size <= p.foot <= feet[last] + SAME * size]
        for p in inside:
            alone = sum(other.piece.first == p.piece.first for other in inside) == 1
            nearest = min(range(len(feet)), key=lambda n: abs(feet[n] - p.foot))
            if alone and abs(p.foot - middle) <= OFF * pitch:
                nearest = first
            elif abs(feet[nearest] - p.foot) > SAME * size:
                return None  # a line of a cell of several lines
            rows[nearest].append(Line(p.piece.tokens))
    return rows


def _feet(values: Sequence[_Placed], size: float) -> list[float]:
    """Return the feet of the rows: those at which the fullest column, or most, have values."""
    counts: dict[int, int] = {}
    for p in values:
        counts[p.piece.first] = counts.get(p.piece.first, 0) + 1
    fullest = max(counts, key=lambda column: (counts[column], -column))
    feet: list[float] = []
    for foot in sorted(p.foot for p in values if p.piece.first == fullest):
        if not feet or foot > feet[-1] + SAME * size:
            feet.append(foot)
    return feet


def _blocks(labels: Sequence[_Placed], size: float) -> list[list[_Placed]]:
    blocks: list[list[_Placed]] = []
    for p in labels:
        if blocks and p.foot - blocks[-1][-1].foot <= LEADING * size:
            blocks[-1].append(p)
        else:
            blocks.append([p])
    return blocks


def _groups(feet: Sequence[float], middles: Sequence[float], off: float) -> list[tuple[int, int]] | None:
    groups = []
    first = 0
    for middle in middles:
        last = next((n for n in range(first, len(feet)) if abs((feet[first] + feet[n]) / 2 - middle) <= off), None)
        if last is None:
            return None
        groups.append((first, last))
        first = last + 1
    return groups if first == len(feet) else None
