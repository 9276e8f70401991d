"""Citations that stand on the line: '[12,13]' in the text of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

BRACKETED = re.compile(r"\[\s*\d{1,3}(?:\s*(?:[,;]|[-–—])\s*\d{1,3})*\s*\]")


def baseline_citations(text: str, start: int, end: int, *, highest: int) -> Iterator[tuple[int, int]]:
    """Yield where each bracketed citation between two offsets starts and ends.

    `highest` is the number of the last reference: a bracket with a higher number cites nothing.
    """
    for found in BRACKETED.finditer(text, start, end):
        numbers = [int(number) for number in re.findall(r"\d+", found.group())]
        if all(0 < number <= highest for number in numbers):
            yield found.start(), found.end()
