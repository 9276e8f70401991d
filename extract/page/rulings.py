"""Horizontal rules by height: pieces drawn cell by cell, joined to the runs that readers see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.page.rotation import Area

SAME_HEIGHT = 2.5  # points between pieces of one rule
ABUTS = 3.0  # points between pieces of one run


@dataclass(frozen=True, slots=True)
class Ruling:
    """A horizontal run at one height; `joints` are the x positions at which its pieces meet."""

    y: float
    x0: float
    x1: float
    joints: tuple[float, ...] = ()

    @property
    def width(self) -> float:
        """The length in points."""
        return self.x1 - self.x0


def rulings_of(pieces: Iterable[Area]) -> list[Ruling]:
    """Return the runs from top to bottom, left to right."""
    rows: list[list[Area]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.x0)):
        if rows and piece.top - rows[-1][0].top <= SAME_HEIGHT:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [run for row in rows for run in _runs(row)]


def _runs(row: Sequence[Area]) -> list[Ruling]:
    runs: list[Ruling] = []
    for piece in sorted(row, key=lambda piece: piece.x0):
        last = runs[-1] if runs else None
        if last is not None and piece.x0 - last.x1 <= ABUTS:
            meets = abs(piece.x0 - last.x1) <= ABUTS and piece.x1 > last.x1
            joints = (*last.joints, round((piece.x0 + last.x1) / 2, 2)) if meets else last.joints
            runs[-1] = Ruling(last.y, last.x0, max(last.x1, piece.x1), joints)
        else:
            runs.append(Ruling(round(piece.top, 2), piece.x0, piece.x1))
    return runs


def within(rulings: Iterable[Ruling], area: Area, *, share: float = 0.0, slack: float = 8.0) -> list[Ruling]:
    """Return the runs inside the area that are at least `share` of its width long."""
    return [
        run
        for run in rulings
        if area.top - 1 <= run.y <= area.bottom + 1
        and run.x0 >= area.x0 - slack
        and run.x1 <= area.x1 + slack
        and run.width >= share * area.width
    ]
