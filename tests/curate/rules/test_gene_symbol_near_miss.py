from cases import RuleCases
from papers import flags, paper, references, section


class TestGeneSymbolNearMiss(RuleCases):
    rule = "gene-symbol-near-miss"


def test_a_symbol_that_the_reference_list_has_too_is_left_alone() -> None:
    prose = section(
        "Results", "UMPS was typed. UMPS was lost in one line. UMPS is an enzyme; UPMS was found as well [1]."
    )
    entry = "Kim DW, Tiseo M, Ahn MJ. The UPMS score of survival. J Clin Oncol 2017;35:2490-8."
    assert flags(paper(prose, references(entry)), "gene-symbol-near-miss") == ()
    (flag,) = flags(paper(prose), "gene-symbol-near-miss")
    assert flag.doubt.expected == "UMPS"
