"""What the words of two neighbouring strips say about whether the lower one starts a row.

The wrap test is the main sign: a line that broke because its cell was full could not have held the next
word, so where the next word would have fitted the line ended by intention.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.tables.cells import Piece
from extract.tables.strips import Strip

OPEN_END = re.compile(
    r"(?:[-‐–,/+&(\[:;=<>≥≤]|\b(?:and|or|of|the|with|vs\.?|versus|to|for|in|by|a|an|at|on|than|et|al\.))$"
)
OPEN_WORD = re.compile(  # as the end of a label too, where signs and hyphens may end it: 'ER+', 'PD-L1–'
    r"(?:[,&(\[:;]|\b(?:and|or|of|the|with|vs\.?|versus|to|for|in|by|a|an|at|on|than|et|al\.))$"
)
CLOSING = re.compile(r"^[()\]%,;.–]")
SMALL = re.compile(r"^(?:a\s|µ|[a-z]{2,}(?![A-Z\d]))")  # a word, not a code: 'pT1a', 'c2'
BRACKETED = re.compile(r"^[(\[][^()\[\]]+[)\]][,;.]?$")
SHORT = 5.0  # type sizes: the width of texts that fill no column
NUMERIC = re.compile(r"^[<>≤≥=~±+\-−–]?\s?\d[\d.,·/%()\s±–−-]*\*?$")


@dataclass(frozen=True, slots=True)
class Boundary:
    """What stands between two strips: white, their sign, whether it is drawn, and for which columns not."""

    white: float
    sign: float
    drawn: bool
    open_columns: frozenset[int]
    label_goes_on: bool


def is_unclosed(piece: Piece) -> bool:
    """Return whether words open a bracket that they do not close."""
    return _open_brackets(piece.text) > 0


def widths_of(strips: Sequence[Strip], edges: Sequence[float]) -> dict[int, float]:
    """Return the width that each column offers to its text.

    That is the width of its widest text. A column of short texts may be wider than any of them: for it the
    white up to its edges (the middles of the gutters) counts, less the margins of a cell.
    """
    widths: dict[int, float] = {}
    for strip in strips:
        for placed in strip.placed:
            piece = placed.piece
            if piece.first == piece.last:
                widths[piece.first] = max(widths.get(piece.first, 0.0), piece.x1 - piece.x0)
    size = strips[0].lines[0].size
    for column, width in widths.items():
        if width < SHORT * size:
            widths[column] = max(width, edges[column + 1] - edges[column] - 1.2 * size)
    return widths


def sign_of(upper: Strip, lower: Strip, widths: Mapping[int, float]) -> float:
    """Weigh what two strips hold: positive where the lower starts a row, negative where it goes on."""
    above, below = upper.columns(), lower.columns()
    shared = [c for c in below if c in above]
    fresh = [c for c in below if c not in above]
    total = 0.0
    if 0 in below:
        total += 0.8 if len(below) > 1 else 0.0
    elif 0 in above:
        total -= 0.8
    total += 0.7 if any(c > 0 for c in fresh) or list(below) == [0] == fresh else 0.0
    if not fresh:
        total += 0.7 if len(shared) == len(above) and len(shared) > 1 else -0.5
    if len(below) == 1 and 0 not in below and len(widths) > 2:
        total -= 0.7
    if label_goes_on(upper, lower, widths):
        return 1.5
    full = wanted = 0
    for c in shared:
        if not ended(above[c][-1], below[c][0], widths.get(c, 0.0)):
            full += 1
            total -= 0.5 if SMALL.match(below[c][0].text) else 0.0
        elif not goes_on(above[c][-1], below[c][0]):
            wanted += 1
    total += min(2.0, 1.0 * wanted) - min(1.4, 0.7 * full)
    return total + sum(_text_sign(above[c][-1], below[c][0]) for c in shared)


def runs_on(upper: Piece, lower: Piece) -> bool:
    """Return whether the words themselves, or the small letter below, say that a text goes on."""
    return goes_on(upper, lower) or bool(SMALL.match(lower.text))


def label_goes_on(upper: Strip, lower: Strip, widths: Mapping[int, float]) -> bool:
    """Return whether a new row begins beside the rest of the label of the row above.

    The rest is in brackets, which no label of its own is between labels without: 'Chua, et al.' over '(2010)'; or it
    closes a bracket that the label opened. Two or more other columns begin anew. How a label looks otherwise, by a
    sign at its end or a small letter at its head, says nothing: 'ER+', 'D1+' and 'pT1a' are whole labels.
    """
    above, below = upper.columns(), lower.columns()
    if 0 not in above or 0 not in below:
        return False
    label, rest = above[0][-1], below[0][0]
    if fits(label, rest, widths.get(0, 0.0)) or not _completes(label.text, rest.text):
        return False
    others = [(above[c][-1], below[c][0], widths.get(c, 0.0)) for c in below if c in above and c > 0]
    if any(goes_on(a, b) for a, b, _ in others):
        return False
    return sum(ended(a, b, width) for a, b, width in others) >= max(2, 0.6 * len(others))


def _completes(label: str, rest: str) -> bool:
    """Return whether words in brackets, or up to a bracket that closes, are the rest of a label."""
    if _open_brackets(label) > 0:
        return _open_brackets(rest) < 0
    return bool(BRACKETED.match(rest)) and not BRACKETED.match(label)


def _open_brackets(text: str) -> int:
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def fits(upper: Piece, lower: Piece, width: float) -> bool:
    """Return whether the first word below would have fitted behind the words above."""
    first = lower.tokens[0]
    return (upper.x1 - upper.x0) + 0.25 * first.size + (first.x1 - first.x0) <= width - 0.5


def ended(upper: Piece, lower: Piece, width: float) -> bool:
    """Return whether the upper words ended by intention: the next would have fitted, or both are numbers."""
    if NUMERIC.match(upper.text) and NUMERIC.match(lower.text) and not goes_on(upper, lower):
        return True
    return fits(upper, lower, width)


def goes_on(upper: Piece, lower: Piece) -> bool:
    """Return whether the words themselves say that a text goes on."""
    above, below = upper.text, lower.text
    opened = above.count("(") > above.count(")") or above.count("[") > above.count("]")
    return bool(opened or OPEN_END.search(above) or CLOSING.match(below))


def _text_sign(upper: Piece, lower: Piece) -> float:
    above, below = upper.text, lower.text
    sign = 0.0
    if OPEN_END.search(above):
        sign -= 0.7
    if CLOSING.match(below):
        sign -= 0.5
    if above.count("(") > above.count(")") or above.count("[") > above.count("]"):
        sign -= 0.8
    if upper.tokens[-1].word.font != lower.tokens[0].word.font:
        sign += 0.3
    if upper.first == lower.first == 0 and lower.x0 < upper.x0 - 3:
        sign += 1.5  # a wrapped line does not stand further out than its first
    return sign
