"""Errors in how often something is found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from seeding.editing import Edit
from seeding.operators import OPERATORS

from extract.claims.frequency import Frequency
from extract.claims.frequency.in_whom import telling
from extract.records import Extraction, Span


@OPERATORS.register("frequency-conflict")
def frequency_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Give something another frequency at one of the places that say how often it is found in the same people."""
    groups: dict[tuple[object, ...], list[tuple[Frequency, Span]]] = defaultdict(list)
    for claim in extraction.claims:
        if isinstance(claim.arguments, Frequency):
            one = claim.arguments
            people = telling(f"{one.population} {one.setting}")
            key = one.gene, one.what, people, one.total
            groups[key].extend((one, evidence.span) for evidence in claim.evidence)
    for key, stated in groups.items():
        for one, span in stated if len(stated) > 1 and (key[2] or one_cohort(stated)) else ():
            yield from _other(extraction, one, span)


def one_cohort(stated: list[tuple[Frequency, Span]]) -> bool:
    """Say whether counts of one total are stated."""
    return all(one.total is not None for one, _ in stated)


def _other(extraction: Extraction, stated: Frequency, span: Span) -> Iterator[Edit]:
    text = extraction.document.text
    if stated.count is not None and stated.total is not None:
        found = re.compile(rf"(?<!\d){stated.count}(?=\s+of\s)").search(text, span.start, span.end)
        new = str(min(stated.total, stated.count * 2))
    else:
        value = stated.percent if stated.percent is not None else stated.high or 0.0
        found = re.compile(r"(?<![\d.])\d[\d.]*(?:\s?[-–]\s?\d[\d.]*)?(?=\s?%)").search(text, span.start, span.end)
        new = f"{value * 2 + 8:g}" if value < 40 else f"{value / 4:g}"
    if found:
        yield Edit(Span(start=found.start(), end=found.end()), new)
