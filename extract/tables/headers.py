"""Header lines to header cells: cells over several columns, and the level at which each stands."""

from __future__ import annotations

from collections.abc import Sequence
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
    for n, (line, pieces) in enumerate(rows):
        for piece in pieces:
            first, last = _reach(n, piece, rows, gutters, rulings)
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


def _reach(
    n: int,
    piece: Piece,
    rows: Sequence[tuple[Line, Sequence[Piece]]],
    gutters: Sequence[Gutter],
    rulings: Sequence[Ruling],
) -> tuple[int, int]:
    """Return the columns of a piece, widened to those over which it stands.

    A rule under the piece says which; without one, the middle of the piece does, where it stands over the middle
    of several columns that are empty beside it and filled below.
    """
    line = rows[n][0]
    first, last = piece.first, piece.last
    middle = (piece.x0 + piece.x1) / 2
    under = [r for r in rulings if r.y >= line.bottom - 2.5 and r.x0 - 2 <= middle <= r.x1 + 2]
    if under:
        rule = min(under, key=lambda r: r.y)
        return min(first, column_of(rule.x0 + 3, gutters)), max(last, column_of(rule.x1 - 3, gutters))
    if any(r.x0 - 2 <= middle <= r.x1 + 2 for r in rulings):
        return first, last
    return _centred_over(n, piece, rows) or (first, last)


def _centred_over(
    n: int, piece: Piece, rows: Sequence[tuple[Line, Sequence[Piece]]]
) -> tuple[int, int] | None:
    line, pieces = rows[n]
    size = line.size
    middle = (piece.x0 + piece.x1) / 2
    left = max((p.last for p in pieces if p.last < piece.first), default=-1)
    right = min((p.first for p in pieces if p.first > piece.last), default=10_000)
    below = {p.first: p for _, more in rows[n + 1 :][::-1] for p in more if left < p.first and p.last < right}
    own = [below[c] for c in range(piece.first, piece.last + 1) if c in below]
    if len(own) == 1 and len(below) > 1 and piece.first == piece.last:
        x0, x1 = own[0].x0, own[0].x1
        if min(abs(piece.x0 - x0), abs((x0 + x1) / 2 - middle), abs(piece.x1 - x1)) < 1.0:
            return None
    columns = sorted(below)
    best: tuple[float, int, int] | None = None
    for a in columns:
        for b in columns:
            if not (a <= piece.first and b >= piece.last and b > a):
                continue
            off = abs((below[a].x0 + below[b].x1) / 2 - middle)
            if off <= CENTRED * size and (best is None or off < best[0]):
                best = off, a, b
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
