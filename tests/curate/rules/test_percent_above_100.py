from cases import RuleCases


class TestPercentAbove100(RuleCases):
    rule = "percent-above-100"
