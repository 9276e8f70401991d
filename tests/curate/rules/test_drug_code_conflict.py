from cases import RuleCases


class TestDrugCodeConflict(RuleCases):
    rule = "drug-code-conflict"
