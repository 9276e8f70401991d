"""What describes a trial result: phase, dose, comparator, line, assessor, kind of interval, and in whom it was."""

import papers
import pytest

from extract.claims.trial_result import TrialResult
from extract.claims.trial_result.terms import assessor_of, line_of, line_of_cell
from extract.records import Extraction

DETAILS = ("phase", "dose", "comparator", "line", "assessor", "interval")


def results(extraction: Extraction) -> list[TrialResult]:
    return [claim.arguments for claim in extraction.claims if isinstance(claim.arguments, TrialResult)]


def details(one: TrialResult) -> dict[str, str]:
    return {name: said for name in DETAILS if (said := getattr(one, name))}


def told(sentence: str) -> list[dict[str, str]]:
    return [details(one) for one in results(papers.text(sentence))]


ROWS = papers.table(
    "Table 1",
    "Randomised trials",
    [
        ["Trial", "Phase", "Line", "Population", "Treatment", "PFS, months (95% CI)", "ORR by BICR (%)"],
        [
            "FLAURA",
            "III",
            "1L",
            "EGFR-mutated",
            "Osimertinib 80 mg QD vs. gefitinib or erlotinib",
            "18.9 (15.2-21.4) vs. 10.2 (9.6-11.1)",
            "80 vs. 76",
        ],
        ["AURA3", "III", "Second", "T790M", "Osimertinib vs. chemotherapy", "10.1 (8.3-12.3) vs. 4.4 (4.2-5.6)", "71"],
    ],
)


def test_a_row_says_phase_line_dose_comparator_and_whom() -> None:
    first, second, third, *_ = results(papers.paper(ROWS))
    assert details(first) == {
        "phase": "3",
        "dose": "80 mg QD",
        "comparator": "gefitinib + erlotinib",
        "line": "first",
        "interval": "95% CI",
    }
    assert (first.arm, first.population, first.value) == ("osimertinib", "EGFR-mutated", 18.9)
    assert (second.arm, second.comparator, second.dose, second.line) == ("gefitinib + erlotinib", "", "", "first")
    assert (third.assessor, third.value, third.comparator) == ("independent review", 80.0, "gefitinib + erlotinib")


def test_the_line_of_each_row_is_its_own() -> None:
    assert {(one.trial, one.line) for one in results(papers.paper(ROWS))} == {("FLAURA", "first"), ("AURA3", "second")}


@pytest.mark.parametrize(
    ("treatment", "dose", "expected"),
    [
        ("Vs. chemotherapy", "Afatinib 40 mg daily", "40 mg daily"),
        # the dose beside 'vs.' is the comparator's
        (
            "Vs. afatinib 30 mg daily",
            "Afatinib 40 mg daily for 28 days, then 50 mg daily",
            "40 mg daily for 28 days, then 50 mg daily",
        ),
        ("Vs. afatinib 30 mg daily", "Afatinib 40 mg daily or 50 mg daily", ""),
    ],
)
def test_the_dose_of_a_row_is_that_of_its_drug(treatment: str, dose: str, expected: str) -> None:
    header = ["Drug", "Trial", "Treatment", "Dose", "PFS (months)"]
    table = papers.table("Table 1", "Trials", [header, ["Afatinib", "LUX-Lung 3", treatment, dose, "11.1 vs. 6.9"]])
    first, second = results(papers.paper(table))
    assert (first.value, first.dose, second.dose) == (11.1, expected, "")


def test_a_heading_of_rows_says_their_line() -> None:
    table = papers.table(
        "Table 1",
        "Trials",
        [
            ["Trial", "Drug", "ORR (%)"],
            ["First-line treatment"],
            ["ALEX", "Alectinib", "82.9"],
            ["Second-line treatment or later"],
            ["ALUR", "Alectinib", "37.5"],
        ],
    )
    assert [(one.trial, one.line) for one in results(papers.paper(table))] == [("ALEX", "first"), ("ALUR", "later")]


def test_a_number_of_patients_is_no_population() -> None:
    rows = [
        ["Trial", "Patients", "Drug", "ORR (%)"],
        ["ALEX", "152", "Alectinib", "82.9"],
        ["ALUR", "n = 72", "Alectinib", "38"],
    ]
    assert [one.population for one in results(papers.paper(papers.table("Table 1", "Trials", rows)))] == ["", ""]


def test_three_arms_of_a_row_have_their_values_in_its_order() -> None:
    rows = [
        ["Trial", "Treatment", "PFS (months)"],
        ["COLUMBUS", "Encorafenib + binimetinib vs. encorafenib vs. vemurafenib", "14.9 vs. 9.6 vs. 7.3"],
    ]
    found = results(papers.paper(papers.table("Table 1", "Trials", rows)))
    assert [(one.arm, one.value) for one in found] == [
        ("encorafenib + binimetinib", 14.9),
        ("encorafenib", 9.6),
        ("vemurafenib", 7.3),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "In the phase III ALEX trial, the median PFS was 34.8 months with alectinib versus 10.9 months with "
            "crizotinib.",
            [{"phase": "3", "comparator": "crizotinib"}, {"phase": "3"}],
        ),
        (
            "In the PROfound trial, the median rPFS was 7.4 months with olaparib and 3.6 months with control.",
            [{"comparator": "control"}, {}],
        ),
        ("In the coBRIM trial, the ORR was 70% with vemurafenib plus cobimetinib and 50% with vemurafenib.", [{}, {}]),
        ("In the ALTA trial, the ORR of brigatinib 180 mg once daily was 54%.", [{"dose": "180 mg once daily"}]),
        ("In the first-line CROWN trial, the ORR of lorlatinib was 76%.", [{"line": "first"}]),
        (
            "In ASCEND-2, the ORR of ceritinib was 38.6% as assessed by investigators and 35.7% by BICR.",
            [{"assessor": "investigator"}, {"assessor": "independent review"}],
        ),
        (
            "In AURA3, the median PFS was 10.1 months with osimertinib (95% CI, 8.3-12.3).",
            [{"interval": "95% CI"}],
        ),
        ("In the ALTA trial, the median DOR of brigatinib was 9.2 months (range, 1.0-20.1).", [{"interval": "range"}]),
        ("After second-line drugs, the ORR of lorlatinib in the first-line CROWN trial was 76%.", [{"line": "first"}]),
    ],
)
def test_a_sentence_says_what_describes_its_results(sentence: str, expected: list[dict[str, str]]) -> None:
    assert told(sentence) == expected


def test_an_interval_after_the_arm_is_that_of_the_value() -> None:
    sentence = (
        "In AURA3, the median PFS was 10.1 months with osimertinib (95% CI, 8.3-12.3) and 4.4 months with chemotherapy "
        "(95% CI, 4.2-5.6)."
    )
    assert [(one.value, one.low, one.high) for one in results(papers.text(sentence))] == [
        (10.1, 8.3, 12.3),
        (4.4, 4.2, 5.6),
    ]


def test_a_phase_that_the_paper_states_two_ways_describes_nothing() -> None:
    text = "The phase II ALTA trial began in 2014. In the phase III ALTA trial, the ORR of brigatinib was 53%."
    assert [one.phase for one in results(papers.text(text))] == [""]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("first-line treatment", "first"),
        ("in the 2nd line", "second"),
        ("1L", "first"),
        ("frontline", "first"),
        ("second-line or later", "later"),
        ("≥ 2nd line", "later"),
        ("first-line and second-line", ""),
        ("first-generation inhibitors", ""),
        ("line 1 of the table", ""),
        ("CTLA4 21L", ""),
    ],
)
def test_lines_of_treatment(text: str, line: str) -> None:
    assert line_of(text) == line


def test_a_column_of_lines_has_bare_numbers() -> None:
    assert [line_of_cell(text) for text in ("1", "2L", "3rd line", "≥2", "any")] == ["first", "second", "third", "", ""]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("ORR (BICR)", "independent review"),
        ("as assessed by an independent radiologic review committee", "independent review"),
        ("by central review", "independent review"),
        ("investigator-assessed PFS", "investigator"),
        ("PFS (INV)", "investigator"),
        ("by investigators and by IRC", ""),
        ("central nervous system", ""),
        ("in the INVICTUS trial", ""),
    ],
)
def test_assessors(text: str, who: str) -> None:
    assert assessor_of(text) == who


def test_a_bare_value_with_its_citation_is_a_result_and_a_bracketed_share_is_none() -> None:
    rows = [["Trial", "Treatment", "ORR (%)"], ["ALTA", "Brigatinib", "53 [6]"], ["ALEX", "Alectinib", "82.9 [7, 8]"]]
    found = results(papers.paper(papers.table("Table 1", "Trials", rows)))
    assert [(one.trial, one.value, one.unit) for one in found] == [("ALTA", 53.0, "%"), ("ALEX", 82.9, "%")]
    rows[0][2] = "ORR, n [%]"
    assert not results(papers.paper(papers.table("Table 1", "Trials", rows)))
