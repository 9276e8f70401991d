"""What a claim is called in lists and on its page."""

import papers
import pytest

from curate.store.rows.reading_rows import summary

TABLES = (
    papers.table(
        "Table 1",
        "Trials",
        [
            ["Trial", "Phase", "Treatment", "Comparator", "PFS (months) (95% CI)"],
            ["OlympiAD", "III", "Olaparib", "vs. chemotherapy", "7.0 (5.7-8.3) vs. 4.2 (2.8-4.3)"],
        ],
    ),
    papers.table(
        "Table 2",
        "Patients",
        [["Characteristic", "Olaparib (n = 120)"], ["Female, n (%)", "66 (55.0)"], ["BRCA1, n (%)", "81 (67.5)"]],
    ),
    papers.table(
        "Table 3", "Subgroups", [["Subgroup", "HR (95% CI)", "P value"], ["BRCA1", "0.45 (0.29-0.70)", "0.006"]]
    ),
)


def test_a_claim_of_a_table_says_what_of_whom() -> None:
    assert [summary(claim) for claim in papers.paper(*TABLES).claims if claim.kind != "abbreviation"] == [
        "proportion: 66 of 120 (55.0%), Female, n (%), Olaparib (n = 120)",
        "proportion: 81 of 120 (67.5%), BRCA1, n (%), Olaparib (n = 120)",
        "ratio: HR 0.45 (95% CI 0.29 to 0.70), P = 0.006, BRCA1",
        "trial phase: OlympiAD, phase 3",
        "trial result: OlympiAD PFS: 7 months (95% CI 5.7 to 8.3), olaparib vs. chemotherapy, phase 3",
        "trial result: OlympiAD PFS: 4.2 months (95% CI 2.8 to 4.3), chemotherapy, phase 3",
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "title"),
    [
        (
            "In the EMBRACA trial, the ORR was 62.6% and PFS was longer (HR 0.54; 95% CI, 0.41-0.71; P < 0.001).",
            "ratio",
            "HR 0.54 (95% CI 0.41 to 0.71), P < 0.001, PFS in EMBRACA",
        ),
        (
            "The risk of relapse was lower (HR 0.54; 95% CI, 0.41-0.71).",
            "ratio",
            "HR 0.54 (95% CI 0.41 to 0.71): The risk of relapse was lower (HR 0.54; 95% CI, 0.41-0.71).",
        ),
        (
            "Anaemia was seen in 12 of 34 patients (35%).",
            "proportion",
            "12 of 34 (35%): Anaemia was seen in 12 of 34 patients (35%).",
        ),
        (
            "As it was expected from the earlier work of others, severe anaemia was seen in 12 of 34 patients (35%) of "
            "the second cohort and in nobody of the first or of the third one.",
            "proportion",
            "12 of 34 (35%): …work of others, severe anaemia was seen in 12 of 34 patients (35%) of the second cohort "
            "and in nobody of the…",
        ),
        (
            "ALK rearrangements occur in 3-7% of NSCLC.",
            "frequency",
            "ALK fusion in non-small cell lung cancer: 3 to 7%",
        ),
        (
            "EGFR T790M was found in 5.0% of patients with NSCLC.",
            "frequency",
            "EGFR p.Thr790Met in non-small cell lung cancer: 5.0%",
        ),
        (
            "In the PACE trial, the median PFS of ponatinib was not reached in patients with T315I.",
            "trial result",
            "PACE PFS: not reached, ponatinib, in patients with T315I",
        ),
        (
            "In the first-line CROWN trial, the ORR of lorlatinib 100 mg QD was 76% as assessed by BICR.",
            "trial result",
            "CROWN ORR: 76%, lorlatinib 100 mg QD, first-line; BICR, independent review",
        ),
    ],
)
def test_a_claim_of_a_sentence_says_what_of_whom(sentence: str, kind: str, title: str) -> None:
    assert f"{kind}: {title}" in [summary(claim) for claim in papers.text(sentence).claims]
