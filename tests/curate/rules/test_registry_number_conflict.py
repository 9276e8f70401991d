from cases import RuleCases


class TestRegistryNumberConflict(RuleCases):
    rule = "registry-number-conflict"
