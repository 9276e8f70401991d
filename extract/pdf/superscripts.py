"""Super- and subscripts: words that stand higher or lower than the word beside them, in smaller type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.records import Word

# Shares of the type size.
RAISE = 0.12  # letters whose baselines differ by more are not level
SMALLER = 0.92
DESCENT = 0.22  # how far letters reach below the baseline, where the file does not say


def baseline_of(word: Word) -> float:
    """Return the y of the line that a word stands on, in points from the top of the page."""
    return word.baseline or word.box.bottom - DESCENT * word.size


def shifted(words: Sequence[Word]) -> Iterator[Word]:
    """Mark superscripts and subscripts by the level word beside them, before or (at a line's start) after."""
    base: Word | None = None
    for at, word in enumerate(words):
        if word.superscript:
            yield word
            continue
        after = words[at + 1] if at + 1 < len(words) else None
        shift = _shift(word, base) if base is not None else 0
        if not shift and after is not None and not (base is not None and _level(word, base)):
            shift = _shift(word, after, follows=False)
            if not shift and base is not None and _wrapped(word, base, after):
                shift = 1
        if not shift:
            base = word
            yield word
        else:
            yield replace(word, superscript=shift > 0, subscript=shift < 0)


def _wrapped(word: Word, base: Word, after: Word) -> bool:
    """Say whether a small word between two larger ones of one size is a raised mark that starts a line."""
    return (
        word.upright
        and word.size < 0.75 * min(base.size, after.size)
        and abs(base.size - after.size) < 0.1 * base.size
        and len(word.text) < 12
        and (word.text[0] in "[(*†‡§¶#" or word.text[0].isdigit())
        and 0 < baseline_of(word) - baseline_of(base) < 2 * base.size
    )


def _level(word: Word, base: Word) -> bool:
    return (
        abs(baseline_of(word) - baseline_of(base)) <= RAISE * max(base.size, word.size)
        and base.box.x1 <= word.box.x0 + word.size
    )


def _shift(word: Word, base: Word, *, follows: bool = True) -> int:
    """Return 1 where a word is a superscript beside the base, -1 for a subscript, 0 for neither."""
    if word.upright != base.upright or word.size >= SMALLER * base.size:
        return 0
    if word.upright:
        gap = max(word.box.x0 - base.box.x1, base.box.x0 - word.box.x1)
        rise = baseline_of(base) - baseline_of(word)
    else:  # a turned word: letters run up the page where what follows stands higher
        gap = max(word.box.top - base.box.bottom, base.box.top - word.box.bottom)
        upwards = (word.box.top < base.box.top) == follows
        rise = (base.baseline - word.baseline) * (1 if upwards else -1)
    if not -base.size < gap < 1.5 * base.size or not 0.06 * base.size < abs(rise) < 0.8 * base.size:
        return 0
    return 1 if rise > 0 else -1
