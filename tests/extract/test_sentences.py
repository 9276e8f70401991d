from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text.sentences import sentences

CASES = (Path(__file__).parent.parent / "data" / "sentences" / "cases.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", [line for line in CASES if line and not line.startswith("#")])
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    expected = case.split("‖")
    text = " ".join(expected)
    assert [text[span.start : span.end] for span in sentences(text)] == expected


def test_a_part_of_a_text_is_split_with_offsets_of_the_whole() -> None:
    text = "Title\n\nOne thing. Another thing.\n\nTail"
    spans = list(sentences(text, 7, 32))
    assert [text[span.start : span.end] for span in spans] == ["One thing.", "Another thing."]


def test_a_bracket_that_is_never_closed_does_not_swallow_the_text() -> None:
    text = "Open (bracket here. " + "Then one more sentence. " * 200
    assert len(list(sentences(text))) > 100


@pytest.mark.parametrize("item", ["G1202R,", "word ", "A"])
def test_what_never_ends_is_cut(item: str) -> None:
    text = item * (40_000 // len(item))
    spans = list(sentences(text))
    assert max(span.end - span.start for span in spans) <= 5000
    assert sum(len(text[span.start : span.end].replace(" ", "")) for span in spans) == len(text.replace(" ", ""))


@given(st.text(alphabet=st.sampled_from("aB1. ()[]!?\n\"'é"), max_size=300))
def test_every_letter_lies_in_exactly_one_sentence(text: str) -> None:
    spans = list(sentences(text))
    bounds = [0, *(offset for span in spans for offset in (span.start, span.end)), len(text)]
    assert bounds == sorted(bounds)
    assert not "".join(text[end:start] for end, start in zip(bounds[::2], bounds[1::2], strict=True)).strip()
