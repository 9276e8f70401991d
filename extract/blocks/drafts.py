"""Pieces of all pages -> blocks of words in reading order, with paragraphs joined and sections named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extract.blocks.kinds import END, NUMBERED, REFERENCES, Piece, Style
from extract.page.lines import Line
from extract.records import BlockKind, Word

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
# What the lines of a reference list may pass for, where it is set in a type of its own.
LISTED = (BlockKind.PARAGRAPH, BlockKind.FIGURE_TEXT, BlockKind.NOTE, BlockKind.FRONT_MATTER)
INDENT = 0.7  # share of the type size
OPENERS = (
    "and",
    "or",
    "of",
    "the",
    "a",
    "an",
    "in",
    "to",
    "with",
    "by",
    "for",
    "from",
    "that",
    "which",
    "was",
    "were",
)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A block that is being put together: its kind, section and lines; `number` is a reference's, else 0."""

    kind: BlockKind
    section: str
    lines: list[Line] = field(default_factory=list)
    number: int = 0

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(word for line in self.lines for word in line.words)


def drafts_of(pieces: Iterable[Piece], style: Style) -> list[Draft]:
    """Return the document's blocks in reading order; `references` parts the reference list."""
    found = list(pieces)
    flow = _Flow(style=style, lists=frozenset(_reference_headings(found)))
    for piece in found:
        flow.add(piece)
    return flow.drafts


def _reference_headings(pieces: Sequence[Piece]) -> Iterator[int]:
    """Yield the `id()` of the headings that a reference list, and not a table's column, stands under."""
    for at, piece in enumerate(pieces):
        if piece.kind is BlockKind.HEADING and REFERENCES.fullmatch(piece.region.text.strip()):
            rest = [p.region for p in pieces[at + 1 : at + 40] if p.kind in LISTED]
            lines = [line.text for region in rest for line in region.lines][:40]
            if sum(1 for line in lines if YEAR.search(line)) >= max(1, len(lines) // 8):
                yield id(piece.region)


@dataclass(slots=True)
class _Flow:
    """What has been read so far: the blocks, the headings that are open, the paragraph that may go on."""

    style: Style
    lists: frozenset[int] = frozenset()
    drafts: list[Draft] = field(default_factory=list)
    headings: list[tuple[tuple[float, ...], str]] = field(default_factory=list)
    open: Draft | None = None
    headed: bool = False  # whether a heading stands behind the open paragraph
    in_references: bool = False

    def add(self, piece: Piece) -> None:
        kind, lines = piece.kind, piece.region.lines
        if kind is BlockKind.HEADING:
            self._heading(lines, is_references=id(piece.region) in self.lists)
        elif self.in_references and (kind is BlockKind.PARAGRAPH or (kind in LISTED and _is_listed(kind, lines))):
            self._put(BlockKind.REFERENCE, lines)
        elif kind is BlockKind.PARAGRAPH:
            for at, part in enumerate(paragraphs_of(lines)):
                if at == 0 and self.open is not None and _goes_on(self.open, part, headed=self.headed):
                    self.open.lines.extend(part)
                else:
                    self.open = self._put(kind, part)
                self.headed = False
        elif kind is BlockKind.FIGURE_TEXT and self._lettering(lines):
            self.drafts[-1].lines.extend(lines)
        else:
            self._put(kind, lines)

    def _lettering(self, lines: Sequence[Line]) -> bool:
        """Say whether lines go on with the lettering of the figure before them."""
        last = self.drafts[-1] if self.drafts else None
        return last is not None and last.kind is BlockKind.FIGURE_TEXT and last.lines[-1].box.page == lines[0].box.page

    def _put(self, kind: BlockKind, lines: Sequence[Line]) -> Draft:
        section = " > ".join(text for _, text in self.headings)
        draft = Draft(kind=kind, section=section, lines=list(lines))
        self.drafts.append(draft)
        return draft

    def _heading(self, lines: Sequence[Line], *, is_references: bool) -> None:
        text = " ".join(line.text for line in lines).strip()
        if self.in_references and not is_references and not self._ends_references(lines):
            self._put(BlockKind.REFERENCE, lines)
            return
        self.in_references = is_references
        self.headed = True
        rank = _rank(lines, text)
        while self.headings and self.headings[-1][0] >= rank:
            self.headings.pop()
        self.headings.append((rank, text))
        self._put(BlockKind.HEADING, lines)

    def _ends_references(self, lines: Sequence[Line]) -> bool:
        """Say whether a heading after the list is set as the list's own heading is."""
        last = next(d for d in reversed(self.drafts) if d.kind is BlockKind.HEADING)
        own = last.lines[0]
        return abs(own.size - lines[0].size) < 0.6 and own.heavy == lines[0].heavy


def _is_listed(kind: BlockKind, lines: Sequence[Line]) -> bool:
    """Say whether lines of a type of their own, or an address alone, are a reference list's."""
    text = " ".join(line.text for line in lines)
    if kind is BlockKind.FRONT_MATTER and NUMBERED.match(text) is None:
        return False
    return YEAR.search(text) is not None or "doi" in text.casefold()


def _rank(lines: Sequence[Line], text: str) -> tuple[float, ...]:
    """Return what orders headings, low is high up: the depth of the number, else the style."""
    number = re.match(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s", text)
    depth = float(number.group(1).count(".") + 1) if number else 0.0
    capitals = text == text.upper()
    emphasis = 0.0 if lines[0].heavy and capitals else 1.0 if lines[0].heavy or capitals else 2.0
    return (depth, -round(lines[0].size), emphasis) if not number else (depth, 0.0, 0.0)


def paragraphs_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Part a region after full stops where the next line is indented or the last one is short."""
    left = median(line.box.x0 for line in lines)
    right = max(line.box.x1 for line in lines)
    part = [lines[0]]
    for last, line in pairwise(lines):
        ended = _ends(last)
        indented = line.box.x0 > left + INDENT * line.size and last.box.x0 <= line.box.x0 - INDENT * line.size
        short = last.box.x1 < right - 3 * last.size and not line.text[0].islower()
        if ended and (indented or short):
            yield part
            part = []
        part.append(line)
    yield part


def _ends(line: Line) -> bool:
    """Say whether a line ends a sentence; raised numbers may stand behind its full stop."""
    text = line.text
    for word in reversed(line.words):
        if not word.superscript:
            break
        text = text.removesuffix(word.text).rstrip()
    return END.search(text or line.text) is not None


def _goes_on(draft: Draft, lines: Sequence[Line], *, headed: bool) -> bool:
    """Say whether lines in another column or on another page continue a paragraph that is not finished."""
    last, first = draft.lines[-1], lines[0]
    if abs(last.size - first.size) > 0.3:
        return False
    unfinished = not _ends(last)
    if headed:  # a heading of a float or a box may stand between the two parts of a paragraph
        return unfinished and first.text[0].islower()
    if last.text.endswith("-") or unfinished:
        return not NUMBERED.match(first.text) or last.text.split()[-1].casefold() in OPENERS
    return first.text[0].islower()
