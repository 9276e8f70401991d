from cases import RuleCases


class TestCountPercent(RuleCases):
    rule = "count-percent"
