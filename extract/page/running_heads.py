"""What stands on a page beside the text: running heads, page numbers, line numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extract.page.lines import EDGE, Line
from extract.records import Page, Word

MARGIN = 0.13  # the share of the page's height at its top and bottom in which running heads stand
MANY, SOME = 12, 5  # numbers of lines on a page at least: of each line, of every fifth or tenth
OFTEN = 0.6  # share of the numbers of a list that stand before what a reference begins with
AUTHOR = re.compile(r"(?:\w+ ){0,2}[^\W\d_][\w'’-]+,? (?:[A-Z]\.?-?){1,4}[.,;]?(?:\s|$)")
PAGE_NUMBER = re.compile(r"(page|p\.?|seite)?\s*[a-z]?\d{1,6}\s*((of|/|\||von)\s*\d{1,5})?", re.IGNORECASE)


def running_heads(pages: Sequence[tuple[Page, Sequence[Line]]]) -> set[int]:
    """Return the `id()` of the lines that are running heads or feet.

    They stand in the margin and come again at the same height on other pages, figures aside, or are nothing
    but a page number at the outermost line.
    """
    often = Counter[tuple[str, int]]()
    for page, lines in pages:
        keys = {key for line in lines if _at_edge(line, page, lines) for key in _keys(line)}
        often.update(keys)
    enough = 2 if len(pages) < 7 else 3
    found = _counted(pages)
    for page, lines in pages:
        edge = [line for line in lines if _at_edge(line, page, lines)]
        heads = [line for line in edge if any(often[key] >= enough for key in _keys(line))]
        found.update(id(line) for line in heads)
        found.update(id(line) for line in edge if _in_margin(line, page) and _is_page_number(line, lines))
        # What stands on one line with a running head, or outside it, is one too.
        for head in heads:
            found.update(id(line) for line in edge if _beside_or_outside(line, head, page))
    return found


def _counted(pages: Sequence[tuple[Page, Sequence[Line]]]) -> set[int]:
    """Return the `id()` of the lines that are page numbers: they count with the pages in the margin."""
    offsets: dict[int, list[int]] = {}
    for page, lines in pages:
        for line in lines:
            text = line.text.strip()
            if text.isdecimal() and len(text) < 7 and _at_edge(line, page, lines):
                offsets.setdefault(int(text) - page.number, []).append(id(line))
    return {line for lines in offsets.values() if len(lines) > 1 for line in lines}


def _at_edge(line: Line, page: Page, lines: Sequence[Line]) -> bool:
    """Say whether a line is in the margin, or is the first or last on a page whose margins are wide."""
    return _in_margin(line, page) or line.baseline in (lines[0].baseline, lines[-1].baseline)


def _in_margin(line: Line, page: Page) -> bool:
    return line.box.bottom < MARGIN * page.height or line.box.top > (1 - MARGIN) * page.height


def _keys(line: Line) -> list[tuple[str, int]]:
    """Return the line's text without figures, with the height rounded both ways."""
    text = re.sub(r"[\W\d_]+", " ", line.text).casefold().strip()
    if len(text) < 3:
        return []
    at = line.baseline / 6
    return [(text, int(at)), (text, int(at + 0.5) + 10_000)]


def _is_page_number(line: Line, lines: Sequence[Line]) -> bool:
    if not PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    rest = [other for other in lines if abs(other.baseline - line.baseline) > 2]
    return all(o.baseline < line.baseline for o in rest) or all(o.baseline > line.baseline for o in rest)


def _beside_or_outside(line: Line, head: Line, page: Page) -> bool:
    if abs(line.baseline - head.baseline) <= 0.4 * head.size:
        return True
    at_top = head.box.bottom < MARGIN * page.height
    return line.box.bottom < head.box.top if at_top else line.box.top > head.box.bottom


def line_numbers(words: Sequence[Word]) -> set[int]:
    """Return the `id()` of the words that number a page's lines: one column, counting up evenly."""
    ends: dict[int, list[Word]] = {}  # by their right edges, in steps that overlap
    for word in words:
        if word.upright and word.text.isdecimal() and len(word.text) < 5:
            step = int(word.box.x1 // EDGE)
            ends.setdefault(step, []).append(word)
            ends.setdefault(step + 1, []).append(word)
    found: set[int] = set()
    for numbers in ends.values():
        column = sorted(numbers, key=lambda w: w.box.top)
        numbered = len(column) >= SOME and _counts_up(column) and _outermost(column, words)
        if numbered and not _before_authors(column, words):
            found.update(id(w) for w in column)
    return found


def _counts_up(column: Sequence[Word]) -> bool:
    steps = Counter(int(b.text) - int(a.text) for a, b in pairwise(column))
    step, count = steps.most_common(1)[0]
    least = MANY if step == 1 else SOME
    return step in (1, 5, 10) and len(column) >= least and count >= 0.9 * (len(column) - 1)


def _before_authors(column: Sequence[Word], words: Sequence[Word]) -> bool:
    """Say whether most of the numbers stand before a name and initials: they number a list of references."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(round(word.baseline), []).append(word)
    headed = 0
    for number in column:
        level = [w for at in (-1, 0, 1) for w in rows.get(round(number.baseline) + at, ())]
        after = sorted((w for w in level if w.box.x0 >= number.box.x1 - 0.5), key=lambda w: w.box.x0)[:5]
        headed += AUTHOR.match(" ".join(w.text for w in after)) is not None
    return headed >= OFTEN * len(column)


def _outermost(column: Sequence[Word], words: Sequence[Word]) -> bool:
    """Say whether no other word stands left of the column (or none right of it) at the column's height."""
    own = {id(w) for w in column}
    x0, x1 = min(w.box.x0 for w in column), max(w.box.x1 for w in column)
    rest = [w for w in words if id(w) not in own and column[0].box.top <= w.box.top <= column[-1].box.bottom]
    return not any(w.box.x0 < x1 for w in rest) or not any(w.box.x1 > x0 for w in rest)
