"""How far a table can be trusted: what can be checked of its cells without knowing what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean

from extract.page.passages import ends_line
from extract.records import Word
from extract.tables.found_tables import FoundCell
from extract.tables.grid import Grid

NUMBER = re.compile(r"[<>≤≥=~±+\-−–]?\d[\d.,·]*%?\*?")
REST = re.compile(r"[a-zµ),;\]%]")
FEW = 3  # filled cells from which on a column has a habit
ALIGNED = 2.5  # points: an edge or middle that near to its column's is aligned


OFF = 0.75  # the most that a table can have with a label off its row's line, or with parts of different heads


def confidence_of(grid: Grid, *, words: int, stray: int) -> float:
    """Return a figure from 0 to 1: the product of six shares.

    Conserved: the words of the area that stand in a cell. Alignment: the body cells whose left edge, right
    edge or middle is that of most cells of their column. Consistency: the body rows that fill more than one
    column or are a group row of the first. Single: the rows in which no cell holds two values one under the
    other where its column otherwise holds one (two rows taken for one). Whole: the rows that do not begin in
    the middle of a text, with a small letter or a closing bracket under an empty first cell (one row taken for two).
    Level: the rows no word of which stands on the line of another row; where a label does, the table has `OFF` at
    most, however many rows it has.
    """
    rows, header_rows = grid.rows, grid.header_rows
    if not rows or not words:
        return 0.0
    conserved = max(0.0, 1 - stray / words)
    body = rows[header_rows:] or rows
    aligned = fmean(shares) if (shares := _aligned(body)) else 0.5
    firm = fmean(_is_firm(row) for row in body)
    single = 1 - fmean(_doubled(body))
    whole = 1 - fmean(_is_rest(row) for row in body)
    level = 1 - grid.rows_off / len(body)
    figure = conserved * (0.5 + 0.5 * aligned) * (0.5 + 0.5 * firm) * single * whole * level
    return round(min(figure, OFF) if grid.labels_off or grid.heads_differ else figure, 3)


def _is_firm(row: Sequence[FoundCell]) -> bool:
    filled = [cell.column for cell in row if cell.words]
    return len(filled) > 1 or filled == [0]


def _is_rest(row: Sequence[FoundCell]) -> bool:
    """Return whether a row looks like the rest of the row above it."""
    texts = [cell.words[0].text for cell in row if cell.words]
    return bool(texts) and not row[0].words and all(REST.match(text) for text in texts)


def _doubled(body: Sequence[Sequence[FoundCell]]) -> list[bool]:
    """Return of each row whether it holds two values where its column otherwise holds one."""
    doubled = [False] * len(body)
    for column in range(len(body[0])):
        values = [_values(row[column]) for row in body]
        filled = [count for count in values if count is not None]
        if len(filled) >= FEW and sum(count == 1 for count in filled) > 0.6 * len(filled):
            doubled = [was or (count or 0) > 1 for was, count in zip(doubled, values, strict=True)]
    return doubled


def _values(cell: FoundCell) -> int | None:
    """Return how many lines of a cell are each a number by itself (0 where one is not); None for an empty cell."""
    if not cell.words:
        return None
    lines: list[str] = []
    last: Word | None = None
    for word in cell.words:
        if word.superscript or word.subscript:
            continue
        if last is None or ends_line(last, word):
            lines.append("")
        lines[-1] += word.text
        last = word
    return len(lines) if all(NUMBER.fullmatch(line) for line in lines) else 0


def _aligned(body: Sequence[Sequence[FoundCell]]) -> list[float]:
    shares = []
    for column in range(len(body[0])):
        spans = [
            (min(w.box.x0 for w in row[column].words), max(w.box.x1 for w in row[column].words))
            if row[column].words[0].upright
            else (min(w.box.top for w in row[column].words), max(w.box.bottom for w in row[column].words))
            for row in body
            if row[column].words and row[column].column_span == 1
        ]
        if len(spans) > 1:
            edges = ([a for a, _ in spans], [b for _, b in spans], [(a + b) / 2 for a, b in spans])
            shares.append(max(_mode(values) for values in edges))
    return shares


def _mode(values: Sequence[float]) -> float:
    return max(sum(abs(v - w) <= ALIGNED for w in values) for v in values) / len(values)
