"""Characters of a page -> words: spaces from gaps, raised and lowered letters, fake bold, odd code points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.pdf.drawing import Char
from extract.pdf.spaced_letters import TWICE, once, respaced
from extract.pdf.superscripts import DESCENT, RAISE, SMALLER, shifted
from extract.pdf.unicode import ACCENTS, RAISED, accented, letters_of
from extract.records import Box, Word

# Shares of the type size.
SPACE = 0.22  # a wider gap parts two words on a page that also has space characters
BARE_SPACE = 0.155  # ... on a page without them (TeX never shrinks a space below 0.22)
EM = 0.5  # the width of a letter on average

TINY = 3.0  # points: smaller type is not read, it is scaled up by the font


@dataclass(slots=True)
class _Run:
    """Letters that go on from each other, and whether a space stood before them."""

    font: str
    size: float
    baseline: float  # from the top of the page; of a turned run from its left
    spaced: bool
    raised: bool = False  # of letters that are superscripts by their code point
    direction: int = 0  # of a turned run: 1 reads up the page, -1 down, 2 upside down
    texts: list[str] = field(default_factory=list)
    x0: list[float] = field(default_factory=list)
    x1: list[float] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)


def words_of(chars: Sequence[Char], page: int, *, width: float, height: float) -> tuple[Word, ...]:
    """Return the words of a page's characters in the file's order; what lies off the page is left out.

    A character without Unicode becomes U+FFFD. Hyphens of all kinds become '-'; dashes and minus signs stay.
    """
    words = [_word(run, page) for run in _runs(_gauged(chars))]
    words = [word for word in words if word.text and _on_page(word, width, height)]
    return tuple(shifted(respaced(once(words))))


def _on_page(word: Word, width: float, height: float) -> bool:
    """Say whether a part of a word stands on the page, in a type that is no larger than the page."""
    box = word.box
    stands = box.x1 > 0 and box.bottom > 0 and box.x0 < width and box.top < height
    return (
        stands and word.size < max(width, height) and max(box.x1 - box.x0, box.bottom - box.top) < 2 * (width + height)
    )


def _gauged(chars: Sequence[Char]) -> Sequence[Char]:
    """Give bitmap fonts (Type 3) that are set at a size of 1 or so the size that the widths of their letters tell.

    Such a font's matrix scales its glyphs up, of which the size in the file knows nothing.
    """
    widths: dict[str, list[float]] = {}
    for char in chars:
        if char.size < TINY and not char.turn and char.text.isalnum():
            widths.setdefault(char.font, []).append((char.x1 - char.x0) / max(char.size, 0.001))
    scale = {font: sum(each) / len(each) / EM for font, each in widths.items() if sum(each) > len(each)}
    return [_scaled(char, scale[char.font]) if char.font in scale else char for char in chars] if scale else chars


def _scaled(char: Char, scale: float) -> Char:
    size, base = char.size * scale, char.bottom + char.drop
    return char._replace(size=size, top=base - (1 - DESCENT) * size, bottom=base + DESCENT * size, drop=-DESCENT * size)


def _descents(chars: Sequence[Char]) -> dict[str, float]:
    """Return how far each font's box reaches below its baseline, in shares of the size.

    The commonest value: letters raised by the text-rise operator differ from it by their rise.
    """
    seen: Counter[tuple[str, float]] = Counter(
        (char.font, round(char.drop / char.size, 2)) for char in chars if char.size > 0 and not char.turn
    )
    found: dict[str, float] = {}
    for (font, drop), _ in seen.most_common():
        found.setdefault(font, drop)
    return found


def _runs(chars: Sequence[Char]) -> Iterator[_Run]:
    descents = _descents(chars)
    blanks = sum(1 for char in chars if char.text.isspace())
    space = SPACE if blanks > 0.05 * len(chars) else BARE_SPACE
    run: _Run | None = None
    blank = True  # whether a space character stands before the next letter
    for char in chars:
        text = letters_of(char.text)
        if not text:
            blank = blank or char.text.isspace()
            continue
        direction, raised = char.turn, char.text in RAISED
        size, baseline = _gauge(char, descents)
        if run is not None:
            gap = _gap(run, char, direction)
            # Some files draw the letter after a space on top of it: what is not seen is not a space.
            parted = blank and (not -0.1 * size < gap <= 0.04 * size or char.x1 <= char.x0)
            if _struck_again(run, char, text):
                continue
            if parted or raised != run.raised or not _goes_on(run, size, baseline, direction, gap, space * run.size):
                yield run
                spaced = parted or not _touches(run, size, baseline, direction, gap, space)
                run = _Run(char.font, size, baseline, spaced, raised, direction)
        else:
            run = _Run(char.font, size, baseline, True, raised, direction)
        blank = False
        run.texts.append(text)
        run.x0.append(char.x0)
        run.x1.append(char.x1)
        run.tops.append(char.top)
        run.bottoms.append(char.bottom)
    if run is not None:
        yield run


def _gauge(char: Char, descents: Mapping[str, float]) -> tuple[float, float]:
    """Return the type size and the baseline of a character."""
    if not char.turn:
        size = max(char.size, 0.1)
        return size, char.bottom + descents.get(char.font, -DESCENT) * size
    if char.turn == 2:
        return max(char.size, 0.1), char.along
    # The box of a turned letter is as wide as the type is high.
    return max(char.x1 - char.x0, 0.1), char.along


def _gap(run: _Run, char: Char, direction: int) -> float:
    if not direction:
        return char.x0 - run.x1[-1]
    if direction == 2:
        return run.x0[-1] - char.x1
    return run.tops[-1] - char.bottom if direction > 0 else char.top - run.bottoms[-1]


def _goes_on(run: _Run, size: float, baseline: float, direction: int, gap: float, space: float) -> bool:
    accent = run.x1[-1] - run.x0[-1] if run.texts[-1] in ACCENTS else 0.0
    return (
        run.direction == direction
        and SMALLER <= size / run.size <= 1 / SMALLER
        and abs(run.baseline - baseline) <= RAISE * run.size
        and -0.5 * run.size - accent <= gap <= space
    )


def _touches(run: _Run, size: float, baseline: float, direction: int, gap: float, space: float) -> bool:
    """Say whether a letter that is not level or not of one size with the run still follows it unspaced."""
    full = max(size, run.size)
    return (
        run.direction == direction
        and -0.35 * full <= gap <= space * full
        and abs(run.baseline - baseline) <= 0.7 * full
    )


def _struck_again(run: _Run, char: Char, text: str) -> bool:
    if run.texts[-1] != text:
        return False
    near = min(TWICE * run.size, 0.4 * (run.x1[-1] - run.x0[-1]))  # the two l of 'still' are not one
    return abs(run.x0[-1] - char.x0) < near and abs(run.tops[-1] - char.top) < near


def _word(run: _Run, page: int) -> Word:
    texts, x0s, x1s = accented(run.texts, run.x0, run.x1)
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
