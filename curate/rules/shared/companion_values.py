"""A value's mates: what its sentence says beside it, by which the table's row of the same result is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curate.rules.shared.stated_results import CONTROLS, StatedResult, agree, alike
from extract.claims.trial_result.population import is_occasion

# Names of arms that do not say what was given, or not all of it.
_GENERIC = CONTROLS | {"chemotherapy", "placebo", "observation", "best supportive care", "combination"}


_AGAINST = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:vs\.?|versus|compared\s+(?:with|to)|and|or|than)\s+\d", re.IGNORECASE)


def of_mates(one: StatedResult, of_trial: Sequence[StatedResult]) -> list[StatedResult]:
    """Return the values of a table in whose place a value of the text stands, known by those beside it.

    `of_trial` are the results of all endpoints of the value's trial. An update of one value is none of the others.
    """
    if one.tabled or is_occasion(one.result.population):
        return []
    beside = [other for other in of_trial if other is not one and other.beside(one) and _same_said(one, other)]
    tabled = [other for other in of_trial if other.tabled]
    return _of_pair(one, beside, tabled) or _of_endpoints(one, beside, tabled)


def _same_said(one: StatedResult, other: StatedResult) -> bool:
    mine, yours = one.result, other.result
    return (mine.population, mine.line, mine.assessor) == (yours.population, yours.line, yours.assessor)


def _of_pair(one: StatedResult, beside: Sequence[StatedResult], tabled: Sequence[StatedResult]) -> list[StatedResult]:
    """Return the other of a table's two values where the other of the text's two is one of them."""
    mates = [other for other in beside if _same_endpoint(one, other)]
    if len(mates) != 1 or not (one.result.arm or _set_against(one, mates[0])):
        return []
    for table in {other.at for other in tabled}:
        pair = [other for other in tabled if other.at == table and _same_endpoint(one, other)]
        fitting = [other for other in pair if agree(mates[0].result, other.result)]
        if len(pair) != 2 or len(fitting) != 1:
            continue
        (fit,) = fitting
        (rest,) = (other for other in pair if other is not fit)
        if _may_be(mates[0], fit, rest) and _may_be(one, rest, fit):
            return [rest]
    return []


def _set_against(one: StatedResult, other: StatedResult) -> bool:
    """Say whether two values of a sentence stand side by side, as 'a vs. b': else they may be doses or cohorts."""
    first, second = sorted((one.evidence.quote, other.evidence.quote), key=len)
    return second.startswith(first) and _AGAINST.match(second[len(first) :]) is not None


def _same_endpoint(one: StatedResult, other: StatedResult) -> bool:
    return (one.result.endpoint, one.result.unit) == (other.result.endpoint, other.result.unit)


def _may_be(one: StatedResult, other: StatedResult, rest: StatedResult) -> bool:
    """Say whether a value of the text can be of an arm of a table rather than of the `rest`, by their names."""
    first, second = one.result.arm, other.result.arm
    if not alike(one.result, other.result) or (first and first == rest.result.arm != second):
        return False
    if not (first and second) or {first, second} & _GENERIC:
        return True
    mine, yours = set(first.split(" + ")), set(second.split(" + "))
    return mine <= yours or yours <= mine


def _of_endpoints(
    one: StatedResult, beside: Sequence[StatedResult], tabled: Sequence[StatedResult]
) -> list[StatedResult]:
    """Return the row's value of the endpoint where the row has what the text says of another endpoint of that arm."""
    for mate in beside:
        if mate.result.endpoint == one.result.endpoint or mate.result.arm != one.result.arm:
            continue
        for fit in tabled:
            if not _same_endpoint(mate, fit) or not agree(mate.result, fit.result) or not alike(one.result, fit.result):
                continue
            if one.result.arm and one.result.arm != fit.result.arm:
                continue
            in_row = [other for other in tabled if _row(other) == _row(fit) and _same_endpoint(one, other)]
            rest = [other for other in in_row if _described(other) == _described(fit)]
            if len(rest) == 1 and (one.result.arm or len(in_row) == 1):
                return rest
    return []


def _row(stated: StatedResult) -> tuple[int, int]:
    cell = stated.evidence.cell
    return (-1, -1) if cell is None else (cell.table, cell.row)


def _described(stated: StatedResult) -> tuple[str, str]:
    return stated.result.arm, stated.result.population
