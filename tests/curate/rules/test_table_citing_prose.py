from cases import RuleCases


class TestTableCitingProse(RuleCases):
    rule = "table-citing-prose"
