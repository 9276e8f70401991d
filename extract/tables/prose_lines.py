"""What tells a table's lines from prose, notes and the captions of other things."""

from __future__ import annotations

from collections.abc import Sequence

from extract.page.captions import starts_other
from extract.page.rotation import Area
from extract.page.token_lines import Line, inside, lines_of
from extract.tables.search_areas import Place

COLUMN_GAP = 0.8  # of the type size: segments of a table's line are parted at least so far
LOOK_AHEAD = 5  # lines
OTHER_SIZE = 0.3  # points
LEAST_WORDS = 3  # of a line of a column
FILLED = 0.72  # of the width: columns of prose fill as much of it
PROSE_RUN = 3  # lines of prose in a row that end a table


def is_prose_line(line: Line, area: Area, taken: Sequence[Line]) -> bool:
    """Return whether a line under the `taken` lines of a table is no more of it: long, or of another size."""
    segments = line.segments(COLUMN_GAP)
    if len(segments) > 1:
        return False
    long = line.x1 - line.x0 > 0.62 * area.width and len(line.tokens) > 6
    other = bool(taken) and abs(line.size - taken[-1].size) > 0.6
    return long or other


def begin_columns_of_prose(place: Place, lines: Sequence[Line], area: Area, taken: Sequence[Line]) -> bool:
    """Return whether lines that follow each other are prose in two or three columns, which fill their width.

    They are in the type of the prose, or in another size than the `taken` lines of a table over them.
    """
    first = [
        _is_in_columns(line, area)
        and (place.setting.is_prose_type(line) or bool(taken and abs(line.size - taken[0].size) > OTHER_SIZE))
        for line in lines[:LOOK_AHEAD]
    ]
    return bool(first) and first[0] and sum(first) >= min(len(first), PROSE_RUN) and len(first) >= 2


def _is_in_columns(line: Line, area: Area) -> bool:
    parts = line.segments(COLUMN_GAP)
    ink = sum(part.x1 - part.x0 for part in parts)
    worded = all(len(part.tokens) >= LEAST_WORDS for part in parts)
    return 2 <= len(parts) <= 3 and worded and ink > FILLED * area.width


def holds_prose(place: Place, area: Area) -> bool:
    """Return whether an area holds lines of prose one after the other."""
    run = 0
    left = 0.0
    for line in lines_of(inside(place.tokens, area, slack=0.0)):
        wide = len(line.segments(1.3)) == 1 and line.x1 - line.x0 > 0.45 * area.width and len(line.tokens) > 5
        if wide and place.setting.is_prose_type(line):
            run = run + 1 if run and abs(line.x0 - left) < 2 * line.size else 1
            left = line.x0
        else:
            run = 0
        if run >= PROSE_RUN:
            return True
    return False


def is_note(lines: Sequence[Line], area: Area) -> bool:
    """Return whether lines are a table's note and not its rows: none is parted, and some are long."""
    parted = any(len(line.segments(COLUMN_GAP)) > 1 for line in lines)
    return bool(lines) and not parted and any(line.x1 - line.x0 > 0.55 * area.width for line in lines)


def is_foreign(place: Place, area: Area) -> bool:
    """Return whether prose or the caption of something else stands in an area."""
    lines = lines_of(inside(place.tokens, area, slack=0.0))
    if any(starts_other(line) for line in lines):
        return True
    if area.bottom - area.top > 0.25 * place.view.height and not lines:
        return True
    return holds_prose(place, area) or _columns_of_prose(place, lines, area)


def _columns_of_prose(place: Place, lines: Sequence[Line], area: Area) -> bool:
    """Return whether lines in the type of the prose fill two halves of an area one after the other."""
    run = 0
    for line in lines:
        parts = line.segments(1.1)
        wide = len(parts) == 2 and sum(p.x1 - p.x0 for p in parts) > 0.8 * area.width
        run = run + 1 if wide and place.setting.is_prose_type(line) else 0
        if run >= PROSE_RUN + 2:
            return True
    return False
