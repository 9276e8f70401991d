"""Statements about trials that contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from seeding.editing import Edit
from seeding.operators import OPERATORS

from extract.claims.registration import Registration
from extract.claims.trial_phase import TrialPhase
from extract.claims.trial_result import TrialResult
from extract.records import Evidence, Extraction, Span


@OPERATORS.register("claim-conflict")
def claim_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Change the value of a result that the text has as a table has it."""
    text = extraction.document.text
    for claim in extraction.claims:
        result = claim.arguments
        if not isinstance(result, TrialResult) or result.value is None:
            continue
        tabled = any(
            isinstance(other.arguments, TrialResult)
            and (other.arguments.trial, other.arguments.endpoint, other.arguments.value)
            == (result.trial, result.endpoint, result.value)
            and any(evidence.cell for evidence in other.evidence)
            for other in extraction.claims
        )
        for evidence in claim.evidence:
            shown = re.compile(rf"(?<![\d.]){result.value:g}(?:\.0)?(?![\d.]*\d)")
            found = shown.search(text, evidence.span.start, evidence.span.end)
            if tabled and evidence.cell is None and found:
                changed = (
                    result.value + 9 if result.low is None else (result.value + result.high) / 2 if result.high else 0
                )
                yield Edit(Span(start=found.start(), end=found.end()), f"{changed:g}")


@OPERATORS.register("arm-order")
def arm_order(extraction: Extraction) -> Iterator[Edit]:
    """Exchange the values of two named arms in a sentence or in a cell, where another place has them too."""
    text = extraction.document.text
    places: dict[tuple[str, str], list[tuple[TrialResult, Evidence]]] = defaultdict(list)
    for claim in extraction.claims:
        result = claim.arguments
        if isinstance(result, TrialResult) and result.value is not None and result.arm:
            for evidence in claim.evidence:
                places[result.trial, result.endpoint].append((result, evidence))
    for stated in places.values():
        for (one, at), (other, beside) in pairwise(sorted(stated, key=lambda item: item[1].span)):
            near = at.cell == beside.cell and abs(at.span.start - beside.span.start) < 200
            again = {(result.arm, result.value) for result, place in stated if place.span not in (at.span, beside.span)}
            if not near or one.arm == other.arm or one.value == other.value:
                continue
            if not {(one.arm, one.value), (other.arm, other.value)} <= again:
                continue
            start, end = min(at.span.start, beside.span.start), max(at.span.end, beside.span.end)
            first, second = (_printed(text, result, start, end) for result in (one, other))
            if first and second and first.end <= second.start:
                new = text[second.start : second.end] + text[first.end : second.start] + text[first.start : first.end]
                yield Edit(Span(start=first.start, end=second.end), new)


def _printed(text: str, result: TrialResult, start: int, end: int) -> Span | None:
    """Return where a value is printed between two offsets."""
    found = re.compile(rf"(?<![\d.]){result.value:g}(?:\.0)?(?![\d.]*\d)").search(text, start, end)
    return Span(start=found.start(), end=found.end()) if found else None


@OPERATORS.register("phase-conflict")
def phase_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Give a trial whose phase stands twice another one at one place."""
    for claim in extraction.claims:
        if isinstance(claim.arguments, TrialPhase) and len(claim.evidence) > 1:
            for evidence in claim.evidence:
                found = re.search(r"\b(?:III|II|[23])\b(?!\w)", evidence.quote)
                if found:
                    start = evidence.span.start + found.start()
                    new = {"III": "II", "II": "III", "3": "2", "2": "3"}[found[0]]
                    yield Edit(Span(start=start, end=start + len(found[0])), new)


@OPERATORS.register("registry-number-conflict")
def registry_number_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Give a trial the registry number of another, of another name or, where neither has one, of other drugs."""
    given = [
        (claim.arguments, evidence.span)
        for claim in extraction.claims
        if isinstance(claim.arguments, Registration) and (claim.arguments.trial or claim.arguments.intervention)
        for evidence in claim.evidence
    ]
    for (one, _), (other, span) in pairwise(given):
        if one.number != other.number and _told_apart(one, other):
            yield Edit(span, one.number)


def _told_apart(one: Registration, other: Registration) -> bool:
    """Say whether a reader can tell that two places speak of two trials."""
    if one.trial and other.trial:
        return one.trial != other.trial
    drugs, others = set(one.intervention.split(" + ")), set(other.intervention.split(" + "))
    return bool(one.intervention and other.intervention) and not drugs & others
