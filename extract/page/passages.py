"""Words in reading order: where a line ends, and the boxes that a passage covers."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.superscripts import baseline_of
from extract.records import Box, Word


def ends_line(last: Word, word: Word) -> bool:
    """Say whether a word begins a new line after the last one."""
    if last.box.page != word.box.page:
        return True
    if not (last.upright and word.upright):
        return word.spaced
    size = max(last.size, word.size)
    drop = abs(baseline_of(word) - baseline_of(last))
    return drop > 0.8 * size or word.box.x1 < last.box.x0


def boxes_of(words: Sequence[Word]) -> tuple[Box, ...]:
    """Return one box a line for the words of a passage, in reading order."""
    boxes: list[Box] = []
    last: Word | None = None
    for word in words:
        if last is None or ends_line(last, word):
            boxes.append(word.box)
        else:
            box = boxes[-1]
            boxes[-1] = Box(
                page=box.page,
                x0=min(box.x0, word.box.x0),
                top=min(box.top, word.box.top),
                x1=max(box.x1, word.box.x1),
                bottom=max(box.bottom, word.box.bottom),
            )
        last = word
    return tuple(boxes)
