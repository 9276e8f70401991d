"""A table in a style, before any producer: where it stands, how wide its columns are, what each cell looks like."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from press.article import Article, Row, Table
from press.style import Style
from press.wording import Run, cell_runs, plain, runs_of, table_label

NUMBER = re.compile(r"^[<>≤≥~]?\s?[−–+-]?\d[\d,]*(?:\.\d+)?(?:\s?%)?(?=$|[\s(/±–-])")
POINT = 0.3528  # mm
SMALLEST = 5.5
_EM = {"serif": 1.0, "modern": 1.1, "sans": 1.08, "condensed": 1.04, "typewriter": 1.0}
_NARROW, _WIDE = frozenset("iljtf.,:;'()[]|/ "), frozenset("mwMW%±≥≤<>+=−–—@")
_PADDING = {"tight": 1.2, "usual": 2.2, "loose": 4.0}
_ROW_GAP = {"tight": 0.5, "usual": 2.0, "loose": 5.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCell:
    """A cell as it is set; `before` and `after` are letters to leave room for, so that decimal points align."""

    runs: tuple[Run, ...]
    kind: str  # head, label, value, group
    columns: int = 1
    rows: int = 1
    align: str = "left"
    valign: str = "top"
    indented: bool = False
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRow:
    """A row as it is set: None where a cell above or to the left covers; how its ground and its lower edge look."""

    cells: tuple[SetCell | None, ...]
    head: bool
    group: bool
    fill: str = ""  # empty, light, dark
    rule_below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTable:
    """A table as it is set: sizes in points, widths and heights in mm."""

    number: int
    label: str
    caption: tuple[Run, ...]
    note: tuple[Run, ...]
    place: str  # column, across, turned, landscape
    size: float
    widths: tuple[float, ...]
    rows: tuple[SetRow, ...]
    head: int
    top_rule: bool
    column_rules: bool
    padding: tuple[float, float]  # to the sides and above and below, in points
    height: float
    caption_at: str


def ems(text: str, style: Style) -> float:
    """Return about how wide a text is in the tables' face, in ems; rather more than less."""
    face = "sans" if style.table_face == "sans" else style.face
    if face == "typewriter":
        return 0.61 * len(text)
    widths = (0.33 if one in _NARROW else 0.86 if one in _WIDE else 0.7 if one.isupper() else 0.52 for one in text)
    return _EM[face] * sum(widths)


def set_table(table: Table, article: Article, style: Style) -> SetTable:
    """Return the table as a style sets it; one too wide for its place gets a wider place, then smaller letters."""
    rows = _rows(table, article, style)
    size, padding = style.table_points, (_PADDING[style.padding], _ROW_GAP[style.padding])
    rooms = {
        "column": style.column_width,
        "across": style.text_width,
        "turned": style.sheet[1] - style.edges[0] - style.edges[2] - 4,
        "landscape": style.sheet[1] - style.edges[1] - style.edges[3],
    }
    place = "across" if style.column_count == 1 and style.table_at == "column" else style.table_at
    least = sum(_least(rows, column, style, size, padding[0]) for column in range(table.width))
    if place == "column" and least > rooms[place]:
        place = "across"
    while least > rooms[place] and size > SMALLEST + 1:
        size -= 0.5
        least = sum(_least(rows, column, style, size, padding[0]) for column in range(table.width))
    if least > rooms[place] and place == "across":
        place = "landscape"
    while least > rooms[place] and size > SMALLEST:
        size -= 0.25
        least = sum(_least(rows, column, style, size, padding[0]) for column in range(table.width))
    across = (style.sheet[0] - style.edges[0] - style.edges[2] if place == "landscape" else style.text_width) - 32
    full = _widths(rows, table.width, style, size, padding[0], rooms[place])
    while place in ("turned", "landscape") and size > SMALLEST and _height(rows, full, style, size, padding) > across:
        size, padding = size - 0.25, (padding[0], max(0.4, padding[1] * 0.9))
        full = _widths(rows, table.width, style, size, padding[0], rooms[place])
    if place in ("turned", "landscape") and _height(rows, full, style, size, padding) > across:
        place = "across" if least <= style.text_width else place
    beside = style.caption_at == "beside" and place != "column" and least < 0.7 * rooms[place]
    room = rooms[place] * (0.75 if beside else 1.0)
    widths = _widths(rows, table.width, style, size, padding[0], room)
    caption = style.caption_at if style.caption_at != "beside" or beside else "above"
    return SetTable(
        number=table.number,
        label=table_label(style, table.number),
        caption=runs_of(table.caption, article, style),
        note=runs_of(table.note, article, style),
        place=place,
        size=round(size, 2),
        widths=widths,
        rows=rows,
        head=table.head,
        top_rule=style.rules not in ("none", "zebra", "head"),
        column_rules=style.rules in ("grid", "columns"),
        padding=padding,
        height=_height(rows, widths, style, size, padding),
        caption_at=caption,
    )


def _rows(table: Table, article: Article, style: Style) -> tuple[SetRow, ...]:
    out: list[SetRow] = []
    shade = False
    within = False
    for at, row in enumerate(table.rows):
        head = at < table.head
        within = (within or row.group) and not (head or (row.cells[0] is None and False))
        following = table.rows[at + 1] if at + 1 < len(table.rows) else None
        shade = not shade if not head and not row.group else False
        fill = ""
        if head and style.head_face in ("shaded", "dark"):
            fill = "light" if style.head_face == "shaded" else "dark"
        elif (row.group and style.group_rows == "shaded") or (style.rules == "zebra" and shade):
            fill = "light"
        cells = _cells(table, at, article, style, indented=within and not row.group)
        below = _rule_below(style, at, table, row, following)
        out.append(SetRow(cells=cells, head=head, group=row.group, fill=fill, rule_below=below))
    return tuple(_decimals(out, style))


def _rule_below(style: Style, at: int, table: Table, row: Row, following: Row | None) -> bool:
    if following is None:
        return style.rules not in ("none", "zebra", "head")
    if at == table.head - 1:
        return style.rules not in ("ends", "none")
    if style.rules in ("rows", "grid"):
        return True
    new_label = following.cells[0] is not None and following.cells[0].rows > 1
    return style.rules == "groups" and at >= table.head and (following.group or new_label)


def _cells(table: Table, at: int, article: Article, style: Style, *, indented: bool) -> tuple[SetCell | None, ...]:
    row = table.rows[at]
    head = at < table.head
    if (
        row.group
        and style.group_rows in ("spanning", "spanning-centred", "shaded")
        and not any(cell and cell.text for cell in row.cells[1:])
    ):
        first = row.cells[0]
        assert first is not None
        runs = cell_runs(first.text, article, style, bold=style.head_face == "bold", italic=style.head_face == "italic")
        align = "centre" if style.group_rows == "spanning-centred" else "left"
        spanning = SetCell(runs=runs, kind="group", columns=table.width, align=align)
        return (spanning, *[None] * (table.width - 1))
    out: list[SetCell | None] = []
    for column, cell in enumerate(row.cells):
        if cell is None:
            above = next((r.cells[column] for r in reversed(table.rows[:at]) if r.cells[column]), None)
            blank = not head and style.labels_over == "first-row" and above is not None and above.rows > 1
            out.append(SetCell(runs=(), kind="value") if blank else None)
            continue
        kind = "head" if head else "group" if row.group and not column else "label" if not column else "value"
        bold = (head and style.head_face in ("bold", "dark")) or (kind == "group" and style.head_face != "italic")
        italic = style.head_face == "italic" and kind in ("head", "group")
        valign = style.cells_at
        if head:
            valign = style.head_at
        elif cell.rows > 1 and style.labels_over == "centred-over":
            valign = "middle"
        rows = 1 if not head and style.labels_over == "first-row" else cell.rows
        out.append(
            SetCell(
                runs=cell_runs(cell.text, article, style, bold=bold, italic=italic),
                kind=kind,
                columns=cell.columns,
                rows=rows,
                align=_align(style, table, kind, column, cell.columns),
                valign=valign,
                indented=indented and kind == "label" and style.group_rows == "indented",
            )
        )
    return tuple(out)


def _align(style: Style, table: Table, kind: str, column: int, columns: int) -> str:
    body = [row.cells[column] for row in table.rows[table.head :]]
    texts = [cell.text for cell in body if cell and cell.text not in ("", "–")]
    numeric = bool(column) and sum(bool(NUMBER.match(text)) for text in texts) * 2 > len(texts)
    of_column = (style.numbers if style.numbers != "decimal" else "centre") if numeric else "left"
    if kind == "head" and column:
        return "centre" if columns > 1 else {"left": "left", "centre": "centre"}.get(style.head_align, of_column)
    return of_column if kind == "value" else "left"


def _decimals(rows: Sequence[SetRow], style: Style) -> Iterator[SetRow]:
    """Give the numbers of each column room, so that their decimal points stand one below the other."""
    if style.numbers != "decimal":
        yield from rows
        return
    split: dict[tuple[int, int], tuple[str, str]] = {}
    for at, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            if cell and cell.kind == "value" and cell.align == "centre" and NUMBER.match(plain(cell.runs)):
                before, point, after = plain(cell.runs).partition(".")
                whole = re.match(r"[^\s(]*", before)
                if " " in before or "(" in before:
                    assert whole
                    before, after = whole[0], plain(cell.runs)[whole.end() :]
                split[at, column] = before, point + after
    for at, row in enumerate(rows):
        cells = list(row.cells)
        for column, cell in enumerate(cells):
            if cell and (at, column) in split:
                before, after = split[at, column]
                column_of = [pair for (_, other), pair in split.items() if other == column]
                most = max(len(pair[0]) for pair in column_of), max(len(pair[1]) for pair in column_of)
                room = "0" * (most[0] - len(before)), "0" * (most[1] - len(after))
                cells[column] = replace(cell, before=room[0], after=room[1])
        yield replace(row, cells=tuple(cells))


def _texts(rows: Sequence[SetRow], column: int) -> Iterator[str]:
    for row in rows:
        cell = row.cells[column]
        if cell and cell.columns == 1:
            yield f"{cell.before}{'   ' if cell.indented else ''}{plain(cell.runs)}{cell.after}"


def _least(rows: Sequence[SetRow], column: int, style: Style, size: float, padding: float) -> float:
    """Return the least width in mm that a column needs: its longest word; '< 0.001' and '± 2.9' do not break."""
    words = (word for text in _texts(rows, column) for word in re.split(r"(?<![<>≤≥±])\s+(?!±)", text))
    return (max((ems(word, style) for word in words), default=1.0) * 1.06 * size + 2 * padding) * POINT


def _widths(
    rows: Sequence[SetRow], count: int, style: Style, size: float, padding: float, room: float
) -> tuple[float, ...]:
    least = [_least(rows, column, style, size, padding) for column in range(count)]
    most = [max((ems(text, style) for text in _texts(rows, column)), default=1.0) for column in range(count)]
    wanted = [
        max(low, (min(longest, 18.0) * 1.06 * size + 2 * padding) * POINT)
        for low, longest in zip(least, most, strict=True)
    ]
    spare = room - sum(least)
    if style.table_width == "fitted" and sum(wanted) <= room:
        return tuple(wanted)
    more = (
        [1.0] * count
        if style.table_width == "equal"
        else [w - low + 0.05 * w for w, low in zip(wanted, least, strict=True)]
    )
    return tuple(low + max(0.0, spare) * part / sum(more) for low, part in zip(least, more, strict=True))


def _height(
    rows: Sequence[SetRow], widths: Sequence[float], style: Style, size: float, padding: tuple[float, float]
) -> float:
    lines = 0.0
    for row in rows:
        tallest = 1
        for column, cell in enumerate(row.cells):
            if cell and cell.rows == 1:
                width = sum(widths[column : column + cell.columns]) - 2 * padding[0] * POINT
                tallest = max(tallest, math.ceil(ems(plain(cell.runs), style) * size * POINT / max(width, 1)))
        lines += (tallest * size * 1.25 + 2 * padding[1]) * POINT
    return lines
