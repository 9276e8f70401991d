"""The reading of a PDF's pages with pdfplumber: words, rules, pictures and links.

What a page holds is taken in the file's own order, from its characters: `extract_text()` and
`extract_words()` sort by height and so run across columns. A file may be broken, or made to do harm: a page
that cannot be read, or not in the time given, is a gap, and the others are read.
"""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF

from extract.errors import DocumentError
from extract.limits import OutOfTimeError, within
from extract.pdf.drawing import Drawing, drawing_of
from extract.pdf.glyph_names import NamedFonts
from extract.pdf.unicode import UNMAPPED
from extract.pdf.unpacking import TooLargeError, bounded
from extract.pdf.words import words_of
from extract.records import Box, Page, Word

LARGEST = 14_400.0  # points: the largest side of a page (ISO 32000-1, annex C)
MOST = 60_000  # characters: a page with more is a drawing made of letters, or made to do harm


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


def read_sheets(path: Path, *, page_seconds: float = 0.0) -> Iterator[Sheet]:
    """Yield the pages of a PDF in order, one at a time, so that memory does not grow with their number.

    Raises `DocumentError` where the file as a whole can't be read; a page that can't be read, or not in
    `page_seconds` (0: no limit), is yielded empty, with the reason in `page.gap`.
    """
    with _opened(path) as pdf:
        yield from _sheets(pdf, path, page_seconds)


def read_pdf(path: Path, *, page_seconds: float = 0.0) -> tuple[Metadata, tuple[Sheet, ...]]:
    """Read the metadata and all pages of a PDF; raises `DocumentError` as `read_sheets` does."""
    with _opened(path) as pdf:
        info = pdf.metadata or {}
        metadata = Metadata(
            title=_said(info, "Title"),
            subject=_said(info, "Subject"),
            doi=_said(info, "doi") or _said(info, "WPS-ARTICLEDOI"),
        )
        return metadata, tuple(_sheets(pdf, path, page_seconds))


def _sheets(pdf: PDF, path: Path, seconds: float) -> Iterator[Sheet]:
    """Yield the pages; where the tree of pages is broken, the last one says what is missing."""
    found = PDFPage.create_pages(pdf.doc)
    number = 0
    while True:
        try:
            with within(seconds) as limit, bounded():
                page = next(found, None)
        except (Exception, OutOfTimeError) as error:
            if limit.is_spared_by(error):
                raise
            if not number:
                raise DocumentError(f"{path}: {_cause(path, error)}") from error
            yield _unread(number + 1, f"page {number + 1} and those after it cannot be found: {_said_of(error)}")
            return
        if page is None:
            break
        number += 1
        yield _read(pdf, page, number, seconds)
        _forget_streams(pdf)
    if not number:
        raise DocumentError(f"{path}: has no pages (damaged or cut short)")


def _forget_streams(pdf: PDF) -> None:
    """Let go of the streams of the pages read so far, which pdfminer keeps; the file still has them."""
    kept = pdf.doc._cached_objs
    for number in [number for number, (thing, _) in kept.items() if isinstance(thing, PDFStream)]:
        del kept[number]


def _said(info: Mapping[str, object], key: str) -> str:
    value = info.get(key)
    return value.strip() if isinstance(value, str) else ""


@contextmanager
def _opened(path: Path) -> Iterator[PDF]:
    """Open a PDF; what pdfminer has to say of its faults is not printed (what they cost is a gap)."""
    log = logging.getLogger("pdfminer")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        try:
            if not (stat.S_ISREG(path.stat().st_mode) or path.is_dir()):
                raise DocumentError(f"{path}: is no file; only a file can be read")
            file = path.open("rb")
        except OSError as error:
            raise DocumentError(f"{path}: {_cause(path, error)}") from error
        with file:
            try:
                with bounded():
                    pdf = pdfplumber.open(file, raise_unicode_errors=False)
                    pdf.rsrcmgr = NamedFonts()
            except Exception as error:
                late = next((link for link in _chain(error) if isinstance(link, OutOfTimeError)), None)
                if late is not None:  # a library wrapped it
                    raise late from error
                raise DocumentError(f"{path}: {_cause(path, error)}") from error
            yield pdf
    finally:
        log.setLevel(level)


def _cause(path: Path, error: BaseException) -> str:
    chain = _chain(error)
    if any(isinstance(link, PDFPasswordIncorrect) for link in chain):
        return "is encrypted; save a copy without its password"
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a PDF"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    for limit in (OutOfTimeError, MemoryError, TooLargeError, RecursionError):
        met = next((link for link in chain if isinstance(link, limit)), None)
        if met is not None:
            return f"cannot be opened: {_said_of(met)}"
    if path.stat().st_size == 0:
        return "is empty"
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" not in head:
        return "is not a PDF"
    return "is not a readable PDF (damaged or cut short)"


def _chain(error: BaseException) -> list[BaseException]:
    """Return an error with those that it was raised for, which pdfplumber has as its argument."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        link = waiting.pop(0)
        if isinstance(link, BaseException) and link not in found:
            found.append(link)
            waiting += [link.__cause__, link.__context__, *link.args]
    return found


def _read(pdf: PDF, found: PDFPage, number: int, seconds: float) -> Sheet:
    page: PlumberPage | None = None
    try:
        with within(seconds) as limit, bounded():
            page = _page(pdf, found, number)
            return _sheet(page, number)
    except (Exception, OutOfTimeError) as error:
        if limit.is_spared_by(error):
            raise
        gap = f"page {number} could not be read: {_said_of(error)}"
        return _unread(number, gap, page)


def _page(pdf: PDF, found: PDFPage, number: int) -> PlumberPage:
    """Return pdfplumber's page, with the boxes as pdfminer has mended them (a missing one is US letter)."""
    found.attrs.update(MediaBox=list(found.mediabox), Rotate=found.rotate)
    for name in ("CropBox", "TrimBox", "BleedBox", "ArtBox"):
        found.attrs.pop(name, None)
    return PlumberPage(pdf, found, page_number=number)


def _unread(number: int, gap: str, page: PlumberPage | None = None) -> Sheet:
    width, height = (float(page.width), float(page.height)) if page is not None else (0.0, 0.0)
    return Sheet(page=Page(number=number, width=width, height=height, words=(), gap=gap))


def _said_of(error: BaseException) -> str:
    """Return what an error says in one short line."""
    inner = error.args[0] if error.args else None
    if isinstance(inner, BaseException):  # pdfplumber wraps what pdfminer raises
        return _said_of(inner)
    if isinstance(error, TooLargeError):
        return str(error)
    if isinstance(error, MemoryError):
        return "it takes more memory than is allowed"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, OutOfTimeError):
        return f"it {error}"
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _sheet(page: PlumberPage, number: int) -> Sheet:
    width, height = float(page.width), float(page.height)
    if not max(width, height) <= LARGEST:
        too_large = f"page {number} is {width:.0f} by {height:.0f} points, larger than a page can be; it was not read"
        return _unread(number, too_large)
    drawing = drawing_of(page)
    if len(drawing.chars) > MOST:
        too_much = f"page {number} has {len(drawing.chars)} characters, more than {MOST}; it was not read"
        return _unread(number, too_much, page)
    words = words_of(drawing.chars, number, width=width, height=height)
    return Sheet(
        page=Page(number=number, width=width, height=height, words=words, gap=_lost(number, drawing, words)),
        rules=tuple(drawing.rules),
        fills=tuple(drawing.fills),
        images=tuple(drawing.images),
        links=tuple(_links(page, number)),
    )


def _lost(number: int, drawing: Drawing, words: Sequence[Word]) -> str | None:
    """Return what of a page's characters could not be read, in one line."""
    unread = sum(word.text.count(UNMAPPED) for word in words)
    unplaced = sum(char.x1 <= char.x0 and not char.turn and not char.text.isspace() for char in drawing.chars)
    lost = []
    if unread:
        lost.append(f"{unread} characters have no Unicode and could not be read")
    if unplaced > 0.5 * len(drawing.chars):
        lost.append(f"{unplaced} characters are in a font without widths, their places are not known")
    if drawing.chars and not words:
        lost.append(f"none of its {len(drawing.chars)} characters stands on the page")
    return f"page {number}: {'; '.join(lost)}" if lost else None


def _links(page: PlumberPage, number: int) -> Iterator[Link]:
    try:
        for link in page.hyperlinks:
            if link.get("uri"):
                yield Link(box=_box(link, number), uri=str(link["uri"]))
    except Exception:  # noqa: BLE001 - a broken annotation costs the links of its page, not the text
        return


def _box(thing: Mapping[str, float], page: int) -> Box:
    return Box(
        page=page,
        x0=round(float(thing["x0"]), 2),
        top=round(float(thing["top"]), 2),
        x1=round(float(thing["x1"]), 2),
        bottom=round(float(thing["bottom"]), 2),
    )
