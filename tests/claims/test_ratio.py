from papers import paper, table, text

from extract.claims.ratio import Ratio
from extract.records import Extraction


def ratios(extraction: Extraction) -> list[Ratio]:
    return [claim.arguments for claim in extraction.claims if isinstance(claim.arguments, Ratio)]


def test_a_sentence_gives_ratio_interval_and_p() -> None:
    assert ratios(text("PFS was longer (hazard ratio, 0.51 [95% CI, 0.35-0.7]; stratified log-rank P < 0.001).")) == [
        Ratio(
            measure="HR",
            value=0.51,
            low=0.35,
            high=0.7,
            p=0.001,
            p_comparison="<",
            decimals=2,
            bound_decimals=1,
            p_decimals=3,
            subject="PFS",
        )
    ]


def test_a_p_value_of_another_test_is_not_taken() -> None:
    assert [one.p for one in ratios(text("The HR was 0.51 (95% CI 0.35-0.72, I2 = 20%, P = 0.26)."))] == [None]


def test_a_ratio_without_its_interval_is_no_claim() -> None:
    assert ratios(text("The HR was 0.51 (P = 0.02).")) == []


def test_the_level_of_the_interval_is_kept() -> None:
    assert [one.level for one in ratios(text("The OR was 2.11 (99% CI 1.24-3.58; P = 0.001)."))] == [99.0]


def test_a_row_gives_ratio_and_p() -> None:
    rows = [["Subgroup", "No.", "OR (95% CI)", "P value"], ["Women", "40", "2.11 (1.24-3.58)", "0.006"]]
    assert [(one.measure, one.value, one.p) for one in ratios(paper(table("Table 1", "Subgroups", rows)))] == [
        ("OR", 2.11, 0.006)
    ]
