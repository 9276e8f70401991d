"""Registry numbers given for two trials, and trials given two registry numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.resources import unpunctuated
from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.statements import Stated, grouped, stated
from curate.rules.shared.wording import listed, place_name
from extract.claims.registration import Registration
from extract.records import Extraction

MANY_TRIALS = 4  # names or interventions under one number: a platform or an umbrella trial
_SAME_PROGRAMME = re.compile(
    r"\b(?:extension|rollover|roll-over|follow-?up|sub-?study|part|cohort|umbrella|platform|basket)\b", re.I
)


@RULES.register("registry-number-conflict")
def registry_number_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find registry numbers given for two trials or interventions, and trial names given with two numbers.

    Compares the places of each registry number: their trial names, where they have them, else the drugs that they
    say are tried, else what the inhibitors that they speak of inhibit. Two names, or two sets of drugs or targets
    without a common one, are flagged. So is a name with two numbers of one registry at two places. Leaves alone places
    that name none of these, comparators and earlier treatments, names that hold one another, extensions, sub-studies
    and cohorts that are called so, and numbers with four or more interventions, which are platform trials.

    Example: NCT01234567 for 'alectinib and cobimetinib' and, a paragraph on, for 'lorlatinib and TNO155'.

    Source: a registration is of one trial (ICMJE; WHO Trial Registration Data Set).
    """
    given = list(stated(extraction, Registration))
    for group in grouped(given, lambda said: said.number).values():
        yield _of_number(extraction, group)
    for name, group in grouped(given, lambda said: said.trial).items():
        if name:
            yield _of_name(extraction, group)


def _of_number(extraction: Extraction, given: list[Stated[Registration]]) -> Doubt | Outcome:
    told = [one for one in given if _says_something(one.said) and not _part(one)]
    if len(told) < 2 or len({_described(one) for one in told}) >= MANY_TRIALS:
        return Outcome.NOT_APPLICABLE
    pairs = [(one, other) for index, one in enumerate(told) for other in told[:index]]
    for one, other in pairs:
        if _differ(one.said, other.said):
            return _doubt_of_number(extraction, other, one)
    compared = any(_comparable(one.said, other.said) for one, other in pairs)
    return Outcome.CONSISTENT if compared else Outcome.NOT_APPLICABLE


def _says_something(registration: Registration) -> bool:
    return bool(registration.trial or registration.intervention or registration.targets)


def _part(given: Stated[Registration]) -> bool:
    return bool(_SAME_PROGRAMME.search(given.evidence.prefix + given.evidence.suffix))


def _comparable(one: Registration, other: Registration) -> bool:
    return bool((one.trial and other.trial) or _pairs(one, other))


def _pairs(one: Registration, other: Registration) -> list[tuple[set[str], set[str]]]:
    """Return the drugs of both and the targets of both, where both name some."""
    named = ((one.intervention, other.intervention), (one.targets, other.targets))
    return [(set(mine.split(" + ")), set(yours.split(" + "))) for mine, yours in named if mine and yours]


def _differ(one: Registration, other: Registration) -> bool:
    if one.trial and other.trial:
        mine, yours = unpunctuated(one.trial), unpunctuated(other.trial)
        return mine not in yours and yours not in mine
    return any(not mine & yours for mine, yours in _pairs(one, other))


def _described(given: Stated[Registration]) -> str:
    registration = given.said
    if registration.trial:
        return registration.trial
    if registration.intervention:
        return f"a trial of {listed(registration.intervention.split(' + '))}"
    return f"a trial of inhibitors of {listed(registration.targets.split(' + '))}"


def _doubt_of_number(extraction: Extraction, one: Stated[Registration], other: Stated[Registration]) -> Doubt:
    number = one.said.number
    return Doubt(
        severity=Severity.WARNING,
        subject=number,
        message=(
            f"The registry number {number} is given for {_described(one)} in "
            f"{place_name(extraction.document, one.evidence)} and for {_described(other)} in "
            f"{place_name(extraction.document, other.evidence)}."
        ),
        key=(number, *sorted((_described(one), _described(other)))),
        places=(
            Place(role=_described(one), evidence=one.evidence),
            Place(role=_described(other), evidence=other.evidence),
        ),
    )


def _of_name(extraction: Extraction, given: list[Stated[Registration]]) -> Doubt | Outcome:
    first = given[0]
    for other in given[1:]:
        mine, yours = first.said.number, other.said.number
        if mine != yours and mine[:3] == yours[:3] and not (_part(first) or _part(other)) and _apart(first, other):
            name, where = first.said.trial, place_name(extraction.document, first.evidence)
            return Doubt(
                severity=Severity.WARNING,
                subject=name,
                message=(
                    f"The trial {name} has the registry number {mine} in {where} "
                    f"but {yours} in {place_name(extraction.document, other.evidence)}."
                ),
                key=(unpunctuated(name), *sorted((mine, yours))),
                places=(Place(role=mine, evidence=first.evidence), Place(role=yours, evidence=other.evidence)),
            )
    return Outcome.CONSISTENT if len(given) > 1 else Outcome.NOT_APPLICABLE


def _apart(one: Stated[Registration], other: Stated[Registration]) -> bool:
    """Say whether two numbers stand at two places; side by side they are the parts of one programme."""
    return abs(one.evidence.span.start - other.evidence.span.start) > 40
