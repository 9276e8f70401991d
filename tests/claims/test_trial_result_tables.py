"""Results of the paper's own study in its tables."""

import papers

from extract.claims.trial_result import TrialResult
from extract.records import Extraction, How

TITLE = "Osimertinib or placebo after resection: a randomised trial"
ENROLLED = papers.section(
    "Results", "Patients were randomly assigned to osimertinib or placebo. All patients were women."
)


def results(extraction: Extraction) -> set[tuple[str, str, float | None, str, float | None, float | None]]:
    found = [claim.arguments for claim in extraction.claims if isinstance(claim.arguments, TrialResult)]
    return {(one.endpoint, one.arm, one.value, one.unit, one.low, one.high) for one in found}


def test_rows_are_endpoints_and_columns_arms() -> None:
    table = papers.table(
        "Table 2",
        "Efficacy in the intention-to-treat population",
        [
            ["Endpoint", "Osimertinib (N = 279)", "Placebo (N = 278)", "HR (95% CI)", "P value"],
            ["Median PFS, months (95% CI)", "18.9 (15.2-21.4)", "10.2 (9.6-11.1)", "0.46 (0.37-0.57)", "<0.001"],
            ["Objective response, n (%)", "214 (76.7)", "100 (36.0)", "", "0.02"],
            ["Complete response", "7 (2.5)", "4 (1.4)", "", ""],
            ["12-month OS rate, %", "89.2", "82.5", "", ""],
            ["Events, n", "136", "206", "", ""],
        ],
    )
    assert results(papers.paper(ENROLLED, table, title=TITLE)) == {
        ("PFS", "osimertinib", 18.9, "months", 15.2, 21.4),
        ("PFS", "placebo", 10.2, "months", 9.6, 11.1),
        ("ORR", "osimertinib", 76.7, "%", None, None),
        ("ORR", "placebo", 36.0, "%", None, None),
        ("CRR", "osimertinib", 2.5, "%", None, None),
        ("CRR", "placebo", 1.4, "%", None, None),
        ("12 month OS rate", "osimertinib", 89.2, "%", None, None),
        ("12 month OS rate", "placebo", 82.5, "%", None, None),
    }


def test_a_group_of_rows_lends_its_endpoint() -> None:
    table = papers.table(
        "Table 2",
        "Efficacy",
        [
            ["", "Osimertinib (n = 60)", "Placebo (n = 58)"],
            ["Progression-free survival"],
            ["Median (95% CI), months", "9.6 (8.1-11.0)", "5.5 (4.2-6.1)"],
            ["Events, n (%)", "40 (66.7)", "50 (86.2)"],
            ["Overall survival"],
            ["Median (95% CI), months", "NR", "20.1 (17.7-23.3)"],
        ],
    )
    assert results(papers.paper(ENROLLED, table, title=TITLE)) == {
        ("PFS", "osimertinib", 9.6, "months", 8.1, 11.0),
        ("PFS", "placebo", 5.5, "months", 4.2, 6.1),
        ("OS", "osimertinib", None, "months", None, None),
        ("OS", "placebo", 20.1, "months", 17.7, 23.3),
    }


def test_rows_are_arms_and_columns_endpoints() -> None:
    table = papers.table(
        "Table 3",
        "Outcomes by treatment",
        [
            ["Treatment", "n", "ORR (%)", "Median PFS (months)"],
            ["Osimertinib", "60", "62.5", "9.6"],
            ["Placebo", "58", "12.1", "5.5"],
        ],
    )
    assert results(papers.paper(ENROLLED, table, title=TITLE)) == {
        ("ORR", "osimertinib", 62.5, "%", None, None),
        ("PFS", "osimertinib", 9.6, "months", None, None),
        ("ORR", "placebo", 12.1, "%", None, None),
        ("PFS", "placebo", 5.5, "months", None, None),
    }


def test_baseline_and_adverse_events_are_no_results() -> None:
    baseline = papers.table(
        "Table 1",
        "Baseline characteristics",
        [
            ["", "Osimertinib (n = 60)", "Placebo (n = 58)"],
            ["Age, years", "61", "62"],
            ["Women, n (%)", "30 (50)", "29 (50)"],
        ],
    )
    events = papers.table(
        "Table 4",
        "Adverse events",
        [["", "Osimertinib (n = 60)", "Placebo (n = 58)"], ["Rash, n (%)", "30 (50)", "9 (15.5)"]],
    )
    assert results(papers.paper(ENROLLED, baseline, events, title=TITLE)) == set()


def test_a_review_has_no_study_of_its_own() -> None:
    table = papers.table("Table 1", "Outcomes", [["", "Osimertinib (n = 60)"], ["ORR, %", "62.5"]])
    review = papers.section("A review of treatments", "Several drugs were compared in this review of the literature.")
    paper = papers.paper(review, table, title="EGFR inhibitors: a review")
    assert results(paper) == set()


def test_each_argument_says_how_it_was_found() -> None:
    table = papers.table("Table 2", "Efficacy", [["Endpoint", "Osimertinib (n = 60)"], ["ORR, %", "62.5"]])
    said = papers.section(
        "Results",
        "The NOVA trial (NCT01234567) was done here. Patients were randomly assigned to osimertinib or placebo.",
        "Relapse occurred in 12% with osimertinib and 27% with placebo. Death occurred in 3% versus 9%, respectively.",
    )
    paper = papers.paper(said, table, title="The NOVA trial of osimertinib: a randomised trial")
    found = {
        (claim.arguments.endpoint, claim.arguments.value): {one.argument: one.how for one in claim.evidence[0].found}
        for claim in paper.claims
        if isinstance(claim.arguments, TrialResult)
    }
    assert found[("ORR", 62.5)] == {"arm": How.COLUMN, "endpoint": How.ROW, "trial": How.STUDY}
    assert found[("Relapse", 12.0)]["arm"] is How.SAID
    assert found[("Death", 3.0)]["arm"] is How.BEFORE
