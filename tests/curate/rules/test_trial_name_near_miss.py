from cases import RuleCases


class TestTrialNameNearMiss(RuleCases):
    rule = "trial-name-near-miss"
