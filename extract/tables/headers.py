"""Header lines to header cells: cells over several columns, and the level at which each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.page.rotation import Token
from extract.page.rulings import Ruling
from extract.page.token_lines import Line
from extract.tables.cells import Piece, pieces_of
from extract.tables.columns import Gutter, parts_at

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
    cell. A cell that nothing stands over or under spans all levels from the first, unless such cells begin
    on several lines: then each has the level of its line.
    """
    heads: list[Head] = []
    rows = [(line, pieces_of(line, gutters, heading=True)) for line in lines]
    reaches = _reaches(rows, gutters, rulings)
    for (line, pieces), row in zip(rows, reaches, strict=True):
        for piece, (first, last) in zip(pieces, row, strict=True):
            over = [h for h in heads if _is_lowest(h, first, last)]
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


def _is_lowest(head: Head, first: int, last: int) -> bool:
    """Return whether a cell stands over some columns with nothing of them between."""
    if head.first > last or head.last < first:
        return False
    return not any(u.first <= last and u.last >= first for u in head.under)


def _settle(heads: Sequence[Head]) -> None:
    """Give every cell its level."""
    for head in heads:
        head.level = max((other.level + 1 for other in head.over), default=0)
    free = [head for head in heads if not head.over and not head.under]
    top = min((head.top for head in heads), default=0.0)
    if not any(head.top - top < 3 for head in free):
        return  # none begins at the top: they are set at the foot or the middle of the rows they span
    for head in free:
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
            top = min([line.top, *(u.top for u in inner)])
            x0 = min([piece.x0, *(u.x0 for u in inner)])
            x1 = max([piece.x1, *(u.x1 for u in inner)])
            below[first] = Under(last, x0, x1, top)
        found.append(row)
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under a line from some column on: the last column and the ends."""

    last: int
    x0: float
    x1: float
    top: float


def _reach(
    line: Line,
    piece: Piece,
    pieces: Sequence[Piece],
    below: Mapping[int, Under],
    gutters: Sequence[Gutter],
    rulings: Sequence[Ruling],
) -> tuple[int, int]:
    boxed = _between_rules(line, piece, pieces, gutters, edge=max([piece.x1, *(u.x1 for u in below.values())]))
    if boxed is not None:
        return boxed
    middle = (piece.x0 + piece.x1) / 2
    under = [r for r in rulings if r.y >= line.bottom - 2.5 and r.x0 - 2 <= middle <= r.x1 + 2]
    rule = min(under, key=lambda r: r.y) if under else None
    if rule is not None and sum(rule.x0 - 2 <= (p.x0 + p.x1) / 2 <= rule.x1 + 2 for p in pieces) == 1:
        covered = [c for c in range(len(gutters) + 1) if _is_under(rule, c, gutters)]
        return min([piece.first, *covered]), max([piece.last, *covered])
    if rule is None and any(r.x0 - 2 <= middle <= r.x1 + 2 for r in rulings):
        return piece.first, piece.last
    return (
        _centred_over(line, piece, pieces, below)
        or _equal_share(piece, pieces, below, len(gutters) + 1)
        or (piece.first, piece.last)
    )


def _is_under(rule: Ruling, column: int, gutters: Sequence[Gutter]) -> bool:
    """Return whether the middle of a column's text lies under a rule."""
    left = gutters[column - 1].x1 if column else rule.x0 - 20
    right = gutters[column].x0 if column < len(gutters) else rule.x1 + 1
    return rule.x0 - 2 <= (left + right) / 2 <= rule.x1 + 2


def _between_rules(
    line: Line, piece: Piece, pieces: Sequence[Piece], gutters: Sequence[Gutter], *, edge: float
) -> tuple[int, int] | None:
    """Return the columns between the vertical rules beside a piece, None where there are none."""
    drawn = [parts_at(gutter, (line.top + line.bottom) / 2) for gutter in gutters]
    if not any(drawn):
        return None
    first, last = piece.first, piece.last
    while first > 0 and not drawn[first - 1]:
        first -= 1
    while last < len(gutters) and not drawn[last]:
        last += 1
    if all(gutter.rules for gutter in gutters):
        return first, last
    # White parts columns too: the piece must stand alone, in the middle between the rules.
    inside = [p for p in pieces if p.last >= first and p.first <= last]
    if len(inside) > 1 or first == 0:
        return None
    left = gutters[first - 1].middle
    right = gutters[last].middle if last < len(gutters) else edge
    if abs((piece.x0 + piece.x1) / 2 - (left + right) / 2) > line.size:
        return None
    return first, last


def _centred_over(
    line: Line, piece: Piece, pieces: Sequence[Piece], below: Mapping[int, Under]
) -> tuple[int, int] | None:
    middle = (piece.x0 + piece.x1) / 2
    left = max((p.last for p in pieces if p.last < piece.first), default=-1)
    right = min((p.first for p in pieces if p.first > piece.last), default=10_000)
    free = {c: u for c, u in below.items() if left < c and u.last < right and u.top >= line.bottom - 0.2 * line.size}
    own = free.get(piece.first)
    if own is not None and piece.first == piece.last == own.last:
        aligned = (piece.x0 - own.x0, (own.x0 + own.x1) / 2 - middle, piece.x1 - own.x1)
        if min(abs(off) for off in aligned) < 1.0:
            return _evenly_over(line, middle, free)
    filled = {c for first, u in free.items() for c in range(first, u.last + 1)}
    best: tuple[float, int, int] | None = None
    for a in free:
        for b in free:
            if b <= a or a > piece.first or free[b].last < piece.last:
                continue
            if not filled.issuperset(range(a, b + 1)):
                continue
            off = abs((free[a].x0 + free[b].x1) / 2 - middle)
            if off <= CENTRED * line.size and (best is None or off < best[0]):
                best = off, a, free[b].last
    return (best[1], best[2]) if best else None


def _equal_share(
    piece: Piece, pieces: Sequence[Piece], below: Mapping[int, Under], width: int
) -> tuple[int, int] | None:
    """Return the share of a piece where a line parts all columns but the first evenly among its pieces."""
    columns = [c for first, under in below.items() for c in range(first, under.last + 1) if c]
    if len(pieces) < 2 or len(columns) != width - 1 or (width - 1) % len(pieces) or len(pieces) == width - 1:
        return None
    each = (width - 1) // len(pieces)
    for n, other in enumerate(sorted(pieces, key=lambda p: p.x0)):
        if other.first < 1 + n * each or other.last > (n + 1) * each:
            return None
    n = sorted(p.x0 for p in pieces).index(piece.x0)
    return 1 + n * each, (n + 1) * each


def _evenly_over(line: Line, middle: float, free: Mapping[int, Under]) -> tuple[int, int] | None:
    """Return the free columns, three or more, where they reach evenly to both sides.

    A cell over an odd number of columns stands exactly over the middle one, as a line of its own cell would.
    """
    if len(free) < 3:
        return None
    first, last = min(free), max(free)
    filled = sum(u.last - c + 1 for c, u in free.items())
    off = abs((free[first].x0 + free[last].x1) / 2 - middle)
    return (first, free[last].last) if off <= 0.4 * line.size and filled == free[last].last - first + 1 else None


def _goes_on(head: Head, piece: Piece, reach: tuple[int, int], line: Line, rulings: Sequence[Ruling]) -> bool:
    first, last = reach
    if head.last - head.first > last - first or line.top - head.bottom > 1.2 * line.size:
        return False
    if any(
        other is not head and other.last > other.first and abs(other.top - head.top) < 3
        for parent in head.over
        for other in parent.under
    ):
        return False
    middle = (piece.x0 + piece.x1) / 2
    return not any(head.bottom - 2.5 <= r.y <= line.top + 2.5 and r.x0 - 2 <= middle <= r.x1 + 2 for r in rulings)
