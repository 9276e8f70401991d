from cases import RuleCases


class TestYearConflict(RuleCases):
    rule = "year-conflict"
