from cases import RuleCases


class TestCitationAuthorYear(RuleCases):
    rule = "citation-author-year"
