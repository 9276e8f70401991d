from cases import RuleCases


class TestPValueInterval(RuleCases):
    rule = "p-value-interval"
