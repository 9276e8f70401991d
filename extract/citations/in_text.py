"""How a paper cites its reference list: by which numbers, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.cache import for_the_last
from extract.page.citation_marks import BRACKETED
from extract.records import BlockKind, CellRef, Document, Evidence, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import PROSE_KINDS

EXTRACTOR = "citation"

_PART = re.compile(r"(\d{1,3})(?:\s*[-–—]\s*(\d{1,3}))?")
# Brackets after these hold an interval or a second number, not a citation.
_NUMERIC = re.compile(r"(?:\d|%|\b(?:CI|CrI|IQR|range|interval|median|mean|SD|HR|OR|RR)\b)[\s,:;=]*$", re.IGNORECASE)
_WORDS_BEFORE = re.compile(r"(?:\S+\s+){0,3}\S*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """One citation: the numbers it names, what stands right before it from `span.start` on, and its cell.

    `span` ends with the bracket of a citation on the line, and before a superscript one. `named` says that it cites by
    author and year, not by number.
    """

    numbers: tuple[int, ...]
    anchor: int
    span: Span
    bracketed: bool
    cell: CellRef | None = None
    named: bool = False


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the numbers that a citation's text names, ranges filled: '[3,5-7]' gives 3, 5, 6, 7."""
    found: list[int] = []
    for first, last in _PART.findall(text):
        found.extend(range(int(first), int(last or first) + 1))
    return tuple(found)


@for_the_last
def citings(document: Document) -> tuple[Citing, ...]:
    """Return the citations of a document's text and cells in order, those beyond the end of the list too."""
    text = document.text
    found = {citing.anchor: citing for citing in _on_the_line(document)}
    for citation in document.citations:
        if citation.anchor not in found and citation.numbers:
            cell = _cell_at(document, citation.anchor)
            found[citation.anchor] = Citing(
                numbers=citation.numbers,
                anchor=citation.anchor,
                span=_before(text, citation.anchor, citation.anchor),
                bracketed=citation.text.startswith("[") and text.startswith("[", citation.anchor),
                cell=cell,
                named=re.search(r"[^\W\d_]{2}", citation.text) is not None,
            )
    return tuple(found[anchor] for anchor in sorted(found))


def evidence(document: Document, citing: Citing) -> Evidence:
    """Return the place of a citation with the words before it."""
    return Locator(document).evidence(citing.span, extractor=EXTRACTOR, cell=citing.cell)


def _on_the_line(document: Document) -> Iterator[Citing]:
    text = document.text
    for block in document.blocks:
        if block.kind in PROSE_KINDS or block.kind in (BlockKind.CAPTION, BlockKind.NOTE, BlockKind.FIGURE_TEXT):
            yield from _brackets(text, block.span, None)
    for number, table in enumerate(document.tables):
        for row in table.rows:
            for cell in row:
                yield from _brackets(text, cell.span, CellRef(table=number, row=cell.row, column=cell.column))


def _brackets(text: str, span: Span, cell: CellRef | None) -> Iterator[Citing]:
    for match in BRACKETED.finditer(text, span.start, span.end):
        before = text[max(span.start, match.start() - 24) : match.start()]
        if cell is None and _NUMERIC.search(before) and "–" not in match[0] and "," in match[0]:
            continue
        anchor = len(text[: match.start()].rstrip())
        yield Citing(
            numbers=numbers_in(match[0]),
            anchor=anchor,
            span=_before(text, match.start(), match.end(), span.start),
            bracketed=True,
            cell=cell,
        )


def _before(text: str, start: int, end: int, least: int = 0) -> Span:
    """Return the span from a few words before an offset to another."""
    words = _WORDS_BEFORE.search(text, max(least, start - 40, text.rfind("\n", 0, start) + 1), start)
    return Span(start=words.start() if words else start, end=end)


def _cell_at(document: Document, offset: int) -> CellRef | None:
    for number, table in enumerate(document.tables):
        for row in table.rows:
            for cell in row:
                if cell.text and cell.span.start <= offset <= cell.span.end:
                    return CellRef(table=number, row=cell.row, column=cell.column)
    return None
