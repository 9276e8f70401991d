"""Cells over several rows: their words, centred in height, belong to the first of those rows."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean

from extract.page.rotation import Area
from extract.page.rulings import Ruling
from extract.page.token_lines import Line
from extract.tables.columns import Gutter
from extract.tables.row_starts import ended
from extract.tables.strips import Placed, Strip

SAME = 0.3  # of the type size: baselines that near are one
CENTRED = 0.35  # of the distance of two rows: a cell's middle that near to the rows' middle is centred on them


def spanned_rows(strips: Sequence[Strip], widths: Mapping[int, float]) -> list[list[Line]] | None:
    """Return the rows of a ruled group in which some cells span all rows and the others give a line a row.

    None where that is not what the strips show.
    """
    columns: dict[int, list[Placed]] = {}
    for strip in strips:
        for placed in strip.placed:
            columns.setdefault(placed.piece.first, []).append(placed)
    size = strips[0].lines[0].size
    sets = {c: tuple(sorted(round(p.bottom, 1) for p in cells)) for c, cells in columns.items()}
    counts = Counter(feet for feet in sets.values() if len(feet) > 1)
    if not counts:
        return None
    feet = max(counts, key=lambda f: (counts[f], len(f)))
    if counts[feet] < 2:
        return None
    middle = fmean([feet[0], feet[-1]]) - size / 2
    pitch = (feet[-1] - feet[0]) / (len(feet) - 1)
    regular = {c for c in columns if all(_near(p.bottom, feet, size) for p in columns[c])}
    spanning = [c for c in columns if c not in regular]
    if len(feet) % 2 and len(columns.get(0, ())) == 1 and 0 in regular:
        spanning.append(0)
    if not spanning or not all(_centred(columns[c], middle, pitch) for c in spanning):
        return None
    tests = [
        ended(a.piece, b.piece, widths.get(c, 0.0))
        for c in regular
        if len(columns[c]) == len(feet)
        for a, b in zip(columns[c], columns[c][1:], strict=False)
    ]
    if not tests or sum(tests) < 0.6 * len(tests):
        return None
    return _dealt(columns, spanning, feet)


def _near(foot: float, feet: Sequence[float], size: float) -> bool:
    return any(abs(foot - other) <= SAME * size for other in feet)


def _centred(cells: Sequence[Placed], middle: float, pitch: float) -> bool:
    centre = (min(p.top for p in cells) + max(p.bottom for p in cells)) / 2
    return abs(centre - middle) <= CENTRED * pitch


def _dealt(columns: Mapping[int, Sequence[Placed]], spanning: Sequence[int], feet: Sequence[float]) -> list[list[Line]]:
    rows: list[list[Line]] = [[] for _ in feet]
    for column, cells in columns.items():
        for placed in cells:
            nearest = min(range(len(feet)), key=lambda n: abs(feet[n] - placed.bottom))
            rows[0 if column in spanning else nearest].append(Line(placed.piece.tokens))
    return rows


def uncovered(rules: Sequence[Ruling], gutters: Sequence[Gutter], area: Area) -> frozenset[int]:
    """Return the columns that the rules at one height leave open."""
    edges = [area.x0, *(g.middle for g in gutters), area.x1]
    open_columns = set()
    for n, (x0, x1) in enumerate(itertools.pairwise(edges)):
        covered = sum(max(0.0, min(x1, r.x1) - max(x0, r.x0)) for r in rules)
        if covered < 0.3 * (x1 - x0):
            open_columns.add(n)
    return frozenset(open_columns)
