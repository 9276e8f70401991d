from cases import RuleCases


class TestAbbreviationConflict(RuleCases):
    rule = "abbreviation-conflict"
