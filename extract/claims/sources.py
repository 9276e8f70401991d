"""What a place of a document cites: the references that a reviewer goes to for what is claimed there.

One piece of code for every kind of claim, so that store, pages and exports name the same papers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extract.claims import Statement
from extract.mentions.capture import TRIAL_HEADER
from extract.records import BlockKind, Cell, CellRef, Citation, Evidence, Span, Table
from extract.text.neighbourhood import Context, is_group_row

# The header of a column that says where a row's figures are from.
REFERENCES_HEADER = re.compile(
    r"\b(?:refs?|references?|sources?|stud(?:y|ies)|authors?|citations?|publications?|pmids?|reported by)\b",
    re.IGNORECASE,
)
# Where one statement of a sentence ends and the next begins: 'A was 5% in X [1], and in Y [2] it was 7%'.
_NEXT_CLAUSE = re.compile(
    r";\s|,?\s(?:whereas|while|but|although|though|however)\s"
    r"|,?\s(?:and|or)\s(?=(?:in|for|with|by|to|of|as|a|an|the|it|they|this|these|those)\s)"
)
_MOST = 30  # numbers of one citation: a bracket that names more is a range of something else
# What may stand between citations that are one.
_BETWEEN = re.compile(r"[ ,;()\[\]–-]*(?:(?:and|&)[ ,;()\[\]–-]*)?")


@dataclass(frozen=True, slots=True)
class _Group:
    """Citations that stand together, such as '[3] [5]': from where the text before them ends, what they name."""

    anchor: int
    numbers: tuple[int, ...]


class Cited:
    """Finds what the places of one document cite."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._groups = tuple(_groups(context))
        self._anchors = [group.anchor for group in self._groups]

    def by(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """Yield the statements, the place of each with what it cites: here, for all kinds of claims.

        A statement that already has them is on the citation itself.
        """
        for statement in statements:
            cited = statement.evidence.citations or self.at(statement.evidence)
            yield replace(statement, evidence=replace(statement.evidence, citations=cited))

    def at(self, place: Evidence) -> tuple[int, ...]:
        """Return the numbers of the references cited for what stands at a place, none where the text cites none.

        In a sentence or a cell, a citation is for the text that it follows: the first at or after the place in its
        clause, else the first within the place, else the last before it; a clause without any goes by the sentence.
        A cell without any goes by its row's column of references, else by the headings of its row and column, else by
        the table's caption; what another cell of the row cites is cited for that cell.
        """
        if not self._groups:
            return ()
        if place.cell is None:
            return self._in_sentence(place.span)
        cell = self._context.row(place.cell)[place.cell.column]
        return self._nearest(place.span, cell.span) or self._of_table(place.cell)

    def _in_sentence(self, place: Span) -> tuple[int, ...]:
        sentence = self._context.sentence(place)
        return self._nearest(place, self._clause(place, sentence)) or self._nearest(place, sentence)

    def _clause(self, place: Span, sentence: Span) -> Span:
        """Return the clause that a place ends in."""
        text = self._context.document.text
        ends = [match.start() for match in _NEXT_CLAUSE.finditer(text, sentence.start, sentence.end)]
        start = max((end for end in ends if end < place.end), default=sentence.start)
        return Span(start=start, end=min((end for end in ends if end >= place.end), default=sentence.end))

    def _nearest(self, place: Span, bound: Span) -> tuple[int, ...]:
        near = self._within(bound)
        if not near:
            return ()
        if place.start <= bound.start and bound.end <= place.end:
            return _numbers(near)
        after = next((group for group in near if group.anchor >= place.end), None)
        inside = next((group for group in near if group.anchor > place.start), None)
        return (after or inside or near[-1]).numbers

    def _of_table(self, ref: CellRef) -> tuple[int, ...]:
        table = self._context.table(ref)
        for cells in (self._sources(ref), self._headings(table, ref), _over(table, ref)):
            found = _numbers(group for cell in cells for group in self._within(cell.span))
            if found:
                return found
        return self._of_caption(table)

    def _sources(self, ref: CellRef) -> list[Cell]:
        """Return the cells of a row that stand in a column of references."""
        return [cell for cell in self._context.row(ref) if REFERENCES_HEADER.search(self._header(ref, cell))]

    def _headings(self, table: Table, ref: CellRef) -> list[Cell]:
        """Return the cells that head a row: its trial and its first cell, else the line over a group of rows."""
        row = self._context.row(ref)
        own = [*(cell for cell in row if TRIAL_HEADER.search(self._header(ref, cell))), row[0]]
        if any(self._within(cell.span) for cell in own):
            return own
        above = (cells[0] for cells in reversed(table.rows[table.header_rows : ref.row]) if is_group_row(cells))
        return list(islice(above, 1))

    def _header(self, ref: CellRef, cell: Cell) -> str:
        return self._context.header(CellRef(table=ref.table, row=ref.row, column=cell.column))

    def _of_caption(self, table: Table) -> tuple[int, ...]:
        text = self._context.document.text
        label = re.compile(rf"{re.escape(table.label)}(?!\w)") if table.label else None
        for block in self._context.document.blocks:
            if label is not None and block.kind is BlockKind.CAPTION and label.match(text, block.span.start):
                return _numbers(self._within(block.span))
        return ()

    def _within(self, bound: Span) -> Sequence[_Group]:
        first = bisect_right(self._anchors, bound.start)
        return self._groups[first : bisect_right(self._anchors, bound.end)]


def _over(table: Table, ref: CellRef) -> list[Cell]:
    return [
        cell
        for row in table.rows[: table.header_rows]
        for cell in row
        if cell.column <= ref.column < cell.column + cell.column_span
    ]


def _numbers(groups: Sequence[_Group] | Iterator[_Group]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for group in groups for number in group.numbers))


def _groups(context: Context) -> Iterator[_Group]:
    """Yield the citations of a document in order, those that nothing but signs parts as one.

    A bracket that is part of a measurement ('95% CI [8, 15]') cites nothing.
    """
    text = context.document.text
    measured = [(mention.span.start, mention.span.end) for mention in context.of_kind("measurement")]
    last: _Group | None = None
    end = 0
    for citation in sorted(context.document.citations, key=lambda one: one.anchor):
        stop = _end(text, citation)
        is_part = stop > citation.anchor and _is_measured(citation.anchor, measured)
        if is_part or not 0 < len(citation.numbers) <= _MOST:
            continue
        if last is not None and _BETWEEN.fullmatch(text, min(end, citation.anchor), citation.anchor):
            last = _Group(last.anchor, tuple(dict.fromkeys((*last.numbers, *citation.numbers))))
        else:
            if last is not None:
                yield last
            # One that begins a cell or a block follows no text of it.
            leads = any(sign in "\t\n" for sign in text[citation.anchor : stop])
            last = _Group(stop if leads else citation.anchor, citation.numbers)
        end = max(end, stop)
    if last is not None:
        yield last


def _is_measured(anchor: int, measured: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(measured, (anchor, 0)) - 1
    return at >= 0 and measured[at][0] < anchor < measured[at][1]


def _end(text: str, citation: Citation) -> int:
    """Return where a citation on the line ends; a raised one was taken out of the text and ends where it stood."""
    on_line = re.compile(rf"[\s(;,]*{re.escape(citation.text)}").match(text, citation.anchor)
    return on_line.end() if on_line and not citation.text[:1].isdigit() else citation.anchor
