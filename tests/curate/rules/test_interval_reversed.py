from cases import RuleCases


class TestIntervalReversed(RuleCases):
    rule = "interval-reversed"
