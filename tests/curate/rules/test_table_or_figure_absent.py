from cases import RuleCases


class TestTableOrFigureAbsent(RuleCases):
    rule = "table-or-figure-absent"
