"""The note under a table: small type close below its last row."""

from __future__ import annotations

import re

from extract.page.captions import starts_note, starts_other
from extract.page.rotation import Area, Token
from extract.page.token_lines import Line, inside, lines_of
from extract.tables.search_areas import Body, Place

START = re.compile(r"^(?:notes?\b|abbreviations?\b|sources?\b|values\b|data\b|key\b|legend\b|[*†‡§¶#∗]|[a-z]$)", re.I)
NEAR = 3.0  # of the type size: a note begins no further below the table
LEADING = 1.2  # of the type size: white between two lines of a note


def note_below(place: Place, body: Body, size: float) -> list[Token]:
    """Return the tokens of the note under a body of that type size, in reading order (none: empty)."""
    slack = 4.0
    area = Area(
        x0=body.area.x0 - slack,
        top=body.area.bottom,
        x1=body.area.x1 + slack,
        bottom=min(place.view.height, body.area.bottom + 250),
    )
    taken: list[Line] = []
    bottom = body.area.bottom
    for line in lines_of(inside(place.tokens, area, slack=0.0)):
        white = line.top - bottom
        if white > (LEADING if taken else NEAR) * line.size or starts_other(line):
            break
        if any(
            c.area.top - 1 <= line.top <= c.area.bottom
            for c in place.captions
            if c.area.x0 < area.x1 and c.area.x1 > area.x0
        ):
            break
        if not _fits(place, line, taken, size) or any(i.top - 1 <= line.top <= i.bottom for i in place.view.images):
            break
        taken.append(line)
        bottom = line.bottom
    return [token for line in taken for token in line.tokens]


def _fits(place: Place, line: Line, taken: list[Line], size: float) -> bool:
    if taken and abs(line.size - taken[0].size) > 0.6:
        return False
    if starts_note(line):
        return True
    if place.setting.is_prose_type(line):
        return bool(taken) and not line.tokens[0].text[:1].isupper() if size >= line.size else False
    small = line.size <= place.setting.size - 0.4 or line.size <= size + 0.1
    return small or bool(START.match(line.tokens[0].text)) or bool(taken)
