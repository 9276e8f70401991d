"""Tables without a label: grids that rules draw on all sides, and, in documents that label no table, others.

A grid is horizontal rules of one extent crossed by vertical rules that reach from the first to the last of
them (the lattice of pdfplumber and Nurminen 2013). A document that labels its tables labels them all, so that
what else looks like a table there is a figure's lettering; in a document without labels, rules of one extent
over numbers in columns, or lines of numbers in columns alone, are taken too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extract.page.captions import starts_note
from extract.page.rotation import Area, Token
from extract.page.rulings import Ruling, within
from extract.page.token_lines import Line, inside, lines_of
from extract.tables.search_areas import Body, Place

LEAST_ROWS = 3
LEAST_COLUMNS = 2
WORDY_ROWS = 5  # lines of a table without rules and numbers at least
WHITE = 0.6  # share of the width that the words of such a table take at most
SAME_END = 4.0  # points between the ends of rules of one table
FIGURE = re.compile(r"^(?:fig(?:ure|s)?\.?|scheme|chart)$", re.I)
NUMBER = re.compile(r"^[(<>≤≥~±+\-−–$€£]*\d[\d.,:/%]*[)%*]*$")
DASH = re.compile(r"^[-–—.…]+$")


def grids_of(place: Place, taken: Sequence[Area]) -> list[Body]:
    """Return the areas of the grids that rules draw on a view, apart from areas that are `taken`."""
    found = []
    for runs in _families(place, crossed=True):
        area = Area(x0=runs[0].x0, top=runs[0].y, x1=max(r.x1 for r in runs), bottom=runs[-1].y)
        tall = [rule for rule in place.view.down if area.x0 - 3 <= rule.x0 <= area.x1 + 3]
        inner = {
            round(rule.x0 / 3)
            for rule in tall
            if area.x0 + 5 < rule.x0 < area.x1 - 5 and _height(tall, rule, area) >= 0.8
        }
        if len(inner) < LEAST_COLUMNS - 1 or any(_meets(area, other) for other in taken):
            continue
        if _filled(place, area, runs) < 0.6 or _is_figure(place, area):
            continue
        found.append(Body(area, tuple(within(place.rulings, area)), closed=True))
    return found


def tables_by_shape(place: Place, taken: Sequence[Area]) -> list[Body]:
    """Return areas that look like tables by their rules and numbers alone, for documents without labels."""
    found = []
    for runs in _families(place):
        area = Area(x0=runs[0].x0, top=runs[0].y - 1, x1=max(r.x1 for r in runs), bottom=runs[-1].y)
        lines = lines_of(inside(place.tokens, area, slack=0.0))
        if len(lines) < LEAST_ROWS or not _numeric(lines) or any(_meets(area, other) for other in taken):
            continue
        if not _is_figure(place, area):
            found.append(Body(area, tuple(within(place.rulings, area)), closed=True))
    areas = [*taken, *(body.area for body in found)]
    return [*found, *_unruled(place, areas)]


def _families(place: Place, *, crossed: bool = False) -> list[list[Ruling]]:
    """Return the groups of three or more rules with the same ends, from top to bottom.

    With `crossed`, vertical rules must stand between one and the next; otherwise lines of a table.
    """
    groups: list[list[Ruling]] = []
    for run in place.rulings:
        if run.width < 80:
            continue
        for group in groups:
            last = group[-1]
            alike = abs(last.x0 - run.x0) <= SAME_END and abs(last.x1 - run.x1) <= SAME_END
            if alike and run.y - last.y < 0.35 * place.view.height and _belongs(place, last, run, crossed=crossed):
                group.append(run)
                break
        else:
            groups.append([run])
    return [group for group in groups if len(group) >= LEAST_ROWS]


def _belongs(place: Place, last: Ruling, run: Ruling, *, crossed: bool) -> bool:
    if not crossed:
        return _is_one(place, last, run)
    middle = (last.y + run.y) / 2
    inner = [r for r in place.view.down if last.x0 + 5 < r.x0 < last.x1 - 5]
    return any(r.top - 1 <= middle <= r.bottom + 1 for r in inner)


def _is_one(place: Place, last: Ruling, run: Ruling) -> bool:
    """Return whether what stands between two rules is a table's: parted lines, or few lines."""
    area = Area(x0=last.x0, top=last.y, x1=last.x1, bottom=run.y)
    lines = lines_of(inside(place.tokens, area, slack=0.0))
    parted = sum(len(line.segments(0.8)) > 1 for line in lines)
    return len(lines) <= 2 or parted >= 0.4 * len(lines)


def _height(rules: Sequence[Area], rule: Area, area: Area) -> float:
    """Return the share of an area's height that the vertical rules at one place cover."""
    spans = sorted((r.top, r.bottom) for r in rules if abs(r.x0 - rule.x0) < 2)
    covered, end = 0.0, area.top
    for top, bottom in spans:
        covered += max(0.0, min(bottom, area.bottom) - max(top, end))
        end = max(end, bottom)
    return covered / max(area.bottom - area.top, 1.0)


def _filled(place: Place, area: Area, runs: Sequence[Ruling]) -> float:
    """Return the share of the strips between rules that hold words."""
    bands = [Area(x0=area.x0, top=a.y, x1=area.x1, bottom=b.y) for a, b in pairwise(runs)]
    return sum(bool(inside(place.tokens, band, slack=0.0)) for band in bands) / len(bands)


def _meets(area: Area, other: Area) -> bool:
    return area.x0 < other.x1 and area.x1 > other.x0 and area.top < other.bottom and area.bottom > other.top


def _is_figure(place: Place, area: Area) -> bool:
    """Return whether a figure's caption stands close under or over an area, or a picture in it."""
    if any(_meets(area, image) for image in place.view.images):
        return True
    near = Area(x0=area.x0 - 20, top=area.top - 30, x1=area.x1 + 20, bottom=area.bottom + 40)
    for line in lines_of(inside(place.tokens, near, slack=0.0)):
        if FIGURE.match(line.tokens[0].text) and not area.top < line.top < area.bottom:
            return True
    return False


def _numeric(lines: Sequence[Line]) -> bool:
    """Return whether lines hold numbers in columns."""
    parted = [line for line in lines if len(line.segments(0.8)) > 2]
    numbers = [line for line in parted if sum(_is_number(seg) for seg in line.segments(0.8)[1:]) >= 1]
    return len(parted) >= 0.5 * len(lines) and len(numbers) >= 0.6 * max(1, len(parted))


def _columnar(lines: Sequence[Line]) -> bool:
    """Return whether lines of words alone stand in three or more columns that they leave mostly white.

    Columns of prose fill their width, and so do not.
    """
    parts = [line.segments(0.8) for line in lines]
    if len(lines) < WORDY_ROWS or sum(len(part) > 2 for part in parts) < 0.8 * len(lines):
        return False
    starts: Counter[int] = Counter(round(segment.x0 / 4) for part in parts for segment in part)
    columns = [x for x in starts if starts[x] + starts[x + 1] >= 0.8 * len(lines)]
    columns = [x for n, x in enumerate(columns) if x - 1 not in columns[:n] and x + 1 not in columns[:n]]
    extent = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    ink = sum(segment.x1 - segment.x0 for part in parts for segment in part)
    return len(columns) >= 3 and ink <= WHITE * extent * len(lines)


def _is_number(segment: Line) -> bool:
    words = [token.text for token in segment.tokens]
    return sum(bool(NUMBER.match(word) or DASH.match(word)) for word in words) >= 0.5 * len(words)


def _unruled(place: Place, taken: Sequence[Area]) -> list[Body]:
    """Return runs of lines of numbers whose segments end or start under each other."""
    found: list[Body] = []
    run: list[Line] = []
    free = [t for t in place.tokens if not any(_meets(_area(t), a) for a in taken)]
    for line in [*(lines_of(free) if free else ()), None]:
        if line is not None and _goes_with(run, line):
            run.append(line)
            continue
        numbered = [old for old in run if len(old.segments(0.8)) > 2]
        if len(numbered) > LEAST_ROWS and (_numeric(run) or _columnar(run)):
            area = Area(
                x0=min(o.x0 for o in run) - 1,
                top=run[0].top - 1,
                x1=max(o.x1 for o in run) + 1,
                bottom=max(o.bottom for o in run) + 0.5,
            )
            if not _is_figure(place, area):
                found.append(Body(area, tuple(within(place.rulings, area)), closed=False))
        run = [line] if line is not None and len(line.segments(0.8)) > 1 else []
    return found


def _area(token: Token) -> Area:
    return Area(x0=token.x0, top=token.top, x1=token.x1, bottom=token.bottom)


def _goes_with(run: Sequence[Line], line: Line) -> bool:
    if not run:
        return False
    parts = line.segments(0.8)
    if starts_note(line):
        return False
    if line.top - run[-1].bottom > 2.2 * line.size or abs(line.size - run[-1].size) > 1.5:
        return False
    if len(parts) == 1:
        return line.x1 - line.x0 < 0.5 * (max(o.x1 for o in run) - min(o.x0 for o in run))
    edges = [edge for old in run for seg in old.segments(0.8) for edge in (seg.x0, seg.x1, (seg.x0 + seg.x1) / 2)]
    aligned = sum(any(abs(edge - e) < 4 for e in edges for edge in (p.x0, p.x1, (p.x0 + p.x1) / 2)) for p in parts)
    return aligned >= 0.6 * len(parts)
