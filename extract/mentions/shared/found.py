"""What a part of a grammar found, and how finds that overlap are settled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stretch of text with the names it stands for: several for shorthand such as `L1152P/R`.

    `gene` is the symbol of the gene that it is grounded to, or empty.
    """

    start: int
    end: int
    names: tuple[str, ...]
    kind: str = "variant"
    score: float = 1.0
    gene: str = ""

    def of(self, gene: str) -> Found:
        """Return the find as one of that gene."""
        return replace(self, gene=gene)


def trimmed(text: str, find: Found) -> Found:
    """Return the find without spaces and closing brackets at its end that it does not open."""
    start, end = find.start, find.end
    while end - start > 1:
        last = text[end - 1]
        opener = {")": "(", "]": "["}.get(last)
        closes_another = opener and text.count(opener, start, end) < text.count(last, start, end)
        if not (last.isspace() or closes_another):
            break
        end -= 1
    return find if end == find.end else replace(find, end=end)


def settle(finds: Iterable[Found]) -> list[Found]:
    """Return finds that do not overlap, in order of the text: the longer wins, then the earlier given.

    Finds of exactly the same stretch keep the first.
    """
    ranked = sorted(enumerate(finds), key=lambda item: (item[1].start - item[1].end, item[0]))
    taken: dict[int, Found] = {}
    covered: set[int] = set()
    for _, find in ranked:
        stretch = range(find.start, find.end)
        if find.start in covered or find.end - 1 in covered:
            continue
        covered.update(stretch)
        taken[find.start] = find
    return [taken[start] for start in sorted(taken)]


# How far before an anchor a match may begin, and how far after it one may end.
BACK, AHEAD = 30, 90


def anchored(pattern: re.Pattern[str], anchor: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that hold an anchor, which is rare and quick to find."""
    reached = 0
    for rare in anchor.finditer(text):
        if rare.start() < reached:
            continue
        match = pattern.search(text, max(reached, rare.start() - BACK), rare.end() + AHEAD)
        if match:
            reached = match.end()
            yield match


def windows(starts: Iterable[int], text: str, back: int, ahead: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches around places in order of the text, joined where they meet."""
    low = high = -1
    for start in starts:
        if start - back > high:
            if high >= 0:
                yield low, high
            low = max(0, start - back)
        high = min(len(text), start + ahead)
    if high >= 0:
        yield low, high


def found_at(text: str, *anchors: str) -> list[int]:
    """Return where the anchors, short plain strings, stand in a text, in order."""
    found = []
    for anchor in anchors:
        start = text.find(anchor)
        while start >= 0:
            found.append(start)
            start = text.find(anchor, start + 1)
    return sorted(found)


def near(
    pattern: re.Pattern[str], text: str, starts: Iterable[int], *, back: int, ahead: int
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern around places that each of its matches holds, and looks nowhere else.

    A pattern that begins with what may stand anywhere is slow over a whole text; plain strings are found at once.
    """
    for low, high in windows(starts, text, back, ahead):
        yield from pattern.finditer(text, low, high)


def matches_in(pattern: re.Pattern[str], text: str, around: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern within stretches of a text; what stands before a stretch is still seen."""
    for low, high in around:
        yield from pattern.finditer(text, low, high)
