"""A page turned upright: the tokens and rules of one reading direction in its own coordinates."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from extract.pdf.reader import Sheet
from extract.records import Box, Word

RULE_WIDTH = 2.5  # points; anything thicker is an area, not a rule
ASCENT = 0.8  # of the type size: what of a letter's height stands over the baseline
SIDEWAYS_WORDS = 12  # fewer sideways words than this are a margin stamp or the axis of a plot


class Turn(Enum):
    """How the lines of a view run on the page."""

    NONE = "left to right"
    UP = "up the page"
    DOWN = "down the page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word with its box in the coordinates of the view; `order` is its place in the file.

    `top` and `bottom` are measured from the baseline by the type size, since the boxes of fonts differ.
    """

    word: Word
    x0: float
    top: float
    x1: float
    bottom: float
    order: int

    @property
    def text(self) -> str:
        """The letters of the word."""
        return self.word.text

    @property
    def size(self) -> float:
        """The type size in points."""
        return self.word.size

    @property
    def shifted(self) -> bool:
        """Whether the word is a superscript or a subscript."""
        return self.word.superscript or self.word.subscript


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle in the coordinates of a view."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """The horizontal extent in points."""
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One reading direction of a page: x grows along its lines, y from line to line, both in points."""

    page: int
    turn: Turn
    width: float
    height: float
    tokens: tuple[Token, ...]
    across: tuple[Area, ...]  # horizontal rules
    down: tuple[Area, ...]  # vertical rules
    fills: tuple[Area, ...]
    images: tuple[Area, ...]

    def box(self, area: Area) -> Box:
        """Return the area in the coordinates of the page."""
        if self.turn is Turn.UP:
            x0, top, x1, bottom = area.top, self.width - area.x1, area.bottom, self.width - area.x0
        elif self.turn is Turn.DOWN:
            x0, top, x1, bottom = self.height - area.bottom, area.x0, self.height - area.top, area.x1
        else:
            x0, top, x1, bottom = area.x0, area.top, area.x1, area.bottom
        return Box(page=self.page, x0=x0, top=top, x1=x1, bottom=bottom)


def views(sheet: Sheet) -> Iterator[View]:
    """Yield the upright view of a page and, where enough words stand sideways, the view of those."""
    words = list(enumerate(sheet.page.words))
    upright = [(n, word) for n, word in words if word.upright]
    sideways = [(n, word) for n, word in words if not word.upright]
    if upright:
        yield _view(sheet, upright, Turn.NONE)
    if len(sideways) >= SIDEWAYS_WORDS:
        yield _view(sheet, sideways, _direction([word for _, word in sideways]))


def _direction(words: Sequence[Word]) -> Turn:
    """Tell the direction of sideways words by the order in which the file sets those of one line."""
    ups = downs = 0
    for last, word in itertools.pairwise(words):
        if abs(last.box.x1 - word.box.x1) > 1:
            continue
        ups += word.box.bottom <= last.box.top + 1
        downs += word.box.top >= last.box.bottom - 1
    return Turn.DOWN if downs > ups else Turn.UP


def _view(sheet: Sheet, words: Sequence[tuple[int, Word]], turn: Turn) -> View:
    page = sheet.page
    width, height = (page.width, page.height) if turn is Turn.NONE else (page.height, page.width)

    def turned(box: Box) -> Area:
        if turn is Turn.UP:
            return Area(x0=width - box.bottom, top=box.x0, x1=width - box.top, bottom=box.x1)
        if turn is Turn.DOWN:
            return Area(x0=box.top, top=height - box.x1, x1=box.bottom, bottom=height - box.x0)
        return Area(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)

    tokens = []
    for n, word in words:
        area = turned(word.box)
        foot = word.baseline if turn is not Turn.DOWN else height - word.baseline
        top, bottom = area.top, area.bottom
        if word.baseline:
            top, bottom = foot - ASCENT * word.size, foot + (1 - ASCENT) * word.size
        tokens.append(Token(word=word, x0=area.x0, top=top, x1=area.x1, bottom=bottom, order=n))
    rules = [turned(box) for box in sheet.rules]
    return View(
        page=page.number,
        turn=turn,
        width=width,
        height=height,
        tokens=tuple(tokens),
        across=tuple(a for a in rules if a.bottom - a.top <= RULE_WIDTH < a.width),
        down=tuple(a for a in rules if a.width <= RULE_WIDTH < a.bottom - a.top),
        fills=tuple(turned(box) for box in sheet.fills),
        images=tuple(turned(box) for box in sheet.images),
    )
