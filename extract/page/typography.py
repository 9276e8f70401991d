"""What holds for a document as a whole: the type of its prose and what every page repeats."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.hidden_text import family, hidden_layer
from extract.page.rotation import Area, Turn, View
from extract.page.running_heads import line_numbers
from extract.page.token_lines import Line, lines_of

MARGIN = 0.1  # of the page's height: running heads and feet stand no further in
TALL = 0.3  # share of the page's height: lower vertical rules are a running head's
PAGES = 3  # a line that so many pages repeat at one height is furniture
NUMBERED = 0.6  # share of the pages that have numbers of lines, where a document has them
OFTEN = 0.4  # share of the pages that repeat a rule of the running head or foot


@dataclass(frozen=True, slots=True)
class Setting:
    """The type size and font of most prose, and what is no part of it: running heads, hidden text."""

    size: float
    font: str
    furniture: frozenset[tuple[int, int]]  # page, place of the word in the file
    rules: frozenset[tuple[int, int, int]]  # height and ends of the rules that pages repeat, in points

    def repeats(self, rule: Area) -> bool:
        """Return whether a rule belongs to the running head or foot."""
        return _key(rule) in self.rules

    def is_prose_type(self, line: Line) -> bool:
        """Return whether a line is set in the type of the prose."""
        same = sum(len(token.text) for token in line.tokens if token.word.font == self.font)
        letters = sum(len(token.text) for token in line.tokens)
        return abs(line.size - self.size) <= 0.15 and 2 * same >= letters


def setting_of(views: Sequence[View]) -> Setting:
    """Return the document's setting, from the upright text of its pages."""
    types: Counter[tuple[float, str]] = Counter()
    repeated: dict[tuple[int, str], set[int]] = defaultdict(set)
    edges: list[tuple[int, str, Line, int]] = []
    for view in views:
        if view.turn is not Turn.NONE:
            continue
        for token in view.tokens:
            types[round(token.size, 1), token.word.font] += len(token.text)
        margin = MARGIN * view.height
        grids = _grids(view)
        outer = [
            t
            for t in view.tokens
            if (t.bottom < margin or t.top > view.height - margin)
            and not any(
                g.x0 <= t.x0 and t.x1 <= g.x1 and g.top <= t.bottom - 1 and t.top + 1 <= g.bottom for g in grids
            )
        ]
        for line in lines_of(outer) if outer else ():
            for part in line.segments(2.0):
                text = re.sub(r"[\divxlc]+", "#", part.text.casefold())
                height = round(part.bottom / 4)
                edges.append((height, text, part, view.page))
                repeated[height, text].add(view.page)
    furniture = {
        (page, token.order)
        for height, text, line, page in edges
        if len(repeated[height, text] | repeated[height - 1, text] | repeated[height + 1, text]) >= PAGES
        for token in line.tokens
    }
    furniture |= _line_numbers(views)
    letters: Counter[str] = Counter()
    for (_, font), count in types.items():
        letters[family(font)] += count
    furniture |= {(view.page, order) for view in views for order in hidden_layer(view, letters)}
    (size, font), _ = types.most_common(1)[0] if types else ((10.0, ""), 0)
    drawn = Counter(key for view in views for key in _outer_rules(view))
    least = max(PAGES, OFTEN * len({view.page for view in views}))
    outer_rules = frozenset(key for key, count in drawn.items() if count >= least)
    return Setting(size, font, frozenset(furniture), outer_rules)


def _line_numbers(views: Sequence[View]) -> set[tuple[int, int]]:
    """Return the numbers of lines, where most pages have them; on one page they may number the rows of a table."""
    found: set[tuple[int, int]] = set()
    pages = 0
    upright = [view for view in views if view.turn is Turn.NONE]
    for view in upright:
        numbers = line_numbers([token.word for token in view.tokens])
        pages += bool(numbers)
        found |= {(view.page, token.order) for token in view.tokens if id(token.word) in numbers}
    return found if pages >= max(2, NUMBERED * len(upright)) else set()


def _outer_rules(view: View) -> set[tuple[int, int, int]]:
    margin = MARGIN * view.height
    grids = _grids(view)
    return {
        _key(r)
        for r in view.across
        if (r.top < margin or r.top > view.height - margin)
        and not any(g.x0 - 3 <= r.x0 and r.x1 <= g.x1 + 3 and g.top - 3 <= r.top <= g.bottom + 3 for g in grids)
    }


def _grids(view: View) -> list[Area]:
    """Return where three or more vertical rules of one height stand: such a table may fill a page to its margins."""
    heights: dict[tuple[int, int], list[Area]] = defaultdict(list)
    for rule in view.down:
        if rule.bottom - rule.top > TALL * view.height:
            heights[round(rule.top / 3), round(rule.bottom / 3)].append(rule)
    return [
        Area(
            x0=min(r.x0 for r in rules),
            top=min(r.top for r in rules),
            x1=max(r.x1 for r in rules),
            bottom=max(r.bottom for r in rules),
        )
        for rules in heights.values()
        if len({round(r.x0 / 4) for r in rules}) >= 3
    ]


def _key(rule: Area) -> tuple[int, int, int]:
    return round(rule.top), round(rule.x0), round(rule.x1)
