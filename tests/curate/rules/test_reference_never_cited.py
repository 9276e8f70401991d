from cases import RuleCases


class TestReferenceNeverCited(RuleCases):
    rule = "reference-never-cited"
