"""Lines to logical rows: which line starts a row and which goes on with the one above.

No single sign tells, so each boundary between two strips of lines is weighed: rules and shading between them;
white wider than the leading inside cells; and what the words say (`signs`). How far white counts is decided
for the whole table: it does where the other signs agree with it. Tables whose cells are centred in height are
cut by the middles of their cells (`centred`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from extract.page.rotation import Area
from extract.page.rulings import Ruling
from extract.page.token_lines import Line
from extract.tables.centred import centred_rows, fits_centred, fits_foot, foot_rows, is_centred
from extract.tables.centred_labels import rows_under_labels
from extract.tables.columns import Gutter
from extract.tables.row_signs import Habits, habits_of, signs_of, weight_of
from extract.tables.row_spans import spanned_rows, uncovered
from extract.tables.row_starts import Boundary, label_goes_on, sign_of, widths_of
from extract.tables.strips import Strip, strips_of

CLUSTERS = 0.13  # of the type size: white between rows exceeds that in a row at least so much on average
LABELLED = 0.8  # share of the rows with a first column from which on a row without one is the rest of another


@dataclass(frozen=True, slots=True)
class Drawing:
    """The lines of a part's body with what is drawn between them."""

    lines: Sequence[Line]
    rulings: Sequence[Ruling]
    fills: Sequence[Area]
    area: Area


def rows_of(drawings: Sequence[Drawing], gutters: Sequence[Gutter]) -> list[list[list[Line]]]:
    """Return for each part the lines of each logical row, from top to bottom."""
    parts = [strips_of(drawing.lines, gutters) for drawing in drawings]
    every = [strip for strips in parts for strip in strips]
    if not every:
        return [[] for _ in drawings]
    widths = widths_of(every, _edges(drawings[0].area, gutters))
    borders = [
        [_boundary(a, b, widths, drawing, gutters) for a, b in itertools.pairwise(strips)]
        for strips, drawing in zip(parts, drawings, strict=True)
    ]
    flat = [border for part in borders for border in part]
    size = median(strip.lines[0].size for strip in every)
    white = _white(flat, size)
    ruled = _ruled(flat)
    habits = habits_of(every, flat, white=white, ruled=ruled)
    centred = is_centred(every) or (white is None and all(map(fits_centred, parts)))
    foot = not centred and white is None and all(map(fits_foot, parts))
    found = []
    for drawing, strips, part in zip(drawings, parts, borders, strict=True):
        under_labels = rows_under_labels(drawing.lines, gutters) if drawing.lines else None
        if under_labels is not None:
            found.append(under_labels)
            continue
        rows: list[list[Line]] = []
        opens: list[frozenset[int]] = []
        for group, first in _groups(strips, part):
            inner = part[first : first + len(group) - 1]
            spanned = spanned_rows(group, widths) if ruled or len(group) < len(strips) else None
            if spanned is not None:
                more = spanned
            elif foot:
                more = [[line for strip in row for line in strip.lines] for row in foot_rows(group)]
            elif centred:
                more = [[line for strip in row for line in strip.lines] for row in centred_rows(group)]
            else:
                more = _weighed(group, inner, widths, habits, gutters)
            opens.extend([frozenset()] * (len(rows) + len(more) - len(opens)))
            if rows and first:
                opens[len(rows)] = part[first - 1].open_columns
            rows.extend(more)
        found.append(_raised(rows, opens, gutters))
    _rejoin(found, parts, widths, gutters)
    return found


def _rejoin(
    found: list[list[list[Line]]],
    parts: Sequence[Sequence[Strip]],
    widths: dict[int, float],
    gutters: Sequence[Gutter],
) -> None:
    """Put a row together that the end of a page cut: its rest has no label where nearly all rows have one."""

    def labelled(row: Sequence[Line]) -> bool:
        return any(0 in strip.columns() for strip in strips_of(row, gutters))

    rows = [row for part in found for row in part]
    if sum(map(labelled, rows)) < LABELLED * len(rows):
        return
    for n in range(1, len(parts)):
        upper, lower = parts[n - 1], parts[n]
        if not upper or not lower or labelled(found[n][0]) or sign_of(upper[-1], lower[0], widths) > -1:
            continue
        found[n - 1][-1].extend(found[n].pop(0))


def _edges(area: Area, gutters: Sequence[Gutter]) -> list[float]:
    return [area.x0, *(gutter.middle for gutter in gutters), area.x1]


def _boundary(
    upper: Strip, lower: Strip, widths: dict[int, float], drawing: Drawing, gutters: Sequence[Gutter]
) -> Boundary:
    low, high = upper.bottom - 2.5, lower.top + 2.5
    width = drawing.area.width
    rules = [r for r in drawing.rulings if low <= r.y <= high]
    open_columns = uncovered(rules, gutters, drawing.area) if rules else frozenset[int]()
    most = len(open_columns) <= 0.5 * len(gutters) and sum(r.width for r in rules) >= 0.5 * width
    drawn = most or _shaded(upper, lower, drawing)
    return Boundary(
        lower.top - upper.bottom,
        sign_of(upper, lower, widths),
        drawn,
        open_columns,
        label_goes_on(upper, lower, widths),
    )


def _shaded(upper: Strip, lower: Strip, drawing: Drawing) -> bool:
    """Return whether the edge of a shaded band parts two strips."""
    low, high = upper.bottom - 2.5, lower.top + 2.5
    middle = (upper.bottom + lower.top) / 2
    above = [f for f in drawing.fills if f.top - 1 <= upper.top + 2 and low <= f.bottom <= high]
    below = [f for f in drawing.fills if low <= f.top <= high and f.bottom > middle]
    return any(_cover(part) >= 0.6 * drawing.area.width for part in (above, below))


def _cover(fills: Iterable[Area]) -> float:
    end, total = float("-inf"), 0.0
    for fill in sorted(fills, key=lambda fill: fill.x0):
        total += max(0.0, fill.x1 - max(fill.x0, end))
        end = max(end, fill.x1)
    return total


def _groups(strips: Sequence[Strip], borders: Sequence[Boundary]) -> list[tuple[list[Strip], int]]:
    """Return the strips between drawn boundaries, each group with the place of its first strip."""
    groups: list[tuple[list[Strip], int]] = []
    for n, strip in enumerate(strips):
        if groups and not borders[n - 1].drawn:
            groups[-1][0].append(strip)
        else:
            groups.append(([strip], n))
    return groups


def _weighed(
    strips: Sequence[Strip],
    borders: Sequence[Boundary],
    widths: dict[int, float],
    habits: Habits,
    gutters: Sequence[Gutter],
) -> list[list[Line]]:
    rows = [list(strips[0].lines)]
    filled = [set(strips[0].columns())]
    for n, (strip, border) in enumerate(zip(strips[1:], borders, strict=True), 1):
        columns = set(strip.columns())
        following = strips[n + 1] if n + 1 < len(strips) else None
        signs = signs_of(strips[n - 1], strip, following, border, widths, habits)
        # words in a column whose text in this row ended higher up cannot belong to that text
        again = len((columns & set[int]().union(*filled)) - filled[-1])
        if weight_of(signs) + min(3.0, 1.5 * again) > 0:
            filled = []
            rows.append(list(strip.lines))
            if border.label_goes_on:
                _move(rows[-1], rows[-2], 0, gutters)
        else:
            rows[-1].extend(strip.lines)
        filled.append(columns)
    return rows


def _white(borders: Sequence[Boundary], size: float) -> float | None:
    """Return the white that parts rows from lines of a row, or None where no white does.

    Of all thresholds the one is taken that parts the other signs best (between-class variance, Otsu 1979).
    """
    free = sorted((b for b in borders if not b.drawn), key=lambda b: b.white)
    best: tuple[float, float] | None = None
    for n in range(1, len(free)):
        low, high = free[:n], free[n:]
        if high[0].white - low[-1].white < 0.05:
            continue
        if _capped(high, low, size) - fmean(b.white for b in low) < CLUSTERS * size:
            continue
        lift = fmean(b.sign for b in high) - fmean(b.sign for b in low)
        spread = n * (len(free) - n) * lift * abs(lift)
        if best is None or spread > best[0]:
            best = spread, (low[-1].white + high[0].white) / 2
    if best is None or best[0] <= 0:
        return None
    inner = fmean(b.sign for b in free if b.white <= best[1])
    return best[1] if inner <= 0.25 else None


def _capped(high: Sequence[Boundary], low: Sequence[Boundary], size: float) -> float:
    cap = low[0].white + size
    return fmean(min(b.white, cap) for b in high)


def _ruled(borders: Sequence[Boundary]) -> bool:
    """Return whether no rule between two strips means something: rules part others, and the signs agree with them."""
    inner = [b.sign for b in borders if not b.drawn]
    return len(borders) - len(inner) >= 3 and bool(inner) and fmean(inner) <= 0.25


def _raised(
    rows: Sequence[Sequence[Line]], opens: Sequence[frozenset[int]], gutters: Sequence[Gutter]
) -> list[list[Line]]:
    """Move the words of a cell that rules leave open over several rows to the first of them."""
    found = [list(row) for row in rows]
    for column in range(len(gutters) + 1):
        start = 0
        for n in range(1, len(found) + 1):
            if n < len(found) and column in opens[n]:
                continue
            for row in found[start + 1 : n]:
                _move(row, found[start], column, gutters)
            start = n
    return found


def _move(row: list[Line], target: list[Line], column: int, gutters: Sequence[Gutter]) -> None:
    for k, line in enumerate(row):
        strip = strips_of([line], gutters)[0]
        moved = [p.piece for p in strip.placed if p.piece.first == p.piece.last == column]
        kept = [t for p in strip.placed if p.piece not in moved for t in p.piece.tokens]
        if moved and kept:
            row[k] = Line(tuple(kept))
            target.extend(Line(piece.tokens) for piece in moved)
