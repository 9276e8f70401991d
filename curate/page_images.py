"""Pictures of places of a document, for the browser and the report, while its PDF is still the same file.

The path comes from the store alone, and nothing is rendered unless the file's SHA-256 is the document's id.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from threading import Lock

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw

from extract.records import Box


class ImageError(Exception):
    """A place cannot be pictured; the message says why, for the curator."""


class Extent(StrEnum):
    """How much of a page is pictured."""

    PAGE = "page"
    WIDTH = "width"  # the lines over all that is printed beside them, for a row of a table
    LINE = "line"  # the lines around the boxes
    NARROW = "narrow"  # the same for a small screen


SCALE = 2.0  # pixels a point: sharp on a dense screen
_COARSE = 0.1  # the same, where only the page's measures are asked for
_LONGEST = 4000  # pixels of the longer side of a rendered page, whatever its size
_EDGING = 6.0  # points around what is printed
_MARGIN = 30.0  # points of context left and right
_ABOVE_BELOW = 54.0  # points of context above and below what is highlighted
# Points that a crop is wide at least: a narrower one shows too little, a wider one is too small to read.
_WIDTHS = {Extent.LINE: 380.0, Extent.NARROW: 200.0}
_FILL = (255, 235, 130)
_EDGE = (190, 60, 20)
_EVERYTHING = (-1e6, -1e6, 1e6, 1e6)

# PDFium is not safe to use from two threads at a time.
_PDFIUM = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What to draw: a page, the boxes to highlight, and how much of the page around them."""

    page: int
    boxes: tuple[Box, ...]
    extent: Extent


def find_pdf(recorded: str, document_id: str, store: Path) -> Path:
    """Return the PDF that a document was read from, where it is still there and unchanged.

    A relative path is looked for from the working directory, then from the store's folder. Raises
    `ImageError` that says what is the matter.
    """
    if not recorded:
        raise ImageError("The store does not say where the PDF is.")
    given = Path(recorded)
    for path in (given,) if given.is_absolute() else (given, store.parent / given):
        if path.is_file():
            break
    else:
        raise ImageError("The PDF is no longer where it was read from.")
    try:
        state = path.stat()
        found = _sha256(path, state.st_size, state.st_mtime_ns)
    except OSError as error:
        raise ImageError(f"The PDF cannot be read ({error.strerror}).") from error
    if found != document_id:
        raise ImageError("The file at the PDF's place has changed since it was read.")
    return path


@lru_cache(maxsize=256)
def _sha256(path: Path, _size: int, _modified: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=128)
def render(path: Path, document_id: str, picture: Picture) -> bytes:  # noqa: ARG001 - part of the cache's key
    """Return a PNG of the page, or of the part around the boxes, with the boxes highlighted.

    Raises `ImageError` where the PDF has no such page or PDFium cannot draw it.
    """
    with _PDFIUM:
        image, scale, origin = _draw(path, picture.page)
    boxes = [_moved(box, origin) for box in picture.boxes if box.page == picture.page]
    _highlight(image, boxes, scale)
    if boxes and picture.extent is not Extent.PAGE:
        image = image.crop(_around(boxes, image, scale, picture.extent))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=1024)
def corner(path: Path, document_id: str, number: int) -> tuple[float, float]:  # noqa: ARG001 - part of the cache's key
    """Return the x0 and top, in points, of a `Box` in the top left corner of the page's picture.

    Raises `ImageError` where the PDF has no such page or PDFium cannot draw it.
    """
    with _PDFIUM:
        return _draw(path, number, scale=_COARSE)[2]


def _draw(path: Path, number: int, *, scale: float = SCALE) -> tuple[Image.Image, float, tuple[float, float]]:
    """Return the page as an image, its pixels a point, and where its top left corner is for a `Box`."""
    try:
        pdf = pypdfium2.PdfDocument(path)
        try:
            if not 1 <= number <= len(pdf):
                raise ImageError(f"The PDF has no page {number}.")
            page = pdf[number - 1]
            # pdfplumber has the whole media box as the page; PDFium shows the crop box, cut to the media box.
            page.set_cropbox(*_EVERYTHING)
            width, height = page.get_size()
            scale = min(scale, _LONGEST / max(width, height))
            bitmap = page.render(scale=scale)
            image: Image.Image = bitmap.to_pil().convert("RGB")
            return image, scale, _origin(page, bitmap)
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise ImageError(f"Page {number} cannot be drawn ({error}).") from error


def _origin(page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap) -> tuple[float, float]:
    """Return the x0 and top that pdfplumber gives the page's corner: not 0 where the media box is shifted."""
    place = bitmap.get_posconv(page)
    corners = (place.to_page(0, 0), place.to_page(bitmap.width, bitmap.height))
    x, y = min(corner[0] for corner in corners), min(corner[1] for corner in corners)
    return (y, -x) if page.get_rotation() in (90, 270) else (x, -y)


def _moved(box: Box, origin: tuple[float, float]) -> Box:
    left, top = origin
    return Box(page=box.page, x0=box.x0 - left, top=box.top - top, x1=box.x1 - left, bottom=box.bottom - top)


def _highlight(image: Image.Image, boxes: list[Box], scale: float) -> None:
    """Lay colour over the boxes as a marker pen does, so that the letters stay black."""
    ink = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(ink)
    for box in boxes:
        area = (box.x0 * scale - 2, box.top * scale - 2, box.x1 * scale + 2, box.bottom * scale + 2)
        pen.rectangle(area, fill=_FILL, outline=_EDGE, width=2)
    image.paste(ImageChops.multiply(image, ink))


def _around(boxes: list[Box], image: Image.Image, scale: float, extent: Extent) -> tuple[int, int, int, int]:
    """Return the pixels (left, top, right, bottom) to keep of the page."""
    x0, x1 = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    width = image.width / scale
    kept = min(width, max(x1 - x0 + 2 * _MARGIN, _WIDTHS.get(extent, width)))
    # Near an edge the crop moves inwards and keeps its width.
    left = min(max(0.0, (x0 + x1 - kept) / 2), width - kept)
    right = left + kept
    top = max(0.0, min(box.top for box in boxes) - _ABOVE_BELOW)
    bottom = max(box.bottom for box in boxes) + _ABOVE_BELOW
    upper = min(int(top * scale), image.height - 1)
    lower = max(upper + 1, min(image.height, int(bottom * scale)))
    if extent is Extent.WIDTH:
        # Without the page's empty margins the letters are larger on the screen.
        printed = ImageChops.invert(image.crop((0, upper, image.width, lower)).convert("L")).getbbox()
        if printed is not None:
            left, right = max(0.0, printed[0] / scale - _EDGING), min(width, printed[2] / scale + _EDGING)
    return int(left * scale), upper, max(int(left * scale) + 1, int(right * scale)), lower
