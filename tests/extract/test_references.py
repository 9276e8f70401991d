"""Entries of reference lists as journals print them, taken apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.blocks.reference_list import Parts, parts_of

CASES = Path(__file__).parent.parent / "data" / "layout" / "entries.tsv"


def entries() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("row", entries(), ids=lambda row: row[1])
def test_an_entry_is_taken_apart_as_it_is_printed(row: list[str]) -> None:
    text, first_author, authors, title, source, year, doi, pmid = row
    assert parts_of(text, 1) == Parts(
        number=1,
        first_author=first_author,
        authors=authors,
        title=title,
        source=source,
        year=year,
        doi=doi,
        pmid=pmid,
    )


def test_links_tell_what_the_text_does_not_or_cuts_short() -> None:
    links = ["https://doi.org/10.1371/journal.pmed.0040037", "https://www.ncbi.nlm.nih.gov/pubmed/17298164"]
    for text in ("1. Doe J. Title. PLoS Med. 2007;4:e37.", "1. Doe J. Title. 2007. 10.1371/journal"):
        parts = parts_of(text, 1, links)
        assert (parts.doi, parts.pmid) == ("10.1371/journal.pmed.0040037", "17298164")


@given(st.text(max_size=300))
def test_nothing_is_made_up(text: str) -> None:
    parts = parts_of(text, 7)
    assert parts.number == 7
    for value in (parts.authors, parts.title, parts.source, parts.year, parts.doi, parts.pmid):
        assert value in text
