"""A quoted place is found again by its words and what stands around them, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.store.quote_search import find_again, occurrence_of
from extract.records import Span

TEXT = (
    "Patients with G1202R did not respond to alectinib. The rate was 53% in arm A and 53% in arm B.\n\n"
    "Trial\tORR (%)\nALTA\t53\nALEX\t53"
)


def found(text: str, quote: str, prefix: str, suffix: str, occurrence: int = 0) -> str | None:
    span = find_again(text, quote=quote, prefix=prefix, suffix=suffix, occurrence=occurrence)
    return None if span is None else f"{text[: span.start][-6:]}|{text[span.start : span.end]}|{text[span.end :][:6]}"


def test_the_place_with_the_same_surroundings_is_taken() -> None:
    assert found(TEXT, "53%", "in arm A and ", " in arm B.") == "A and |53%| in ar"
    assert found(TEXT, "53", "ORR (%)\nALTA\t", "\nALEX\t53") == "\nALTA\t|53|\nALEX\t"


def test_lines_that_break_elsewhere_are_no_difference() -> None:
    broken = TEXT.replace("not respond", "not\nre\u00adspond").replace("G1202R did", "G1202R\ndid")
    assert found(broken, "not respond to alectinib", "Patients with G1202R did ", ". The rate") is not None
    again = find_again(broken, quote="respond", prefix="G1202R did not ", suffix=" to alectinib")
    assert again is not None
    assert broken[again.start : again.end] == "re\u00adspond"


@pytest.mark.parametrize(
    ("quote", "prefix", "suffix"),
    [
        ("53%", "the response rate was as high as ", " of all who were treated"),  # other surroundings
        ("alectinib", "Another sentence names ", " for another reason"),  # once only, but elsewhere
        ("G12", "Patients with ", " did not respond"),  # part of a word
        ("ceritinib", "", ""),  # not there
        (" ", "with", "did"),  # nothing
    ],
)
def test_what_cannot_be_told_is_not_found(quote: str, prefix: str, suffix: str) -> None:
    assert found(TEXT, quote, prefix, suffix) is None


def test_a_long_quote_that_stands_once_needs_no_surroundings() -> None:
    assert found(TEXT, "Patients with G1202R did not respond to alectinib.", "Abstract", "Methods") is not None
    assert found(TEXT + TEXT, "Patients with G1202R did not respond to alectinib.", "Abstract", "Methods") is None


def test_of_places_that_agree_alike_the_counted_one_is_taken() -> None:
    twice = "aa bb cc dd 53 ee ff gg hh " * 3
    second = Span(start=twice.index("53", 20), end=twice.index("53", 20) + 2)
    prefix, suffix = "aa bb cc dd ", " ee ff gg hh "
    number = occurrence_of(twice, second, prefix=prefix, suffix=suffix)
    assert find_again(twice, quote="53", prefix=prefix, suffix=suffix, occurrence=number) == second
    assert find_again(twice, quote="53", prefix=prefix, suffix=suffix, occurrence=3) is None


@given(text=st.text(alphabet="ab .1", min_size=1, max_size=60), data=st.data())
def test_every_place_is_found_again_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    if quote != quote.strip() or not quote:
        return
    prefix, suffix = text[:start][-48:], text[end:][:48]
    span = Span(start=start, end=end)
    number = occurrence_of(text, span, prefix=prefix, suffix=suffix)
    assert find_again(text, quote=quote, prefix=prefix, suffix=suffix, occurrence=number) == span
