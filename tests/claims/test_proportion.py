from papers import paper, table, text

from extract.claims.proportion import Proportion
from extract.records import Extraction


def proportions(extraction: Extraction) -> list[Proportion]:
    return [claim.arguments for claim in extraction.claims if isinstance(claim.arguments, Proportion)]


def test_a_sentence_gives_count_total_and_percent() -> None:
    assert proportions(text("Mutations were found in five of eighteen patients (27.8%).")) == [
        Proportion(count=5, total=18, percent=27.8, percent_decimals=1)
    ]


def test_a_percent_of_something_else_is_not_taken() -> None:
    assert proportions(text("It was stopped in 10 of 20 patients (60% male).")) == [Proportion(count=10, total=20)]


def test_a_cell_takes_the_size_of_its_column() -> None:
    rows = [
        ["Characteristic", "Afatinib (n = 1,120)", "Placebo (n = 60)"],
        ["Female, n (%)", "616 (55.0)", "30 (50)"],
        ["Never smoked, n (%)", "756 (67.5)", "39 (65)"],
    ]
    assert proportions(paper(table("Table 1", "Patients", rows)))[0] == Proportion(
        count=616,
        total=1120,
        percent=55.0,
        percent_decimals=1,
        subject="Female, n (%)",
        group="Afatinib (n = 1,120)",
        basis="column",
    )


def test_a_cell_of_another_total_has_none() -> None:
    rows = [
        ["Characteristic", "Afatinib (n = 120)"],
        ["Airways, n (%)", "12 (40)"],
        ["Blood, n (%)", "6 (20)"],
        ["Women, n (%)", "60 (50)"],
    ]
    assert [one.total for one in proportions(paper(table("Table 1", "Patients", rows)))] == [None, None, 120]


def test_a_measure_in_per_cent_is_not_taken_for_a_count() -> None:
    rows = [
        ["Characteristic", "Afatinib (n = 120)"],
        ["Women, n (%)", "60 (50)"],
        ["Stage IV, n (%)", "90 (75)"],
        ["Smokers, n (%)", "30 (25)"],
        ["Ejection fraction (%)", "55 (8)"],
        ["Tumour cells (%), median (IQR)", "40 (20)"],
    ]
    assert [one.total for one in proportions(paper(table("Table 1", "Patients", rows)))] == [120, 120, 120, None]
