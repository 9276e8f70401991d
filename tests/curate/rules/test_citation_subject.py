from cases import RuleCases


class TestCitationSubject(RuleCases):
    rule = "citation-subject"
