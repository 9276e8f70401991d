"""The finding of tables: captions, the areas that belong to them, their parts, cells and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.page.captions import CONTINUED, Caption, captions_of
from extract.page.rotation import Area, Token, views
from extract.page.rulings import rulings_of
from extract.page.token_lines import Line, lines_of
from extract.page.typography import setting_of
from extract.pdf.reader import Sheet
from extract.tables.areas import body_above, body_at_top, body_below
from extract.tables.confidence import confidence_of
from extract.tables.found_tables import FoundTable
from extract.tables.grid import Part, grid_of, part_of
from extract.tables.notes import note_below
from extract.tables.search_areas import Body, Place
from extract.tables.unlabelled import grids_of, tables_by_shape

FOOT = re.compile(r"^(?:page\s)?\W*\d{1,4}\W*(?:(?:of|/)\s?\d{1,4})?$", re.I)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A caption with the rows that it may name."""

    caption: Caption
    place: Place
    below: Body | None
    above: Body | None


def find_tables(sheets: Sequence[Sheet]) -> tuple[FoundTable, ...]:
    """Return the tables of a document's pages in order, each with its caption, note and logical rows.

    `sheets` are the pages in order. Each word of a table's area stands in one cell, the label, the caption,
    the note or `stray` (the header repeated where a table goes on). A caption over a picture gives a table
    marked `image`. Never raises on odd pages: what is no table is left alone.
    """
    places = _places(sheets)
    anchors = [_anchor(place, caption) for place in places for caption in place.captions]
    above = _captions_stand_below(anchors)
    tables: list[FoundTable] = []
    used: set[tuple[int, int]] = set()
    done: set[int] = set()
    for n, anchor in enumerate(anchors):
        if n in done:
            continue
        more = _continuations(anchors, n)
        done.update(more)
        table = _table(places, anchor, [anchors[m] for m in more], used, above=above)
        if table is not None:
            tables.append(table)
    tables.extend(_unlabelled(places, used, labels=bool(anchors)))
    return tuple(sorted(tables, key=_position))


def _position(table: FoundTable) -> tuple[int, float, float]:
    """Return where a table begins: its page, then its height (that of its label where that is above)."""
    first = min(table.boxes, key=lambda box: box.page)
    top = min([first.top, *(word.box.top for word in table.label if word.box.page == first.page)])
    return first.page, round(top), first.x0


def _unlabelled(places: Sequence[Place], used: set[tuple[int, int]], *, labels: bool) -> list[FoundTable]:
    tables = []
    for place in places:
        taken = [
            Area(x0=t.x0, top=t.top, x1=t.x1, bottom=t.bottom)
            for t in place.tokens
            if (place.view.page, t.order) in used
        ]
        bodies = grids_of(place, taken)
        if not labels:
            bodies += tables_by_shape(place, [*taken, *(body.area for body in bodies)])
        for body in sorted(bodies, key=lambda body: body.area.top):
            part = _part(place, body, (), used)
            if not part.lines and not part.header:
                continue
            _use(place, _tokens(part), used)
            parts = [part]
            _carry_on(places, parts, used)
            table = _found(None, parts, (), used, above=False)
            if table is not None:
                tables.append(table)
    return tables


def _places(sheets: Sequence[Sheet]) -> list[Place]:
    found = [view for sheet in sheets for view in views(sheet)]
    setting = setting_of(found)
    places = []
    for n, view in enumerate(found):
        rulings = rulings_of(rule for rule in view.across if not setting.repeats(rule))
        captions = captions_of(n, view, setting, rulings)
        tokens = tuple(t for t in view.tokens if (view.page, t.order) not in setting.furniture)
        places.append(Place(view, tokens, tuple(rulings), tuple(captions), setting))
    return places


def _anchor(place: Place, caption: Caption) -> Anchor:
    return Anchor(caption, place, body_below(place, caption), body_above(place, caption))


def _captions_stand_below(anchors: Sequence[Anchor]) -> bool:
    """Return whether this document sets captions under its tables, by those that leave no doubt."""
    over = sum(a.above is not None and a.below is None for a in anchors)
    under = sum(a.below is not None and a.above is None for a in anchors)
    return over > under


def _continuations(anchors: Sequence[Anchor], n: int) -> list[int]:
    """Return the places of the captions that say that the table of caption `n` goes on."""
    number = anchors[n].caption.number
    found = []
    for m in range(n + 1, len(anchors)):
        caption = anchors[m].caption
        if caption.number != number:
            if not caption.continued:
                break
            continue
        if caption.continued or _same_words(caption, anchors[n].caption):
            found.append(m)
    return found


def _same_words(caption: Caption, first: Caption) -> bool:
    return [t.text for t in caption.text] == [t.text for t in first.text] and bool(caption.text)


def _table(
    places: Sequence[Place],
    anchor: Anchor,
    more: Sequence[Anchor],
    used: set[tuple[int, int]],
    *,
    above: bool,
) -> FoundTable | None:
    parts: list[Part] = []
    stray: list[Token] = []
    for link in (anchor, *more):
        body = (link.above or link.below) if above else (link.below or link.above)
        if body is None:
            continue
        part = _part(link.place, body, parts, used)
        if not part.lines and not part.header:
            continue
        parts.append(part)
        if link is not anchor:
            stray.extend([*link.caption.label, *link.caption.text])
        _use(link.place, [*link.caption.label, *link.caption.text, *_tokens(part)], used)
    if not parts:
        return _picture(anchor)
    if not more:
        _carry_on(places, parts, used)
    return _found(anchor.caption, parts, stray, used, above=above)


def _part(place: Place, body: Body, parts: Sequence[Part], used: set[tuple[int, int]]) -> Part:
    captions = {t.order for c in place.captions for t in (*c.label, *c.text)}
    taken = captions | {order for page, order in used if page == place.view.page}
    like = parts[0].body if parts and abs(parts[0].body.area.width - body.area.width) < 12 else None
    return part_of(place, body, like, frozenset(taken))


def _tokens(part: Part) -> list[Token]:
    return [token for line in (*part.header, *part.lines) for token in line.tokens]


def _use(place: Place, tokens: Sequence[Token], used: set[tuple[int, int]]) -> None:
    used.update((place.view.page, token.order) for token in tokens)


def _carry_on(places: Sequence[Place], parts: list[Part], used: set[tuple[int, int]]) -> None:
    """Add the parts of a table that goes on at the top of the next pages without a caption."""
    while True:
        last = parts[-1]
        at = next(n for n, place in enumerate(places) if place is last.place)
        area = last.body.area
        under = [
            t
            for t in last.place.tokens
            if t.top >= area.bottom - 1
            and t.x0 < area.x1
            and t.x1 > area.x0
            and (last.place.view.page, t.order) not in used
        ]
        if not all(_is_foot(line) for line in lines_of(under)) or at + 1 >= len(places):
            return
        edges = [x for line in last.lines for part in line.segments() for x in (part.x0, part.x1)]
        body = body_at_top(places[at + 1], last.body, [x - last.dx for x in edges])
        if body is None:
            return
        part = _part(places[at + 1], body, parts, used)
        if not part.lines and not part.header:
            return
        parts.append(part)
        _use(part.place, _tokens(part), used)


def _is_foot(line: Line) -> bool:
    """Return whether a line under a table is a page number or says that the table goes on."""
    return bool(FOOT.match(line.text) or CONTINUED.search(line.text)) and len(line.tokens) <= 5


def _found(
    caption: Caption | None,
    parts: Sequence[Part],
    stray: Sequence[Token],
    used: set[tuple[int, int]],
    *,
    above: bool,
) -> FoundTable | None:
    grid = grid_of(parts)
    if not grid.rows:
        return None
    last = parts[-1]
    size = median(line.size for part in parts for line in (*part.header, *part.lines))
    note = [] if above else note_below(last.place, last.body, size)
    note = [t for t in note if (last.place.view.page, t.order) not in used]
    _use(last.place, note, used)
    placed = sum(len(cell.words) for row in grid.rows for cell in row)
    words = sum(len(_tokens(part)) for part in parts) - len(grid.stray)
    return FoundTable(
        label=tuple(token.word for token in caption.label) if caption else (),
        caption=tuple(token.word for token in caption.text) if caption else (),
        note=tuple(token.word for token in note),
        rows=grid.rows,
        header_rows=grid.header_rows,
        boxes=tuple(part.place.view.box(part.body.area) for part in parts),
        confidence=confidence_of(grid, words=words, stray=words - placed),
        stray=tuple(token.word for token in (*stray, *grid.stray)),
    )


def _picture(anchor: Anchor) -> FoundTable | None:
    """Return a table that is a picture, where one stands next to the caption."""
    area = anchor.caption.area
    near = 60.0
    for image in anchor.place.view.images:
        beside = image.x0 < area.x1 and image.x1 > area.x0 and image.width > 60
        if beside and (0 <= image.top - area.bottom + 5 <= near or 0 <= area.top - image.bottom + 5 <= near):
            return FoundTable(
                label=tuple(token.word for token in anchor.caption.label),
                caption=tuple(token.word for token in anchor.caption.text),
                note=(),
                rows=(),
                header_rows=0,
                boxes=(anchor.place.view.box(image),),
                confidence=0.0,
                image=True,
            )
    return None
