from cases import RuleCases


class TestCompoundVariantMismatch(RuleCases):
    rule = "compound-variant-mismatch"
