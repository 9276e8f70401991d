"""The lines of a reference list -> its entries: by their numbers, or by hanging lines, gaps and what a reference is.

A number that was missed, or that stands within a line, costs no more than the entry it begins: the list goes on with
the next number in its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from extract.blocks.reference_list import DOI, NUMBER, YEAR, begins_with_author
from extract.page.lines import Line

MISSED = 4  # numbers in a row that may be missed
LEAST = 3  # numbers from which on they are a list's
MARGIN = 12.0  # points from the left end of a column within which an entry's number stands
INDENT = 3.0  # points
YEARS = re.compile(rf"\b{YEAR}")


def entries_of(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, list[Line]]]]:
    """Part the lines of a reference list into what stands before it and its numbered entries.

    The list's own numbers part it. Without them the way does that gives most entries that look like one: a year, and
    an author at the head. The entries count from 1 then.
    """
    starts = _numbered(lines)
    if starts:
        ends = [at for at, _ in starts[1:]] + [len(lines)]
        entries = [(number, list(lines[at:end])) for (at, number), end in zip(starts, ends, strict=True)]
        return list(lines[: starts[0][0]]), entries
    ways = [_parted(lines, begins) for begins in (_hanging(lines), _indented(lines), _spaced(lines), _by_form(lines))]
    best = max(ways, key=_quality)
    return [], list(enumerate(best, start=1))


def _numbered(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return where entries begin with their numbers: the longest run of numbers that count up from line to line."""
    left = _left_ends(lines)
    matches = [(at, match) for at, line in enumerate(lines) if (match := NUMBER.match(line.text))]
    places = Counter(round(lines[at].box.x0) for at, _ in matches)
    found: list[tuple[int, int, float, int]] = []  # line, number, length of the run, place of the one before
    for at, match in matches:
        x = round(lines[at].box.x0)
        if x > left[at] + MARGIN and places[x - 1] + places[x] + places[x + 1] < LEAST:
            continue
        number = int(match.group(1))
        best, before = 1.0 - 0.3 * min(number - 1, 6), -1
        for place, (_, other, length, _) in enumerate(found):
            if 0 < number - other <= MISSED and length + 1 - 0.5 * (number - other - 1) > best:
                best, before = length + 1 - 0.5 * (number - other - 1), place
        found.append((at, number, best, before))
    if not found:
        return []
    place = max(range(len(found)), key=lambda place: found[place][2])
    run = []
    while place >= 0:
        run.append(found[place][:2])
        place = found[place][3]
    run.reverse()
    few = len(run) < LEAST and (run[0][0] > 0 or run[0][1] != 1)
    return [] if few or len(run) < 0.5 * run[-1][1] else run


def _left_ends(lines: Sequence[Line]) -> list[float]:
    """Return the left end of the column of each line; a new column begins where the lines go up, or a page ends."""
    ends: list[float] = []
    for column in _columns(lines):
        ends.extend([min(line.box.x0 for line in column)] * len(column))
    return ends


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    columns: list[list[Line]] = []
    for line in lines:
        last = columns[-1][-1] if columns else None
        beside = last is not None and (line.box.x0 >= last.box.x1 or line.box.x1 <= last.box.x0)
        if last is None or line.box.page != last.box.page or line.baseline < last.baseline - 1 or beside:
            columns.append([])
        columns[-1].append(line)
    return columns


def _parted(lines: Sequence[Line], begins: Sequence[bool]) -> list[list[Line]]:
    entries: list[list[Line]] = []
    for line, new in zip(lines, begins, strict=True):
        if new or not entries:
            entries.append([])
        entries[-1].append(line)
    return entries


def _quality(entries: Sequence[Sequence[Line]]) -> float:
    """Return how many entries look like one, less those that do not, or that hold several."""
    total = 0.0
    for entry in entries:
        text = " ".join(line.text for line in entry)
        whole = bool(YEARS.search(text)) and begins_with_author(text)
        total += 1.0 if whole else -1.0
        total -= sum(_ends(a) and begins_with_author(b.text) and "," in b.text[:40] for a, b in pairwise(entry)) * 0.5
    return total


def _hanging(lines: Sequence[Line]) -> list[bool]:
    left = _left_ends(lines)
    return [line.box.x0 <= end + INDENT - 1 for line, end in zip(lines, left, strict=True)]


def _indented(lines: Sequence[Line]) -> list[bool]:
    left = _left_ends(lines)
    return [line.box.x0 > end + INDENT for line, end in zip(lines, left, strict=True)]


def _spaced(lines: Sequence[Line]) -> list[bool]:
    """Return which lines stand further below the last than most do, or begin a column after a full stop."""
    steps = [b.baseline - a.baseline for column in _columns(lines) for a, b in pairwise(column)]
    usual = median(steps) if steps else 0.0
    tight = min(steps, default=0.0)
    least = tight + 0.15 * lines[0].size if usual else 0.0
    begins = []
    for column in _columns(lines):
        begins.append(begins_with_author(column[0].text))
        begins.extend(b.baseline - a.baseline > least for a, b in pairwise(column))
    return begins


def _by_form(lines: Sequence[Line]) -> list[bool]:
    """Return which lines begin with an author after a line that ends an entry."""
    begins = [True]
    for last, line in pairwise(lines):
        dated: Callable[[str], bool] = lambda text: YEARS.search(text) is not None  # noqa: E731
        new = line.text[0].isupper() and (begins_with_author(line.text) or dated(line.text))
        begins.append(_ends(last) and new)
    return begins


def _ends(line: Line) -> bool:
    return line.text.rstrip().endswith((".", ")")) or DOI.search(line.text) is not None
