"""What a rectangle on a page, or a stretch of its text, is as a mark."""

from __future__ import annotations

import papers
import pytest

from curate.marking import Marker
from extract.mentions.entity_kinds import marked_kinds
from extract.records import Assertion, Box, Span

PROSE = (
    "The solvent-front change (Gly1202Arg) was seen in 12 of 40 patients, whereas L1196M was not found in any.",
    "In the ASCEND-4 trial ceritinib gave a median of 16.6 months (95% CI 12.6-27.2) in lung adenocarcinoma.",
)
ROWS = (("Trial", "Drug", "ORR (%)"), ("ALTA", "brigatinib", "53"), ("ALEX", "alectinib", "83"))


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker(papers.paper(papers.section("Resistance", *PROSE), papers.table("Table 1", "Trials", ROWS)))


def place(marker: Marker, words: str) -> Span:
    at = marker.document.text.index(words)
    return Span(start=at, end=at + len(words))


def rectangle(marker: Marker, first: str, last: str = "") -> Box:
    """The rectangle around two places of the page."""
    boxes = [*marker.boxes(place(marker, first)), *marker.boxes(place(marker, last or first))]
    return Box(
        page=boxes[0].page,
        x0=min(box.x0 for box in boxes),
        top=min(box.top for box in boxes),
        x1=max(box.x1 for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )


def texts(marker: Marker, box: Box) -> list[str]:
    return [marker.document.text[span.start : span.end] for span in marker.covered(box)]


def test_a_rectangle_gives_the_words_under_it_without_their_punctuation(marker: Marker) -> None:
    assert texts(marker, rectangle(marker, "(Gly1202Arg)")) == ["Gly1202Arg"]
    assert texts(marker, rectangle(marker, "12 of 40")) == ["12 of 40"]
    assert texts(marker, rectangle(marker, "months (95% CI 12.6-27.2)")) == ["months (95% CI 12.6-27.2)"]


def test_a_point_gives_the_word_that_it_lies_in(marker: Marker) -> None:
    box = rectangle(marker, "ceritinib")
    x, y = (box.x0 * 2 + box.x1) / 3, (box.top + box.bottom) / 2
    assert texts(marker, Box(page=1, x0=x, top=y, x1=x, bottom=y)) == ["ceritinib"]
    assert texts(marker, Box(page=1, x0=2, top=2, x1=3, bottom=3)) == []
    assert texts(marker, Box(page=9, x0=0, top=0, x1=900, bottom=900)) == []


def test_what_stands_in_several_cells_is_never_joined(marker: Marker) -> None:
    assert set(texts(marker, rectangle(marker, "brigatinib", "83"))) == {"brigatinib", "53", "alectinib", "83"}
    span = place(marker, "53")
    cell = marker.cell(span)
    assert cell is not None
    assert marker.document.tables[0].rows[cell.row][cell.column].text == "53"


def test_ends_are_moved_word_by_word_within_their_block(marker: Marker) -> None:
    span = place(marker, "of 40")
    wider = marker.step(span, start=-1)
    assert wider is not None
    assert marker.document.text[wider.start : wider.end] == "12 of 40"
    narrower = marker.step(span, start=1)
    assert narrower is not None
    assert marker.document.text[narrower.start : narrower.end] == "40"
    assert marker.step(span, end=-2) is None
    whole = marker.step(span, start=-99, end=99)
    assert whole == marker.around(span)


@pytest.mark.parametrize(
    ("words", "kind", "normalized"),
    [
        ("Gly1202Arg", "variant", "p.Gly1202Arg"),
        ("ceritinib", "drug", "ceritinib"),
        ("ASCEND-4", "trial", "ASCEND-4"),
        ("lung adenocarcinoma", "disease", "lung adenocarcinoma"),
        ("solvent-front change", "variant", "solvent-front change"),  # no recogniser knows it: as printed
    ],
)
def test_the_form_is_the_recognisers_else_the_words(marker: Marker, words: str, kind: str, normalized: str) -> None:
    (mention,) = marker.proposals(place(marker, words), kind)
    assert (mention.text, mention.normalized, mention.recognizer) == (words, normalized, "curator")
    assert mention.boxes == marker.boxes(place(marker, words))


def test_a_number_keeps_its_parts(marker: Marker) -> None:
    (mention,) = marker.proposals(place(marker, "16.6 months (95% CI 12.6-27.2)"), "measurement")
    assert mention.quantity is not None
    assert (mention.quantity.value, mention.quantity.unit) == (16.6, "months")
    assert (mention.quantity.low, mention.quantity.high) == (12.6, 27.2)


def test_what_the_text_denies_is_marked_as_denied(marker: Marker) -> None:
    (mention,) = marker.proposals(place(marker, "L1196M"), "variant")
    assert mention.assertion is Assertion.NEGATED


def test_the_kinds_that_the_recognisers_see_are_told(marker: Marker) -> None:
    assert marker.recognised(place(marker, "ceritinib")) == ("drug",)
    assert marker.recognised(place(marker, "solvent-front")) == ()
    assert set(marked_kinds()) >= {"variant", "gene", "drug", "trial", "measurement", "disease"}
