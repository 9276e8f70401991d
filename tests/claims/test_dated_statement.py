import pytest
from papers import text

from extract.claims import title
from extract.claims.dated_statement import DatedStatement


def dated(sentence: str) -> list[DatedStatement]:
    return [claim.arguments for claim in text(sentence).claims if isinstance(claim.arguments, DatedStatement)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "First described in lymphoma in 1990, the KIT gene encodes a receptor.",
            DatedStatement(subject="KIT", event="described", year=1990, first=True, scope="lymphoma"),
        ),
        (
            "Imatinib, an inhibitor of ABL1, KIT and PDGFRA, was approved by the US FDA for chronic leukaemia in 2001.",
            DatedStatement(subject="imatinib", event="approved", year=2001, by="FDA", scope="chronic leukaemia"),
        ),
        (
            "In May 2001, the FDA approved imatinib for chronic leukaemia.",
            DatedStatement(subject="imatinib", event="approved", year=2001, by="FDA", scope="chronic leukaemia"),
        ),
        (
            "In 1973, Rowley and colleagues [2] identified the BCR-ABL1 fusion.",
            DatedStatement(subject="BCR::ABL1", event="identified", year=1973, by="Rowley"),
        ),
        (
            "Since the initial discovery of the BCR-ABL1 fusion by Rowley et al. in 1973, much was learnt.",
            DatedStatement(subject="BCR::ABL1", event="discovered", year=1973, first=True, by="Rowley"),
        ),
        (
            "The Philadelphia chromosome was first reported in 1960 by two cytogeneticists [1].",
            DatedStatement(subject="philadelphia chromosome", event="reported", year=1960, first=True),
        ),
        (
            "Accelerated approval of sotorasib was granted by the FDA in May 2021.",
            DatedStatement(subject="sotorasib", event="approved", year=2021, by="FDA"),
        ),
        (
            "Sotorasib received FDA approval in 2021.",
            DatedStatement(subject="sotorasib", event="approved", year=2021, by="FDA"),
        ),
    ],
)
def test_an_event_with_its_year_is_stated(sentence: str, expected: DatedStatement) -> None:
    assert dated(sentence) == [expected]


def test_two_events_of_a_sentence_are_two_statements() -> None:
    found = dated("BCR-ABL1 was discovered in 1973 [6] and imatinib was approved in 2001 [7].")
    assert {(one.subject, one.event, one.year) for one in found} == {
        ("BCR::ABL1", "discovered", 1973),
        ("imatinib", "approved", 2001),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "It was first described in 1994.",
        "Patients were identified in 2010.",
        "KIT mutations were detected in patients diagnosed in 2010.",
        "Imatinib was approved in 2001-2003.",
        "Imatinib was developed at two sites.",
        "The study protocol was approved by the ethics committee in 2017.",
        "All of these data were published in 2016.",
        "Imatinib was described by Druker (2001) in Table 2.",
    ],
)
def test_people_papers_pronouns_and_spans_of_years_are_left_alone(sentence: str) -> None:
    assert dated(sentence) == []


def test_its_title_says_what_happened_when() -> None:
    found = dated("In May 2001, the FDA approved imatinib for chronic leukaemia.")
    assert title(found[0]) == "imatinib approved by FDA in 2001 (chronic leukaemia)"
