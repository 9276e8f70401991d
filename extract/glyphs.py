"""Characters of a page -> words: spaces from gaps, raised and lowered letters, fake bold, odd code points."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from pdfplumber._typing import T_obj, T_obj_list

from extract.records import Box, Word

UNMAPPED = "\ufffd"

# Shares of the type size.
SPACE = 0.22  # a wider gap parts two words on a page that also has space characters
BARE_SPACE = 0.155  # ... on a page without them (TeX never shrinks a space below 0.22)
RAISE = 0.12  # letters whose baselines differ by more are not level
SMALLER = 0.92
DESCENT = 0.22  # how far letters reach below the baseline, where the file does not say
TWICE = 0.12  # the same letters struck again within this distance are fake bold

# Accents that TeX sets as letters of their own, before or after the letter that they belong to.
ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "ˇ": "\u030c",
    "˚": "\u030a",
    "¯": "\u0304",
    "˘": "\u0306",
    "˝": "\u030b",
}

# Letters that PDF fonts give for others that look the same in this literature.
ALIKE = {
    "\u00ad": "-",
    "\u2010": "-",
    "\u2011": "-",
    "∘": "°",
    "∗": "*",
    "∼": "~",
    "⩽": "≤",
    "⩾": "≥",
    "≦": "≤",
    "≧": "≥",
}

# Superscripts that have code points of their own.
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")

# The Symbol font's letters where a PDF leaves them in the private use area (U+F000 + code).
SYMBOLS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | {"\xb1": "±", "\xa3": "≤", "\xb3": "≥", "\xb4": "×", "\xb0": "°", "\xb7": "•", "\xb9": "≠", "\x2d": "−"}


@dataclass(slots=True)
class _Run:
    """Letters that go on from each other, and whether a space stood before them."""

    font: str
    size: float
    baseline: float  # from the top of the page; of a turned run from its left
    spaced: bool
    raised: bool = False  # of letters that are superscripts by their code point
    direction: int = 0  # of a turned run: 1 reads up the page, -1 down
    texts: list[str] = field(default_factory=list)
    x0: list[float] = field(default_factory=list)
    x1: list[float] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)


def words_of(chars: T_obj_list, page: int, *, width: float, height: float) -> tuple[Word, ...]:
    """Return the words of a page's characters in the file's order; what lies off the page is left out.

    A character without Unicode becomes U+FFFD. Hyphens of all kinds become '-'; dashes and minus signs stay.
    """
    words = [_word(run, page) for run in _runs(chars)]
    words = [w for w in words if w.text and _on_page(w.box, width, height)]
    return tuple(_shifted(_respaced(_once(words))))


def _on_page(box: Box, width: float, height: float) -> bool:
    return box.x1 > 0 and box.bottom > 0 and box.x0 < width and box.top < height


def _descents(chars: T_obj_list) -> dict[str, float]:
    """Return how far each font's box reaches below its baseline, in shares of the size.

    The commonest value: letters raised by the text-rise operator differ from it by their rise.
    """
    seen: dict[str, Counter[float]] = {}
    for char in chars:
        size = char["size"]
        if size > 0 and not _turn(char):
            offset = round((char["y0"] - char["matrix"][5]) / size, 2)
            seen.setdefault(char["fontname"], Counter())[offset] += 1
    return {font: counts.most_common(1)[0][0] for font, counts in seen.items()}


def _runs(chars: T_obj_list) -> Iterator[_Run]:
    descents = _descents(chars)
    blanks = sum(1 for char in chars if char["text"].isspace())
    space = SPACE if blanks > 0.05 * len(chars) else BARE_SPACE
    run: _Run | None = None
    blank = True  # whether a space character stands before the next letter
    for char in chars:
        text = _letters(char["text"])
        if not text:
            blank = blank or char["text"].isspace()
            continue
        direction, raised = _turn(char), char["text"] in RAISED
        if not direction:
            size = max(char["size"], 0.1)
            baseline = char["bottom"] + descents.get(char["fontname"], -DESCENT) * size
        else:
            # The box of a turned letter is as wide as the type is high.
            size = max(char["x1"] - char["x0"], 0.1)
            baseline = char["matrix"][4]
        if run is not None:
            gap = _gap(run, char, direction)
            # Some files draw the letter after a space on top of it: what is not seen is not a space.
            parted = blank and not -0.1 * size < gap <= 0.04 * size
            if _struck_again(run, char, text):
                continue
            if parted or raised != run.raised or not _goes_on(run, char, size, baseline, direction, space * run.size):
                yield run
                spaced = parted or not _touches(run, char, size, baseline, direction, space)
                run = _Run(char["fontname"], size, baseline, spaced, raised, direction)
        else:
            run = _Run(char["fontname"], size, baseline, True, raised, direction)
        blank = False
        run.texts.append(text)
        run.x0.append(char["x0"])
        run.x1.append(char["x1"])
        run.tops.append(char["top"])
        run.bottoms.append(char["bottom"])
    if run is not None:
        yield run


def _turn(char: T_obj) -> int:
    """Return 0 for a letter that stands on a level line, 1 for one on a line up the page, -1 for down.

    pdfminer's own `upright` is fooled by rounding: the cosine of a right angle is not quite 0 in a file.
    """
    along, up = char["matrix"][0], char["matrix"][1]
    if abs(up) <= 0.2 * abs(along):
        return 0
    return 1 if up > 0 else -1


def _gap(run: _Run, char: T_obj, direction: int) -> float:
    if direction > 0:
        return run.tops[-1] - float(char["bottom"])
    if direction < 0:
        return float(char["top"]) - run.bottoms[-1]
    return float(char["x0"]) - run.x1[-1]


def _goes_on(run: _Run, char: T_obj, size: float, baseline: float, direction: int, space: float) -> bool:
    accent = run.x1[-1] - run.x0[-1] if run.texts[-1] in ACCENTS else 0.0
    return (
        run.direction == direction
        and SMALLER <= size / run.size <= 1 / SMALLER
        and abs(run.baseline - baseline) <= RAISE * run.size
        and -0.5 * run.size - accent <= _gap(run, char, direction) <= space
    )


def _touches(run: _Run, char: T_obj, size: float, baseline: float, direction: int, space: float) -> bool:
    """Say whether a letter that is not level or not of one size with the run still follows it unspaced."""
    full = max(size, run.size)
    return (
        run.direction == direction
        and -0.35 * full <= _gap(run, char, direction) <= space * full
        and abs(run.baseline - baseline) <= 0.7 * full
    )


def _struck_again(run: _Run, char: T_obj, text: str) -> bool:
    near = min(TWICE * run.size, 0.4 * (run.x1[-1] - run.x0[-1]))  # the two l of 'still' are not one
    return run.texts[-1] == text and abs(run.x0[-1] - char["x0"]) < near and abs(run.tops[-1] - char["top"]) < near


@lru_cache(maxsize=8192)
def _letters(text: str) -> str:
    """Return the normal form of what one glyph stands for; empty for white space and what is not drawn."""
    if len(text) == 1 and "!" <= text <= "~":
        return text
    if text.startswith("(cid:"):
        return UNMAPPED
    if text in ACCENTS:
        return text
    out = []
    for letter in unicodedata.normalize("NFKC", text):
        code = ord(letter)
        if 0xF020 <= code <= 0xF0FF:
            low = chr(code - 0xF000)
            out.append(SYMBOLS.get(low, low if low.isascii() else UNMAPPED))
        elif letter in ALIKE:
            out.append(ALIKE[letter])
        elif 0xE000 <= code <= 0xF8FF:
            out.append(UNMAPPED)
        elif not letter.isspace() and unicodedata.category(letter) not in ("Cc", "Cf"):
            out.append(letter)
    return "".join(out)


def _word(run: _Run, page: int) -> Word:
    texts, x0s, x1s = _accented(run)
    text = ""
    edges = [round(x0s[0], 2)] if x0s else []
    for letters, x0, x1 in zip(texts, x0s, x1s, strict=True):
        step = (x1 - x0) / len(letters)
        edges.extend(round(x0 + step * (n + 1), 2) for n in range(len(letters)))
        text += letters
    return Word(
        text=text,
        box=Box(
            page=page,
            x0=round(min(run.x0), 2),
            top=round(min(run.tops), 2),
            x1=round(max(run.x1), 2),
            bottom=round(max(run.bottoms), 2),
        ),
        font=run.font.split("+")[-1],
        size=round(run.size, 2),
        baseline=round(run.baseline, 2),
        superscript=run.raised,
        spaced=run.spaced,
        upright=not run.direction,
        edges=() if run.direction else tuple(edges),
    )


def _accented(run: _Run) -> tuple[list[str], list[float], list[float]]:
    """Join accents that are set as letters of their own with the letter that they stand over."""
    if not any(text in ACCENTS for text in run.texts):
        return run.texts, run.x0, run.x1
    texts: list[str] = []
    x0s: list[float] = []
    x1s: list[float] = []
    pending = ""
    for text, x0, x1 in zip(run.texts, run.x0, run.x1, strict=True):
        if text in ACCENTS:
            under = x1s and x0 < x1s[-1] - 0.3 * (x1 - x0)
            joined = unicodedata.normalize("NFC", texts[-1] + ACCENTS[text]) if under else ""
            if under and len(joined) == len(texts[-1]):
                texts[-1] = joined
                continue
            pending = text
            texts.append(text)
        elif pending:
            dotted = "i" if text == "ı" else text
            joined = unicodedata.normalize("NFC", dotted + ACCENTS[pending])
            if len(joined) == len(text) and x0 < x1s[-1]:
                texts[-1] = joined
                x0s[-1], x1s[-1] = min(x0, x0s[-1]), max(x1, x1s[-1])
                pending = ""
                continue
            pending = ""
            texts.append(text)
        else:
            texts.append(text)
        x0s.append(x0)
        x1s.append(x1)
    return texts, x0s, x1s


def _once(words: list[Word]) -> list[Word]:
    """Drop words that are struck again at one place (fake bold, shadows)."""
    seen: dict[tuple[str, int, int], Box] = {}  # by place in steps of two points
    out = []
    for word in words:
        near = min(2 * TWICE * word.size, 2.0)
        x, y = int(word.box.x0 // 2), int(word.box.top // 2)
        places = (seen.get((word.text, x + dx, y + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        if any(p and abs(p.x0 - word.box.x0) < near and abs(p.top - word.box.top) < near for p in places):
            continue
        seen[word.text, x, y] = word.box
        out.append(word)
    return out


def _respaced(words: list[Word]) -> list[Word]:
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


def baseline_of(word: Word) -> float:
    """Return the y of the line that a word stands on, in points from the top of the page."""
    return word.baseline or word.box.bottom - DESCENT * word.size


def _shifted(words: list[Word]) -> Iterator[Word]:
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
