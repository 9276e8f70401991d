"""A document's page: its text with the mentions, beside the page that they stand on."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import builders
import pdfplumber
import pytest
import typst
from PIL import Image
from visiting import Visitor, text_of

from curate.ids import mention_ids
from curate.store import Store
from extract.records import Box, Page

CONFLICT, SPELLING = builders.Ids().conflict, builders.Ids().spelling
DRUG, NUMBER = mention_ids(builders.document(), builders.extraction().mentions, "doi:10.1000/xyz")
DOCUMENT = f"/curation/-/document/{'a' * 64}"


def test_the_text_has_each_mention_in_the_colour_of_its_kind(curator: Visitor) -> None:
    html = curator.get(DOCUMENT).text
    drug = rf'<h3 .*><span class="lc-at" id="m-{DRUG}"></span><a class="lc-mention lc-k-drug".*>Brigatinib</a> in ALTA'
    assert re.search(drug, html)
    assert re.search(rf'class="lc-mention lc-k-measurement" data-mention="{NUMBER}"[^>]*>53</a>', html)
    seen = text_of(html)
    assert "The objective response rate was 62% in arm B." in seen
    assert "drug 1 measurement 1" in re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def test_a_page_that_could_not_be_read_says_so(curator: Visitor) -> None:
    seen = text_of(curator.get(f"{DOCUMENT}?page=2").text)
    assert "page 2 could not be read: damaged" in seen
    assert "No text begins on this page." in seen
    assert curator.get(f"{DOCUMENT}?page=3").status_code == 404


def test_a_rejected_mention_is_no_longer_marked(curator: Visitor) -> None:
    curator.submit(f"/curation/-/mention/{DRUG}", verdict="dismiss")
    html = curator.get(DOCUMENT).text
    assert f"m-{DRUG}" not in html
    assert "Brigatinib in ALTA" in text_of(html)


@pytest.mark.parametrize("page", [DOCUMENT, f"{DOCUMENT}?show=tables"])
def test_a_table_has_its_flagged_cell_marked(curator: Visitor, page: str) -> None:
    html = curator.get(page).text
    (cell,) = re.findall(r'<td[^>]* class="lc-flagged lc-error">(.*?)</td>', html, re.DOTALL)
    assert text_of(cell) == "53 ⚑"
    assert f'href="/curation/-/flag/{CONFLICT}?status=any"' in cell
    assert len(re.findall(r"<th [^>]*>(?:Trial|ORR \(%\))</th>", html)) == 2


def test_a_dismissed_flag_marks_no_cell(curator: Visitor) -> None:
    curator.submit(f"/curation/-/flag/{CONFLICT}", verdict="dismiss", reason="another population")
    assert "lc-flagged" not in curator.get(f"{DOCUMENT}?show=tables").text


def test_references_and_flags_are_shown(curator: Visitor) -> None:
    references = curator.get(f"{DOCUMENT}?show=references").text
    assert '<li id="ref-' in references
    assert "Kim DW, et al. J Clin Oncol 2017." in text_of(references)
    flags = curator.get(f"{DOCUMENT}?show=flags").text
    assert re.findall(r'class="lc-row" href="[^"]*/-/flag/([0-9a-f]+)', flags) == [CONFLICT, SPELLING]


def test_a_mention_lies_on_the_picture_where_its_letters_are(ada: Visitor, store: Store, tmp_path: Path) -> None:
    source, pdf = tmp_path / "page.typ", tmp_path / "page.pdf"
    source.write_text(
        "#set page(width: 400pt, height: 300pt, margin: 0pt)\n"
        "#place(top + left, dx: 250pt, dy: 200pt, text(size: 14pt)[Brigatinib])",
        encoding="utf-8",
    )
    typst.compile(str(source), output=str(pdf))
    with pdfplumber.open(pdf) as opened:
        letters = opened.pages[0].chars
    box = Box(
        page=1,
        x0=min(letter["x0"] for letter in letters),
        top=min(letter["top"] for letter in letters),
        x1=max(letter["x1"] for letter in letters),
        bottom=max(letter["bottom"] for letter in letters),
    )
    paper = replace(
        builders.document(identity=hashlib.sha256(pdf.read_bytes()).hexdigest(), doi="10.1000/drawn", title="Drawn"),
        pages=(Page(number=1, width=400.0, height=300.0, words=()),),
    )
    some = builders.extraction(paper)
    builders.save(store, replace(some, mentions=(replace(some.mentions[0], boxes=(box,)),)), path=str(pdf))
    ada.turn_to(store.path)
    html = ada.get(f"/curation/-/document/{paper.id}").text
    (style,) = re.findall(r'class="lc-box lc-k-drug"[^>]*style="([^"]*)"', html)
    left, top, width, height = (float(number) / 100 for number in re.findall(r":([0-9.]+)%", style))
    (source_of,) = re.findall(r'<img src="([^"]+)" alt="Page 1', html)
    picture = Image.open(io.BytesIO(ada.get(source_of).content)).convert("L")
    x0, y0, x1, y1 = Image.eval(picture, lambda grey: 255 if grey < 128 else 0).getbbox() or (0, 0, 0, 0)
    # All ink of the page is the one word: it lies in the box, and fills the box's width.
    assert left * picture.width - 2 <= x0
    assert x1 <= (left + width) * picture.width + 2
    assert top * picture.height - 2 <= y0
    assert y1 <= (top + height) * picture.height + 2
    assert x1 - x0 > 0.9 * width * picture.width
    assert ada.get(f"/curation/-/document/{paper.id}/2.png").status_code == 404
