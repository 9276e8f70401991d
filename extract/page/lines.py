"""Words of a page -> lines of text, parted at the gutters between columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from extract.pdf.superscripts import DESCENT, baseline_of
from extract.records import Box, Word

# Shares of the type size.
LEVEL = 0.32  # baselines that differ by less are one line's
WIDE = 2.2  # words further apart are not one line's, whatever the file's order says
GUTTER = 0.75  # the narrowest gap that can part two columns
LABEL = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4})[\])]?\.?|[•●▪■–·◦*]")  # what an entry of a list begins with
LABEL_GAP = 3.0  # ... and how far from the entry it may stand
EDGE = 2.5  # points: starts of lines that differ by less are one column's edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words of one line within one column, from left to right, with the style that most letters have.

    `text` has a space where the page has one; `heavy` and `slanted` say that every word is bold or italic;
    `styles` are the fonts with their sizes, raised and lowered letters aside.
    """

    words: tuple[Word, ...]
    box: Box
    size: float
    font: str
    baseline: float
    text: str
    heavy: bool
    slanted: bool
    styles: frozenset[tuple[str, float]]

    @property
    def width(self) -> float:
        """The width in points."""
        return self.box.x1 - self.box.x0

    @property
    def fonts(self) -> frozenset[str]:
        """The fonts of the line."""
        return frozenset(font for font, _ in self.styles)


@cache
def is_bold(font: str) -> bool:
    """Say whether a font's name says that it is heavy."""
    name = font.casefold()
    return any(mark in name for mark in ("bold", "black", "heavy", "semibold", "demi", "-bd", ".b", "-b"))


@cache
def is_italic(font: str) -> bool:
    """Say whether a font's name says that it is slanted."""
    name = font.casefold()
    return any(mark in name for mark in ("ital", "obli", "slant", ".i", "-it"))


def line_of(words: Sequence[Word]) -> Line:
    """Make a line of words that stand on one baseline, in order from left to right."""
    styles: Counter[tuple[str, float]] = Counter()
    for word in words:
        styles[word.font, word.size] += len(word.text) if not (word.superscript or word.subscript) else 0
    (font, size), _ = styles.most_common(1)[0]
    level = next((w for w in words if (w.font, w.size) == (font, size)), words[0])
    return Line(
        words=tuple(words),
        box=Box(
            page=words[0].box.page,
            x0=min(w.box.x0 for w in words),
            top=round(baseline_of(level) - (1 - DESCENT) * size, 2),
            x1=max(w.box.x1 for w in words),
            bottom=round(baseline_of(level) + DESCENT * size, 2),
        ),
        size=size,
        font=font,
        baseline=baseline_of(level),
        text="".join((" " if word.spaced and at else "") + word.text for at, word in enumerate(words)),
        heavy=all(is_bold(font) for font, _ in styles),
        slanted=all(is_italic(font) for font, _ in styles),
        styles=frozenset(style for style, letters in styles.items() if letters),
    )


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Return the lines of one page's upright words, from top to bottom.

    Words that follow each other in the file on one baseline are one line; then pieces of a line that the file
    holds apart (a superscript set later, an italic word) are put together, but not over a gutter.
    """
    upright = [word for word in words if word.upright]
    edges = _edges(upright)
    pieces: list[list[Word]] = []
    for word in upright:
        if pieces and _follows(pieces[-1], word) and not _at_gutter(pieces[-1], word, edges):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    lines = [line_of(_in_order(piece)) for row in _rows(pieces) for piece in _joined(row, edges)]
    return sorted(lines, key=lambda line: (line.baseline, line.box.x0))


def _size(piece: Sequence[Word]) -> float:
    return max(word.size for word in piece)


def _follows(piece: Sequence[Word], word: Word) -> bool:
    last = piece[-1]
    size = max(last.size, word.size)
    gap = word.box.x0 - last.box.x1
    if not -0.6 * size <= gap <= WIDE * size:
        return False
    if word.superscript or word.subscript or last.superscript or last.subscript:
        return abs(baseline_of(word) - baseline_of(last)) < 0.8 * size and word.box.x0 > last.box.x0
    return abs(baseline_of(word) - baseline_of(last)) <= LEVEL * size


def _edges(words: Sequence[Word]) -> list[float]:
    """Return the x at which many lines start: the left edges of columns."""
    starts: Counter[int] = Counter()
    last: Word | None = None
    for word in words:
        if (
            last is None
            or abs(baseline_of(word) - baseline_of(last)) > LEVEL * word.size
            or word.box.x0 - last.box.x1 > GUTTER * word.size
            or word.box.x0 < last.box.x0
        ) and not (word.superscript or word.subscript):
            starts[round(word.box.x0)] += 1
        last = word
    often = max(6, 0.06 * sum(starts.values()))
    return [x for x in starts if starts[x] + starts[x - 1] + starts[x + 1] >= often]


def _at_gutter(piece: Sequence[Word], word: Word, edges: Sequence[float]) -> bool:
    last = piece[-1]
    gap = word.box.x0 - last.box.x1
    if len(piece) == 1 and LABEL.fullmatch(last.text) and gap < LABEL_GAP * word.size:
        return False
    return gap > GUTTER * max(last.size, word.size) and any(abs(word.box.x0 - x) <= EDGE for x in edges)


def _rows(pieces: list[list[Word]]) -> list[list[list[Word]]]:
    """Group pieces whose baselines are level; a superscript goes to the row that its neighbours are in."""
    rows: list[tuple[float, float, list[list[Word]]]] = []
    raised: list[list[Word]] = []
    for piece in sorted(pieces, key=_level):
        if all(w.superscript or w.subscript for w in piece):
            raised.append(piece)
            continue
        level, size = _level(piece), _size(piece)
        if rows and abs(rows[-1][0] - level) <= LEVEL * min(rows[-1][1], size):
            rows[-1][2].append(piece)
        else:
            rows.append((level, size, [piece]))
    for piece in raised:
        _place(piece, rows)
    return [row for _, _, row in rows]


def _place(piece: list[Word], rows: list[tuple[float, float, list[list[Word]]]]) -> None:
    """Put a raised or lowered piece into the row in which it touches a word; else it is a row of its own."""
    level = _level(piece)
    near = [
        (min(_distance(other, piece) for other in row), row)
        for base, size, row in rows
        if abs(base - level) < 0.8 * size
    ]
    if near:
        distance, row = min(near, key=lambda pair: pair[0])
        if distance < _size(piece):
            row.append(piece)
            return
    rows.append((level, _size(piece), [piece]))


def _distance(other: Sequence[Word], piece: Sequence[Word]) -> float:
    return max(0.0, piece[0].box.x0 - other[-1].box.x1, other[0].box.x0 - piece[-1].box.x1)


def _level(piece: Sequence[Word]) -> float:
    for word in piece:
        if not (word.superscript or word.subscript):
            return baseline_of(word)
    return baseline_of(piece[0])


def _joined(row: list[list[Word]], edges: Sequence[float]) -> list[list[Word]]:
    out: list[list[Word]] = []
    for piece in sorted(row, key=lambda piece: piece[0].box.x0):
        if out:
            last = max(out[-1], key=lambda word: word.box.x1)
            gap = piece[0].box.x0 - last.box.x1
            size = max(last.size, piece[0].size)
            label = len(out[-1]) == 1 and LABEL.fullmatch(last.text) is not None
            near = gap <= (LABEL_GAP if label else 1.3) * size
            if near and not _at_gutter(out[-1] if label else [last, last], piece[0], edges):
                out[-1] = out[-1] + piece
                continue
        out.append(list(piece))
    return out


def _in_order(piece: Sequence[Word]) -> list[Word]:
    """Order words from left to right, unless the file's order already does (a wide letter may overlap)."""
    centres = [word.box.x0 + word.box.x1 for word in piece]
    if centres == sorted(centres):
        return list(piece)
    return sorted(piece, key=lambda word: word.box.x0 + word.box.x1)
