import papers
import pytest

RULE = "claim-conflict"
DOI = "10.1000/conflict"

ROWS = [
    ["Trial", "Treatment", "ORR (%)", "PFS (months)"],
    ["ALTA", "Brigatinib", "Arm A: 48 vs. Arm B: 53", "9.2 vs. 15.6"],
    ["ALEX", "Alectinib", "82.9", "34.8"],
    ["ASCEND-5", "Ceritinib", "39.1", "5.4"],
]
TABLE = papers.table("Table 1", "Trials of ALK inhibitors", ROWS)


def told(*sentences: str, table: str = TABLE) -> list[str]:
    extraction = papers.paper(papers.section("Results", " ".join(sentences)), table)
    return [flag.doubt.message for flag in papers.flags(extraction, RULE)]


def test_a_rate_of_the_text_that_no_arm_of_the_row_has() -> None:
    extraction = papers.paper(papers.section("Results", "In the ALTA trial, the ORR of brigatinib was 62%."), TABLE)
    (flag,) = papers.flags(extraction, RULE)
    assert flag.doubt.message == (
        "The objective response rate of brigatinib in ALTA is 62% in the text on page 1 but 48% or 53% in Table 1."
    )
    assert (flag.doubt.severity, flag.doubt.subject, flag.doubt.expected) == ("warning", "ALTA ORR", "48% or 53%")
    assert [place.role for place in flag.doubt.places] == ["text", "table"]
    assert flag.doubt.places[1].evidence.quote == "Arm A: 48 vs. Arm B: 53"


@pytest.mark.parametrize(
    ("sound", "sentence"),
    [
        ("the same value", "In the ALTA trial, the ORR of brigatinib was 53%."),
        ("the other arm's value", "In the ALTA trial, the ORR of brigatinib was 48%."),
        ("rounded as printed", "In the ALEX trial, the median PFS of alectinib was 35 months."),
        ("another endpoint", "In the ALTA trial, the intracranial ORR of brigatinib was 67%."),
        ("a landmark", "In the ALTA trial, the 12-month PFS rate of brigatinib was 62%."),
        ("other patients", "In the ALTA trial, the ORR of brigatinib was 67% in patients with brain metastases."),
        ("another assessor", "In the ALTA trial, the ORR of brigatinib was 56% by independent review."),
        ("another analysis", "In the updated analysis of the ALTA trial, the ORR of brigatinib was 56%."),
        ("another line of treatment", "In the ALTA trial, the first-line ORR of brigatinib was 71%."),
        ("another arm", "In the ASCEND-5 trial, the ORR was 6.9% for chemotherapy."),
        ("an arm left open", "In the ALTA trial, the ORR was 62%."),
        ("another trial", "In the ALTA-1L trial, the ORR of brigatinib was 71%."),
        ("another rate", "In the ALTA trial, the complete response rate of brigatinib was 5%."),
        ("a combination", "In the ALTA trial, the ORR of brigatinib plus cetuximab was 60%."),
        ("another cohort", "In the ALTA trial, the ORR of brigatinib was 62% in cohort C."),
    ],
)
def test_what_is_another_result_is_left_alone(sound: str, sentence: str) -> None:
    assert not told(sentence), sound


ARMS = papers.table(
    "Table 1",
    "Randomised trials",
    [
        ["Trial", "Treatment", "Comparator", "ORR by BICR (%)", "PFS (months) (95% CI)"],
        ["OlympiAD", "Olaparib", "vs. chemotherapy", "59.9 vs. 28.8", "7.0 (5.7-8.3) vs. 4.2 (2.8-4.3)"],
        ["PROFILE 1014", "Crizotinib", "vs. chemotherapy", "74 vs. 45", "10.9 (8.3-13.9) vs. 7.0 (6.8-8.2)"],
        ["TRITON2", "Rucaparib", "", "43.5", "9.0 (8.3-13.5)"],
    ],
)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        (
            "In the OlympiAD trial, the ORR was 59.9% in the olaparib group and 37.8% in the control group.",
            ("37.8%", "28.8%"),
        ),
        ("In the OlympiAD trial, the ORR was 37.8% in the control group.", ("37.8%", "28.8%")),
        ("In the PROFILE 1014 trial, the median PFS was 16.9 months vs. 7.0 months.", ("16.9 months", "10.9 months")),
        ("In the PROFILE 1014 trial, the median PFS was 10.9 months vs. 8.0 months.", ("8 months", "7 months")),
        (
            "In the TRITON2 trial, rucaparib gave an ORR of 43.5% and a median PFS of 12.0 months in men with BRCA2.",
            ("12 months", "9 months"),
        ),
        (
            "In the OlympiAD trial, the median PFS was 8.1 months with olaparib (95% CI, 5.7-8.3) in women with BRCA1.",
            ("8.1 months", "7 months"),
        ),
        ("In the TRITON2 trial, the ORR of rucaparib was 53.5% by independent review.", ("53.5%", "43.5%")),
    ],
)
def test_a_value_known_by_what_stands_beside_it(sentence: str, values: tuple[str, str]) -> None:
    (flag,) = papers.flags(papers.paper(papers.section("Results", sentence), ARMS), RULE)
    here, there = values
    assert f" is {here} in the text on page 1 but {there} in Table 1." in flag.doubt.message


@pytest.mark.parametrize(
    ("sound", "sentence"),
    [
        ("an update", "In the updated analysis of PROFILE 1014, the median PFS was 12.0 months vs. 7.0 months."),
        ("two others", "In the PROFILE 1014 trial, the median PFS was 12.0 months vs. 8.0 months."),
        ("three values", "In the PROFILE 1014 trial, the median PFS was 10.9 months, 9.0 months and 8.0 months."),
        (
            "another assessor",
            "In the TRITON2 trial, the ORR of rucaparib was 50.8% by investigator assessment in men with BRCA2.",
        ),
        (
            "other patients of one value",
            "In the TRITON2 trial, the ORR of rucaparib was 43.5%, and in men with BRCA2 the PFS was 12.0 months.",
        ),
        (
            "two doses of one drug",
            "In the OlympiAD trial, the ORR was 59.9% with olaparib at 300 mg and 37.8% at 100 mg.",
        ),
        ("a third arm", "In the OlympiAD trial, the ORR was 59.9% with olaparib and 37.8% with talazoparib."),
        (
            "one arm twice",
            "In the OlympiAD trial, the ORR was 28.8% with chemotherapy and 37.8% with chemotherapy in BRCA1 carriers.",
        ),
    ],
)
def test_what_stands_beside_other_results_is_left_alone(sound: str, sentence: str) -> None:
    assert not told(sentence, table=ARMS), sound


def test_two_sentences_with_two_values_of_one_arm() -> None:
    far = "The study enrolled patients at many centres in several countries over two years. " * 8
    messages = told(
        "In the CROWN trial, the ORR of lorlatinib was 76%.",
        far,
        "In the CROWN trial, the ORR of lorlatinib was 67%.",
    )
    assert messages == [
        "The objective response rate of lorlatinib in CROWN is 67% in the text on page 1 but 76% in the text on page 1."
    ]


def test_two_sentences_on_different_patients_agree() -> None:
    far = "The study enrolled patients at many centres in several countries over two years. " * 8
    assert not told(
        "In the CROWN trial, the ORR of lorlatinib was 76%.",
        far,
        "In the CROWN trial, the ORR of lorlatinib was 82% in patients with brain metastases.",
    )


def test_two_tables_with_two_values_of_one_arm() -> None:
    other = papers.table(
        "Table 2", "First-line trials", [["Trial", "Drug", "PFS (months)"], ["ALEX", "Alectinib", "25.7"]]
    )
    extraction = papers.paper(TABLE, other)
    (flag,) = papers.flags(extraction, RULE)
    assert flag.doubt.message == (
        "The progression-free survival of alectinib in ALEX is 25.7 months in Table 2 but 34.8 months in Table 1."
    )
    assert [place.role for place in flag.doubt.places] == ["table", "table"]


def test_two_tables_on_different_patients_agree() -> None:
    first = papers.table(
        "Table 1",
        "All patients",
        [["Trial", "Drug", "Population", "PFS (months)"], ["ALEX", "Alectinib", "Asian", "34.8"]],
    )
    second = papers.table(
        "Table 2",
        "Subgroups",
        [["Trial", "Drug", "Population", "PFS (months)"], ["ALEX", "Alectinib", "Brain metastases", "25.7"]],
    )
    assert not papers.flags(papers.paper(first, second), RULE)


def test_a_drug_is_not_the_arm_of_its_combination_where_both_have_results() -> None:
    table = papers.table(
        "Table 1",
        "Melanoma",
        [["Trial", "Arm", "PFS (months)"], ["COLUMBUS", "Encorafenib + binimetinib", "14.9"]],
    )
    sentence = (
        "In the COLUMBUS trial, the median PFS was 14.9 months with encorafenib plus binimetinib and 9.6 months "
        "with encorafenib."
    )
    assert not told(sentence, table=table)


def test_what_could_be_compared_is_counted() -> None:
    sentences = "In the ALTA trial, the ORR of brigatinib was 53%. In the CROWN trial, the ORR of lorlatinib was 76%."
    count = papers.counts(papers.paper(papers.section("Results", sentences), TABLE), RULE)
    assert (count.consistent, count.flagged, count.not_applicable) == (1, 0, 1)


def test_the_flag_is_the_same_in_another_setting_of_the_paper() -> None:
    text = papers.section("Results", "In the ALTA trial, the ORR of brigatinib was 62%.")
    first = papers.paper(text, TABLE, doi=DOI)
    second = papers.paper(TABLE, text, doi=DOI, page=papers.LETTER_TWO_COLUMNS)
    assert [flag.id for flag in papers.flags(first, RULE)] == [flag.id for flag in papers.flags(second, RULE)] != []
