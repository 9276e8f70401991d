"""What a page draws: its characters, rules, filled areas and pictures, as they stand in the file.

The objects are pdfminer's, in pdfplumber's coordinates. pdfplumber would make a dictionary of each, which takes
as long as the reading itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTFigure, LTImage, LTLine, LTRect
from pdfplumber.page import Page as PlumberPage

from extract.records import Box

THIN = 2.0  # points: a filled rectangle no thicker is a rule
SLANT = 0.2  # a line that rises by less of its length is level


class Char(NamedTuple):
    """One glyph with its box in points from the page's top left corner.

    `turn` is 0 on a level line, 1 on a line up the page, -1 on one down, 2 upside down. `drop` is how far the box
    reaches below the baseline (negative below); `along` is the baseline's place: the x of a turned letter.
    """

    text: str
    font: str
    size: float
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int
    drop: float
    along: float


@dataclass(slots=True)
class Drawing:
    """All that a page draws, each kind in the file's order."""

    chars: list[Char] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)


class _Frame(NamedTuple):
    """Where the origin of pdfminer's coordinates stands, and the number of the page."""

    page: int
    left: float
    foot: float

    def box(self, thing: LTComponent) -> Box:
        return Box(
            page=self.page,
            x0=round(thing.x0 + self.left, 2),
            top=round(self.foot - thing.y1, 2),
            x1=round(thing.x1 + self.left, 2),
            bottom=round(self.foot - thing.y0, 2),
        )


def drawing_of(page: PlumberPage) -> Drawing:
    """Interpret a page and return what it draws; raises what pdfminer and pdfplumber raise on a broken page.

    What a form's box clips away is left out: it is in the file, but no reader sees it.
    """
    drawing = Drawing()
    frame = _Frame(page.page_number, float(page.mediabox[0]), float(page.height) + float(page.mediabox[1]))
    for thing in _seen(page.layout):
        if isinstance(thing, LTChar):
            drawing.chars.append(_char(thing, frame))
        elif isinstance(thing, LTCurve):
            _add_shape(drawing, thing, frame)
        elif isinstance(thing, LTImage):
            drawing.images.append(frame.box(thing))
    return drawing


def _seen(container: Iterable[object]) -> Iterator[object]:
    """Yield what stands on the page and in its forms, however deep they are nested, in the file's order."""
    stack: list[tuple[Iterator[object], tuple[float, float, float, float] | None]] = [(iter(container), None)]
    while stack:
        things, clip = stack[-1]
        for thing in things:
            if isinstance(thing, LTContainer):
                own = _form_box(thing) if isinstance(thing, LTFigure) else None
                stack.append((iter(thing), _both(clip, own)))
                break
            if clip is None or not isinstance(thing, LTChar) or _within(thing, clip):
                yield thing
        else:
            stack.pop()


def _within(char: LTChar, clip: tuple[float, float, float, float]) -> bool:
    x0, y0, x1, y1 = clip
    return x0 <= (char.x0 + char.x1) / 2 <= x1 and y0 <= (char.y0 + char.y1) / 2 <= y1


def _both(
    clip: tuple[float, float, float, float] | None, own: tuple[float, float, float, float] | None
) -> tuple[float, float, float, float] | None:
    if clip is None or own is None:
        return own or clip
    return max(clip[0], own[0]), max(clip[1], own[1]), min(clip[2], own[2]), min(clip[3], own[3])


def _form_box(form: LTFigure) -> tuple[float, float, float, float] | None:
    """Return the box to which a form is clipped (ISO 32000-1, 8.10), with a point of slack; None where unclear.

    pdfminer takes the box's third and fourth numbers for its width and height; that is undone here.
    """
    a, b, c, d, e, f = form.matrix
    if b or c or not a or not d or not all(map(math.isfinite, form.bbox)):
        return None
    x, right = sorted(((form.x0 - e) / a, (form.x1 - e) / a))
    y, upper = sorted(((form.y0 - f) / d, (form.y1 - f) / d))
    x0, x1 = sorted((a * x + e, a * (right - x) + e))
    y0, y1 = sorted((d * y + f, d * (upper - y) + f))
    if x1 - x0 < 1 or y1 - y0 < 1:
        return None
    return x0 - 1, y0 - 1, x1 + 1, y1 + 1


def _turn(a: float, b: float, d: float) -> int:
    """Return how a letter is turned, by the first two and the fourth number of its matrix.

    pdfminer's own `upright` is fooled by rounding: the cosine of a right angle is not quite 0 in a file.
    """
    if abs(b) > SLANT * abs(a):
        return 1 if b > 0 else -1
    return 0 if a > 0 or d > 0 else 2


def _char(char: LTChar, frame: _Frame) -> Char:
    a, b, _, _, e, f = char.matrix
    turn = _turn(a, b, char.matrix[3])
    font = char.fontname
    return Char(
        text=char.get_text(),
        font=font.decode("latin-1") if isinstance(font, bytes) else font,
        size=char.size,
        x0=char.x0 + frame.left,
        top=frame.foot - char.y1,
        x1=char.x1 + frame.left,
        bottom=frame.foot - char.y0,
        turn=turn,
        drop=char.y0 - f,
        along=frame.foot - f if turn == 2 else e + frame.left,
    )


def _add_shape(drawing: Drawing, shape: LTCurve, frame: _Frame) -> None:
    """Keep straight strokes and thin filled areas as rules, which publishers use alike, and other filled areas."""
    box = frame.box(shape)
    thin = min(shape.width, shape.height) <= THIN
    if isinstance(shape, LTRect):
        if thin:
            drawing.rules.append(box)
        elif shape.fill:
            drawing.fills.append(box)
        elif shape.stroke:
            drawing.rules += [
                Box(page=box.page, x0=box.x0, top=box.top, x1=box.x1, bottom=box.top),
                Box(page=box.page, x0=box.x0, top=box.bottom, x1=box.x1, bottom=box.bottom),
                Box(page=box.page, x0=box.x0, top=box.top, x1=box.x0, bottom=box.bottom),
                Box(page=box.page, x0=box.x1, top=box.top, x1=box.x1, bottom=box.bottom),
            ]
    elif isinstance(shape, LTLine) or thin:  # a filled path of four points is a rectangle that pdfminer calls a curve
        drawing.rules.append(box)
