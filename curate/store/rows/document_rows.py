"""The rows of a document and of its parts: pages, references, blocks, tables and cells."""

from __future__ import annotations

import json
from collections.abc import Iterator

from curate.ids import cell_id, part_id
from curate.store.rows.shared_columns import Row, box_columns, place_columns, strings
from extract.records import CellRef, Document


def document_row(document: Document, gaps: tuple[str, ...], *, path: str, run: int) -> Row:
    """Return the row of a document but for its paper key, which the store settles."""
    return {
        "id": document.id,
        "title": document.title,
        "doi": document.doi,
        "file_name": document.file_name,
        "path": path,
        "page_count": len(document.pages),
        "text": document.text,
        "gaps": strings(gaps),
        "run_id": run,
    }


def part_rows(document: Document) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the rows of pages, references, blocks, tables and cells, each with the table's name."""
    yield "pages", _pages(document)
    yield "refs", _refs(document)
    yield "blocks", _blocks(document)
    yield "tables", _tables(document)
    yield "cells", _cells(document)


def _pages(document: Document) -> Iterator[Row]:
    for ordinal, page in enumerate(document.pages):
        yield {
            "id": part_id("page", document.id, ordinal),
            "document_id": document.id,
            "page": page.number,
            "width": page.width,
            "height": page.height,
            "gap": page.gap,
        }


def _refs(document: Document) -> Iterator[Row]:
    for ordinal, reference in enumerate(document.references):
        yield {
            "id": part_id("reference", document.id, ordinal),
            "document_id": document.id,
            "ordinal": ordinal,
            "number": reference.number,
            "first_author": reference.first_author,
            "authors": reference.authors,
            "title": reference.title,
            "source": reference.source,
            "year": reference.year,
            "doi": reference.doi,
            "pmid": reference.pmid,
            "text": reference.text,
            **place_columns(reference.span, reference.boxes),
        }


def _blocks(document: Document) -> Iterator[Row]:
    for ordinal, block in enumerate(document.blocks):
        yield {
            "id": part_id("block", document.id, ordinal),
            "document_id": document.id,
            "ordinal": ordinal,
            "kind": block.kind.value,
            "section": block.section,
            "text": document.text[block.span.start : block.span.end],
            **place_columns(block.span, block.boxes),
        }


def _tables(document: Document) -> Iterator[Row]:
    for ordinal, table in enumerate(document.tables):
        yield {
            "id": part_id("table", document.id, ordinal),
            "document_id": document.id,
            "ordinal": ordinal,
            "label": table.label,
            "caption": table.caption,
            "note": table.note,
            "confidence": table.confidence,
            "header_rows": table.header_rows,
            "pages": json.dumps(table.pages),
            "stray": strings(word.text for word in table.stray),
            "image": int(table.image),
            **box_columns(table.boxes),
        }


def _cells(document: Document) -> Iterator[Row]:
    for ordinal, table in enumerate(document.tables):
        for number, row in enumerate(table.rows):
            for cell in row:
                yield {
                    "id": cell_id(document.id, CellRef(table=ordinal, row=cell.row, column=cell.column)),
                    "table_id": part_id("table", document.id, ordinal),
                    "row": cell.row,
                    "column": cell.column,
                    "row_span": cell.row_span,
                    "column_span": cell.column_span,
                    "header": int(number < table.header_rows),
                    "text": cell.text,
                    **place_columns(cell.span, cell.boxes),
                }
