"""Words to text: hyphens at line ends, spaces, raised letters, and where each word stands afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.page.raised_citations import numbers_of
from extract.records import Box, Word
from extract.text.hyphenation import vocabulary
from extract.text.join import Raised, join

CASES = Path(__file__).parent.parent / "data" / "layout" / "line-ends.tsv"


def rows() -> list[tuple[str, str, str, str]]:
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            left, right, joined, known = [*line.split("\t"), ""][:4]
            found.append((left, right, joined, known))
    return found


def word(text: str, *, line: int = 0, at: float = 0.0, spaced: bool = True, superscript: bool = False) -> Word:
    size = 6.0 if superscript else 10.0
    base = 100.0 + 12 * line - (3.0 if superscript else 0.0)
    x1 = at + 5 * len(text)
    return Word(
        text=text,
        box=Box(page=1, x0=at, top=base - 0.78 * size, x1=x1, bottom=base + 0.22 * size),
        font="Serif",
        size=size,
        baseline=base,
        superscript=superscript,
        spaced=spaced,
    )


def set_out(lines: list[list[str]]) -> list[Word]:
    """Set words on lines, from left to right."""
    words = []
    for number, texts in enumerate(lines):
        at = 0.0
        for text in texts:
            words.append(word(text, line=number, at=at))
            at += 5 * len(text) + 3
    return words


@pytest.mark.parametrize(("left", "right", "joined", "known"), rows())
def test_line_ends_join_as_the_field_writes_them(left: str, right: str, joined: str, known: str) -> None:
    words = set_out([["before", left], [right, "after"]])
    assert join(words, vocabulary([known])).text == f"before {joined} after"


@pytest.mark.parametrize(
    ("before", "raised", "after", "text", "numbers"),
    [
        ("early", "[1,2]", ",", "early,", (1, 2)),
        ("39%", "1", "in", "39% in", (1,)),
        ("2015", "[7–9]", ".", "2015.", (7, 8, 9)),
        ("m", "2", "was", "m2 was", None),
        ("mg/m", "2", "was", "mg/m2 was", None),
        ("CD8", "+", "cells", "CD8+ cells", None),
        ("10", "−3", "was", "10−3 was", None),
        ("R", "2", "was", "R2 was", None),
        ("ALK", "L1196M", "cells", "ALKL1196M cells", None),
        ("months", "12,13", "in", "months in", (12, 13)),
    ],
)
def test_a_raised_word_is_a_citation_or_part_of_its_word(
    before: str, raised: str, after: str, text: str, numbers: tuple[int, ...] | None
) -> None:
    edge = 5.0 * len(before)
    words = [
        word(before),
        word(raised, at=edge, spaced=False, superscript=True),
        word(after, at=edge + 40, spaced=after[0].isalnum()),
    ]
    joined = join(words, vocabulary([]))
    assert joined.text == text
    assert [citation.numbers for citation in joined.citations] == ([numbers] if numbers else [])
    assert (joined.spans[1] is None) == (numbers is not None)


def test_a_bracketed_citation_stays_in_a_cell_but_not_glued_to_the_figure_before_it() -> None:
    words = [word("2012"), word("[14]", at=20, spaced=False, superscript=True)]
    joined = join(words, vocabulary([]), raised=Raised.BRACKETED_IN)
    assert joined.text == "2012 [14]"
    assert joined.citations[0].numbers == (14,)
    assert joined.citations[0].anchor == 4


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[1]", (1,)),
        ("1,3–5", (1, 3, 4, 5)),
        ("[12, 14-16]", (12, 14, 15, 16)),
        ("7;9", (7, 9)),
        ("9–7", (9, 7)),
    ],
)
def test_numbers_of_a_citation(text: str, numbers: tuple[int, ...]) -> None:
    assert numbers_of(text) == numbers


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=12)


@given(st.lists(st.lists(texts, min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_word_stands_in_the_text_once(lines: list[list[str]]) -> None:
    words = set_out(lines)
    joined = join(words, vocabulary([]))
    assert joined.citations == ()
    at = 0
    for each, span in zip(words, joined.spans, strict=True):
        assert span is not None
        assert span.start - at in (0, 1)  # nothing but one space stands between words
        assert joined.text[at : span.start].strip() == ""
        assert joined.text[span.start : span.end] in (each.text, each.text.removesuffix("-"))
        at = span.end
    assert at == len(joined.text)
