from cases import RuleCases


class TestImpossiblePercent(RuleCases):
    rule = "impossible-percent"
