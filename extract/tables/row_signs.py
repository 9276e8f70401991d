"""What parts two rows, weighed together: the signs at the boundary of two strips, and what each of them tells.

Which words begin anew, where the white is wider, what the words themselves say: no sign decides by itself. Each
weight is the logarithm of the odds by which a sign, at the others' values, makes it likelier that the lower strip
begins a row (logistic regression, fitted by `tests/benchmarks/row_signs.py` on boundaries of tables whose rows are
known; docs/reading.md says on which and how well it does on others).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from extract.tables.cells import Piece
from extract.tables.row_starts import (
    BRACKETED,
    CLOSING,
    NUMERIC,
    OPEN_WORD,
    SMALL,
    Boundary,
    ended,
    goes_on,
    is_unclosed,
)
from extract.tables.strips import Strip

FIRM = 0.7  # of the columns of the fullest strip: a strip with so many is a row's first line in most tables
CITATION = re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\][.,;]?")
OPEN_TEXT = re.compile(r"[a-z]{3,}\W{0,2}$")
EVEN = 0.1  # of the type size: whites that differ by less are one

WEIGHTS: Mapping[str, float] = {
    "bias": -0.15,
    "label with values": -0.34,
    "label alone": -0.76,
    "label alone under values": -0.51,
    "label alone over values": 1.01,
    "label alone over indented": 0.01,
    "no label under label": 1.03,
    "no label": -0.08,
    "one value": -0.1,
    "new columns": 0.19,
    "new label": -0.85,
    "same columns": 1.08,
    "share of the columns above": 0.7,
    "share of all columns": 1.47,
    "would have fitted": 0.55,
    "one would have fitted": 0.19,
    "none would have fitted": -0.42,
    "single words that would not have fitted": -0.26,
    "label would not have fitted": 0.33,
    "open end": -1.77,
    "closing": -1.08,
    "unclosed": -0.95,
    # by hand, since too few tables have them: no row begins within a bracket or with the
    # citation that closes a text, and no label below its own row's head
    "all in brackets": -4.0,
    "citation under text": -4.0,
    "label alone where none stood": 1.5,
    "small letter in label": -1.0,
    "small letter in full label": -0.96,
    "small letters": -1.87,
    "numbers": 0.84,
    "other type": 1.28,
    "pitch": 1.75,
    "white over the lowest": -0.23,
    "white over the usual": 0.7,
    "white of rows": 0.9,
    "white of lines": -1.74,
    "rules elsewhere": -0.3,
    "sign of the table": -0.06,
    "sign of an even table": 0.45,
    "labels of the table": 0.53,
    "full strips of the table": 0.13,
    "rules of the table": -0.67,
}


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds for a table's strips as a whole: widths and type in points, shares from 0 to 1.

    `white` is the white that parts rows, None where none does; `sign` the mean of the undrawn boundaries' signs.
    """

    size: float
    columns: int
    single_words: frozenset[int]
    lowest: float
    usual: float
    even: bool
    white: float | None
    ruled: bool
    sign: float
    labelled: float
    dense: float
    drawn: float


def habits_of(strips: Sequence[Strip], boundaries: Sequence[Boundary], *, white: float | None, ruled: bool) -> Habits:
    """Return the habits of a table with at least one strip."""
    columns = [strip.columns() for strip in strips]
    most = max(map(len, columns))
    several = {c for own in columns for c, pieces in own.items() if any(len(p.tokens) > 1 for p in pieces)}
    free = [b for b in boundaries if not b.drawn]
    whites = sorted(b.white for b in free) or [0.0]
    size = median(strip.lines[0].size for strip in strips)
    return Habits(
        size=size,
        columns=most,
        single_words=frozenset({c for own in columns for c in own} - several),
        lowest=whites[0],
        usual=median(whites),
        even=whites[-1] - whites[0] < EVEN * size,
        white=white,
        ruled=ruled,
        sign=_within(-2, fmean(b.sign for b in free) if free else 0.0, 2),
        labelled=fmean(0 in own for own in columns),
        dense=fmean(len(own) >= FIRM * most for own in columns),
        drawn=1 - len(free) / max(1, len(boundaries)),
    )


def signs_of(
    upper: Strip, lower: Strip, following: Strip | None, boundary: Boundary, widths: Mapping[int, float], habits: Habits
) -> dict[str, float]:
    """Return the signs at a boundary by name; most are 0 or 1, counts are capped."""
    above, below = upper.columns(), lower.columns()
    after = following.columns() if following is not None else {}
    shared = [c for c in below if c in above]
    fresh = [c for c in below if c not in above]
    full = [c for c in shared if not ended(above[c][-1], below[c][0], widths.get(c, 0.0))]
    wanted = [c for c in shared if c not in full and not goes_on(above[c][-1], below[c][0])]
    label = list(below) == [0]
    values = [c for c in shared if c]
    size, white = habits.size, boundary.white
    whole = not fresh and len(shared) == len(above)
    signs: dict[str, float | bool] = {
        "bias": 1.0,
        "label with values": 0 in below and not label,
        "label alone": label,
        "label alone under values": label and len(above) > 1,
        "label alone over values": label and 0 in after and len(after) > 1,
        "label alone over indented": label and 0 in after and after[0][0].x0 > below[0][0].x0 + 2,
        "no label under label": 0 not in below and 0 in above,
        "no label": 0 not in below and 0 not in above,
        "one value": len(below) == 1 and not label and habits.columns > 2,
        "new columns": min(2, sum(c > 0 for c in fresh)),
        "new label": 0 in fresh,
        "label alone where none stood": label and 0 not in above,
        "same columns": min(4, len(shared) - 1) / 4 if whole else 0.0,
        "share of the columns above": len(shared) / len(above),
        "share of all columns": len(below) / habits.columns,
        "would have fitted": min(3, len(wanted)),
        "one would have fitted": bool(wanted),
        "none would have fitted": bool(shared) and len(full) == len(shared),
        "single words that would not have fitted": min(2, sum(c in habits.single_words for c in full)),
        "label would not have fitted": 0 in full,
        "open end": min(2, sum(bool(OPEN_WORD.search(above[c][-1].text)) for c in shared)),
        "closing": min(2, sum(bool(CLOSING.match(below[c][0].text)) for c in shared)),
        "unclosed": min(2, sum(is_unclosed(above[c][-1]) for c in shared)),
        "all in brackets": not fresh and all(_goes_on_in_brackets(above[c][-1], below[c][0]) for c in shared),
        "citation under text": any(_closes_with_citation(above[c][-1], below[c]) for c in shared),
        "small letter in label": 0 in below and bool(SMALL.match(below[0][0].text)),
        "small letter in full label": 0 in full and bool(SMALL.match(below[0][0].text)),
        "small letters": min(2, sum(bool(SMALL.match(below[c][0].text)) for c in values)),
        "numbers": min(3, sum(_are_numbers(above[c][-1].text, below[c][0].text) for c in shared)),
        "other type": any(above[c][-1].tokens[-1].word.font != below[c][0].tokens[0].word.font for c in shared),
        "pitch": _within(-0.5, white / size - 0.25, 1),
        "white over the lowest": min(1.5, (white - habits.lowest) / size),
        "white over the usual": _within(-1, (white - habits.usual) / size, 1),
        "white of rows": habits.white is not None and white > habits.white,
        "white of lines": habits.white is not None and white <= habits.white,
        "rules elsewhere": habits.ruled,
        "sign of the table": habits.sign,
        "sign of an even table": habits.sign if habits.even else 0.0,
        "labels of the table": habits.labelled,
        "full strips of the table": habits.dense,
        "rules of the table": habits.drawn,
    }
    return {name: float(sign) for name, sign in signs.items()}


def weight_of(signs: Mapping[str, float]) -> float:
    """Return the weighed sum: positive where the lower strip rather begins a row."""
    return sum(WEIGHTS[name] * sign for name, sign in signs.items())


def _goes_on_in_brackets(upper: Piece, lower: Piece) -> bool:
    """Return whether words close a bracket, or are an interval in brackets under its estimate."""
    return is_unclosed(upper) or bool(BRACKETED.match(lower.text) and not BRACKETED.match(upper.text))


def _closes_with_citation(upper: Piece, lower: Sequence[Piece]) -> bool:
    """Say whether a line of a cell is nothing but citations, under text that a column of citations would not have."""
    return bool(CITATION.fullmatch(lower[0].text)) and len(lower) == 1 and OPEN_TEXT.search(upper.text) is not None


def _are_numbers(upper: str, lower: str) -> bool:
    return bool(NUMERIC.match(upper) and NUMERIC.match(lower))


def _within(low: float, value: float, high: float) -> float:
    return max(low, min(high, value))
