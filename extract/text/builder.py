"""Blocks and tables of words -> the document's text, with spans, references and citations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.blocks.drafts import Draft
from extract.blocks.reference_list import NUMBER, Parts, parts_of
from extract.page.citation_marks import baseline_citations, fold, named_citations
from extract.page.passages import boxes_of
from extract.page.raised_citations import numbers_of
from extract.page.word_places import Place, place
from extract.records import Block, BlockKind, Box, Cell, Citation, Reference, Span, Table, Word
from extract.tables.found_tables import FoundCell, FoundTable
from extract.text.hyphenation import Vocabulary
from extract.text.join import Joined, Raised, join

LEAST_NAMED = 3
"""Citations by name and year that show that a paper cites so."""

# In these kinds a raised number marks an affiliation or is a figure's; it cites nothing.
UNCITING = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.FRONT_MATTER,
        BlockKind.FIGURE_TEXT,
        BlockKind.RUNNING_HEAD,
        BlockKind.REFERENCE,
    }
)


@dataclass(slots=True)
class Writer:
    """The text as far as it is written, and where each word, block, reference and citation stands in it."""

    known: Vocabulary
    parts: list[str] = field(default_factory=list)
    length: int = 0
    spans: dict[Place, Span] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    cells: list[Span] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is written."""
        return "".join(self.parts)

    def texts(self, wanted: Callable[[Block], bool]) -> list[str]:
        """Return the texts of the blocks that are wanted."""
        text = self.text
        return [text[b.span.start : b.span.end] for b in self.blocks if wanted(b)]

    def block(self, draft: Draft, links: Sequence[str] = ()) -> None:
        """Write a block and a blank line; a numbered reference becomes a record too.

        Nothing is written where it raises.
        """
        words = draft.words
        raised = Raised.IN if draft.kind in UNCITING else Raised.OUT
        joined = join(words, self.known, raised=raised)
        is_entry = draft.kind is BlockKind.REFERENCE and draft.number
        parts = parts_of(joined.text, draft.number, links) if is_entry else None
        span, boxes = self._block(draft, words, joined, boxes_of(words))
        if parts is not None:
            self.references.append(_reference(parts, joined.text, span, boxes))

    def plain(self, draft: Draft) -> None:
        """Write the words of a block that `block` cannot write, just as they stand."""
        words = draft.words
        spans = []
        at = 0
        for word in words:
            spans.append(Span(start=at, end=at + len(word.text)))
            at += len(word.text) + 1
        joined = Joined(text=" ".join(word.text for word in words), spans=tuple(spans))
        self._block(draft, words, joined, tuple(word.box for word in words))

    def _block(
        self, draft: Draft, words: Sequence[Word], joined: Joined, boxes: tuple[Box, ...]
    ) -> tuple[Span, tuple[Box, ...]]:
        span = self._write(words, joined)
        self.blocks.append(Block(kind=draft.kind, section=draft.section, span=span, boxes=boxes))
        self._raw("\n\n")
        return span, boxes

    def table(self, found: FoundTable) -> Table:
        """Write a table's cells, a tab between cells and a line end between rows, and a blank line.

        Nothing is written where it raises.
        """
        label, caption, note = (
            join(words, self.known, raised=Raised.BRACKETED_IN).text
            for words in (found.label, found.caption, found.note)
        )
        set_rows = [[self._set(cell) for cell in row] for row in found.rows]
        rows = tuple(self._row(row, last=at == len(set_rows) - 1) for at, row in enumerate(set_rows))
        if found.rows:
            self._raw("\n\n")
        return Table(
            label=label.rstrip(" .:|"),
            caption=caption,
            note=note,
            rows=rows,
            header_rows=found.header_rows,
            pages=tuple(sorted({box.page for box in found.boxes})),
            confidence=found.confidence,
            boxes=found.boxes,
            stray=found.stray,
            image=found.image,
        )

    def _set(self, found: FoundCell) -> tuple[FoundCell, Joined, tuple[Box, ...]]:
        return found, join(found.words, self.known, raised=Raised.BRACKETED_IN), boxes_of(found.words)

    def _row(self, row: Sequence[tuple[FoundCell, Joined, tuple[Box, ...]]], *, last: bool) -> tuple[Cell, ...]:
        cells = []
        for at, (found, joined, boxes) in enumerate(row):
            span = self._write(found.words, joined)
            self.cells.append(span)
            cells.append(
                Cell(
                    row=found.row,
                    column=found.column,
                    text=joined.text,
                    boxes=boxes,
                    span=span,
                    column_span=found.column_span,
                    row_span=found.row_span,
                )
            )
            self._raw("\t" if at < len(row) - 1 else "" if last else "\n")
        return tuple(cells)

    def _raw(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _write(self, words: Sequence[Word], joined: Joined) -> Span:
        start = self.length
        for word, span in zip(words, joined.spans, strict=True):
            if span is not None:
                self.spans[place(word)] = Span(start=start + span.start, end=start + span.end)
        for citation in joined.citations:
            self.citations.append(replace(citation, anchor=start + citation.anchor))
        self._raw(joined.text)
        return Span(start=start, end=self.length)

    def all_citations(self) -> tuple[Citation, ...]:
        """Return the superscript citations and those that stand on the line, in the order of the text."""
        highest = max((reference.number for reference in self.references), default=0)
        text = self.text
        places = sorted((span.start, span.end, where) for where, span in self.spans.items())
        starts = [start for start, _, _ in places]
        on_line = [
            Citation(
                text=text[start:end],
                numbers=numbers_of(text[start:end]),
                anchor=len(text[:start].rstrip()),
                boxes=_boxes(places[bisect_left(starts, start - 60) : bisect_left(starts, end)], start),
            )
            for span in (*(block.span for block in self.blocks if block.kind not in UNCITING), *self.cells)
            for start, end in baseline_citations(text, span.start, span.end, highest=highest)
        ]
        named = [
            Citation(
                text=text[start:end],
                numbers=numbers,
                anchor=len(text[:start].rstrip(" (;")),
                boxes=_boxes(places[bisect_left(starts, start - 60) : bisect_left(starts, end)], start),
            )
            for block in self.blocks
            if block.kind not in UNCITING
            for start, end, numbers in named_citations(text, block.span.start, block.span.end, authors=self._authors())
        ]
        raised = {(citation.anchor, citation.numbers) for citation in self.citations}
        on_line = [citation for citation in on_line if (citation.anchor, citation.numbers) not in raised]
        if len(named) >= LEAST_NAMED and not any(NUMBER.match(reference.text) for reference in self.references):
            # A paper that cites by name and year has no numbers to cite: the raised ones are those of its footnotes.
            return tuple(sorted((*map(_mark, self.citations), *named), key=lambda citation: citation.anchor))
        return tuple(sorted((*self.citations, *on_line, *named), key=lambda citation: citation.anchor))

    def _authors(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """Return the references by first author and year, where the list prints no numbers."""
        found: dict[tuple[str, str], tuple[int, ...]] = {}
        for reference in self.references:
            if not NUMBER.match(reference.text) and reference.year:
                key = fold(reference.first_author), reference.year
                found[key] = (*found.get(key, ()), reference.number)
        return found


def _mark(citation: Citation) -> Citation:
    """Return a raised mark that names no reference."""
    return replace(citation, numbers=())


def _boxes(places: Iterable[tuple[int, int, Place]], start: int) -> tuple[Box, ...]:
    """Return the boxes of the words that end behind an offset."""
    return tuple(
        Box(page=page, x0=x0, top=top, x1=x1, bottom=bottom)
        for _, end, (page, x0, top, x1, bottom, _) in places
        if end > start
    )


def _reference(parts: Parts, text: str, span: Span, boxes: tuple[Box, ...]) -> Reference:
    return Reference(
        number=parts.number,
        first_author=parts.first_author,
        authors=parts.authors,
        title=parts.title,
        source=parts.source,
        year=parts.year,
        doi=parts.doi,
        pmid=parts.pmid,
        text=text,
        span=span,
        boxes=boxes,
    )
