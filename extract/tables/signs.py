"""What the words of two neighbouring strips say about whether the lower one starts a row.

The wrap test is the main sign: a line that broke because its cell was full could not have held the next
word, so where the next word would have fitted the line ended by intention.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.tables.cells import Piece
from extract.tables.strips import Strip

OPEN_END = re.compile(
    r"(?:[-‐–,/+&(\[:;=<>≥≤]|\b(?:and|or|of|the|with|vs\.?|versus|to|for|in|by|a|an|at|on|than|et|al\.))$"
)
CLOSING = re.compile(r"^(?:[)\]%,;.–]|[a-zµ(])")
NUMERIC = re.compile(r"^[<>≤≥=~±+\-−–]?\s?\d[\d.,·/%()\s±–−-]*\*?$")


def widths_of(strips: Sequence[Strip]) -> dict[int, float]:
    """Return the width of the widest text in each column."""
    widths: dict[int, float] = {}
    for strip in strips:
        for placed in strip.placed:
            piece = placed.piece
            if piece.first == piece.last:
                widths[piece.first] = max(widths.get(piece.first, 0.0), piece.x1 - piece.x0)
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
    total += 0.7 if any(c > 0 for c in fresh) else 0.0
    if not fresh:
        total += 0.7 if len(shared) == len(above) and len(shared) > 1 else -0.5
    fitting = [ended(above[c][-1], below[c][0], widths.get(c, 0.0)) for c in shared]
    total += min(2.0, 1.0 * fitting.count(True)) - min(1.4, 0.7 * fitting.count(False))
    return total + sum(_text_sign(above[c][-1], below[c][0]) for c in shared)


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
