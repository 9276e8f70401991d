# ruff: noqa: T201 - a report for people
"""Fit the weights of the signs between rows (`extract/tables/row_signs.py`) on tables whose rows are known.

    python tests/benchmarks/row_signs.py FOLDER [FOLDER ...] [--test FOLDER ...] [--ridge 0.05]

A folder holds folders with a PDF and `tables.json`: articles with gold, or those that `python -m press` writes. Each
boundary of two strips of lines that nothing drawn parts is one case: does the lower one begin a row of the gold? The
weights are printed, with the share of boundaries that they tell right in each folder; those of `--test` fit nothing.
Those marked 'by hand' in the module have too few cases and are kept. Needs numpy.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from extract.document import read_document
from extract.tables import grid, rows
from extract.tables.columns import Gutter
from extract.tables.row_signs import habits_of, signs_of
from extract.tables.row_starts import widths_of
from extract.tables.strips import Strip, strips_of

SAME = 0.6  # share of words that a table read and a table of the gold have in common at least
SURE = 0.85  # share of a table's letters that stand where its gold has them, so that its rows can be told
SKIPPED = 4  # rows of the gold that the reader may have missed in a row

Case = tuple[dict[str, float], bool, float]  # the signs, whether a row begins, the weight of the case
Drawings = Sequence[rows.Drawing]


def folded(text: str) -> str:
    """Return a text without spaces, case and kinds of dashes."""
    return re.sub(r"\s+", "", re.sub("[\u2010-\u2015\u2212]", "-", text)).casefold()


def drawings_of(pdf: Path) -> list[tuple[Drawings, Sequence[Gutter]]]:
    """Return what the reader made of each table of a PDF before it cut rows."""
    seen: list[tuple[Drawings, Sequence[Gutter]]] = []
    cut = rows.rows_of

    def watched(drawings: Drawings, gutters: Sequence[Gutter]) -> object:
        seen.append((drawings, gutters))
        return cut(drawings, gutters)

    grid.rows_of = watched  # type: ignore[assignment]
    try:
        read_document(pdf)
    finally:
        grid.rows_of = cut
    return seen


def rows_at(strips: Sequence[Strip], gold: Sequence[Sequence[str]]) -> tuple[list[int], float]:
    """Return the gold row of each strip, in order, and how well they agree, by dynamic programming."""
    cells = [[folded(cell) for cell in row if cell] for row in gold]

    def alike(strip: Strip, row: Sequence[str]) -> float:
        texts = [folded(placed.piece.text) for placed in strip.placed]
        right = sum(len(text) for text in texts if any(text in cell for cell in row))
        return right / max(1, sum(map(len, texts)))

    best: list[list[tuple[float, int]]] = []
    for strip in strips:
        line = []
        for n, row in enumerate(cells):
            before = (
                [(best[-1][k][0] - 0.25 * max(0, n - k - 1), k) for k in range(max(0, n - SKIPPED), n + 1)]
                if best
                else [(0.0, n)]
            )
            value, place = max(before)
            line.append((value + alike(strip, row), place))
        best.append(line)
    place = max(range(len(cells)), key=lambda n: best[-1][n][0])
    share = best[-1][place][0] / len(strips)
    found = []
    for line in reversed(best):
        found.append(place)
        place = line[place][1]
    return found[::-1], share


def cases_of(folder: Path) -> Iterator[Case]:
    """Yield the boundaries of all tables of a folder of articles whose rows can be told."""
    for gold_file in sorted(folder.glob("*/tables.json")):
        gold = [table["rows"] for table in json.loads(gold_file.read_text(encoding="utf-8"))]
        for drawings, gutters in drawings_of(next(iter(sorted(gold_file.parent.glob("*.pdf"))))):
            parts = [strips_of(drawing.lines, gutters) for drawing in drawings]
            words = Counter(t.text for part in parts for s in part for p in s.placed for t in p.piece.tokens)
            shared = {n: _shared(words, table) for n, table in enumerate(gold)}
            nearest = max(shared, key=lambda n: shared[n], default=None)
            if nearest is not None and shared[nearest] >= SAME:
                yield from _cases(drawings, gutters, parts, gold[nearest])


def _shared(words: Counter[str], table: Sequence[Sequence[str]]) -> float:
    known = Counter(word for row in table for cell in row for word in (cell or "").split())
    return 2 * sum((words & known).values()) / max(1, sum(words.values()) + sum(known.values()))


def _cases(
    drawings: Drawings, gutters: Sequence[Gutter], parts: Sequence[Sequence[Strip]], gold: Sequence[Sequence[str]]
) -> Iterator[Case]:
    every = [strip for part in parts for strip in part]
    widths = widths_of(every, rows._edges(drawings[0].area, gutters))
    borders = [
        [rows._boundary(a, b, widths, drawing, gutters) for a, b in pairwise(part)]
        for part, drawing in zip(parts, drawings, strict=True)
    ]
    flat = [border for part in borders for border in part]
    white = rows._white(flat, median(strip.lines[0].size for strip in every))
    habits = habits_of(every, flat, white=white, ruled=rows._ruled(flat))
    for part, edges in zip(parts, borders, strict=True):
        if len(part) < 3:
            continue
        places, share = rows_at(part, gold)
        free = [n for n, edge in enumerate(edges) if not edge.drawn]
        for n in free if share >= SURE else ():
            after = part[n + 2] if n + 2 < len(part) else None
            signs = signs_of(part[n], part[n + 1], after, edges[n], widths, habits)
            yield signs, places[n] != places[n + 1], 1 / max(4, len(free))


def fitted(cases: Sequence[Case], ridge: float) -> dict[str, float]:
    """Return the weights of a ridge logistic regression, by Newton's method."""
    names = list(cases[0][0])
    signs = np.array([[case[0][name] for name in names] for case in cases])
    begins = np.array([case[1] for case in cases], float)
    share = np.array([case[2] for case in cases])
    share = share / share.sum()
    found = np.zeros(len(names))
    for _ in range(60):
        chance = 1 / (1 + np.exp(-signs @ found))
        slope = signs.T @ (share * (chance - begins)) + ridge / len(names) * found
        bend = (signs * (share * chance * (1 - chance))[:, None]).T @ signs + np.eye(len(names)) * ridge / len(names)
        found = found - np.linalg.solve(bend, slope)
    return {name: round(float(weight), 2) for name, weight in zip(names, found, strict=True)}


def right(cases: Sequence[Case], weights: Mapping[str, float]) -> float:
    """Return the share of boundaries that the weights tell right."""
    told = [sum(weights[n] * v for n, v in signs.items()) > 0 for signs, _, _ in cases]
    return sum(one == case[1] for one, case in zip(told, cases, strict=True)) / max(1, len(cases))


def main() -> None:
    """Parse the command line, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--test", nargs="*", type=Path, default=[])
    parser.add_argument("--ridge", type=float, default=0.05)
    options = parser.parse_args()
    found = {folder: list(cases_of(folder)) for folder in (*options.folders, *options.test)}
    weights = fitted([case for folder in options.folders for case in found[folder]], options.ridge)
    for name, weight in weights.items():
        print(f'    "{name}": {weight},')
    for folder, cases in found.items():
        print(f"{folder}: {len(cases)} boundaries, {right(cases, weights):.4f} right")


if __name__ == "__main__":
    main()
