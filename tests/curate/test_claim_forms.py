"""A claim that is added says only what the article prints."""

from __future__ import annotations

import papers
import pytest

from curate.errors import DecisionError
from curate.marking import Marker
from curate.review.claim_forms import ARTICLE, BESIDE, MARKED, arguments, fields_of
from extract.claims.trial_result import TrialResult
from extract.claims.variant_response import VariantResponse
from extract.records import Span

PROSE = (
    "The EGFR variant T790M was seen after gefitinib, which had no effect any more. Osimertinib was given next.",
    "In the ALTA trial the objective response rate with brigatinib was 53% (95% CI 43-63) in arm B.",
)
ROWS = (("Trial", "Drug", "PFS (months)"), ("ALTA", "brigatinib", "16.7"), ("ALEX", "alectinib", "34.8"))


@pytest.fixture(scope="module")
def marker() -> Marker:
    sections = (papers.section(heading, text) for heading, text in zip(("Resistance", "Trials"), PROSE, strict=True))
    return Marker(papers.paper(*sections, papers.table("Table 1", "Trials", ROWS)))


def place(marker: Marker, words: str) -> Span:
    at = marker.document.text.index(words)
    return Span(start=at, end=at + len(words))


def offered(marker: Marker, span: Span, kind: str) -> dict[str, dict[str, str]]:
    return {
        field.name: {option.label: option.near for option in field.options} for field in fields_of(kind, marker, span)
    }


def test_what_is_offered_says_how_near_it_stands(marker: Marker) -> None:
    fields = offered(marker, place(marker, "T790M was seen after gefitinib"), "variant_response")
    assert fields["variants"] == {"T790M": MARKED}
    assert fields["gene"]["EGFR"] in (MARKED, BESIDE)
    assert fields["drug"] == {"gefitinib": MARKED, "osimertinib": BESIDE, "brigatinib": ARTICLE, "alectinib": ARTICLE}


def test_a_response_is_made_of_what_was_chosen(marker: Marker) -> None:
    form = {"variants:T790M": "on", "gene": "EGFR", "drug": "gefitinib", "direction": "resistance"}
    span = place(marker, "T790M was seen after gefitinib")
    assert arguments(marker, span, "variant_response", form) == VariantResponse(
        gene="EGFR", variants=("T790M",), drug="gefitinib", direction="resistance"
    )


def test_a_result_takes_its_number_from_the_text(marker: Marker) -> None:
    span = place(marker, "53% (95% CI 43-63)")
    fields = fields_of("trial_result", marker, span)
    (value,) = [one.value for field in fields if field.name == "value" for one in field.options if one.near == MARKED][
        :1
    ]
    form = {"trial": "ALTA", "endpoint": "ORR", "value": value, "arm": "brigatinib", "population": "ARM  b"}
    result = arguments(marker, span, "trial_result", form)
    assert isinstance(result, TrialResult)
    assert (result.trial, result.endpoint, result.arm, result.population) == ("ALTA", "ORR", "brigatinib", "arm B")
    assert (result.value, result.unit, result.low, result.high) == (53.0, "%", 43.0, 63.0)


def test_a_cell_has_the_unit_of_its_column_and_the_names_of_its_row(marker: Marker) -> None:
    span = place(marker, "34.8")
    fields = offered(marker, span, "trial_result")
    assert (fields["trial"]["ALEX"], fields["trial"]["ALTA"]) == (BESIDE, ARTICLE)
    assert fields["endpoint"]["PFS"] == BESIDE
    form = {"trial": "ALEX", "endpoint": "PFS", "value": f"{span.start}-{span.end}"}
    result = arguments(marker, span, "trial_result", form)
    assert isinstance(result, TrialResult)
    assert (result.value, result.unit) == (34.8, "months")


@pytest.mark.parametrize(
    ("kind", "form", "why"),
    [
        ("variant_response", {"drug": "gefitinib", "direction": "resistance"}, "needs its variants"),
        ("variant_response", {"variants:T790M": "1", "drug": "aspirin", "direction": "resistance"}, "none of those"),
        ("variant_response", {"variants:T790M": "1", "drug": "gefitinib", "direction": "worse"}, "none of those"),
        ("trial_result", {"trial": "ALTA", "endpoint": "ORR", "value": "99"}, "none of those"),
        ("ratio", {}, "unknown kind of claim 'ratio'; choose one of: variant_response, trial_result"),
    ],
)
def test_what_is_not_printed_is_refused(marker: Marker, kind: str, form: dict[str, str], why: str) -> None:
    with pytest.raises(DecisionError, match=why):
        arguments(marker, place(marker, "T790M was seen after gefitinib"), kind, form)


def test_what_is_typed_stands_in_the_article(marker: Marker) -> None:
    span = place(marker, "34.8")
    form = {"trial": "ALEX", "endpoint": "PFS", "value": f"{span.start}-{span.end}", "population": "elderly"}
    with pytest.raises(DecisionError, match="'elderly' does not stand in the article"):
        arguments(marker, span, "trial_result", form)
