"""Rows of a table whose cells are centred in height.

The lines of neighbouring cells interleave there, and white between rows may be no wider than the leading in
a cell. What holds is that all cells of a row have one middle. The strips are cut into rows by dynamic
programming so that the middles of each row's cells differ least.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from extract.tables.row_starts import runs_on
from extract.tables.strips import Placed, Strip

LONGEST = 45  # strips of one row at most
PER_ROW = 0.9  # what a further row costs
NO_FIRST = 0.6  # what a row without a first column costs
BROKEN = 1.5  # what white inside a cell costs, where it is wider than the leading
OFF = 0.3  # of the leading: middles that differ by less are one


def is_centred(strips: Sequence[Strip]) -> bool:
    """Return whether lines interleave often enough that the cells must be centred in height."""
    mixed = sum(_interleaves(strip) for strip in strips)
    return mixed >= 2 and mixed >= 0.12 * len(strips)


def _interleaves(strip: Strip) -> bool:
    size = strip.lines[0].size
    heights = sorted({round(line.bottom, 1) for line in strip.lines})
    return heights[-1] - heights[0] > 0.35 * size


def fits_centred(strips: Sequence[Strip]) -> bool:
    """Return whether rows by the middles of cells come out without a doubt.

    No row has cells whose middles differ, nearly all have a first column, and two or more have cells that
    begin lower than others: rows set from the top would not look so.
    """
    if _fits_top(strips):
        return False
    leading = _leading(strips)
    rows = centred_rows(strips)
    shifted = 0
    for row in rows:
        tops = {p.piece.first: p.top for strip in reversed(row) for p in reversed(strip.placed)}
        shifted += max(tops.values()) - min(tops.values()) > 0.4 * leading
        if _cost(row, leading) > PER_ROW + NO_FIRST:
            return False
    return shifted >= 2 and sum(_cost(row, leading) > PER_ROW for row in rows) <= 0.15 * len(rows)


def _fits_top(strips: Sequence[Strip]) -> bool:
    """Return whether rows that begin with each filled first column have all their cells begin there."""
    begun: set[int] = set()
    for strip in strips:
        columns = set(strip.columns())
        if 0 in columns:
            begun = columns
        elif not columns <= begun:
            return False
    return True


def fits_foot(strips: Sequence[Strip]) -> bool:
    """Return whether the cells of rows are set to the foot: each row ends with its first column.

    Two or more strips hold few other columns, all filled in the next strip with a first column. Where the
    same strips could as well hang below the row before, the words decide.
    """
    if _fits_top(strips) and not _flows_down(strips):
        return False
    begun: set[int] = set()
    hanging = 0
    for strip in reversed(strips):
        columns = set(strip.columns())
        if 0 in columns:
            begun = columns
        elif not columns <= begun or 2 * len(columns) > len(begun):
            return False
        else:
            hanging += 1
    return hanging >= 2


def _flows_down(strips: Sequence[Strip]) -> bool:
    """Return whether texts without a first column go on in the strip below and never come from that above."""
    down = up = 0
    for upper, lower in itertools.pairwise(strips):
        above, below = upper.columns(), lower.columns()
        flows = sum(runs_on(above[c][-1], below[c][0]) for c in below if c in above)
        down += flows if 0 not in above and 0 in below else 0
        up += flows if 0 in above and 0 not in below else 0
    return down > 0 == up


def foot_rows(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Return the strips of rows that each end with a filled first column, from top to bottom."""
    rows: list[list[Strip]] = [[]]
    for strip in strips:
        rows[-1].append(strip)
        if 0 in strip.columns():
            rows.append([])
    return [row for row in rows if row]


def centred_rows(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Return the strips of each row, from top to bottom."""
    leading = _leading(strips)
    best = [0.0]
    cut = [0]
    for end in range(1, len(strips) + 1):
        cost, start = min(
            (best[start] + _cost(strips[start:end], leading), start) for start in range(max(0, end - LONGEST), end)
        )
        best.append(cost)
        cut.append(start)
    rows: list[list[Strip]] = []
    end = len(strips)
    while end:
        rows.append(list(strips[cut[end] : end]))
        end = cut[end]
    return rows[::-1]


def _leading(strips: Sequence[Strip]) -> float:
    """Return the usual distance of two lines of one cell."""
    steps = []
    last: dict[int, Placed] = {}
    for strip in strips:
        for placed in sorted(strip.placed, key=lambda p: p.bottom):
            column = placed.piece.first
            if column in last:
                steps.append(placed.bottom - last[column].bottom)
            last[column] = placed
    size = strips[0].lines[0].size
    near = [step for step in steps if 0.9 * size <= step <= 1.5 * size]
    return median(near) if near else 1.2 * size


def _cost(strips: Sequence[Strip], leading: float) -> float:
    columns: dict[int, list[Placed]] = {}
    for strip in strips:
        for placed in strip.placed:
            columns.setdefault(placed.piece.first, []).append(placed)
    middles, cost = [], PER_ROW
    for cells in columns.values():
        ordered = sorted(cells, key=lambda p: p.bottom)
        middles.append((ordered[0].top + ordered[-1].bottom) / 2)
        cost += BROKEN * sum(
            after.bottom - before.bottom > 1.35 * leading for before, after in itertools.pairwise(ordered)
        )
    centre = median(middles)
    cost += sum(min(1.5, max(0.0, abs(m - centre) / (0.5 * leading) - OFF)) for m in middles)
    return cost + (0.0 if 0 in columns else NO_FIRST)
