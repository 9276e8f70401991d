from cases import RuleCases


class TestDifferenceMismatch(RuleCases):
    rule = "difference-mismatch"
