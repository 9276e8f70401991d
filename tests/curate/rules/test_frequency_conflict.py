from cases import RuleCases


class TestFrequencyConflict(RuleCases):
    rule = "frequency-conflict"
