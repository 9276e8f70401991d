"""One trial result stated with two values."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.subjects.wording import amount, listed, place_name
from extract.claims.trial_result import TrialResult
from extract.endpoints import spoken
from extract.records import Evidence, Extraction


@dataclass(frozen=True, slots=True)
class _Stated:
    """A result at one of its places."""

    result: TrialResult
    evidence: Evidence


@RULES.register("claim-conflict")
def claim_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find results of a trial's endpoint that the text states otherwise than a table, or than itself.

    Compares each value that the text gives for an endpoint of a named trial with the values of that endpoint
    in the trial's row of a table. It agrees when some arm of the row has the value, as far as the printed
    places go. It conflicts when none has, the two name the same arm, and the row says all that the text says
    of the patients: other patients, assessors, landmarks, analyses or lines of treatment are other results.
    Two values with the same interval are one result, whatever is said around them. Two sentences that give
    one arm of like patients two values conflict likewise, and two tables that do. A combination is another
    arm than its parts; only where the paper has no results of both may the text name the table's combination
    by a part of it. Where nothing can be compared, the rule does not apply.

    Example: an ORR of 62% in the text, 48 vs. 53 in the trial's row of a table.
    """
    groups: dict[tuple[str, str], list[_Stated]] = defaultdict(list)
    for claim in extraction.claims:
        if isinstance(claim.arguments, TrialResult) and claim.arguments.value is not None:
            key = claim.arguments.trial.casefold(), claim.arguments.endpoint
            groups[key].extend(_Stated(claim.arguments, evidence) for evidence in claim.evidence)
    for stated in groups.values():
        yield from _compare(extraction, stated)


def _compare(extraction: Extraction, stated: list[_Stated]) -> Iterator[Doubt | Outcome]:
    tabled = [one for one in stated if one.evidence.cell is not None]
    told = [one for one in stated if one.evidence.cell is None]
    named = [{one.result.arm for one in group} for group in (told, tabled)]
    for index, one in enumerate(told):
        answer = _judge(extraction, one, tabled, named)
        if answer is Outcome.NOT_APPLICABLE:
            answer = _judge(extraction, one, [other for other in told[:index] if _apart(one, other)], named)
        yield answer
    for index, one in enumerate(tabled):
        others = [other for other in tabled[:index] if _table(one) != _table(other)]
        if others:
            yield _judge(extraction, one, others, named)


def _judge(extraction: Extraction, one: _Stated, others: list[_Stated], named: Sequence[set[str]]) -> Doubt | Outcome:
    comparable = [other for other in others if other.result.unit == one.result.unit]
    if any(_agree(one.result, other.result) for other in comparable):
        return Outcome.CONSISTENT
    rivals = [
        other
        for other in comparable
        if _same_interval(one.result, other.result)
        or (_same_arm(one, other, named) and _same_people(extraction, one, other))
    ]
    if not rivals:
        return Outcome.NOT_APPLICABLE
    return _doubt(extraction, one, rivals)


def _table(one: _Stated) -> int:
    return one.evidence.cell.table if one.evidence.cell is not None else -1


def _apart(one: _Stated, other: _Stated) -> bool:
    """Say whether two places of the text state a result of the same, named arm in two sentences."""
    return bool(one.result.arm) and one.result.arm == other.result.arm and not _overlap(one, other)


def _overlap(one: _Stated, other: _Stated) -> bool:
    near = 400  # characters: two values this close are arms, cut-offs or updates of one statement
    return abs(one.evidence.span.start - other.evidence.span.start) < near


def _agree(one: TrialResult, other: TrialResult) -> bool:
    """Say whether two values are equal within what the shorter one prints."""
    if one.value is None or other.value is None:
        return False
    places = min(_places(one.value), _places(other.value))
    return abs(one.value - other.value) <= 0.5 * math.pow(10, -places) + 1e-9


def _same_interval(one: TrialResult, other: TrialResult) -> bool:
    """Say whether two results print the same two bounds: then they are one result, whatever is said around them."""
    return None not in (one.low, one.high) and (one.low, one.high) == (other.low, other.high)


def _places(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").split(".")[1])


def _same_arm(one: _Stated, other: _Stated, groups: Sequence[set[str]]) -> bool:
    """Say whether two named arms are one; an arm that is left open can be any, and proves nothing.

    The text may name an arm of the table by a part of its drugs, unless either of them tells the two apart.
    """
    first, second = one.result.arm, other.result.arm
    if first == second:
        return bool(first)
    told_of_tabled = one.evidence.cell is None and other.evidence.cell is not None
    if not (first and second and told_of_tabled) or any({first, second} <= group for group in groups):
        return False
    return set(first.split(" + ")) < set(second.split(" + "))


def _same_people(extraction: Extraction, one: _Stated, other: _Stated) -> bool:
    """Say whether what the text says of the patients stands in the table's row (or in the other sentence) too."""
    words = _telling_words(one.result.population)
    if other.evidence.cell is None:
        return words == _telling_words(other.result.population)
    if one.evidence.cell is not None:
        rows = [_telling_words(_row(extraction, place.evidence)) for place in (one, other)]
        return rows[0] <= rows[1] or rows[1] <= rows[0]
    return words <= _telling_words(f"{_row(extraction, other.evidence)} {extraction.document.title}")


def _row(extraction: Extraction, evidence: Evidence) -> str:
    """Return the text of a cell's row, empty outside a table."""
    if evidence.cell is None:
        return ""
    return " ".join(cell.text for cell in extraction.document.tables[evidence.cell.table].rows[evidence.cell.row])


_WORD = re.compile(r"[a-zα-ω0-9]{3,}")
# Words that say that people are meant, or that they were treated, but not which people.
_UNTELLING = frozenset(
    """
    the and with who whose that for from had have has been was were patients participants individuals population
    cohort those cases treated treatment previously prior previous after following received receiving therapy
    advanced metastatic disease cancer lung tumour tumor tumours tumors cell small non nsclc positive rearranged
    overall all study trial phase given only these this line setting
    """.split()
)


def _telling_words(text: str) -> set[str]:
    """Return the stems of the words that narrow a population."""
    return {word[:6] for word in _WORD.findall(text.casefold()) if word not in _UNTELLING}


def _doubt(extraction: Extraction, one: _Stated, rivals: list[_Stated]) -> Doubt:
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
            Place(role="table" if one.evidence.cell is not None else "text", evidence=one.evidence),
            *(
                Place(role="table" if other.cell is not None else "text elsewhere", evidence=other)
                for other in evidence
            ),
        ),
    )
