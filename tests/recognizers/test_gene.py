"""The recogniser of genes against lists of real forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from extract.mentions.recognizers import Capture
from extract.mentions.recognizers.gene import recognize

Expected = list[tuple[int, int, str]]


def test_accepts(accepted: tuple[str, Expected], agree: Callable[[Iterable[Capture], Expected], None]) -> None:
    text, expected = accepted
    agree(recognize(text), expected)


def test_rejects(rejected: str) -> None:
    assert [rejected[capture.start : capture.end] for capture in recognize(rejected)] == []
