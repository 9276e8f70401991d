"""The reading of a PDF's pages with pdfplumber: words, rules, pictures and links.

What a page holds is taken in the file's own order, from its characters: `extract_text()` and
`extract_words()` sort by height and so run across columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF

from extract.errors import DocumentError
from extract.glyphs import UNMAPPED, words_of
from extract.records import Box, Page

THIN = 2.0  # points: a filled rectangle no thicker is a rule


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the file says of itself, empty where it says nothing."""

    title: str = ""
    subject: str = ""
    doi: str = ""


def read_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the pages of a PDF in order, one at a time, so that memory does not grow with their number.

    Raises `DocumentError` where the file as a whole can't be read; a page that can't be read is
    yielded empty, with the reason in `page.gap`.
    """
    with _opened(path) as pdf:
        for page in pdf.pages:
            yield _read(page)
            page.close()


def read_pdf(path: Path) -> tuple[Metadata, tuple[Sheet, ...]]:
    """Read the metadata and all pages of a PDF; raises `DocumentError` as `read_sheets` does."""
    with _opened(path) as pdf:
        info = pdf.metadata or {}
        metadata = Metadata(
            title=_said(info, "Title"),
            subject=_said(info, "Subject"),
            doi=_said(info, "doi") or _said(info, "WPS-ARTICLEDOI"),
        )
        sheets = []
        for page in pdf.pages:
            sheets.append(_read(page))
            page.close()
    return metadata, tuple(sheets)


def _said(info: Mapping[str, object], key: str) -> str:
    value = info.get(key)
    return value.strip() if isinstance(value, str) else ""


def _opened(path: Path) -> PDF:
    try:
        pdf = pdfplumber.open(path)
        count = len(pdf.pages)  # the page tree is read here, and may be what is broken
    except Exception as error:
        raise DocumentError(f"{path}: {_cause(path, error)}") from error
    if not count:
        pdf.close()
        raise DocumentError(f"{path}: has no pages (damaged or cut short)")
    return pdf


def _cause(path: Path, error: Exception) -> str:
    chain = [error, error.__cause__, *error.args]
    if any(isinstance(link, PDFPasswordIncorrect) for link in chain):
        return "is encrypted; save a copy without its password"
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a PDF"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    if path.stat().st_size == 0:
        return "is empty"
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" not in head:
        return "is not a PDF"
    return "is not a readable PDF (damaged or cut short)"


def _read(page: PlumberPage) -> Sheet:
    number = page.page_number
    width, height = float(page.width), float(page.height)
    try:
        words = words_of(page.chars, number, width=width, height=height)
        unmapped = sum(word.text.count(UNMAPPED) for word in words)
        gap = f"page {number}: {unmapped} characters have no Unicode and could not be read" if unmapped else None
        return Sheet(
            page=Page(number=number, width=width, height=height, words=words, gap=gap),
            rules=tuple(_rules(page, number)),
            fills=tuple(_fills(page, number)),
            images=tuple(_box(image, number) for image in page.images),
            links=tuple(
                Link(box=_box(link, number), uri=str(link["uri"])) for link in page.hyperlinks if link.get("uri")
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
        if min(curve["width"], curve["height"]) <= THIN:
            yield _box(curve, number)
    for rect in page.rects:
        if min(rect["width"], rect["height"]) <= THIN:
            yield _box(rect, number)
        elif rect.get("stroke") and not rect.get("fill"):
            box = _box(rect, number)
            yield Box(page=number, x0=box.x0, top=box.top, x1=box.x1, bottom=box.top)
            yield Box(page=number, x0=box.x0, top=box.bottom, x1=box.x1, bottom=box.bottom)
            yield Box(page=number, x0=box.x0, top=box.top, x1=box.x0, bottom=box.bottom)
            yield Box(page=number, x0=box.x1, top=box.top, x1=box.x1, bottom=box.bottom)


def _fills(page: PlumberPage, number: int) -> Iterator[Box]:
    for rect in page.rects:
        if rect.get("fill") and min(rect["width"], rect["height"]) > THIN:
            yield _box(rect, number)
