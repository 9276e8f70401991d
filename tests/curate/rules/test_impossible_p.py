from cases import RuleCases


class TestImpossibleP(RuleCases):
    rule = "impossible-p"
