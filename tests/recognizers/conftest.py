"""How the lists of real forms are read: captures marked in the text, normal forms after a tab."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from extract.mentions.recognizers import Capture

DATA = Path(__file__).parents[1] / "data" / "recognizers"
Expected = list[tuple[int, int, str]]


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def marked(line: str) -> tuple[str, Expected]:
    """Return the plain text of a line and what is expected in it: start, end, normal form."""
    shown, forms = line.split("\t")
    plain, opened, spans = "", [], []
    for letter in shown:
        if letter == "⟦":
            opened.append(len(spans))
            spans.append([len(plain), 0])
        elif letter == "⟧":
            spans[opened.pop()][1] = len(plain)
        else:
            plain += letter
    assert not opened, line
    stretches = spans or [[0, len(plain)]]
    groups = forms.split(" | ")
    assert len(groups) == len(stretches), line
    return plain, [
        (start, end, form) for (start, end), group in zip(stretches, groups, strict=True) for form in group.split(" & ")
    ]


def compared(captures: Iterable[Capture], expected: Expected) -> Expected:
    """Return the captures in the form of what is expected: entity and score only where the line gives them."""
    found = []
    for index, capture in enumerate(captures):
        form = expected[index][2] if index < len(expected) else ""
        name = capture.normalized
        name += f"@{capture.entity}" if "@" in form else ""
        name += f"~{capture.score}" if "~" in form or (capture.kind == "drug" and capture.score < 1) else ""
        found.append((capture.start, capture.end, name))
    return found


@pytest.fixture
def agree() -> Callable[[Iterable[Capture], Expected], None]:
    """Assert that captures are what a line expects."""

    def check(captures: Iterable[Capture], expected: Expected) -> None:
        assert compared(captures, expected) == expected

    return check


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test with an `accepted`, `rejected` or `cell` argument each line of its module's list."""
    kind = metafunc.module.__name__.rpartition(".")[2].removeprefix("test_")
    for argument, name in (
        ("accepted", f"{kind}_accept.tsv"),
        ("rejected", f"{kind}_reject.txt"),
        ("cell", f"{kind}_cells.tsv"),
    ):
        if argument in metafunc.fixturenames:
            metafunc.parametrize(
                argument, [marked(line) if argument == "accepted" else line for line in lines(name)], ids=str
            )
