from cases import RuleCases


class TestCodonMismatch(RuleCases):
    rule = "codon-mismatch"
