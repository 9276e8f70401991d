from cases import RuleCases


class TestCompoundNearMiss(RuleCases):
    rule = "compound-near-miss"
