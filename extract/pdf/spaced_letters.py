"""Words set with space between their letters, and words that are struck twice to look bold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from extract.pdf.superscripts import RAISE
from extract.records import Box, Word

TWICE = 0.12  # of the type size: the same letters struck again within this distance are fake bold


def respaced(words: list[Word]) -> list[Word]:
    """Join letter-spaced words: four or more single letters on one line at even distances."""
    out: list[Word] = []
    start = 0
    while start < len(words):
        end = start + 1
        while end < len(words) and _letter_after(words[end - 1], words[end]):
            end += 1
        if end - start >= 4 and len(words[start].text) == 1 and _lettered(words[start:end]):
            out.extend(_tightened(words[start:end]))
        else:
            out.extend(words[start:end])
        start = end
    return out


def _letter_after(last: Word, word: Word) -> bool:
    return (
        len(last.text) == len(word.text) == 1
        and last.upright
        and word.upright
        and abs(last.box.bottom - word.box.bottom) < RAISE * last.size
        and 0 <= word.box.x0 - last.box.x1 < 1.2 * last.size
    )


def _lettered(words: Iterable[Word]) -> bool:
    return all(word.text.isalpha() or word.text in "&:-" for word in words)


def _tightened(letters: list[Word]) -> Iterator[Word]:
    gaps = sorted(b.box.x0 - a.box.x1 for a, b in pairwise(letters))
    usual = gaps[len(gaps) // 2]
    run = [letters[0]]
    for last, word in pairwise(letters):
        if word.box.x0 - last.box.x1 > 1.7 * usual + 0.05 * word.size:
            yield _united(run)
            run = []
        run.append(word)
    yield _united(run)


def _united(run: list[Word]) -> Word:
    if len(run) == 1:
        return run[0]
    edges = [run[0].box.x0, *(word.box.x1 for word in run)]
    return replace(
        run[0],
        text="".join(word.text for word in run),
        box=replace(run[0].box, x1=run[-1].box.x1),
        edges=tuple(edges),
    )


def once(words: list[Word]) -> list[Word]:
    """Drop words that are struck again at one place in one font (fake bold, shadows)."""
    seen: dict[tuple[str, str, int, int], Box] = {}  # by place in steps of two points
    out = []
    for word in words:
        near = min(2 * TWICE * word.size, 2.0)
        x, y = int(word.box.x0 // 2), int(word.box.top // 2)
        places = (seen.get((word.text, word.font, x + dx, y + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        if any(p and abs(p.x0 - word.box.x0) < near and abs(p.top - word.box.top) < near for p in places):
            continue
        seen[word.text, word.font, x, y] = word.box
        out.append(word)
    return out
