from cases import RuleCases


class TestCountAboveTotal(RuleCases):
    rule = "count-above-total"
