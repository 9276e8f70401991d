"""Tokens of a line to columns; a run of words that runs over a gutter is one cell over several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.rotation import Token
from extract.page.token_lines import Line
from extract.tables.columns import Gutter, column_of, parts_at

WHITE = 0.75  # of a gutter's width: less white than this between two words does not part them
APART = 0.45  # of the type size: words that far apart are two cells, however wide the gutter


@dataclass(frozen=True, slots=True)
class Piece:
    """What one line holds in one cell: its tokens and the first and last column that it stands in."""

    first: int
    last: int
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
    def text(self) -> str:
        """The words with spaces where the page has them."""
        return "".join((" " if t.word.spaced else "") + t.text for t in self.tokens).strip()


def pieces_of(line: Line, gutters: Sequence[Gutter], *, heading: bool = False) -> list[Piece]:
    """Return the pieces of a line from left to right; each token stands in one.

    In a `heading` words on both sides of a drawn boundary are two cells however near they stand.
    """
    groups: list[list[Token]] = []
    for token in line.tokens:
        if groups and _joined(groups[-1], token, gutters, line.size, heading=heading):
            groups[-1].append(token)
        else:
            groups.append([token])
    pieces: list[Piece] = []
    for group in groups:
        columns = [_column(token, gutters) for token in group]
        piece = Piece(min(columns), max(columns), tuple(group))
        if pieces and piece.first <= pieces[-1].last:
            old = pieces.pop()
            piece = Piece(min(old.first, piece.first), max(old.last, piece.last), (*old.tokens, *piece.tokens))
        pieces.append(piece)
    return pieces


def _column(token: Token, gutters: Sequence[Gutter]) -> int:
    return column_of((token.x0 + token.x1) / 2, gutters)


def _parted(token: Token, gutters: Sequence[Gutter]) -> bool:
    """Return whether a vertical rule stands in any of some gutters at the height of a token."""
    middle = (token.top + token.bottom) / 2
    return any(parts_at(gutter, middle) for gutter in gutters)


def _joined(group: Sequence[Token], token: Token, gutters: Sequence[Gutter], size: float, *, heading: bool) -> bool:
    last = group[-1]
    left, right = _column(last, gutters), _column(token, gutters)
    if left == right:
        return True
    if right < left:
        return True
    gap = token.x0 - max(t.x1 for t in group)
    if not token.word.spaced and gap < 0.25 * size:
        return True
    gutter = gutters[left]
    if _parted(token, (gutter,)):
        return False
    if all(g.rules for g in gutters) and gap < 2 * size and _parted(token, gutters):
        return True  # the row has vertical rules, but none here: one cell over several columns
    if gutter.drawn is not None and gap >= 0.33 * size and last.x1 - 1 <= gutter.drawn <= token.x0 + 1 and heading:
        return False
    return gap < min(WHITE * (gutter.x1 - gutter.x0), APART * size)
