"""The recogniser of measurements against lists of real forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from extract.mentions.recognizers import Capture
from extract.mentions.recognizers.measurement import recognize
from extract.records import Quantity

Expected = list[tuple[int, int, str]]


def test_accepts(accepted: tuple[str, Expected], agree: Callable[[Iterable[Capture], Expected], None]) -> None:
    text, expected = accepted
    agree(recognize(text), expected)


def test_rejects(rejected: str) -> None:
    assert [rejected[capture.start : capture.end] for capture in recognize(rejected)] == []


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        (
            "60.8% (95% CI, 52.3-68.9)",
            [Quantity(measure="percent", value=60.8, unit="%", low=52.3, high=68.9, interval="95% CI", decimals=1)],
        ),
        (
            "78 (70-84) vs. 39% (30-48)",
            [
                Quantity(measure="number", value=78.0, low=70.0, high=84.0),
                Quantity(measure="percent", value=39.0, unit="%", low=30.0, high=48.0),
            ],
        ),
        (
            "18.4 (11.1 - NE)",
            [Quantity(measure="number", value=18.4, low=11.1, high=None, decimals=1)],
        ),
        (
            "NYR (20.3 - NE)",
            [Quantity(measure="number", low=20.3, status="not reached", decimals=1)],
        ),
        (
            "five of eighteen patients (27.8%)",
            [Quantity(measure="percent", value=27.8, unit="%", count=5, total=18, decimals=1)],
        ),
        ("6 of 14 patients", [Quantity(measure="count", count=6, total=14)]),
        (
            "hazard ratio, 0.45; 95% CI, 0.35 to 0.60; P<0.001",
            [
                Quantity(measure="ratio", value=0.45, unit="HR", low=0.35, high=0.6, interval="95% CI", decimals=2),
                Quantity(measure="p_value", value=0.001, comparison="<", decimals=3),
            ],
        ),
        ("10.9 months", [Quantity(measure="duration", value=10.9, unit="months", decimals=1)]),
        ("40%-60%", [Quantity(measure="percent", unit="%", low=40.0, high=60.0, interval="range")]),
    ],
)
def test_quantities(text: str, quantities: list[Quantity]) -> None:
    assert [capture.quantity for capture in recognize(text)] == quantities
