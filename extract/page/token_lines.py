"""Words to lines of text and lines to segments, the pieces of a line that no wide gap parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from extract.page.rotation import Area, Token

BASELINE = 0.35  # of the type size: letters whose feet differ by less stand on one line
REACH = 2.0  # type sizes: a raised letter stands no further from the foot of its line
SEGMENT_GAP = 0.9  # of the type size: a wider gap parts two segments of a line


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens on one baseline, from left to right."""

    tokens: tuple[Token, ...]

    @property
    def x0(self) -> float:
        """The left end."""
        return self.tokens[0].x0

    @property
    def x1(self) -> float:
        """The right end."""
        return max(token.x1 for token in self.tokens)

    @property
    def top(self) -> float:
        """The top of the full-size letters."""
        return min(token.top for token in self._full())

    @property
    def bottom(self) -> float:
        """The foot of the full-size letters."""
        return max(token.bottom for token in self._full())

    @property
    def size(self) -> float:
        """The median type size of the full-size letters."""
        return median(token.size for token in self._full())

    @property
    def text(self) -> str:
        """The words with spaces between."""
        return " ".join(token.text for token in self.tokens)

    def _full(self) -> Sequence[Token]:
        return [token for token in self.tokens if not token.shifted] or self.tokens

    def segments(self, gap: float = SEGMENT_GAP) -> list[Line]:
        """Return the pieces between gaps wider than `gap` times the type size."""
        return [Line(tuple(part)) for part in _parts(self.tokens, gap * self.size)]


def _parts(tokens: Sequence[Token], gap: float) -> list[list[Token]]:
    parts: list[list[Token]] = []
    right = 0.0
    for token in tokens:
        if parts and token.x0 - right <= gap:
            parts[-1].append(token)
            right = max(right, token.x1)
        else:
            parts.append([token])
            right = token.x1
    return parts


def lines_of(tokens: Iterable[Token]) -> list[Line]:
    """Return the lines from top to bottom; super- and subscripts join the line they are raised from."""
    full: list[Token] = []
    shifted: list[Token] = []
    for token in tokens:
        (shifted if token.shifted else full).append(token)
    if not full:
        full, shifted = shifted, []
    rows: list[list[Token]] = []
    for token in sorted(full, key=lambda token: (token.bottom, token.x0)):
        if rows and token.bottom - rows[-1][0].bottom <= BASELINE * min(token.size, rows[-1][0].size):
            rows[-1].append(token)
        else:
            rows.append([token])
    lone: list[Token] = []
    for token in shifted:
        near = [row for row in rows if abs(row[0].bottom - token.bottom) < REACH * row[0].size]
        row, away = min(
            ((row, _distance(token, row)) for row in near),
            key=lambda pair: pair[1],
            default=(lone, float("inf")),
        )
        (row if away <= 3 * token.size else lone).append(token)
    rows.extend([token] for token in lone)
    lines = [Line(tuple(sorted(row, key=lambda token: (token.x0, token.order)))) for row in _merged(rows)]
    return sorted(lines, key=lambda line: line.bottom)


def _merged(rows: Sequence[list[Token]]) -> list[list[Token]]:
    """Put raised words that stand on a line of their own together by their height."""
    merged: list[list[Token]] = []
    for row in rows:
        if merged and row[0].shifted and merged[-1][0].shifted and abs(row[0].bottom - merged[-1][0].bottom) < 2:
            merged[-1].extend(row)
        else:
            merged.append(list(row))
    return merged


def _distance(token: Token, row: Sequence[Token]) -> float:
    """Return how far a raised or lowered token is from a line: by height first, then by its nearest word."""
    middle = (token.top + token.bottom) / 2
    best = float("inf")
    for other in row:
        if other.shifted:
            continue
        above = max(other.top - 0.15 * other.size - middle, 0.0)
        lowered = token.word.subscript and -0.5 <= (token.x0 - other.x1) / other.size <= 0.5
        foot = other.bottom + (0.25 if lowered else -0.05) * other.size
        below = max(middle - foot, 0.0) * (1.0 if lowered else 10.0)
        aside = max(token.x0 - other.x1, other.x0 - token.x1, 0.0)
        glued = other.order == token.order - 1 and not token.word.spaced
        best = min(best, -1.0 if glued else 4 * (above + below) + min(aside, 0.6 * other.size))
    return best


def inside(tokens: Iterable[Token], area: Area, *, slack: float = 1.0) -> list[Token]:
    """Return the tokens whose middle lies in the area, widened by `slack` points on each side."""
    return [
        token
        for token in tokens
        if area.x0 - slack <= (token.x0 + token.x1) / 2 <= area.x1 + slack
        and area.top - slack <= (token.top + token.bottom) / 2 <= area.bottom + slack
    ]
