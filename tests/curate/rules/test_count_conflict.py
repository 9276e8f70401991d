from cases import RuleCases


class TestCountConflict(RuleCases):
    rule = "count-conflict"
