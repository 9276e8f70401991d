"""Header lines to header cells: cells over several columns, and the level at which each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.tables.cells import Piece, pieces_of
from extract.tables.columns import Gutter, column_of
from extract.tables.lines import Line
from extract.tables.rulings import Ruling
from extract.tables.view import Token


@dataclass(slots=True)
class Head:
    """A header cell in the making."""

    first: int
    last: int
    tokens: list[Token]
    bottom: float
    level: int = 0
    above: list[Head] = field(default_factory=list)


def header_cells(lines: Sequence[Line], gutters: Sequence[Gutter], rulings: Sequence[Ruling]) -> list[Head]:
    """Return the cells of a header with their levels, from 0 at the top.

    Lines under each other are one cell; a cell over several columns, or a rule under part of the header,
    starts a new level below it.
    """
    heads: list[Head] = []
    for line in lines:
        for piece in pieces_of(line, gutters):
            first, last = _reach(piece, line, gutters, rulings)
            over = [
                h for h in heads if h.first <= last and h.last >= first and _is_lowest(h, heads, first, last)
            ]
            if len(over) == 1 and _goes_on(over[0], piece, first, last, line, rulings):
                over[0].tokens.extend(piece.tokens)
                over[0].bottom = line.bottom
                over[0].first, over[0].last = min(over[0].first, first), max(over[0].last, last)
            else:
                level = max((h.level + 1 for h in over), default=0)
                heads.append(Head(first, last, list(piece.tokens), line.bottom, level, over))
    return heads


def _is_lowest(head: Head, heads: Sequence[Head], first: int, last: int) -> bool:
    return not any(
        other.level > head.level
        and other.first <= min(last, head.last)
        and other.last >= max(first, head.first)
        for other in heads
    )


def _reach(piece: Piece, line: Line, gutters: Sequence[Gutter], rulings: Sequence[Ruling]) -> tuple[int, int]:
    """Return the columns of a piece, widened to those that a rule close under it spans."""
    first, last = piece.first, piece.last
    middle = (piece.x0 + piece.x1) / 2
    for rule in rulings:
        if (
            line.bottom - 2.5 <= rule.y <= line.bottom + 0.9 * line.size
            and rule.x0 - 2 <= middle <= rule.x1 + 2
        ):
            left = column_of(rule.x0 + 3, gutters)
            right = column_of(rule.x1 - 3, gutters)
            first, last = min(first, left), max(last, right)
    return first, last


def _goes_on(head: Head, piece: Piece, first: int, last: int, line: Line, rulings: Sequence[Ruling]) -> bool:
    if head.last - head.first > last - first:
        return False
    if line.top - head.bottom > 1.2 * line.size:
        return False
    middle = (piece.x0 + piece.x1) / 2
    return not any(
        head.bottom - 2.5 <= r.y <= line.top + 2.5 and r.x0 - 2 <= middle <= r.x1 + 2 for r in rulings
    )
