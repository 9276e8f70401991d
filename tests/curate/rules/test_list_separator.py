from cases import RuleCases


class TestListSeparator(RuleCases):
    rule = "list-separator"
