"""Recognisers: one kind of entity a file, each a function from a text to the captures in it.

A recogniser sees one passage (a paragraph, a caption, a cell) and knows nothing of pages; the pipeline
lifts its captures to mentions with their span, boxes and cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extract.records import Assertion, Quantity
from extract.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What a recogniser found: code-point offsets into the passage and the fields of the mention to be."""

    kind: str
    start: int
    end: int
    normalized: str
    entity: str = ""
    score: float = 1.0
    assertion: Assertion = Assertion.ASSERTED
    quantity: Quantity | None = None


Recognizer = Callable[[str], Iterable[Capture]]

RECOGNIZERS: Registry[Recognizer] = Registry("recogniser", package="extract.mentions.recognizers")
