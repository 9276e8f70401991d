"""The reading of a PDF's pages with pdfplumber: words, rules, pictures and links.

What a page holds is taken in the file's own order, from its characters: `extract_text()` and
`extract_words()` sort by height and so run across columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage

from extract.errors import DocumentError
from extract.records import Box, Page, Word

# Shares of the type size. A gap wider than WORD_GAP parts two words; letters whose baselines differ by more
# than RAISE are not on one line of text (a superscript, a new line).
WORD_GAP = 0.18
RAISE = 0.12
SMALLER = 0.92


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A hyperlink annotation: its area and its address."""

    box: Box
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that is drawn on one page: the words, straight rules, filled areas, pictures and links."""

    page: Page
    rules: tuple[Box, ...] = ()
    fills: tuple[Box, ...] = ()
    images: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()


def read_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the pages of a PDF in order, one at a time, so that memory does not grow with their number.

    Raises `DocumentError` where the file as a whole can't be read; a page that can't be read is
    yielded empty, with the reason in `page.gap`.
    """
    try:
        pdf = pdfplumber.open(path)
    except Exception as error:
        raise DocumentError(f"{path}: {_cause(path, error)}") from error
    with pdf:
        for page in pdf.pages:
            yield _read(page)
            page.close()


def _cause(path: Path, error: Exception) -> str:
    chain = [error, error.__cause__, *error.args]
    if any(isinstance(link, PDFPasswordIncorrect) for link in chain):
        return "is encrypted; save a copy without its password"
    if path.stat().st_size == 0:
        return "is empty"
    return "is not a readable PDF (damaged, cut short or of another type)"


def _read(page: PlumberPage) -> Sheet:
    number = page.page_number
    width, height = float(page.width), float(page.height)
    try:
        words = tuple(_words(page.chars, number))
        return Sheet(
            page=Page(number=number, width=width, height=height, words=words),
            rules=tuple(_rules(page, number)),
            fills=tuple(_fills(page, number)),
            images=tuple(_box(image, number) for image in page.images),
            links=tuple(
                Link(box=_box(link, number), uri=str(link["uri"]))
                for link in page.hyperlinks
                if link.get("uri")
            ),
        )
    except Exception as error:  # noqa: BLE001 - one bad page must not cost the others
        gap = f"page {number} could not be read: {type(error).__name__}: {error}"
        return Sheet(page=Page(number=number, width=width, height=height, words=(), gap=gap))


def _box(thing: Mapping[str, float], page: int) -> Box:
    return Box(
        page=page,
        x0=round(float(thing["x0"]), 2),
        top=round(float(thing["top"]), 2),
        x1=round(float(thing["x1"]), 2),
        bottom=round(float(thing["bottom"]), 2),
    )


def _rules(page: PlumberPage, number: int) -> Iterator[Box]:
    """Yield straight strokes and thin filled areas, which publishers use for rules alike."""
    for line in page.lines:
        yield _box(line, number)
    for curve in page.curves:  # a filled path of four points is a rectangle that pdfminer calls a curve
        if min(curve["width"], curve["height"]) <= 2.0:
            yield _box(curve, number)
    for rect in page.rects:
        if min(rect["width"], rect["height"]) <= 2.0:
            yield _box(rect, number)
        elif rect.get("stroke") and not rect.get("fill"):
            box = _box(rect, number)
            yield Box(page=number, x0=box.x0, top=box.top, x1=box.x1, bottom=box.top)
            yield Box(page=number, x0=box.x0, top=box.bottom, x1=box.x1, bottom=box.bottom)
            yield Box(page=number, x0=box.x0, top=box.top, x1=box.x0, bottom=box.bottom)
            yield Box(page=number, x0=box.x1, top=box.top, x1=box.x1, bottom=box.bottom)


def _fills(page: PlumberPage, number: int) -> Iterator[Box]:
    for rect in page.rects:
        if rect.get("fill") and min(rect["width"], rect["height"]) > 2.0:
            yield _box(rect, number)


def _words(chars: Sequence[Mapping[str, object]], page: int) -> Iterator[Word]:
    run: list[Mapping[str, object]] = []
    spaced = True
    base: tuple[float, float] | None = None  # size and baseline of the last letter at full height
    for char in chars:
        text = str(char["text"])
        if not text.strip():
            if run:
                yield _word(run, page, spaced=spaced, base=base)
                base = _base(run, base)
                run = []
            spaced = True
            continue
        if run and not _continues(run[-1], char):
            yield _word(run, page, spaced=spaced, base=base)
            base = _base(run, base)
            spaced = _parted(run[-1], char)
            run = []
        run.append(char)
    if run:
        yield _word(run, page, spaced=spaced, base=base)


def _number(char: Mapping[str, object], key: str) -> float:
    value = char[key]
    return float(value) if isinstance(value, int | float) else 0.0


def _upwards(char: Mapping[str, object]) -> bool:
    """Return whether sideways letters run up the page (turned left) and not down it."""
    matrix = char["matrix"]
    return isinstance(matrix, tuple) and matrix[1] > 0


def _size(char: Mapping[str, object]) -> float:
    if char["upright"]:
        return _number(char, "size")
    return _number(char, "x1") - _number(char, "x0")


def _reach(char: Mapping[str, object]) -> tuple[float, float]:
    """Return where the letter starts and ends along its line of text."""
    if char["upright"]:
        return _number(char, "x0"), _number(char, "x1")
    if _upwards(char):
        return -_number(char, "bottom"), -_number(char, "top")
    return _number(char, "top"), _number(char, "bottom")


def _baseline(char: Mapping[str, object]) -> float:
    matrix = char["matrix"]
    if not isinstance(matrix, tuple):
        return -_number(char, "bottom")
    if char["upright"]:
        return float(matrix[5])
    return -float(matrix[4]) if _upwards(char) else float(matrix[4])


def _continues(last: Mapping[str, object], char: Mapping[str, object]) -> bool:
    size = max(_size(last), 0.1)
    return (
        last["upright"] == char["upright"]
        and abs(size - _size(char)) <= (1 - SMALLER) * size
        and abs(_baseline(last) - _baseline(char)) <= RAISE * size
        and -0.5 * size <= _reach(char)[0] - _reach(last)[1] <= WORD_GAP * size
    )


def _parted(last: Mapping[str, object], char: Mapping[str, object]) -> bool:
    size = max(_size(last), _size(char))
    near = -0.3 * size <= _reach(char)[0] - _reach(last)[1] <= WORD_GAP * size
    level = abs(_baseline(last) - _baseline(char)) <= 0.7 * size
    return not (near and level)


def _base(run: Sequence[Mapping[str, object]], base: tuple[float, float] | None) -> tuple[float, float]:
    size, baseline = _size(run[0]), _baseline(run[0])
    return base if base is not None and _shift(size, baseline, base) else (size, baseline)


def _shift(size: float, baseline: float, base: tuple[float, float]) -> int:
    """Return 1 for a superscript of letters of that size and baseline, -1 for a subscript, 0 for neither."""
    full, line = base
    rise = baseline - line
    if size >= SMALLER * full or not RAISE * full < abs(rise) < 0.8 * full:
        return 0
    return 1 if rise > 0 else -1


def _word(
    run: Sequence[Mapping[str, object]], page: int, *, spaced: bool, base: tuple[float, float] | None
) -> Word:
    text, edges = "", [_number(run[0], "x0")]
    for char in run:
        letters = unicodedata.normalize("NFKC", str(char["text"])).strip()
        x0, x1 = _number(char, "x0"), _number(char, "x1")
        edges.extend(round(x0 + (x1 - x0) * (n + 1) / len(letters), 2) for n in range(len(letters)))
        text += letters
    shift = _shift(_size(run[0]), _baseline(run[0]), base) if base else 0
    upright = bool(run[0]["upright"])
    return Word(
        text=text,
        box=Box(
            page=page,
            x0=round(min(_number(c, "x0") for c in run), 2),
            top=round(min(_number(c, "top") for c in run), 2),
            x1=round(max(_number(c, "x1") for c in run), 2),
            bottom=round(max(_number(c, "bottom") for c in run), 2),
        ),
        font=str(run[0]["fontname"]).split("+")[-1],
        size=round(_size(run[0]), 2),
        superscript=shift > 0,
        subscript=shift < 0,
        spaced=spaced,
        upright=upright,
        edges=tuple(edges) if upright else (),
    )
