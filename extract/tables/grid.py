"""The lines of a table's parts to a rectangle of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.page.lines import is_bold
from extract.page.rotation import Area, Token
from extract.page.rulings import Ruling
from extract.page.token_lines import Line, inside, lines_of
from extract.tables.cells import pieces_of
from extract.tables.columns import Gutter, gutters_of
from extract.tables.found_tables import FoundCell
from extract.tables.headers import header_cells
from extract.tables.row_heights import Heights, heights_of
from extract.tables.rows import Drawing, rows_of
from extract.tables.search_areas import Body, Place

FULL = 0.9
MOST = 4  # lines of a header that no rule closes
HEADED = 3  # rows from which on a table without a rule under its header is taken to begin with one


@dataclass(frozen=True, slots=True)
class Part:
    """A table's rows on one view, with its lines moved sideways to where the first part stands."""

    place: Place
    body: Body
    header: tuple[Line, ...]
    lines: tuple[Line, ...]
    dx: float

    def rulings(self) -> list[Ruling]:
        """Return the rules, moved with the lines."""
        return [
            Ruling(r.y, r.x0 + self.dx, r.x1 + self.dx, tuple(x + self.dx for x in r.joints)) for r in self.body.rulings
        ]

    def area(self) -> Area:
        """Return the area, moved with the lines."""
        return _moved(self.body.area, self.dx)

    def fills(self) -> list[Area]:
        """Return the shaded areas, moved with the lines."""
        return [_moved(fill, self.dx) for fill in self.place.view.fills]

    def down(self) -> list[Area]:
        """Return the vertical rules and the upright edges of shaded cells, moved with the lines."""
        edges = [
            replace(fill, x0=x, x1=x)
            for fill in self.place.view.fills
            if fill.width < 0.7 * self.body.area.width
            for x in (fill.x0, fill.x1)
        ]
        area = self.body.area
        near = [r for r in (*self.place.view.down, *edges) if r.top < area.bottom + 2 and r.bottom > area.top - 2]
        return [_moved(rule, self.dx) for rule in near]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rectangular rows of cells, the header's first, and the tokens that stand in none.

    `labels_off` counts the rows whose label stands on the line of another row's values, `rows_off` those of which any
    cell does. `heads_differ`: a part of the table has another head than the first.
    """

    rows: tuple[tuple[FoundCell, ...], ...]
    header_rows: int
    stray: tuple[Token, ...]
    labels_off: int = 0
    rows_off: int = 0
    heads_differ: bool = False


def _moved(area: Area, dx: float) -> Area:
    return replace(area, x0=area.x0 + dx, x1=area.x1 + dx)


def part_of(place: Place, body: Body, like: Body | None, taken: frozenset[int]) -> Part:
    """Return the lines of a body, its header's apart; `taken` holds the orders of words used elsewhere."""
    dx = like.area.x0 - body.area.x0 if like is not None else 0.0
    tokens = [
        replace(token, x0=token.x0 + dx, x1=token.x1 + dx)
        for token in inside(place.tokens, body.area, slack=1.5)
        if token.order not in taken
    ]
    lines = lines_of(tokens) if tokens else []
    end = _header_end(body, lines)
    header = tuple(line for line in lines if (line.top + line.bottom) / 2 < end)
    return Part(place, body, header, tuple(line for line in lines if line not in header), dx)


def _header_end(body: Body, lines: Sequence[Line]) -> float:
    """Return the height of the first full rule with lines above and below it (none: the top)."""
    for run in body.rulings:
        if run.width < FULL * body.area.width:
            continue
        above = sum((line.top + line.bottom) / 2 < run.y for line in lines)
        if 0 < above < len(lines):
            return run.y if above <= 0.6 * len(lines) or len(body.rulings) > 2 else body.area.top
    return body.area.top


def grid_of(parts: Sequence[Part]) -> Grid:
    """Return the cells of a table that stands in one or more parts."""
    first = parts[0]
    stray: list[Token] = []
    bodies: list[list[Line]] = []
    heads = [sorted(token.text for line in part.header for token in line.tokens) for part in parts if part.header]
    heads_differ = any(head != heads[0] for head in heads)
    for part in parts:
        if part is not first and part.header and not _repeats(part.header, first.header):
            bodies.append([*part.header, *part.lines])
        else:
            again = 0 if part is first or part.header else _lines_again(part.lines, first)
            bodies.append(list(part.lines[again:]))
            if part is not first:
                stray.extend(token for line in (*part.header, *part.lines[:again]) for token in line.tokens)
    lines = [line for body in bodies for line in body]
    if not lines and not first.header:
        return Grid((), 0, tuple(stray))
    rulings = [run for part in parts for run in part.rulings()]
    if not first.header and bodies[0]:
        header = _leading_header(bodies[0], gutters_of(lines, (), first.area(), rulings, first.down()))
        first = replace(first, header=tuple(header))
        bodies[0] = [line for line in bodies[0] if line not in header]
        lines = [line for body in bodies for line in body]
    down = [rule for part in parts for rule in part.down()] if len(parts) == 1 else first.down()
    gutters = gutters_of(lines, first.header, first.area(), rulings, down)
    width = len(gutters) + 1
    rows = _header_rows(first, gutters, width)
    header_rows = len(rows)
    drawings = [
        Drawing(body, part.rulings(), part.fills(), part.area()) for part, body in zip(parts, bodies, strict=True)
    ]
    labels_off = rows_off = 0
    for groups in rows_of(drawings, gutters):
        for group, heights in zip(groups, heights_of(groups, gutters), strict=True):
            rows.append(_row(group, gutters, len(rows), width, heights))
            labels_off += heights.label_off
            rows_off += heights.off
    if not header_rows and len(rows) >= HEADED and sum(bool(cell.words) for cell in rows[0]) > 0.5 * width:
        header_rows = 1
    if header_rows:
        header_rows += _bold_below(rows, header_rows)
    return Grid(tuple(rows), header_rows, tuple(stray), labels_off, rows_off, heads_differ)


def _bold_below(rows: Sequence[tuple[FoundCell, ...]], header_rows: int) -> int:
    """Return how many rows under a bold header belong to it: bold too, in two columns or more, but not the first."""
    bold = [all(is_bold(word.font) for cell in row for word in cell.words) for row in rows]
    if not all(bold[:header_rows]) or sum(bold) > MOST:
        return 0
    end = header_rows
    while end < len(rows) and bold[end] and not rows[end][0].words and sum(bool(c.words) for c in rows[end]) > 1:
        end += 1
    return end - header_rows


def _leading_header(lines: Sequence[Line], gutters: Sequence[Gutter]) -> list[Line]:
    """Return the lines of a header of several that no rule closes: its first leave the stub empty."""
    if len(lines) <= HEADED:
        return []
    header: list[Line] = []
    for line in lines[:MOST]:
        header.append(line)
        if any(piece.first == 0 for piece in pieces_of(line, gutters)):
            return header if len(header) > 1 else []
    return []


def _repeats(header: Sequence[Line], first: Sequence[Line]) -> bool:
    words = [token.text for line in header for token in line.tokens]
    known = {token.text for line in first for token in line.tokens}
    return bool(words) and sum(word in known for word in words) >= 0.7 * len(words)


def _lines_again(lines: Sequence[Line], first: Part) -> int:
    """Return how many lines at the head of a part repeat those of the first part, which no rule sets off."""
    start = (*first.header, *first.lines)[: len(first.header) or MOST]
    again = 0
    for line, known in zip(lines, start, strict=False):
        if line.text != known.text or (not again and len(line.segments()) < 2):
            break
        again += 1
    return again


def _header_rows(part: Part, gutters: Sequence[Gutter], width: int) -> list[tuple[FoundCell, ...]]:
    full = FULL * part.body.area.width
    partial = [run for run in part.rulings() if run.width < full]
    heads = header_cells(part.header, gutters, partial)
    levels = max((head.level + 1 for head in heads), default=0)
    rows = []
    for level in range(levels):
        cells = [FoundCell(row=level, column=column, words=()) for column in range(width)]
        for head in heads:
            if head.level != level:
                continue
            under = any(o.level > level and o.first <= head.last and o.last >= head.first for o in heads)
            cells[head.first] = FoundCell(
                row=level,
                column=head.first,
                words=(*cells[head.first].words, *(token.word for token in head.tokens)),
                column_span=head.last - head.first + 1,
                row_span=1 if under else levels - level,
            )
        rows.append(tuple(cells))
    return rows


def _row(
    lines: Sequence[Line], gutters: Sequence[Gutter], row: int, width: int, heights: Heights
) -> tuple[FoundCell, ...]:
    words: list[list[Token]] = [[] for _ in range(width)]
    spans = [1] * width
    for line in lines:
        for piece in pieces_of(line, gutters):
            words[piece.first].extend(piece.tokens)
            spans[piece.first] = max(spans[piece.first], piece.last - piece.first + 1)
    return tuple(
        FoundCell(
            row=row,
            column=n,
            words=tuple(t.word for t in tokens),
            column_span=spans[n],
            row_span=heights.spans.get(n, 1),
        )
        for n, tokens in enumerate(words)
    )
