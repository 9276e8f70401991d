"""The cases of a rule's file, handed to the tests of `cases.RuleCases`."""

import pytest
from cases import RuleCases, cases

LISTS = ("flagged", "consistent", "left_alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.cls is not None and issubclass(metafunc.cls, RuleCases):
        for name in set(LISTS) & set(metafunc.fixturenames):
            metafunc.parametrize(name, cases(metafunc.cls.rule, name))
