"""Pictures of places: the highlight lies where the letters are, whatever the page's boxes and rotation."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops

from curate.page_images import SCALE, Extent, ImageError, Picture, find_pdf, render
from extract.records import Box

SOURCE = """
#set page(width: 400pt, height: 300pt, margin: 0pt)
#place(top + left, dx: 250pt, dy: 200pt, text(size: 14pt)[Brigatinib])
#pagebreak()
second
"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    source = folder / "page.typ"
    source.write_text(SOURCE, encoding="utf-8")
    target = folder / "page.pdf"
    typst.compile(str(source), output=str(target))
    return target


def word(pdf: Path) -> Box:
    """Return where pdfplumber, whose coordinates a `Box` has, finds the word of the first page."""
    with pdfplumber.open(pdf) as opened:
        letters = opened.pages[0].chars
        assert sorted(letter["text"] for letter in letters) == sorted("Brigatinib")
        return Box(
            page=1,
            x0=min(letter["x0"] for letter in letters),
            top=min(letter["top"] for letter in letters),
            x1=max(letter["x1"] for letter in letters),
            bottom=max(letter["bottom"] for letter in letters),
        )


def picture(pdf: Path, boxes: tuple[Box, ...], extent: Extent = Extent.PAGE, page: int = 1) -> Image.Image:
    png = render(pdf, hashlib.sha256(pdf.read_bytes()).hexdigest(), Picture(page=page, boxes=boxes, extent=extent))
    return Image.open(io.BytesIO(png)).convert("RGB")


def yellow(image: Image.Image) -> int:
    """Return how many pixels have the colour of the highlight."""
    return {colour: count for count, colour in image.getcolors(maxcolors=1 << 24) or ()}[(255, 235, 130)]


def altered(pdf: Path, folder: Path, *, rotation: int, media: tuple[float, ...], crop: tuple[float, ...]) -> Path:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    page.set_rotation(rotation)
    page.set_mediabox(*media)
    page.set_cropbox(*crop)
    target = folder / "altered.pdf"
    document.save(str(target))
    document.close()
    return target


WHOLE = (0.0, 0.0, 400.0, 300.0)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("media", "crop"),
    [
        (WHOLE, WHOLE),
        (WHOLE, (200.0, 50.0, 390.0, 150.0)),
        ((100.0, 20.0, 400.0, 300.0), (100.0, 20.0, 400.0, 300.0)),
        ((-50.0, -30.0, 450.0, 330.0), (200.0, 50.0, 390.0, 150.0)),
    ],
    ids=["plain", "cropped", "shifted", "shifted and cropped"],
)
def test_the_highlight_covers_the_letters(
    pdf: Path, tmp_path: Path, rotation: int, media: tuple[float, ...], crop: tuple[float, ...]
) -> None:
    path = altered(pdf, tmp_path, rotation=rotation, media=media, crop=crop)
    box = word(path)
    ink = ImageChops.invert(picture(path, ()).convert("L")).point(lambda level: 255 if level > 128 else 0).getbbox()
    lit = ImageChops.difference(picture(path, (box,)), picture(path, ())).convert("L").getbbox()
    assert ink is not None
    assert lit is not None
    assert lit[0] <= ink[0] < ink[2] <= lit[2]
    assert lit[1] <= ink[1] < ink[3] <= lit[3]
    # and covers little else: the box is a line high and the word wide.
    assert (lit[2] - lit[0]) - (ink[2] - ink[0]) < 20 * SCALE
    assert (lit[3] - lit[1]) - (ink[3] - ink[1]) < 20 * SCALE


def test_letters_stay_black_under_the_highlight(pdf: Path) -> None:
    lit = picture(pdf, (word(pdf),)).convert("L")
    assert lit.getextrema()[0] < 40


@pytest.mark.parametrize("extent", list(Extent))
def test_a_crop_shows_the_whole_highlight_and_no_more_than_the_page(pdf: Path, extent: Extent) -> None:
    box = word(pdf)
    page, crop = picture(pdf, (box,)), picture(pdf, (box,), extent)
    assert crop.width <= page.width
    assert crop.height <= page.height
    assert (crop.size == page.size) is (extent is Extent.PAGE)
    assert yellow(crop) == yellow(page) > 100


def test_boxes_of_another_page_and_beyond_the_page_do_no_harm(pdf: Path) -> None:
    far = Box(page=2, x0=-500.0, top=-500.0, x1=9000.0, bottom=9000.0)
    image = picture(pdf, (word(pdf), far), Extent.LINE, page=2)
    assert image.width > 0
    assert image.height > 0


def test_what_cannot_be_pictured_says_why(pdf: Path, tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="no page 3"):
        picture(pdf, (), page=3)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 cut short")
    with pytest.raises(ImageError, match="cannot be drawn"):
        picture(broken, ())


def test_only_the_file_that_was_read_is_found(pdf: Path, tmp_path: Path) -> None:
    store = tmp_path / "curation.db"
    identity = hashlib.sha256(pdf.read_bytes()).hexdigest()
    assert find_pdf(str(pdf), identity, store) == pdf
    beside = tmp_path / "beside.pdf"
    beside.write_bytes(pdf.read_bytes())
    assert find_pdf("beside.pdf", identity, store) == beside
    beside.write_bytes(pdf.read_bytes() + b"%")
    with pytest.raises(ImageError, match="has changed"):
        find_pdf("beside.pdf", identity, store)
    with pytest.raises(ImageError, match="no longer"):
        find_pdf(str(tmp_path / "gone.pdf"), identity, store)
    with pytest.raises(ImageError, match="no longer"):
        find_pdf(str(tmp_path), identity, store)
    with pytest.raises(ImageError, match="does not say"):
        find_pdf("", identity, store)
