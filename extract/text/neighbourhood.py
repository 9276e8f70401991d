"""What stands around a place: its sentence, its cell's row, header and caption, the mentions near it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from extract.records import Block, BlockKind, Cell, CellRef, Document, Mention, Span, Table
from extract.text.sentences import sentences

PROSE_KINDS = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH})


class Context:
    """Looks up one document's sentences, cells and mentions by place."""

    def __init__(self, document: Document, mentions: tuple[Mention, ...]) -> None:
        self.document = document
        self.mentions = tuple(sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end)))
        self._starts = [mention.span.start for mention in self.mentions]
        self._blocks = sorted(document.blocks, key=lambda block: block.span.start)
        self._block_starts = [block.span.start for block in self._blocks]
        self._sentences: dict[int, tuple[Span, ...]] = {}

    def text(self, span: Span) -> str:
        """Return the document's text at a span."""
        return self.document.text[span.start : span.end]

    def within(self, span: Span, *kinds: str) -> tuple[Mention, ...]:
        """Return the mentions of the kinds (of all, if none is named) that lie wholly in a span."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return tuple(
            mention
            for mention in self.mentions[first:last]
            if mention.span.end <= span.end and (not kinds or mention.kind in kinds)
        )

    def of_kind(self, *kinds: str) -> tuple[Mention, ...]:
        """Return all mentions of the kinds, in the order of the text."""
        return tuple(mention for mention in self.mentions if mention.kind in kinds)

    def block(self, offset: int) -> Block | None:
        """Return the block that an offset stands in, None inside a table."""
        index = bisect_left(self._block_starts, offset + 1) - 1
        if index < 0 or self._blocks[index].span.end <= offset:
            return None
        return self._blocks[index]

    def prose(self) -> Iterator[Span]:
        """Yield the sentences of titles, headings and paragraphs."""
        for block in self._blocks:
            if block.kind in PROSE_KINDS:
                yield from self._sentences_of(block)

    def sentence(self, span: Span) -> Span:
        """Return the sentence that a span begins in; for a place in a table, the span itself."""
        block = self.block(span.start)
        if block is None:
            return span
        found = self._sentences_of(block)
        index = bisect_right(found, span.start, key=lambda sentence: sentence.end)
        return found[index] if index < len(found) else span

    def table(self, ref: CellRef) -> Table:
        """Return the table of a cell."""
        return self.document.tables[ref.table]

    def row(self, ref: CellRef) -> tuple[Cell, ...]:
        """Return the row of a cell, each empty cell filled from the nearest cell above in its body.

        Only the columns before the first filled cell are filled so: they are the row's headings.
        """
        table = self.table(ref)
        filled = list(table.rows[ref.row])
        for column, cell in enumerate(filled):
            if cell.text:
                break
            above = self._above(table, ref.row, column)
            if above is not None:
                filled[column] = above
        return tuple(filled)

    def header(self, ref: CellRef) -> str:
        """Return the texts of the header cells over a cell, top down, joined by spaces."""
        table = self.table(ref)
        texts = []
        for row in table.rows[: table.header_rows]:
            over = [
                cell.text for cell in row if cell.text and cell.column <= ref.column < cell.column + cell.column_span
            ]
            texts.extend(over)
        return " ".join(texts)

    def _above(self, table: Table, row: int, column: int) -> Cell | None:
        """Return the nearest filled cell above in the column, unless a group row stands between."""
        for cells in reversed(table.rows[table.header_rows : row]):
            if is_group_row(cells):
                return None
            if cells[column].text:
                return cells[column]
        return None

    def _sentences_of(self, block: Block) -> tuple[Span, ...]:
        key = block.span.start
        if key not in self._sentences:
            self._sentences[key] = tuple(sentences(self.document.text, block.span.start, block.span.end))
        return self._sentences[key]


def is_group_row(row: tuple[Cell, ...]) -> bool:
    """Say whether a row of several columns holds one cell only, at its start: a heading of the rows below."""
    return len(row) > 1 and bool(row[0].text) and not any(cell.text for cell in row[1:])


def outermost(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the mentions that lie in no other: a compound stands for its parts, shorthand for each change."""
    end = -1
    for mention in mentions:
        if mention.span.end > end:
            yield mention
            end = mention.span.end
