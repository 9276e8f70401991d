"""A check on read tables that knows nothing of how they were read: do labels stand on the lines of their rows?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Cell, Document, Word

LEVEL = 0.3  # of the type size: baselines that near are one line


@dataclass(frozen=True, slots=True)
class LabelOff:
    """A label with a word on the line of another row's values and of none of its own, and its table's confidence."""

    table: str
    label: str
    confidence: float


def labels_off(document: Document) -> list[LabelOff]:
    """Return the labels of a document's tables that stand off their rows; a cell's rows are those that it spans."""
    placed = [(word.span, word) for page in document.pages for word in page.words if word.span is not None]
    words = sorted((span.start, n, word) for n, (span, word) in enumerate(placed))
    starts = [start for start, *_ in words]

    def of(cell: Cell) -> list[Word]:
        inner = words[bisect_left(starts, cell.span.start) : bisect_left(starts, cell.span.end)]
        return [word for *_, word in inner if not (word.superscript or word.subscript)]

    found = []
    for table in document.tables:
        rows = table.rows[table.header_rows :]
        values = [[word for cell in row[1:] for word in of(cell)] for row in rows]
        for n, row in enumerate(rows):
            own = [word for words in values[n : n + row[0].row_span] for word in words]
            rest = [word for words in (*values[:n], *values[n + row[0].row_span :]) for word in words]
            if any(_level(word, rest) and not _level(word, own) for word in of(row[0])):
                found.append(LabelOff(table.label, row[0].text, table.confidence))
    return found


def _level(word: Word, others: Sequence[Word]) -> bool:
    return any(
        other.box.page == word.box.page
        and other.upright == word.upright
        and abs(other.baseline - word.baseline) <= LEVEL * word.size
        for other in others
    )
