"""Where a table stands: the area of its rows, from its rules where it has them and from its lines where not.

A ruled table ends at the last rule of its chain: rules of one extent with nothing but table between them
(no prose, no other caption). Without a closing rule the area grows line by line while the lines are those of
a table: parted by wide gaps, or standing under such a line's columns (Fang et al. 2011 find unruled tables by
the same sparse lines).
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.page.captions import Caption, starts_note, starts_other
from extract.page.rotation import Area
from extract.page.rulings import Ruling, within
from extract.page.token_lines import Line, inside, lines_of
from extract.tables.prose_lines import (
    COLUMN_GAP,
    PROSE_RUN,
    begin_columns_of_prose,
    holds_prose,
    is_foreign,
    is_note,
    is_prose_line,
)
from extract.tables.search_areas import Body, Place

FULL = 0.9  # share of the table's width that a rule under or over the whole of it has


def body_below(place: Place, caption: Caption) -> Body | None:
    """Return the rows under a caption, or None where there are none."""
    start = caption.area.bottom
    stop = _stop(place, caption, start)
    band = _band(place, caption, start, stop)
    if band is None:
        return _open(place, _column(place, caption), start, stop, ())
    return _chain(place, Area(x0=band.x0, top=start, x1=band.x1, bottom=stop))


def body_above(place: Place, caption: Caption) -> Body | None:
    """Return the ruled rows over a caption, or None: the caption stands close under their last rule."""
    end = caption.area.top + 1
    begin = max((c.area.bottom for c in place.captions if _over(c.area, caption.area)), default=0.0)
    runs = [
        run for run in place.rulings if begin < run.y <= end and run.x0 < caption.area.x1 and run.x1 > caption.area.x0
    ]
    near = [run for run in runs if end - run.y <= 3 * caption.label[0].size and run.width > 60]
    if not near:
        return None
    widest = max(near, key=lambda run: run.width)
    last = max((run for run in near if run.width >= 0.7 * widest.width), key=lambda run: run.y)
    area = Area(x0=widest.x0, top=begin, x1=widest.x1, bottom=last.y)
    chain = within(place.rulings, area)
    top = last.y
    for run in sorted((r for r in chain if r.width >= FULL * area.width), key=lambda r: -r.y):
        if is_foreign(place, Area(x0=area.x0, top=run.y, x1=area.x1, bottom=top)):
            break
        top = run.y
    if top >= last.y - 2 * caption.label[0].size:
        return None
    area = Area(x0=area.x0, top=top, x1=area.x1, bottom=last.y)
    return Body(area, tuple(within(chain, area)), closed=True)


def body_at_top(place: Place, last: Body, edges: Sequence[float]) -> Body | None:
    """Return rows at the top of a page (or column) that go on with a table.

    They stand under a rule of the same extent; or, where no rule closed the table, their words start or end
    at the `edges` of its columns.
    """
    like = last.area
    column = Area(x0=like.x0, top=0.0, x1=like.x1, bottom=place.view.height)
    lines = lines_of(inside(place.tokens, column))
    if not lines:
        return None
    first = lines[0]
    stop = min((c.area.top for c in place.captions if _overlaps(c.area, column)), default=place.view.height)
    ends = [r for r in place.rulings if abs(r.x0 - like.x0) < 6 and abs(r.x1 - like.x1) < 6]
    over = [r for r in ends if first.top - 2.5 * first.size <= r.y <= first.top + 1.5]
    if first.top >= stop or not (over or (not last.closed and _aligned(lines[:3], edges))):
        return None
    start = max(r.y for r in over) if over else first.top
    body = _chain(place, Area(x0=like.x0, top=start - 1, x1=like.x1, bottom=stop))
    return body if body is not None and (body.closed or not over) else None


def _aligned(lines: Sequence[Line], edges: Sequence[float]) -> bool:
    """Return whether lines have several segments that nearly all start or end at known edges."""
    parts = [part for line in lines for part in line.segments(COLUMN_GAP)]
    near = sum(any(min(abs(e - p.x0), abs(e - p.x1)) < 2.0 for e in edges) for p in parts)
    return len(parts) > len(lines) and near >= 0.8 * len(parts)


def _over(area: Area, other: Area) -> bool:
    return area.bottom <= other.top and area.x0 < other.x1 and area.x1 > other.x0


def _overlaps(area: Area, other: Area) -> bool:
    return area.x0 < other.x1 and area.x1 > other.x0


def _stop(place: Place, caption: Caption, start: float) -> float:
    """Return where the next caption under this one, in its column, ends what can be its table."""
    below = [
        c.area.top
        for c in place.captions
        if c.area.top > start - 1 and c is not caption and _overlaps(c.area, caption.area)
    ]
    return min(below, default=place.view.height)


def _band(place: Place, caption: Caption, start: float, stop: float) -> Ruling | None:
    """Return the longest rule soon under a caption: it has the width of the table."""
    size = caption.label[0].size
    reach = start + 9 * size
    near = [
        run
        for run in place.rulings
        if start - 0.6 * size <= run.y <= min(reach, stop)
        and run.x0 < caption.area.x1
        and run.x1 > caption.area.x0
        and run.width > 60
    ]
    if not near:
        return None
    longest = max(near, key=lambda run: run.width)
    between = Area(x0=longest.x0, top=start, x1=longest.x1, bottom=longest.y)
    return None if holds_prose(place, between) else longest


def _chain(place: Place, area: Area) -> Body | None:
    """Follow the full rules downwards while what stands between them is a table."""
    runs = within(place.rulings, area)
    full = [run for run in runs if run.width >= FULL * area.width]
    bottom: float | None = None
    filled = 0
    top = area.top
    for run in full:
        between = Area(x0=area.x0, top=top, x1=area.x1, bottom=run.y)
        if is_foreign(place, between):
            break
        if filled and is_note(lines_of(inside(place.tokens, between, slack=0.0)), area):
            break
        filled += bool(inside(place.tokens, between, slack=0.0))
        bottom, top = run.y, run.y
    if bottom is None:
        return _open(place, area, area.top, area.bottom, ())
    kept = tuple(run for run in runs if run.y <= bottom + 1)
    rest = _open(place, area, bottom, area.bottom, kept)
    if rest is not None and (filled <= 1 or _tabular_run(place, rest.area) >= 3):
        return Body(Area(x0=area.x0, top=area.top, x1=area.x1, bottom=rest.area.bottom), runs_in(runs, rest), False)
    if not filled:
        return None
    return Body(Area(x0=area.x0, top=area.top, x1=area.x1, bottom=bottom), kept, closed=True)


def runs_in(runs: Sequence[Ruling], body: Body) -> tuple[Ruling, ...]:
    """Return the runs down to the end of a body."""
    return tuple(run for run in runs if run.y <= body.area.bottom + 3)


def _open(place: Place, area: Area, start: float, stop: float, runs: tuple[Ruling, ...]) -> Body | None:
    """Grow an area without a closing rule line by line."""
    column = Area(x0=area.x0, top=start, x1=area.x1, bottom=stop)
    lines = list(lines_of(inside(place.tokens, column, slack=0.5))) if stop > start else []
    taken: list[Line] = []
    firm = 0
    for n, line in enumerate(lines):
        if taken and line.top - taken[-1].bottom > 3.5 * line.size:
            break
        if begin_columns_of_prose(place, lines[n:], area, taken):
            break
        if starts_other(line) or starts_note(line) or is_prose_line(line, area, taken):
            break
        taken.append(line)
        if len(line.segments(COLUMN_GAP)) > 1:
            firm = len(taken)
    if firm:
        while firm < len(taken) and _wraps(taken[firm - 1], taken[firm], taken[:firm]):
            firm += 1
    taken = taken[:firm]
    if len(taken) < 2:
        return None
    bottom = max(line.bottom for line in taken)
    return Body(Area(x0=area.x0, top=start, x1=area.x1, bottom=bottom + 0.5), runs, closed=False)


def _wraps(last: Line, line: Line, taken: Sequence[Line]) -> bool:
    """Return whether a single piece of text goes on under a column of the lines before it."""
    if line.top - last.bottom > 0.6 * line.size or abs(line.size - last.size) > 0.3:
        return False
    starts = [seg.x0 for old in taken for seg in old.segments(COLUMN_GAP)[1:]]
    return any(abs(line.x0 - start) < 2 for start in starts)


def _tabular_run(place: Place, area: Area) -> int:
    """Return how many lines of an area are parted by wide gaps."""
    lines = lines_of(inside(place.tokens, area, slack=0.0))
    return sum(len(line.segments(COLUMN_GAP)) > 2 for line in lines)


def _column(place: Place, caption: Caption) -> Area:
    """Return the column of the page in which an unruled table stands under its caption."""
    view = place.view
    lines = lines_of(inside(place.tokens, Area(x0=0, top=caption.area.bottom, x1=view.width, bottom=view.height)))
    edges = [token for line in lines for token in (line.tokens[0], line.tokens[-1])]
    left = min((t.x0 for t in edges), default=caption.area.x0)
    right = max((t.x1 for t in edges), default=caption.area.x1)
    middle = (left + right) / 2
    if _two_columns(place, caption, middle):
        if caption.area.x0 > middle - 5:
            left = caption.area.x0 - 3
        elif caption.area.x1 < middle + 5:
            right = middle
    return Area(x0=left, top=caption.area.bottom, x1=right, bottom=view.height)


def _two_columns(place: Place, caption: Caption, middle: float) -> bool:
    """Return whether prose of the other column stands beside what follows a caption."""
    left_side = caption.area.x1 < middle + 5
    x0, x1 = (middle, place.view.width) if left_side else (0.0, middle)
    area = Area(x0=x0, top=caption.area.top, x1=x1, bottom=min(caption.area.bottom + 150, place.view.height))
    lines = lines_of(inside(place.tokens, area, slack=0.0))
    return sum(place.setting.is_prose_type(line) and len(line.segments(1.3)) == 1 for line in lines) >= PROSE_RUN
