from cases import RuleCases


class TestPhaseConflict(RuleCases):
    rule = "phase-conflict"
