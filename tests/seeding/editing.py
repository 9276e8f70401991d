"""The editing of a document that was read: one passage takes the place of another, and all offsets follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.pipeline import extract_document
from extract.records import Block, Cell, Document, Extraction, Page, Reference, Span, Table


@dataclass(frozen=True, slots=True)
class Edit:
    """One passage of a document's text and what stands there instead."""

    span: Span
    new: str


def seeded(document: Document, edit: Edit) -> Extraction:
    """Return what is read from a document with one passage changed, by every stage after the reading of pages."""
    return extract_document(edited(document, edit))


def edited(document: Document, edit: Edit) -> Document:
    """Return a document with one passage changed; words lose their places, citations in brackets are read anew."""
    text = document.text
    shift = _Shift(edit)
    return replace(
        document,
        text=text[: edit.span.start] + edit.new + text[edit.span.end :],
        pages=tuple(_without_spans(page) for page in document.pages),
        blocks=tuple(shift.block(block) for block in document.blocks),
        tables=tuple(shift.table(table) for table in document.tables),
        references=tuple(shift.reference(reference) for reference in document.references),
        citations=tuple(
            replace(citation, anchor=shift.offset(citation.anchor))
            for citation in document.citations
            if not text.startswith(("[", " [", "\n["), citation.anchor)
        ),
    )


def _without_spans(page: Page) -> Page:
    return replace(page, words=tuple(replace(word, span=None) for word in page.words))


class _Shift:
    """Moves what stands behind an edit."""

    def __init__(self, edit: Edit) -> None:
        self._edit = edit
        self._by = len(edit.new) - (edit.span.end - edit.span.start)

    def offset(self, offset: int) -> int:
        return offset + self._by if offset >= self._edit.span.end else offset

    def span(self, span: Span) -> Span:
        return Span(
            start=span.start if span.start <= self._edit.span.start else self.offset(span.start),
            end=self.offset(span.end),
        )

    def block(self, block: Block) -> Block:
        return replace(block, span=self.span(block.span))

    def reference(self, reference: Reference) -> Reference:
        return replace(reference, span=self.span(reference.span), text=self._text(reference.text, reference.span))

    def table(self, table: Table) -> Table:
        rows = tuple(tuple(self._cell(cell) for cell in row) for row in table.rows)
        return replace(table, rows=rows)

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, span=self.span(cell.span), text=self._text(cell.text, cell.span))

    def _text(self, text: str, span: Span) -> str:
        edit = self._edit.span
        if not (span.start <= edit.start and edit.end <= span.end and text):
            return text
        return text[: edit.start - span.start] + self._edit.new + text[edit.end - span.start :]


def spread(sites: Iterator[Edit], most: int) -> list[Edit]:
    """Return at most so many sites, spread evenly over the document."""
    found = sorted(set(sites), key=lambda edit: (edit.span, edit.new))
    if len(found) <= most:
        return found
    return [found[index * len(found) // most] for index in range(most)]
