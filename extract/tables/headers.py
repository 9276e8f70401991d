"""Header lines to header cells: cells over several columns, and the level at which each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.tables.cells import Piece, pieces_of
from extract.tables.columns import Gutter, column_of
from extract.tables.lines import Line
from extract.tables.rulings import Ruling
from extract.tables.view import Token

CENTRED = 0.75  # of the type size: a cell's middle that near to the middle of some columns spans them


@dataclass(slots=True, eq=False)
class Head:
    """A header cell in the making: its columns, words, height and the cells over and under it."""

    first: int
    last: int
    tokens: list[Token]
    top: float
    bottom: float
    over: list[Head] = field(default_factory=list)
    under: list[Head] = field(default_factory=list)
    level: int = 0


def header_cells(lines: Sequence[Line], gutters: Sequence[Gutter], rulings: Sequence[Ruling]) -> list[Head]:
    """Return the cells of a header with their levels, from 0 at the top.

    `rulings` are the rules under part of the header. Lines under each other are one cell; a cell over
    several columns, or a rule under it, starts a new level below it, and so do its neighbours under the same
    cell. A cell that nothing stands over or under takes the level of the line on which it stands.
    """
    heads: list[Head] = []
    rows = [(line, pieces_of(line, gutters, heading=True)) for line in lines]
    reaches = _reaches(rows, gutters, rulings)
    for (line, pieces), row in zip(rows, reaches, strict=True):
        for piece, (first, last) in zip(pieces, row, strict=True):
            over = [h for h in heads if h.first <= last and h.last >= first and not h.under]
            if len(over) == 1 and _goes_on(over[0], piece, (first, last), line, rulings):
                over[0].tokens.extend(piece.tokens)
                over[0].bottom = line.bottom
                over[0].first, over[0].last = min(over[0].first, first), max(over[0].last, last)
                continue
            head = Head(first, last, list(piece.tokens), line.top, line.bottom, over)
            for other in over:
                other.under.append(head)
            heads.append(head)
    _settle(heads)
    return heads


def _settle(heads: Sequence[Head]) -> None:
    """Give every cell its level."""
    for head in heads:
        head.level = max((other.level + 1 for other in head.over), default=0)
    for head in heads:
        if head.over or head.under:
            continue
        beside = [h.level for h in heads if (h.over or h.under) and abs(h.top - head.top) < 3]
        head.level = min(beside, default=0)


def _reaches(
    rows: Sequence[tuple[Line, Sequence[Piece]]], gutters: Sequence[Gutter], rulings: Sequence[Ruling]
) -> list[list[tuple[int, int]]]:
    """Return the first and last column over which each piece stands, found from the lowest line upwards.

    A rule under a piece says which; without one, the middle of the piece does, where it stands over the
    middle of several columns that are empty beside it and filled below.
    """
    found: list[list[tuple[int, int]]] = []
    below: dict[int, Under] = {}
    for line, pieces in reversed(rows):
        row = [_reach(line, piece, pieces, below, gutters, rulings) for piece in pieces]
        for piece, (first, last) in zip(pieces, row, strict=True):
            inner = [below.pop(c) for c in range(first, last + 1) if c in below]
            x0 = min([piece.x0, *(u.x0 for u in inner)])
            x1 = max([piece.x1, *(u.x1 for u in inner)])
            below[first] = Under(last, x0, x1)
        found.append(row)
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under a line from some column on: the last column and the ends."""

    last: int
    x0: float
    x1: float


def _reach(
    line: Line,
    piece: Piece,
    pieces: Sequence[Piece],
    below: Mapping[int, Under],
    gutters: Sequence[Gutter],
    rulings: Sequence[Ruling],
) -> tuple[int, int]:
    middle = (piece.x0 + piece.x1) / 2
    under = [r for r in rulings if r.y >= line.bottom - 2.5 and r.x0 - 2 <= middle <= r.x1 + 2]
    if under:
        rule = min(under, key=lambda r: r.y)
        first, last = column_of(rule.x0 + 3, gutters), column_of(rule.x1 - 3, gutters)
        return min(piece.first, first), max(piece.last, last)
    if any(r.x0 - 2 <= middle <= r.x1 + 2 for r in rulings):
        return piece.first, piece.last
    return _centred_over(line, piece, pieces, below) or (piece.first, piece.last)


def _centred_over(
    line: Line, piece: Piece, pieces: Sequence[Piece], below: Mapping[int, Under]
) -> tuple[int, int] | None:
    middle = (piece.x0 + piece.x1) / 2
    left = max((p.last for p in pieces if p.last < piece.first), default=-1)
    right = min((p.first for p in pieces if p.first > piece.last), default=10_000)
    free = {c: u for c, u in below.items() if left < c and u.last < right}
    own = free.get(piece.first)
    if own is not None and piece.first == piece.last == own.last:
        aligned = (piece.x0 - own.x0, (own.x0 + own.x1) / 2 - middle, piece.x1 - own.x1)
        if min(abs(off) for off in aligned) < 1.0:
            return None
    best: tuple[float, int, int] | None = None
    for a in free:
        for b in free:
            if b <= a or a > piece.first or free[b].last < piece.last:
                continue
            off = abs((free[a].x0 + free[b].x1) / 2 - middle)
            if off <= CENTRED * line.size and (best is None or off < best[0]):
                best = off, a, free[b].last
    return (best[1], best[2]) if best else None


def _goes_on(
    head: Head, piece: Piece, reach: tuple[int, int], line: Line, rulings: Sequence[Ruling]
) -> bool:
    first, last = reach
    if head.last - head.first > last - first or line.top - head.bottom > 1.2 * line.size:
        return False
    if any(
        other is not head and len(other.under) > 0 and other.top <= head.top + 3 and other.bottom >= head.top - 3
        for parent in head.over
        for other in parent.under
    ):
        return False
    middle = (piece.x0 + piece.x1) / 2
    return not any(
        head.bottom - 2.5 <= r.y <= line.top + 2.5 and r.x0 - 2 <= middle <= r.x1 + 2 for r in rulings
    )
