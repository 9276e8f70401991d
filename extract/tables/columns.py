"""Columns: where vertical white runs through the lines of a table, and what its rules say.

Vertical rules, and the points at which the pieces of a horizontal rule meet (publishers draw rules cell by
cell), bound columns directly. Elsewhere the white gutters between the words of all lines do, as in the
projection profiles of table recognition since Hu et al. (2000), with lines that span columns left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.page.rotation import Area
from extract.page.rulings import Ruling
from extract.page.token_lines import Line

STEP = 0.5  # points between the positions at which white is looked for
BRIDGE = 0.42  # of the type size: a space between words of one cell is no wider
TOLERANCE = 0.04  # share of the lines that may cross a gutter
WIDTHS = ((6, 0.5), (3, 0.75), (0, 1.0))  # at least so many lines: a gutter is so wide, in type sizes


@dataclass(frozen=True, slots=True)
class Gutter:
    """The white between two columns."""

    x0: float
    x1: float
    drawn: float | None = None  # where a rule says that the columns part
    rules: tuple[tuple[float, float], ...] = ()  # from where to where vertical rules stand in it

    @property
    def middle(self) -> float:
        """Where the columns part."""
        return (self.x0 + self.x1) / 2 if self.drawn is None else self.drawn


def gutters_of(
    body: Sequence[Line], header: Sequence[Line], area: Area, rulings: Sequence[Ruling], down: Sequence[Area]
) -> list[Gutter]:
    """Return the gutters between the columns of a table from left to right."""
    drawn = _drawn(body or header, area, rulings, down)
    white = _rivers(body or header, area)
    size = median(line.size for line in body or header)
    if drawn:
        gaps = [Gutter(a, b) for a, b in _between(drawn, area)]
        white = [
            g
            for g in white
            if (g.x1 - g.x0 > 1.2 * size or _in_columns(g, body))
            and any(c.x0 + size < g.middle < c.x1 - size for c in gaps)
        ]
        white = [g for g in white if not any(g.x0 - 2 <= d.middle <= g.x1 + 2 for d in drawn)]
    found = sorted([*drawn, *white], key=lambda g: g.middle)
    return [_beside_heads(gutter, header) for gutter in _from_header(found, body, header)]


def _beside_heads(gutter: Gutter, header: Sequence[Line]) -> Gutter:
    """Return what heads that are wider than the values under them leave of a gutter.

    A head may end, or begin, anywhere in the white between two columns of short values.
    """
    if gutter.drawn is not None:
        return gutter
    ink = [span for line in header for span in _ink(line, BRIDGE)]
    x0 = max([gutter.x0, *(b for a, b in ink if a < gutter.x0 and b < gutter.x1)])
    x1 = min([gutter.x1, *(a for a, b in ink if b > gutter.x1 and a > gutter.x0)])
    return replace(gutter, x0=x0, x1=x1) if x0 < x1 else gutter


def _between(gutters: Sequence[Gutter], area: Area) -> list[tuple[float, float]]:
    edges = [area.x0, *(g.middle for g in gutters), area.x1]
    return list(itertools.pairwise(edges))


def _drawn(lines: Sequence[Line], area: Area, rulings: Sequence[Ruling], down: Sequence[Area]) -> list[Gutter]:
    """Return the gutters that rules draw and that no more than a few lines cross."""
    height = max(area.bottom - area.top, 1.0)
    marks: list[float] = []
    lengths: dict[int, float] = {}
    for rule in down:
        overlap = min(rule.bottom, area.bottom) - max(rule.top, area.top)
        if overlap > 0 and area.x0 + 4 < rule.x0 < area.x1 - 4:
            lengths[round(rule.x0)] = lengths.get(round(rule.x0), 0.0) + overlap
    marks += [float(x) for x, length in lengths.items() if length + lengths.get(x + 1, 0.0) >= 0.5 * height]
    if not marks:
        whole = [run for run in rulings if run.width >= 0.9 * area.width and run.joints]
        marks = list(max(whole, key=lambda run: len(run.joints)).joints) if whole else []
    crossed = max(1, round(0.08 * len(lines)))
    found: list[Gutter] = []
    for x in sorted(marks):
        if found and x - found[-1].middle < 4:
            continue
        ink = [(a, b) for line in lines for a, b in _ink(line, BRIDGE)]
        if sum(a + 1 < x < b - 1 for a, b in ink) > crossed:
            continue
        left = max((b for a, b in ink if b <= x + 1), default=area.x0)
        right = min((a for a, b in ink if a >= x - 1), default=area.x1)
        x0, x1 = (min(left, x), max(right, x)) if right > left else (x - 0.5, x + 0.5)
        found.append(Gutter(x0, x1, x, tuple((r.top, r.bottom) for r in down if abs(r.x0 - x) < 2.5)))
    return found


def _ink(line: Line, bridge: float) -> list[tuple[float, float]]:
    return [(part.x0, part.x1) for part in line.segments(bridge)]


def _rivers(lines: Sequence[Line], area: Area) -> list[Gutter]:
    """Return the runs of x that (almost) no line of several segments covers."""
    size = median(line.size for line in lines)
    several = [line for line in lines if len(line.segments(0.8)) > 1] or list(lines)
    single = [line for line in lines if len(line.segments(0.8)) == 1]
    common = next(width for count, width in WIDTHS if len(several) >= count) * size
    gutters = []
    for river in _white(several, area, int(TOLERANCE * len(several))):
        crossing = sum(line.x0 < river.x0 - 1 and line.x1 > river.x1 + 1 for line in single)
        least = 0.45 * size if _starts_at(river.x1, several) else common
        if river.x1 - river.x0 >= least and crossing <= 0.35 * len(lines) + 1:
            gutters.append(river)
    return gutters


def _starts_at(x: float, lines: Sequence[Line]) -> bool:
    """Return whether three or more lines, and nearly all that go on past `x`, start anew there."""
    starts = [next((a for a, _ in _ink(line, BRIDGE) if a >= x - 1.5), None) for line in lines]
    past = [start for start in starts if start is not None]
    return sum(start <= x + 1.5 for start in past) >= max(3, 0.75 * len(past))


def _in_columns(gutter: Gutter, lines: Sequence[Line]) -> bool:
    """Return whether words end or start exactly at a side of a gutter in five or more lines."""
    sides = 0
    for line in lines:
        ink = _ink(line, BRIDGE)
        before = max((b for _, b in ink if b <= gutter.x0 + 1.5), default=None)
        after = min((a for a, _ in ink if a >= gutter.x1 - 1.5), default=None)
        if before is None or after is None:
            continue
        sides += abs(before - gutter.x0) < 1.5 or abs(after - gutter.x1) < 1.5
    return sides >= max(5, 0.7 * len(lines))


def _white(lines: Sequence[Line], area: Area, tolerance: int) -> list[Gutter]:
    left = min(line.x0 for line in lines)
    count = int((max(line.x1 for line in lines) - left) / STEP) + 2
    cover = [0] * count
    for line in lines:
        marks: set[int] = set()
        for a, b in _ink(line, BRIDGE):
            marks.update(range(max(0, int((a - left) / STEP)), min(count, int((b - left) / STEP) + 1)))
        for n in marks:
            cover[n] += 1
    runs: list[Gutter] = []
    start: int | None = None
    for n, lines_here in enumerate(cover):
        if lines_here <= tolerance:
            start = n if start is None else start
        elif start is not None:
            runs.append(Gutter(left + start * STEP, left + n * STEP))
            start = None
    return [run for run in runs if run.x0 > left + 1 and run.x1 < area.x1 + 50]


def _from_header(gutters: Sequence[Gutter], body: Sequence[Line], header: Sequence[Line]) -> list[Gutter]:
    """Add a gutter where the header parts what no line of the body joins (a column empty or nearly so)."""
    found = list(gutters)
    lowest: list[tuple[float, float]] = []
    for line in sorted(header, key=lambda line: -line.bottom) if body else ():
        for part in line.segments():
            if not any(a < part.x1 and b > part.x0 for a, b in lowest):
                lowest.append((part.x0, part.x1))
    lowest.sort()
    found = _split(found, lowest)
    ink = [span for old in body for span in _ink(old, BRIDGE)]
    for (_, left), (right, _) in pairwise(lowest):
        if right - left < 2 or any(g.x1 > left - 2 and g.x0 < right + 2 for g in found):
            continue
        middle = (left + right) / 2
        if sum(x0 < middle < x1 for x0, x1 in ink) <= TOLERANCE * len(body):
            found.append(Gutter(left, right))
    return sorted(found, key=lambda g: g.middle)


def _split(gutters: Sequence[Gutter], heads: Sequence[tuple[float, float]]) -> list[Gutter]:
    """Part a gutter in two where a header stands in it whose neighbours have headers of their own."""
    found = list(gutters)
    for x0, x1 in heads:
        n = next((n for n, g in enumerate(found) if g.x0 + 1 < x0 and x1 < g.x1 - 1), None)
        if n is None:
            continue
        gutter = found[n]
        left = found[n - 1].x1 if n else float("-inf")
        right = found[n + 1].x0 if n + 1 < len(found) else float("inf")
        before = n == 0 or any(a < gutter.x0 and b > left for a, b in heads)
        after = any(a < right and b > gutter.x1 for a, b in heads)
        if before and after:
            found[n : n + 1] = [Gutter(gutter.x0, x0), Gutter(x1, gutter.x1)]
    return found


def parts_at(gutter: Gutter, height: float) -> bool:
    """Return whether a vertical rule stands in a gutter at some height."""
    return any(top - 1 <= height <= bottom + 1 for top, bottom in gutter.rules)


def column_of(x: float, gutters: Sequence[Gutter]) -> int:
    """Return the number of the column in which a position lies."""
    return sum(x > gutter.middle for gutter in gutters)
