import papers
import pytest

RULE = "estimate-outside-interval"
DOI = "10.1000/interval"


@pytest.mark.parametrize(
    "passage",
    [
        "The ORR was 62% (95% CI 43-59).",
        "The median OS was 9.1 months (95% CI, 10.2-14.8).",
        "The hazard ratio was 1.11 (95% CI 0.93-1.02).",
        "HR = 0.35; 95% CI: 0.37-0.52; P < 0.001",
        "The median age was 71 years (range, 34-69).",
    ],
)
def test_an_estimate_outside_its_interval(passage: str) -> None:
    (flag,) = papers.flags(papers.text(passage), RULE)
    assert flag.doubt.severity == "error"
    assert " its own " in flag.doubt.message


@pytest.mark.parametrize(
    "passage",
    [
        "The ORR was 52% (95% CI 43-59).",
        "On the bound: 59% (95% CI 43-59).",
        "Rounded: 59% (95% CI, 43.2-58.6).",
        "Not called an interval: 62% (43-59).",
        "Open: the median PFS was 34.8 months (95% CI, 17.7-NE).",
        "Reversed: 50% (95% CI 59-43).",
        "With the arm between: the rate was 75.8% with trastuzumab deruxtecan (95% CI, 69.8-80.7).",
        "Two arms: 53% (95% CI, 43-63) vs. 48% (95% CI, 39-58).",
        "Pages 117-128 and 62 patients (12-15 centres).",
        "The median follow-up was 12.4 months (range 0.3-28.7).",
    ],
)
def test_what_is_sound_or_no_interval_is_left_alone(passage: str) -> None:
    assert not papers.flags(papers.text(passage), RULE)


def table(cell: str, header: str = "ORR % (95% CI)") -> str:
    rows = [["Trial", "Drug", header], ["ALEX", "Alectinib", cell], ["ASCEND-5", "Ceritinib", "39 (30-48)"]]
    return papers.table("Table 1", "Trials", rows)


def test_two_bare_numbers_under_a_header_that_names_the_interval() -> None:
    (flag,) = papers.flags(papers.paper(table("72.1 (74.0-88.5)")), RULE)
    assert flag.doubt.message.startswith("The estimate 72.1 in Table 1 lies below its own interval of 74 to 88.5")
    assert flag.doubt.places[0].evidence.cell is not None


def test_two_bare_numbers_under_a_header_that_does_not() -> None:
    assert not papers.flags(papers.paper(table("72.1 (74.0-88.5)", header="Patients (ages)")), RULE)


def test_intervals_that_cannot_be_checked_are_counted_as_such() -> None:
    count = papers.counts(papers.text("It was 52% (95% CI 43-59), then 50% (95% CI 59-43), then 62% (43-59)."), RULE)
    assert (count.consistent, count.flagged) == (1, 0)
    assert count.not_applicable >= 1


def test_the_flag_is_the_same_in_another_setting_of_the_paper() -> None:
    text = papers.section("Results", "The rate was as expected.")
    first = papers.paper(text, table("72.1 (74.0-88.5)"), doi=DOI)
    second = papers.paper(table("72.1 (74.0-88.5)"), text, doi=DOI, page=papers.LETTER_TWO_COLUMNS)
    assert [flag.id for flag in papers.flags(first, RULE)] == [flag.id for flag in papers.flags(second, RULE)] != []
