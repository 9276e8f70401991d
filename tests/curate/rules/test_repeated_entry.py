from cases import RuleCases


class TestRepeatedEntry(RuleCases):
    rule = "repeated-entry"
