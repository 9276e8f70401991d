"""What the marking pages read: the words of a page, and what a mark on it covers and could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from curate.browse.page_records import PageRow
from curate.marking import Marker
from curate.review.additions import LONGEST
from curate.review.claim_forms import Field, fields_of, forms
from curate.store import Store
from extract.mentions.entity_kinds import ENTITY_KINDS, marked_kinds
from extract.records import Box, Extraction, Mention, Span

_RUN = "SELECT run_id FROM documents WHERE id = ?"  # another reading is another run
CONTEXT = 120  # characters shown before and after a mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A mark that differs from the one shown by a word or letter at one of its ends."""

    label: str
    key: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A mention that the mark can be: its kind and a form that the recognisers propose, or the words themselves."""

    key: str
    mention: Mention
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A mark as its page shows it."""

    span: Span
    quote: str
    prefix: str
    suffix: str
    boxes: tuple[Box, ...]
    begins: tuple[Step, ...]
    ends: tuple[Step, ...]
    others: tuple[tuple[Span, str], ...] = ()
    choices: tuple[Choice, ...] = ()
    claims: tuple[tuple[str, str, tuple[Field, ...]], ...] = field(default=())

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the pages that the mark lies on, in order."""
        return tuple(dict.fromkeys(sorted(box.page for box in self.boxes)))


def marker_of(store: Path, document_id: str) -> Marker:
    """Return what reads marks in a stored document, the mentions that curators added among its own.

    Raises `StoreError` where the store has no reading of it.
    """
    with Store.open(store, read_only=True) as opened:
        run = next((int(row["run_id"]) for row in opened.select(_RUN, (document_id,))), 0)
        extraction = _extraction(store, document_id, run)
        added = opened.added_mentions(document_id)
    return Marker(replace(extraction, mentions=(*extraction.mentions, *added)) if added else extraction)


@lru_cache(maxsize=4)
def _extraction(store: Path, document_id: str, _run: int) -> Extraction:
    with Store.open(store, read_only=True) as opened:
        return opened.extraction(document_id)


def words(marker: Marker, sheet: PageRow, corner: tuple[float, float]) -> list[list[int | float | str]]:
    """Return the words of a page: start, end, left, top, width and height in percent of the picture, the text."""
    left, top = corner
    width, height = max(sheet.width, 1.0), max(sheet.height, 1.0)
    return [
        [
            span.start,
            span.end,
            round((word.box.x0 - left) / width * 100, 3),
            round((word.box.top - top) / height * 100, 3),
            round((word.box.x1 - word.box.x0) / width * 100, 3),
            round((word.box.bottom - word.box.top) / height * 100, 3),
            word.text,
        ]
        for word, span in marker.words(sheet.number)
    ]


def rectangle(sheet: PageRow, corner: tuple[float, float], percents: Sequence[float]) -> Box:
    """Return the box of a rectangle given by left, top, right and bottom in percent of the page's picture."""
    left, top, right, bottom = percents
    width, height = max(sheet.width, 1.0), max(sheet.height, 1.0)
    return Box(
        page=sheet.number,
        x0=min(left, right) / 100 * width + corner[0],
        top=min(top, bottom) / 100 * height + corner[1],
        x1=max(left, right) / 100 * width + corner[0],
        bottom=max(top, bottom) / 100 * height + corner[1],
    )


def shown(marker: Marker, span: Span, others: Sequence[Span] = ()) -> Shown:
    """Return a mark with what it could be; a mark of more than `LONGEST` letters could be nothing."""
    text = marker.document.text
    short = span.end - span.start <= LONGEST
    return Shown(
        span=span,
        quote=text[span.start : span.end],
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        boxes=marker.boxes(span),
        begins=(
            Step(label="one word earlier", key="[", span=marker.step(span, start=-1)),
            Step(label="one word later", key="]", span=marker.step(span, start=1)),
            Step(label="one letter earlier", key="", span=_letter(marker, span, start=-1)),
            Step(label="one letter later", key="", span=_letter(marker, span, start=1)),
        ),
        ends=(
            Step(label="one word earlier", key=",", span=marker.step(span, end=-1)),
            Step(label="one word later", key=".", span=marker.step(span, end=1)),
            Step(label="one letter earlier", key="", span=_letter(marker, span, end=-1)),
            Step(label="one letter later", key="", span=_letter(marker, span, end=1)),
        ),
        others=tuple((other, " ".join(text[other.start : other.end].split())) for other in others),
        choices=_choices(marker, span) if short and marker.in_one(span) else (),
        claims=tuple((kind, label, fields_of(kind, marker, span)) for kind, label in forms().items()) if short else (),
    )


def together(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return stretches under one rectangle and, where there are several, all from the first to the last of them."""
    whole = Span(start=min(one.start for one in spans), end=max(one.end for one in spans))
    return (*spans, whole) if len(spans) > 1 and whole.end - whole.start <= LONGEST else tuple(spans)


def _letter(marker: Marker, span: Span, *, start: int = 0, end: int = 0) -> Span | None:
    bound = marker.around(span)
    moved = Span(start=span.start + start, end=span.end + end)
    return moved if bound.start <= moved.start < moved.end <= bound.end else None


def _choices(marker: Marker, span: Span) -> tuple[Choice, ...]:
    known = marker.recognised(span)
    return tuple(
        Choice(key=ENTITY_KINDS[kind].key if first else "", mention=mention, known=kind in known)
        for kind in marked_kinds()
        for first, mention in _marked_first(marker.proposals(span, kind))
    )


def _marked_first(mentions: Sequence[Mention]) -> list[tuple[bool, Mention]]:
    return [(at == 0, mention) for at, mention in enumerate(mentions)]
