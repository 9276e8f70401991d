"""Results of two arms that one place has the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.stated_results import (
    StatedResult,
    agree,
    alike,
    at_other_arm,
    same_arm,
    same_people,
    stated_results,
)
from curate.rules.shared.wording import amount, listed, place_name
from extract.claims.shared.endpoints import spoken
from extract.records import Extraction


@RULES.register("arm-order")
def arm_order(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find values of an endpoint that one place gives to a trial's arms the other way round than another.

    Compares what the text says of the named arms of a trial with the arms of its row in a table, with another
    sentence, and tables with each other. Arms are exchanged where each of two has the other's value. Where a place
    gives one arm only, it is flagged when that has the other arm's value, the patients are the same and no place
    confirms it. Where a value fits neither arm, claim-conflict says so. Leaves alone arms without a name and arms that
    have like values, other patients, assessors and lines of treatment, and combinations next to their parts. A value
    that another place gives to the same arm is consistent.

    Example: a PFS of 10.9 months with alectinib and 34.8 months with crizotinib in the text, where the row of
    'alectinib vs. crizotinib' has '34.8 vs. 10.9'.
    """
    for stated in stated_results(extraction).values():
        named = [one for one in stated if one.result.arm]
        for index, one in enumerate(named):
            before = [other for other in named[:index] if other.tabled is one.tabled and not other.beside(one)]
            others = before if one.tabled else before + [other for other in named if other.tabled]
            yield _judge(extraction, one, others, stated)


def _judge(
    extraction: Extraction, one: StatedResult, others: Sequence[StatedResult], stated: Sequence[StatedResult]
) -> Doubt | Outcome:
    own = [other for other in others if other.result.unit == one.result.unit and same_arm(one, other, stated)]
    if any(agree(one.result, other.result) for other in own):
        return Outcome.CONSISTENT
    for other in own:
        near = at_other_arm(one, other, stated)
        if near is None or not alike(one.result, other.result) or agree(near.result, other.result):
            continue
        mates = [mate for mate in stated if mate.beside(one) and same_arm(mate, near, stated)]
        exchanged = next((mate for mate in mates if agree(mate.result, other.result)), None)
        if exchanged is not None:
            return _doubt_of_both(extraction, one, exchanged, other, near)
        if not mates and same_people(extraction, one, other) and not _confirmed(one, stated):
            return _doubt_of_one(extraction, one, other, near)
    return Outcome.NOT_APPLICABLE


def _confirmed(one: StatedResult, stated: Sequence[StatedResult]) -> bool:
    """Say whether another place gives the same arm the same value."""
    return any(
        other is not one and not other.beside(one) and same_arm(one, other, stated) and agree(one.result, other.result)
        for other in stated
    )


def _doubt_of_both(
    extraction: Extraction, one: StatedResult, mate: StatedResult, other: StatedResult, near: StatedResult
) -> Doubt:
    """Return the doubt that two arms were exchanged; it is the same whichever of the two is looked at first."""
    pairs = sorted(((one, other), (mate, near)), key=lambda pair: (pair[0].evidence.span, pair[1].result.arm))
    (first, first_there), (second, second_there) = pairs
    here, there = (place_name(extraction.document, place.evidence) for place in (one, other))
    return Doubt(
        severity=Severity.WARNING,
        subject=_subject(one),
        message=(
            f"The {spoken(one.result.endpoint)} in {one.result.trial} is {_value(first)} with {first.result.arm} and "
            f"{_value(second)} with {second.result.arm} in {here}, but the other way round in {there}."
        ),
        expected=listed(f"{place.result.arm}: {_value(place)}" for place in (first_there, second_there)),
        key=_key(one, mate),
        places=_places(one, mate, other, near),
    )


def _doubt_of_one(extraction: Extraction, one: StatedResult, other: StatedResult, near: StatedResult) -> Doubt:
    here, there = (place_name(extraction.document, place.evidence) for place in (one, other))
    return Doubt(
        severity=Severity.WARNING,
        subject=_subject(one),
        message=(
            f"The {spoken(one.result.endpoint)} of {one.result.arm} in {one.result.trial} is {_value(one)} in {here}, "
            f"which is the value of {near.result.arm} in {there}, where {other.result.arm} has {_value(other)}."
        ),
        expected=_value(other),
        key=_key(one),
        places=_places(one, other, near),
    )


def _subject(one: StatedResult) -> str:
    return f"{one.result.trial} {one.result.endpoint}"


def _value(stated: StatedResult) -> str:
    return amount(stated.result.value or 0.0, stated.result.unit)


def _key(*exchanged: StatedResult) -> tuple[str, ...]:
    of_arms = sorted(f"{one.result.arm}={_value(one)}" for one in exchanged)
    return exchanged[0].result.trial.casefold(), exchanged[0].result.endpoint, *of_arms


def _places(*stated: StatedResult) -> tuple[Place, ...]:
    places = (Place(role="table" if one.tabled else "text", evidence=one.evidence) for one in stated)
    return tuple(dict.fromkeys(places))
