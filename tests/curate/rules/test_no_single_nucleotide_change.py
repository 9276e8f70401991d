from cases import Case, RuleCases, read
from papers import counts, flags


class TestNoSingleNucleotideChange(RuleCases):
    rule = "no-single-nucleotide-change"

    def test_it_leaves_alone_what_it_cannot_judge(self, left_alone: Case) -> None:
        assert flags(read(left_alone), self.rule) == ()
        assert counts(read(left_alone), self.rule).not_applicable  # the paper's other variants can be consistent
