"""Strips: lines that overlap in height, so that no row can end between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.token_lines import Line
from extract.tables.cells import Piece, pieces_of
from extract.tables.columns import Gutter

OVERLAP = 0.3  # of the type size: lines that overlap more belong to one strip


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece with the height of its line."""

    piece: Piece
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Strip:
    """Lines from top to bottom with the pieces that stand in each column."""

    lines: tuple[Line, ...]
    placed: tuple[Placed, ...]
    top: float
    bottom: float

    def columns(self) -> dict[int, list[Piece]]:
        """Return the pieces of each column from top to bottom."""
        found: dict[int, list[Piece]] = {}
        for placed in self.placed:
            found.setdefault(placed.piece.first, []).append(placed.piece)
        return found


def strips_of(lines: Sequence[Line], gutters: Sequence[Gutter]) -> list[Strip]:
    """Return the strips of some lines from top to bottom."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.bottom):
        if groups and line.top < max(old.bottom for old in groups[-1]) - OVERLAP * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_strip(group, gutters) for group in groups]


def _strip(lines: Sequence[Line], gutters: Sequence[Gutter]) -> Strip:
    placed = tuple(Placed(piece, line.top, line.bottom) for line in lines for piece in pieces_of(line, gutters))
    return Strip(tuple(lines), placed, min(line.top for line in lines), max(line.bottom for line in lines))
