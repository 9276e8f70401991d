"""From offsets of a document's text back to the page: boxes, quotes and evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from extract.cache import for_the_last
from extract.records import Box, CellRef, Document, Evidence, Span, Word

CONTEXT = 48  # characters of prefix and suffix: enough to tell two like quotes of an article apart


class Locator:
    """Finds the boxes of any span of one document's text."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._starts, self._words = _placed(document)

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Return a box for each line that the span's characters stand on, in reading order."""
        return tuple(_lines(self._parts(span)))

    def evidence(
        self, span: Span, *, extractor: str, cell: CellRef | None = None, within: Span | None = None
    ) -> Evidence:
        """Return the evidence for a span; prefix and suffix stay inside `within` (all the text, if None)."""
        bound = within or Span(start=0, end=len(self._text))
        return Evidence(
            quote=self._text[span.start : span.end],
            prefix=self._text[max(bound.start, span.start - CONTEXT) : span.start],
            suffix=self._text[span.end : min(bound.end, span.end + CONTEXT)],
            span=span,
            boxes=self.boxes(span),
            extractor=extractor,
            cell=cell,
        )

    def _parts(self, span: Span) -> Iterator[Box]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        for at, word in self._words[first:last]:
            if at.end > span.start:
                yield _part(word, max(0, span.start - at.start), min(at.end, span.end) - at.start)


@for_the_last
def _placed(document: Document) -> tuple[list[int], list[tuple[Span, Word]]]:
    """Return the words that stand in the text, in its order, and where each starts."""
    placed = [(word.span, word) for page in document.pages for word in page.words if word.span is not None]
    placed.sort(key=lambda item: (item[0].start, item[0].end))
    return [span.start for span, _ in placed], placed


def _part(word: Word, start: int, end: int) -> Box:
    """Return the box of the characters `start` to `end` of a word."""
    if len(word.edges) <= end or (start == 0 and end == len(word.text)):
        return word.box
    box = word.box
    return Box(page=box.page, x0=word.edges[start], top=box.top, x1=word.edges[end], bottom=box.bottom)


def _lines(boxes: Iterable[Box]) -> Iterator[Box]:
    """Merge boxes that follow each other on one line."""
    line: Box | None = None
    for box in boxes:
        if line is not None and _level(line, box):
            line = Box(
                page=line.page,
                x0=min(line.x0, box.x0),
                top=min(line.top, box.top),
                x1=max(line.x1, box.x1),
                bottom=max(line.bottom, box.bottom),
            )
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _level(line: Box, box: Box) -> bool:
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    height = min(line.bottom - line.top, box.bottom - box.top)
    return line.page == box.page and shared > height / 2 and box.x0 >= line.x0
