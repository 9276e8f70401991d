from cases import RuleCases


class TestRatioNotPositive(RuleCases):
    rule = "ratio-not-positive"
