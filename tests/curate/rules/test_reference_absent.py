from cases import RuleCases


class TestReferenceAbsent(RuleCases):
    rule = "reference-absent"
