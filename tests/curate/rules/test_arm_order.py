import papers
from cases import RuleCases


class TestArmOrder(RuleCases):
    rule = "arm-order"


def test_exchanged_arms_are_one_flag_of_one_rule() -> None:
    sentence = "In the ALEX trial, the median PFS was {} months with alectinib and {} months with crizotinib."
    far = "The study enrolled patients at many centres in several countries over two years. " * 8
    rows = [
        ["Trial", "Treatment", "Comparator", "PFS (months)"],
        ["ALEX", "Alectinib", "vs. crizotinib", "34.8 vs. 10.9"],
    ]
    extraction = papers.paper(
        papers.section("Results", f"{sentence.format(34.8, 10.9)} {far} {sentence.format(10.9, 34.8)}"),
        papers.table("Table 1", "Trials", rows),
    )
    assert len(papers.flags(extraction, "arm-order")) == 1
    assert not papers.flags(extraction, "claim-conflict")
