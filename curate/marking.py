"""What a person marks on a page: from a rectangle to the words of the text layer, from words to a mention.

A mark holds no value of its own: its text is the text layer's, its normal form is what the recognisers make of that
text, or the text itself where they know none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from extract.claims.sources import Cited
from extract.mentions.abbreviations import meanings, uses
from extract.mentions.assertion import Place, assertions
from extract.mentions.entity_kinds import marked_kinds
from extract.mentions.grounding import ground
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.recognizers.trial import trial_name
from extract.records import Assertion, Box, CellRef, Evidence, Extraction, Mention, Page, Span, Word
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

MARKED = "curator"
"""What stands as the recogniser or extractor of what a person marked."""

_BRACKETS = {")": "(", "]": "[", "}": "{"}
_CLOSING = ".,;:"


class Marker:
    """Reads marks in one document, as it was read."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.document = extraction.document
        self.context = Context(extraction.document, extraction.mentions)
        self._locator = Locator(extraction.document)
        self._places: list[tuple[Span, CellRef | None]] = sorted(
            [
                *((block.span, None) for block in self.document.blocks),
                *(
                    (cell.span, CellRef(table=number, row=cell.row, column=cell.column))
                    for number, table in enumerate(self.document.tables)
                    for row in table.rows
                    for cell in row
                    if cell.text
                ),
            ],
            key=lambda place: place[0],
        )
        self._starts = [span.start for span, _ in self._places]
        self._short_forms = meanings((form.short, form.long) for form in extraction.abbreviations)
        self._recognised: dict[Span, tuple[Capture, ...]] = {}

    def words(self, number: int) -> tuple[tuple[Word, Span], ...]:
        """Return the words of a page that stand in the text, in the order of the text, each with its place there."""
        page = self._page(number)
        placed = [(word, word.span) for word in page.words if word.span is not None] if page else []
        return tuple(sorted(placed, key=lambda item: item[1]))

    def covered(self, box: Box) -> tuple[Span, ...]:
        """Return the stretches of text under a rectangle, the longest first.

        A word belongs to it where its middle lies in the rectangle, or the rectangle's middle in the word. A stretch
        is of words that follow each other in one block or cell: what stands between two of them is never taken in.
        """
        words = self.words(box.page)
        inside = [index for index, (word, _) in enumerate(words) if _in(word.box, box) or _in(box, word.box)]
        runs: list[Span] = []
        last = -2
        for index in inside:
            span = words[index][1]
            if runs and index == last + 1 and self._place_at(span.start) == self._place_at(runs[-1].start):
                runs[-1] = Span(start=runs[-1].start, end=span.end)
            else:
                runs.append(span)
            last = index
        trimmed = (self.trimmed(run) for run in runs)
        return tuple(sorted((run for run in trimmed if run), key=lambda run: (run.start - run.end, run.start)))

    def trimmed(self, span: Span) -> Span | None:
        """Return a stretch without space, punctuation after it and brackets around it or unclosed; None if empty."""
        text = self.document.text
        start, end = max(0, span.start), min(span.end, len(text))
        changed = True
        while changed and start < end:
            first, last, inside = text[start], text[end - 1], text[start:end]
            changed = True
            if _BRACKETS.get(last) == first and _encloses(inside):
                start, end = start + 1, end - 1
            elif first.isspace() or (first in _BRACKETS.values() and not _closes(inside, first)):
                start += 1
            elif last.isspace() or last in _CLOSING or (last in _BRACKETS and _BRACKETS[last] not in inside):
                end -= 1
            else:
                changed = False
        return Span(start=start, end=end) if start < end else None

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Return a box for each line of a stretch."""
        return self._locator.boxes(span)

    def evidence(self, span: Span) -> Evidence:
        """Return a stretch as evidence, with what stands around it in the text and what is cited there."""
        place = self._locator.evidence(span, extractor=MARKED, cell=self.cell(span))
        return replace(place, citations=Cited(self.context).at(place))

    def cell(self, span: Span) -> CellRef | None:
        """Return the cell that a stretch begins in, None outside tables."""
        index = self._place_at(span.start)
        return self._places[index][1] if index >= 0 and span.start < self._places[index][0].end else None

    def around(self, span: Span) -> Span:
        """Return the block or cell that a stretch begins in, the stretch itself where it stands in none."""
        index = self._place_at(span.start)
        place = self._places[index][0] if index >= 0 else span
        return place if place.start <= span.start and span.end <= place.end else span

    def in_one(self, span: Span) -> bool:
        """Return whether one block or cell holds a stretch, as a mention has to be."""
        index = self._place_at(span.start)
        return index >= 0 and span.end <= self._places[index][0].end

    def step(self, span: Span, *, start: int = 0, end: int = 0) -> Span | None:
        """Return the stretch with its start or end moved by words, within its block or cell; None where it cannot be.

        A step from within a word goes to that word's own edge first.
        """
        bound = self.around(span)
        words = sorted(
            word.span
            for page in self.document.pages
            for word in page.words
            if word.span is not None and bound.start <= word.span.start and word.span.end <= bound.end
        )
        moved = Span(
            start=_moved([word.start for word in words], span.start, start),
            end=_moved([word.end for word in words], span.end, end),
        )
        return moved if moved.start < moved.end and moved != span else None

    def proposals(self, span: Span, kind: str) -> tuple[Mention, ...]:
        """Return what a stretch is as a mention of a kind: a form for each reading of the recognisers.

        They read the stretch by itself, then where it stands; where they know none, the one form is the text itself, of
        a trial in the way that trials are written.
        """
        found = {one.normalized: one for one in self._captures(span, kind)}
        if found:
            return tuple(self._mention(span, kind, capture) for capture in found.values())
        plain = " ".join(self.document.text[span.start : span.end].split())
        written = (trial_name(plain) if kind == "trial" else None) or plain
        return (self._mention(span, kind, Capture(kind=kind, start=0, end=0, normalized=written)),)

    def recognised(self, span: Span) -> tuple[str, ...]:
        """Return the kinds that the recognisers see in a stretch by itself or where it stands."""
        return tuple(kind for kind in marked_kinds() if next(self._captures(span, kind), None) is not None)

    def _captures(self, span: Span, kind: str) -> Iterator[Capture]:
        """Yield what covers the whole stretch and is of the kind."""
        place = self.around(span)
        for within in dict.fromkeys((span, place)):
            exact = [
                one
                for one in self._recognise(within)
                if (one.start, one.end, one.kind) == (span.start - within.start, span.end - within.start, kind)
            ]
            yield from exact
            if exact:
                return

    def _recognise(self, within: Span) -> tuple[Capture, ...]:
        """Return all that the recognisers see in a stretch; a page asks for each kind."""
        if within not in self._recognised:
            text = self.document.text[within.start : within.end]
            found = [one for _, recognize in RECOGNIZERS.items() for one in recognize(text)]
            found.extend(uses(text, self._short_forms))
            self._recognised[within] = tuple(found)
        return self._recognised[within]

    def _mention(self, span: Span, kind: str, capture: Capture) -> Mention:
        new = Mention(
            kind=kind,
            text=self.document.text[span.start : span.end],
            normalized=capture.normalized,
            entity=capture.entity,
            span=span,
            boxes=self.boxes(span),
            recognizer=MARKED,
            assertion=self._asserted(span, kind, capture.assertion),
            cell=self.cell(span),
            quantity=capture.quantity,
        )
        if kind != "variant" or new.entity:
            return new
        grounded = ground(self.document, (*self.extraction.mentions, new))
        entity = next(
            (one.entity for one in grounded if (one.recognizer, one.span, one.kind) == (MARKED, span, kind)), ""
        )
        return replace(new, entity=entity)

    def _asserted(self, span: Span, kind: str, given: Assertion) -> Assertion:
        """Return what the text around a stretch says of it, unless the recogniser knows already."""
        if given is not Assertion.ASSERTED:
            return given
        place = self.around(span)
        text = self.document.text[place.start : place.end]
        beside = [
            Place(start=other.span.start - place.start, end=other.span.end - place.start, kind=other.kind)
            for other in self.context.within(place)
            if other.span != span
        ]
        mine = Place(start=span.start - place.start, end=span.end - place.start, kind=kind)
        ordered = sorted([*beside, mine], key=lambda one: (one.start, -one.end))
        return list(assertions(text, ordered))[ordered.index(mine)]

    def _page(self, number: int) -> Page | None:
        return next((page for page in self.document.pages if page.number == number), None)

    def _place_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1


def _in(inner: Box, outer: Box) -> bool:
    """Say whether the middle of a box lies in another."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def _encloses(text: str) -> bool:
    """Say whether the bracket that a text begins with is closed by its last letter."""
    depth = 0
    for letter in text[:-1]:
        depth += (letter == text[0]) - (letter == text[-1])
        if depth == 0:
            return False
    return True


def _closes(text: str, bracket: str) -> bool:
    return any(opening == bracket and closing in text for closing, opening in _BRACKETS.items())


def _moved(edges: list[int], at: int, steps: int) -> int:
    """Return the edge that lies some steps beyond `at`, the last one there is where there are fewer."""
    if steps == 0 or not edges:
        return at
    beyond = [edge for edge in edges if edge > at] if steps > 0 else [edge for edge in reversed(edges) if edge < at]
    return beyond[min(abs(steps), len(beyond)) - 1] if beyond else at
