import pytest
from papers import paper, table, text

from extract.claims.trial_phase import TrialPhase, phase_name
from extract.records import Extraction


def phases(extraction: Extraction) -> list[tuple[str, str]]:
    claims = (claim.arguments for claim in extraction.claims)
    return [(one.trial, one.phase) for one in claims if isinstance(one, TrialPhase)]


@pytest.mark.parametrize(
    ("printed", "name"), [("III", "3"), ("I/II", "1/2"), ("IB", "1b"), ("1b/2", "1b/2"), ("II-III", "2/3"), ("4", "4")]
)
def test_phases_are_written_in_arabic_figures(printed: str, name: str) -> None:
    assert phase_name(printed) == name


@pytest.mark.parametrize(
    "sentence",
    [
        "In the phase III SOLAR-1 trial, alpelisib was active.",
        "In the phase III, randomised, double-blind SOLAR-1 study, alpelisib was active.",
        "SOLAR-1, a randomized phase 3 trial, tested alpelisib.",
        "The SOLAR-1 trial (phase III) tested alpelisib.",
        "SOLAR-1 is a phase 3 study.",
    ],
)
def test_a_phase_at_the_name_is_the_trials(sentence: str) -> None:
    assert phases(text(sentence)) == [("SOLAR-1", "3")]


@pytest.mark.parametrize(
    "sentence",
    [
        "After the SOLAR-1 trial, a phase II study of neratinib began.",
        "Phase III data are awaited; SOLAR-1 trial results came first.",
    ],
)
def test_a_phase_of_something_else_is_not_taken(sentence: str) -> None:
    assert phases(text(sentence)) == []


def test_a_row_gives_trial_and_phase() -> None:
    rows = [["Phase", "Trial", "Drug"], ["I/II", "SOLAR-1", "Alpelisib"], ["", "OlympiAD", "Olaparib"]]
    assert phases(paper(table("Table 1", "Trials", rows))) == [("SOLAR-1", "1/2")]
