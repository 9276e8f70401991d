import papers
import pytest

RULE = "unit-mismatch"
DOI = "10.1000/unit"


def table(header: str, *cells: str) -> str:
    trials = ("ALEX", "CROWN", "ALTA-1L", "ASCEND-4")
    rows = [
        ["Trial", "Drug", header],
        *([trial, "Alectinib", cell] for trial, cell in zip(trials, cells, strict=False)),
    ]
    return papers.table("Table 1", "Trials", rows)


def messages(header: str, *cells: str) -> list[str]:
    return [flag.doubt.message for flag in papers.flags(papers.paper(table(header, *cells)), RULE)]


def test_a_percentage_under_months() -> None:
    (flag,) = papers.flags(papers.paper(table("PFS (months)", "34.8", "39%", "24.0")), RULE)
    assert flag.doubt.message == ("Table 1 gives 39% for CROWN in the column 'PFS (months)', which is in months.")
    assert (flag.doubt.severity, flag.doubt.subject) == ("error", "CROWN")
    assert [place.role for place in flag.doubt.places] == ["value", "column header"]
    assert [place.evidence.quote for place in flag.doubt.places] == ["39%", "PFS (months)"]


def test_a_value_that_shares_the_unit_of_its_neighbour_is_no_second_fault() -> None:
    assert messages("PFS (months)", "34.8 vs. 10.9", "11.0 vs. 39%", "24.0 vs. 11.1") == [
        "Table 1 gives 39% for CROWN in the column 'PFS (months)', which is in months."
    ]


def test_a_percentage_among_values_that_print_no_unit_of_their_own() -> None:
    assert messages("Walks, mean days (SD)", "3.93% (4.67)", "2.92 (4.92)", "4.17 (4.95)", "3.18 (5.44)") == [
        "Table 1 gives 3.93% for ALEX in the column 'Walks, mean days (SD)', which is in days."
    ]


def test_the_heading_of_several_columns_that_were_read_as_one_states_no_unit() -> None:
    header = (
        "Characteristic, with the age of all treated patients in years, their sex and how many were seen at the sites"
    )
    assert messages(f"{header} of both hemispheres", "59", "45%", "102") == []


def test_months_under_per_cent() -> None:
    assert messages("ORR (%)", "82.9", "12.4 months", "71") == [
        "Table 1 gives 12.4 months for CROWN in the column 'ORR (%)', which is in per cent."
    ]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("PFS (months)", ("34.8", "10.9 months", "24.0")),
        ("OS (months)", ("34.8", "2 years", "24.0")),
        ("PFS (months) (95% CI)", ("34.8 (17.7-NE)", "9.3 (7.0-12.1)", "24.0 (18.5-43.2)")),
        ("PFS, months", ("34.8 (P < 0.001)", "NR", "24.0 (300 mg)")),
        ("ORR, n (%)", ("12 (52%)", "7/20 (35%)", "71%")),
        # no unit, or two: nothing to hold a value against
        ("PFS", ("34.8 months", "78%", "24.0")),
        ("PFS months or rate (%)", ("34.8 months", "78%", "24.0")),
        # most of the column prints the other unit: the header says something else
        ("Rate (months)", ("68%", "78%", "69%")),
        # a point in time is no unit
        ("Rate at 12 months", ("68%", "0.7", "0.8")),
        ("Colon 6 weeks", ("1.21 (0.12)", "75% (71%)", "17.9 (1.4)")),
    ],
)
def test_what_fits_its_column_is_left_alone(header: str, cells: tuple[str, ...]) -> None:
    assert messages(header, *cells) == []


def test_a_column_of_the_other_unit_is_not_applicable() -> None:
    count = papers.counts(papers.paper(table("Rate (months)", "68%", "78%", "69%")), RULE)
    assert (count.consistent, count.flagged, count.not_applicable) == (0, 0, 3)


def test_each_value_of_a_column_with_a_unit_is_counted() -> None:
    count = papers.counts(papers.paper(table("PFS (months)", "34.8", "39%", "24.0")), RULE)
    assert (count.consistent, count.flagged) == (2, 1)


def test_the_flag_is_the_same_in_another_setting_of_the_paper() -> None:
    fault = table("PFS (months)", "34.8", "39%", "24.0")
    text = papers.section("Results", "The trials are listed in Table 1.")
    first = papers.paper(fault, text, doi=DOI)
    second = papers.paper(text, fault, doi=DOI, page=papers.LETTER_TWO_COLUMNS)
    assert [flag.id for flag in papers.flags(first, RULE)] == [flag.id for flag in papers.flags(second, RULE)] != []
