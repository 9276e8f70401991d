"""A PDF, or plain text, -> a `Document`: blocks, tables, references and citations over one text."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

from extract.blocks.document_identity import doi_of, title_of
from extract.blocks.drafts import Draft, drafts_of
from extract.blocks.leaves import leaves_of, pieces_of
from extract.blocks.reference_entries import entries_of
from extract.errors import DocumentError
from extract.page.captions import table_label
from extract.page.citation_marks import HIGHEST, baseline_citations
from extract.page.lines import Line, line_of
from extract.page.passages import ends_line
from extract.page.raised_citations import numbers_of
from extract.page.word_places import Place, place
from extract.parts import Parts
from extract.pdf.reader import Sheet, read_pdf
from extract.records import Block, BlockKind, Citation, Document, Page, Span, Table, Word
from extract.tables.found_tables import FoundTable
from extract.text.builder import Writer
from extract.text.hyphenation import vocabulary


def read_document(path: Path, *, page_seconds: float = 0.0) -> tuple[Document, tuple[str, ...]]:
    """Read a PDF: the document, and one line for each thing that could not be read.

    A page that takes longer than `page_seconds` (0: no limit) is one of them. Raises `DocumentError` where the
    file is not a PDF, is encrypted, empty, cut short or has no text layer.
    """
    metadata, sheets = read_pdf(path, page_seconds=page_seconds)
    gaps = tuple(sheet.page.gap for sheet in sheets if sheet.page.gap)
    if not any(sheet.page.words for sheet in sheets):
        cause = gaps[0] if gaps else "has no text layer (a scan?); run it through text recognition first"
        raise DocumentError(f"{path}: {cause}")
    parts = Parts()
    tables = _find_tables(sheets, parts)
    laid = _drafts(sheets, _taken(tables), parts)
    drafts = parts.attempt(
        "where the captions and notes of the tables stand",
        lambda: with_table_texts(laid, tables),
        lambda: [*laid, *_loose_texts(tables)],
    )
    drafts = parts.attempt("the reference list", lambda: _with_references(drafts), lambda: drafts)
    cells = [cell.words for table in tables for row in table.rows for cell in row if cell.words]
    known = parts.attempt(
        "the vocabulary for hyphens",
        lambda: vocabulary(
            line.text for line in chain.from_iterable((*(draft.lines for draft in drafts), *map(_as_lines, cells)))
        ),
        lambda: vocabulary(()),
    )
    writer = Writer(known=known)
    for draft in drafts:
        _write(writer, draft, sheets, parts)
    set_tables = tuple(table for found in tables for table in _set_table(writer, found, parts))
    title = writer.texts(lambda block: block.kind is BlockKind.TITLE)
    front = writer.texts(
        lambda block: (
            block.kind is BlockKind.RUNNING_HEAD
            or (block.kind is not BlockKind.REFERENCE and any(box.page == 1 for box in block.boxes[:1]))
        )
    )
    document = Document(
        id=hashlib.sha256(path.read_bytes()).hexdigest(),
        file_name=path.name,
        title=parts.attempt("the title", lambda: title_of(title[0] if title else "", metadata), str),
        doi=parts.attempt("the DOI", lambda: doi_of(front, sheets, metadata), str),
        text=writer.text,
        pages=tuple(_with_spans(sheet.page, writer.spans) for sheet in sheets),
        blocks=tuple(writer.blocks),
        tables=set_tables,
        references=tuple(writer.references),
        citations=parts.attempt("the citations", writer.all_citations, tuple),
    )
    return document, (*gaps, *parts.gaps, *_without_tables(drafts, tables))


def document_of_text(text: str, id: str = "", file_name: str = "") -> Document:  # noqa: A002 - the record's name
    """Return plain text as a document of one paragraph, unchanged, so that offsets are the input's.

    Without a reference list, any number in brackets on the line ('[12,13]') is taken for a citation.
    """
    return Document(
        id=id or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        file_name=file_name,
        title="",
        doi="",
        text=text,
        pages=(),
        blocks=(Block(kind=BlockKind.PARAGRAPH, section="", span=Span(start=0, end=len(text)), boxes=()),),
        tables=(),
        references=(),
        citations=tuple(
            Citation(
                text=text[start:end],
                numbers=numbers_of(text[start:end]),
                anchor=len(text[:start].rstrip()),
                boxes=(),
            )
            for start, end in baseline_citations(text, 0, len(text), highest=HIGHEST)
        ),
    )


def _find_tables(sheets: Sequence[Sheet], parts: Parts) -> tuple[FoundTable, ...]:
    """Return the tables; where those of the document cannot be found, those that each page has by itself."""
    find: Callable[[Sequence[Sheet]], tuple[FoundTable, ...]] = importlib.import_module("extract.tables").find_tables
    found = parts.attempt("the tables as they go on over pages", lambda: (find(sheets), True), lambda: ((), False))
    if found[1]:
        return found[0]
    tables: list[FoundTable] = []
    for sheet in sheets:
        tables += parts.attempt(f"the tables of page {sheet.page.number}", partial(find, (sheet,)), lambda: ())
    return tuple(tables)


def _without_tables(drafts: Sequence[Draft], tables: Sequence[FoundTable]) -> Iterator[str]:
    """Yield a gap for each caption of a table under which no table was found."""
    found = {table_label(" ".join(word.text for word in table.label)).casefold() for table in tables}
    for draft in drafts:
        label = table_label(draft.lines[0].text) if draft.kind is BlockKind.CAPTION and draft.lines else ""
        if label and label.casefold() not in found:
            yield f"page {draft.lines[0].box.page}: no table was found for the caption '{label}'"


def _loose_texts(tables: Iterable[FoundTable]) -> Iterator[Draft]:
    for table in tables:
        for kind, words in ((BlockKind.CAPTION, (*table.label, *table.caption)), (BlockKind.NOTE, table.note)):
            if words:
                yield Draft(kind=kind, section="", lines=[line_of(words)])


def _drafts(sheets: Sequence[Sheet], taken: frozenset[Place], parts: Parts) -> list[Draft]:
    """Return the blocks; where the pages cannot be set out together, each by itself, or its words as they stand."""

    def laid_out(some: Sequence[Sheet]) -> list[Draft]:
        return drafts_of(*pieces_of(leaves_of(some, taken)))

    def page_by_page() -> list[Draft]:
        found: list[Draft] = []
        for sheet in sheets:
            stand = partial(_as_they_stand, sheet, taken)
            found += parts.attempt(f"the layout of page {sheet.page.number}", partial(laid_out, (sheet,)), stand)
        return found

    return parts.attempt("the layout of the pages together", lambda: laid_out(sheets), page_by_page)


def _as_they_stand(sheet: Sheet, taken: frozenset[Place]) -> list[Draft]:
    words = [word for word in sheet.page.words if place(word) not in taken]
    return [Draft(kind=BlockKind.PARAGRAPH, section="", lines=[line_of(words)])] if words else []


def _write(writer: Writer, draft: Draft, sheets: Sequence[Sheet], parts: Parts) -> None:
    page = draft.lines[0].box.page if draft.lines else 0
    parts.attempt(
        f"a {draft.kind.value} on page {page}",
        lambda: writer.block(draft, _links(draft, sheets)),
        lambda: writer.plain(draft),
    )


def _set_table(writer: Writer, found: FoundTable, parts: Parts) -> tuple[Table, ...]:
    """Return a table as it is written; where it cannot be, its words are a block, so that none is lost."""

    def as_block() -> tuple[Table, ...]:
        words = [word for row in found.rows for cell in row for word in cell.words]
        if words:
            writer.plain(Draft(kind=BlockKind.PARAGRAPH, section="", lines=[line_of(words)]))
        return ()

    label = " ".join(word.text for word in found.label) or "a table"
    page = found.boxes[0].page if found.boxes else 0
    return parts.attempt(f"{label} on page {page}", lambda: (writer.table(found),), as_block)


def _taken(tables: Iterable[FoundTable]) -> frozenset[Place]:
    return frozenset(place(word) for table in tables for word in _words_of(table))


def _words_of(table: FoundTable) -> Iterator[Word]:
    yield from (*table.label, *table.caption, *table.note, *table.stray)
    for row in table.rows:
        for cell in row:
            yield from cell.words


def _with_spans(page: Page, spans: Mapping[Place, Span]) -> Page:
    words = tuple(replace(word, span=spans[place(word)]) if place(word) in spans else word for word in page.words)
    return replace(page, words=words)


def _links(draft: Draft, sheets: Sequence[Sheet]) -> list[str]:
    """Return the addresses of the link annotations over a reference's lines."""
    if draft.kind is not BlockKind.REFERENCE:
        return []
    return [
        link.uri
        for line in draft.lines
        for link in sheets[line.box.page - 1].links
        if link.box.x0 < line.box.x1
        and line.box.x0 < link.box.x1
        and line.box.top < (link.box.top + link.box.bottom) / 2 < line.box.bottom
    ]


def _with_references(drafts: Sequence[Draft]) -> list[Draft]:
    """Put the entries of the reference list in the place of its runs of lines, one block an entry."""
    lines = [line for draft in drafts if draft.kind is BlockKind.REFERENCE for line in draft.lines]
    if not lines:
        return list(drafts)
    out: list[Draft] = []
    done = False
    for draft in drafts:
        if draft.kind is not BlockKind.REFERENCE:
            out.append(draft)
        elif not done:
            done = True
            lead, entries = entries_of(lines)
            if lead:
                out.append(Draft(kind=BlockKind.PARAGRAPH, section=draft.section, lines=lead))
            out += [
                Draft(kind=BlockKind.REFERENCE, section=draft.section, lines=entry, number=number)
                for number, entry in entries
            ]
    return out


def with_table_texts(drafts: Sequence[Draft], tables: Sequence[FoundTable]) -> list[Draft]:
    """Put each table's caption and note as blocks behind the blocks that begin on its page."""
    out = list(drafts)
    for table in tables:
        texts = ((BlockKind.CAPTION, (*table.label, *table.caption)), (BlockKind.NOTE, table.note))
        for kind, words in texts:
            if not words:
                continue
            page = words[0].box.page
            at = next((n for n, draft in enumerate(out) if draft.lines[0].box.page > page), len(out))
            section = out[at - 1].section if at else ""
            out.insert(at, Draft(kind=kind, section=section, lines=_as_lines(words)))
    return out


def _as_lines(words: Sequence[Word]) -> list[Line]:
    lines: list[list[Word]] = [[words[0]]]
    for last, word in pairwise(words):
        if ends_line(last, word):
            lines.append([])
        lines[-1].append(word)
    return [line_of(line) for line in lines]
