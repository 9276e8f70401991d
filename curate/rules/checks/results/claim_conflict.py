"""One trial result stated with two values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.companion_values import of_mates
from curate.rules.shared.stated_results import (
    StatedResult,
    agree,
    at_other_arm,
    same_arm,
    same_interval,
    same_people,
    stated_results,
)
from curate.rules.shared.wording import amount, listed, place_name
from extract.claims.shared.endpoints import spoken
from extract.records import Extraction


@RULES.register("claim-conflict")
def claim_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find results of a trial's endpoint that the text states otherwise than a table, or than itself.

    Compares each value that the text gives for an endpoint of a named trial with the values of that endpoint
    in the trial's row of a table. It agrees when some arm of the row has the value, as far as the printed
    places go. It conflicts when none has, the two name the same arm, and the row says all that the text says
    of the patients: other patients, assessors, landmarks, analyses or lines of treatment are other results.
    Two values with the same interval are one result, whatever is said around them. So are a value and the one that
    its sentence sets beside it, where the row has that one: of 'a versus b' the row has b, but not a; or of the
    same patients' rate and survival the row has the rate, but not the survival. Two sentences that give
    one arm of like patients two values conflict likewise, and two tables that do. A combination is another
    arm than its parts; only where the paper has no results of both may the text name the table's combination
    by a part of it. Values of two arms that were exchanged are left to arm-order. Where nothing can be compared, the
    rule does not apply.

    Example: an ORR of 62% in the text, 48 vs. 53 in the trial's row of a table.
    """
    groups = stated_results(extraction)
    for key, stated in groups.items():
        of_trial = [one for (trial, _), group in groups.items() if trial == key[0] for one in group]
        yield from _compare(extraction, stated, of_trial)


def _compare(
    extraction: Extraction, stated: Sequence[StatedResult], of_trial: Sequence[StatedResult]
) -> Iterator[Doubt | Outcome]:
    tabled = [one for one in stated if one.tabled]
    told = [one for one in stated if not one.tabled]
    for index, one in enumerate(told):
        answer = _judge(extraction, one, tabled, stated, of_trial)
        if answer is Outcome.NOT_APPLICABLE:
            answer = _judge(extraction, one, [other for other in told[:index] if _apart(one, other)], stated)
        yield answer
    for index, one in enumerate(tabled):
        others = [other for other in tabled[:index] if not other.beside(one)]
        if others:
            yield _judge(extraction, one, others, stated)


def _judge(
    extraction: Extraction,
    one: StatedResult,
    others: Sequence[StatedResult],
    stated: Sequence[StatedResult],
    of_trial: Sequence[StatedResult] = (),
) -> Doubt | Outcome:
    comparable = [other for other in others if other.result.unit == one.result.unit]
    if any(agree(one.result, other.result) for other in comparable):
        return Outcome.CONSISTENT
    rivals = [
        other
        for other in comparable
        if same_interval(one.result, other.result)
        or (same_arm(one, other, stated) and same_people(extraction, one, other))
    ] or of_mates(one, of_trial)
    rivals = [rival for rival in rivals if at_other_arm(one, rival, stated) is None]
    return _doubt(extraction, one, rivals) if rivals else Outcome.NOT_APPLICABLE


def _apart(one: StatedResult, other: StatedResult) -> bool:
    """Say whether two places of the text state a result of the same, named arm in two sentences."""
    return bool(one.result.arm) and one.result.arm == other.result.arm and not _near(one, other)


def _near(one: StatedResult, other: StatedResult) -> bool:
    near = 400  # characters: two values this close are arms, cut-offs or updates of one statement
    return abs(one.evidence.span.start - other.evidence.span.start) < near


def _doubt(extraction: Extraction, one: StatedResult, rivals: Sequence[StatedResult]) -> Doubt:
    result = one.result
    value = amount(result.value or 0.0, result.unit)
    values = list(dict.fromkeys(amount(rival.result.value or 0.0, rival.result.unit) for rival in rivals))
    evidence = list(dict.fromkeys(rival.evidence for rival in rivals))
    of_arm = f" of {result.arm}" if result.arm else ""
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{result.trial} {result.endpoint}",
        message=(
            f"The {spoken(result.endpoint)}{of_arm} in {result.trial} is {value} in "
            f"{place_name(extraction.document, one.evidence)} but {listed(values, 'or')} in "
            f"{place_name(extraction.document, evidence[0])}."
        ),
        expected=listed(values, "or"),
        key=(result.trial.casefold(), result.endpoint, value, *values),
        places=(
            Place(role="table" if one.tabled else "text", evidence=one.evidence),
            *(
                Place(role="table" if other.cell is not None else "text elsewhere", evidence=other)
                for other in evidence
            ),
        ),
    )
