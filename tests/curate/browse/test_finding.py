"""Words found in the text of the documents."""

from __future__ import annotations

import re
from dataclasses import replace

import builders
import pytest
from datasette.app import Datasette
from visiting import Visitor, text_of

from curate.browse.server import register
from curate.store import Store


def test_who_may_not_see_the_text_finds_nothing_in_it(store: Store) -> None:
    register()
    rules = {"databases": {"curation": {"tables": {"blocks": {"allow": False}}}}}
    with Visitor(Datasette([str(store.path)], metadata=rules)) as visitor:
        assert visitor.get("/curation/-/search?words=objective").status_code == 403


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("objective", ["objective"]),
        ("OBJECT+rate", ["objective", "rate"]),
        ("objective+lorlatinib", []),
        ("%22+OR+%22x", []),
        ("", []),
    ],
)
def test_words_are_found_and_marked(curator: Visitor, words: str, marked: list[str]) -> None:
    page = curator.get(f"/curation/-/search?words={words}")
    assert page.status_code == 200
    assert re.findall("<mark>(.*?)</mark>", page.text) == marked
    if marked:
        assert f"/curation/-/document/{'a' * 64}?page=1" in page.text


def test_what_is_found_is_shown_and_never_run(ada: Visitor, empty: Store) -> None:
    nasty = "<script>alert(1)</script>"
    text = builders.TEXT.replace("The objective response rate", nasty)
    paper = builders.document()
    block = replace(paper.blocks[1], section=nasty)
    builders.save(empty, builders.extraction(replace(paper, text=text, blocks=(block,), title=nasty)))
    ada.turn_to(empty.path)
    html = ada.get("/curation/-/search?words=script").text
    assert "<script>alert" not in html
    assert nasty in text_of(html)
