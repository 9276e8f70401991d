"""The press: the same seed gives the same style, each alternative can be set, and the PDF holds what the gold says."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pdfplumber.page import Page
from press.article import Article, ArticleError, load, names, table_of
from press.comparing import compare_references, compare_sentences, compare_tables
from press.gold import references_of, rows_of, sentences_of, tables_of
from press.gold_folder import articles_in
from press.setters import SETTERS, installed, write_article
from press.setting import set_article
from press.style import TRAITS, Style, covering, draw, possible, varied
from press.table_setting import SetTable
from press.wording import numbers_of

TURNS = 24
# What a producer does not set, each said in `style.possible`.
NOT_SET = {
    "typst": {"gutter=ruled"},
    "chromium": {"line_numbers=each", "line_numbers=fifth", "floats=top", "floats=bottom"},
    "latex": {"floats=top", "floats=bottom"},
}
PLAIN = varied(draw("plain"), citation="brackets", minus="minus", dash_cells="en-dash", caption_label="Table 1.")


def letters(text: str) -> Counter[str]:
    """Count letters and signs, an accented letter as two of them: some fonts set it so."""
    text = (
        unicodedata.normalize("NFKD", re.sub("[\u2010-\u2015\u2212\u00ad]", "-", text))
        .replace("∗", "*")
        .replace("’", "'")
    )
    spacing = {"ˇ": "\u030c", "´": "\u0301", "`": "\u0300", "¨": "\u0308"}
    return Counter(spacing.get(letter, letter) for letter in text if not letter.isspace())


def gold_letters(article: Article, style: Style) -> Counter[str]:
    tables = tables_of(article, style)
    cells = (str(cell) for table in tables for row in table["rows"] for cell in row)  # type: ignore[attr-defined]
    return letters("".join([*cells, *sentences_of(article, style), *(f"{t['caption']}{t['note']}" for t in tables)]))


def overprinted(page: Page) -> str:
    """Return letters that stand on other letters, or on a bar of a figure; accents may."""
    accents = set("ˇ´`¨˘˜ˆ˚¸")
    chars = [char for char in page.chars if char["text"].strip() and char["text"] not in accents]
    places: dict[tuple[int, int], list[tuple[float, float, dict[str, Any]]]] = {}
    out = []
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        near = [
            one
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for one in places.get((int(x // 4) + dx, int(y // 4) + dy), ())
        ]
        out += [
            char["text"] + other["text"]
            for x2, y2, other in near
            if abs(x - x2) < 0.9 and abs(y - y2) < 0.2 * char["size"] and other["upright"] == char["upright"]
        ]
        places.setdefault((int(x // 4), int(y // 4)), []).append((x, y, char))
        bars = (one for one in page.rects if one["fill"] and one["width"] > 9 and one["height"] > 20 and not _cell(one))
        out += [char["text"] for one in bars if one["x0"] < x < one["x1"] and one["top"] < y < one["bottom"]]
    return "".join(out)


def _cell(rect: dict[str, Any]) -> bool:
    """Say whether a filled rectangle is a cell's ground: the bars of figures are of one grey."""
    colour = rect["non_stroking_color"]
    shades = colour if isinstance(colour, tuple | list) else (colour,)
    return any(shade is None or not 0.57 < shade < 0.61 for shade in shades)


def producer(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.skipif(name not in installed(), reason=f"{name} is not installed"))


@pytest.mark.parametrize("seed", ["1", "2", "another"])
def test_the_same_seed_gives_the_same_style_and_words(seed: str) -> None:
    assert draw(seed) == draw(seed)
    article = load("trial")
    assert set_article(article, draw(seed)) == set_article(article, draw(seed))


def test_other_seeds_give_other_styles() -> None:
    styles = {draw(str(seed), ("typst",)) for seed in range(50)}
    assert len(styles) == 50
    assert len({style.rules for style in styles}) > 5


def test_the_producer_changes_no_trait_that_it_can_set() -> None:
    one, other = draw("7", ("typst",)), draw("7", ("latex",))
    assert {t for t in TRAITS if getattr(one, t) != getattr(other, t)} <= {"line_numbers", "gutter", "floats"}


@pytest.mark.parametrize("name", SETTERS)
def test_the_covering_styles_have_each_alternative_that_a_producer_sets(name: str) -> None:
    styles = [covering(name, turn) for turn in range(TURNS)]
    missing = {
        f"{trait}={kind}"
        for trait, kinds in TRAITS.items()
        for kind in kinds
        if all(getattr(style, trait) != kind for style in styles)
    }
    assert missing == NOT_SET[name]


@pytest.mark.parametrize("name", [producer(name) for name in SETTERS])
def test_each_alternative_is_set_with_all_that_the_gold_says(name: str, tmp_path: Path) -> None:
    every = names()
    for turn in range(TURNS):
        article, style = load(every[turn % len(every)]), covering(name, turn)
        pdf = write_article(article, style, tmp_path / str(turn))
        with pdfplumber.open(pdf) as opened:
            chars = [(page, char) for page in opened.pages for char in page.chars if char["text"].strip()]
            over = "".join(map(overprinted, opened.pages))
            outside = "".join(
                char["text"]
                for page, char in chars
                if not (
                    char["x0"] > -1
                    and char["x1"] < page.width + 1
                    and char["top"] > -1
                    and char["bottom"] < page.height + 1
                )
            )
        missing = gold_letters(article, style) - letters("".join(char["text"] for _, char in chars))
        assert not missing, f"{article.name}, {style}: {dict(missing)} of the gold are not in the PDF"
        assert not over, f"{article.name}, {style}: over other letters or a figure: {over[:80]}"
        assert not outside, f"{article.name}, {style}: off the page: {outside[:80]}"


def test_an_unknown_alternative_is_an_error_that_names_the_others() -> None:
    with pytest.raises(ValueError, match="three, rows"):
        varied(PLAIN, rules="wavy")


def test_an_unknown_article_is_an_error_that_names_the_others() -> None:
    with pytest.raises(ArticleError, match="letter"):
        load("no-such-article")


@pytest.mark.parametrize("name", names())
def test_an_article_cites_each_of_its_references_and_no_other(name: str) -> None:
    article = load(name)
    texts = [sentence for section in article.sections for paragraph in section.paragraphs for sentence in paragraph]
    texts += [cell.text for table in article.tables for row in table.rows for cell in row.cells if cell]
    cited = {number for text in texts for mark in re.findall(r"\{([\d,-]+)\}", text) for number in numbers_of(mark)}
    assert cited == set(range(1, len(article.references) + 1))
    assert 2 <= len(article.tables) <= 4
    assert 15 <= len(article.references) <= 60


def test_spans_stand_once_in_the_gold() -> None:
    table = table_of(1, "", "", 2, "A | B | <\n^ | b1 | b2\n= Group\nx{1} | −1 | –")
    assert rows_of(table, load("letter"), PLAIN) == [
        ["A", "B", ""],
        ["", "b1", "b2"],
        ["Group", "", ""],
        ["x [1]", "−1", "–"],
    ]
    head = table.rows[0].cells
    assert head[0] is not None
    assert head[1] is not None
    assert (head[0].rows, head[1].columns) == (2, 2)


@pytest.mark.parametrize("source", ["A | B\nx", "< | B\nx | y", "^ | B\nx | y"])
def test_a_table_that_does_not_hold_together_is_an_error(source: str) -> None:
    with pytest.raises(ArticleError):
        table_of(1, "", "", 1, source)


def test_sentences_with_a_mark_end_before_it_or_have_it_raised() -> None:
    article = load("letter")
    on_line = sentences_of(article, PLAIN)
    assert (
        "Fusions of RET are found in one or two of a hundred lung cancers, mostly in people who never smoked" in on_line
    )
    assert not any("[" in sentence for sentence in on_line)
    raised = sentences_of(article, varied(PLAIN, citation="raised"))
    assert (
        "Fusions of RET are found in one or two of a hundred lung cancers, mostly in people who never smoked." in raised
    )


def test_a_list_cited_by_name_is_in_the_order_of_names() -> None:
    article = load("meta")
    named = references_of(article, possible(varied(PLAIN, citation="name")))
    families = [str(one["first_author"]).casefold() for one in named]
    assert families == sorted(families)
    assert [one["number"] for one in named] == list(range(1, 32))


@pytest.mark.parametrize(("decimals", "room"), [("decimal", True), ("centre", False)])
def test_numbers_at_the_decimal_point_have_room_before_and_after(decimals: str, room: bool) -> None:
    blocks = set_article(load("pharmacogenetics"), varied(PLAIN, numbers=decimals)).blocks
    cells = [
        cell for block in blocks if isinstance(block, SetTable) for row in block.rows for cell in row.cells if cell
    ]
    assert any(cell.before or cell.after for cell in cells) is room


def test_the_gold_read_back_is_right_in_every_measure_and_less_is_less() -> None:
    article = load("trial")
    tables, sentences, references = (make(article, PLAIN) for make in (tables_of, sentences_of, references_of))
    paragraphs = [{"kind": "paragraph", "text": sentence} for sentence in sentences]
    assert compare_tables(tables, tables) == {"found": 1, "cells": 1, "rows": 1}
    assert compare_sentences(sentences, paragraphs) == 1
    assert compare_references(references, references) == 1
    shorter = [{**tables[0], "rows": tables[0]["rows"][:-2]}, *tables[1:]]  # type: ignore[index]
    figures = compare_tables(tables, shorter)
    assert figures["found"] == 1
    assert 0.9 < figures["rows"] < 1
    assert compare_tables(tables, tables[1:])["found"] == pytest.approx(2 / 3)
    assert compare_sentences(sentences, paragraphs[1:]) == pytest.approx(1 - 1 / len(sentences))
    assert compare_references(references, references[1:]) == pytest.approx(1 - 1 / len(references))


def test_a_folder_of_gold_is_an_article_with_the_same_gold(tmp_path: Path) -> None:
    article = load("demographics")
    if "typst" not in installed():
        pytest.skip("typst is not installed")
    write_article(article, varied(PLAIN, producer="typst"), tmp_path / "one")
    (again,) = articles_in(tmp_path)
    assert [table["rows"] for table in tables_of(again, PLAIN)] == [
        table["rows"] for table in tables_of(article, PLAIN)
    ]
    assert set(sentences_of(article, PLAIN)) <= set(sentences_of(again, PLAIN))
    assert [(one["first_author"], one["year"]) for one in references_of(again, PLAIN)] == [
        (one["first_author"], one["year"]) for one in references_of(article, PLAIN)
    ]


@pytest.mark.parametrize(("source", "seen"), [("#place(dx: 0.4pt)[ab]ab", True), ("ab#h(5pt)ab", False)])
def test_letters_that_stand_on_others_are_seen(source: str, seen: bool, tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    pdf = tmp_path / "one.pdf"
    pdf.write_bytes(typst.compile(source.encode(), format="pdf"))
    with pdfplumber.open(pdf) as opened:
        assert bool(overprinted(opened.pages[0])) is seen
