"""The record of a trial result, for the two grammars that fill it: of tables and of sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.claims import bounds, describing, figure
from extract.claims.shared.endpoints import EndpointHit
from extract.records import Arguments, Quantity

EXTRACTOR = "trial_result"
# Measures of numbers that are no value of an endpoint.
NO_VALUES = frozenset({"p_value", "ratio", "dose", "count", "fraction"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult(Arguments):
    """One value of one endpoint in one arm of one trial.

    `arm` is the drug (INN) or the comparator as printed, empty where the text does not say. `population` is what
    narrows the result, as printed: of whom, as assessed by whom and when. `unit` is the printed unit, else the
    column's. `status` stands for the value where the paper has a word ('not reached', 'not estimable').

    The rest describes the result where the paper says it: the trial's `phase` in Arabic figures, the `dose` of the
    arm's drug, the `comparator` that the arm was tried against (a comparator's own result has none), the `line` of
    treatment ('first', 'second', 'later'), the `assessor` ('independent review', 'investigator'), and whether
    `low` and `high` are a '95% CI' or a 'range' (`interval`).
    """

    trial: str
    endpoint: str
    arm: str = ""
    population: str = ""
    value: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    status: str = ""
    phase: str = describing()
    dose: str = describing()
    comparator: str = describing()
    line: str = describing()
    assessor: str = describing()
    interval: str = describing()


def title_of(arguments: TrialResult) -> str:
    """Return a result as 'ALEX PFS: 34.8 months (95% CI 17.7 to …), alectinib 600 mg BID vs. crizotinib, phase 3'."""
    value = arguments.status if arguments.value is None else figure(arguments.value, arguments.unit)
    interval = bounds(arguments.low, arguments.high, arguments.interval)
    against = f"vs. {arguments.comparator}" if arguments.comparator else ""
    said = (
        " ".join(part for part in (arguments.arm, arguments.dose, against) if part),
        arguments.population,
        f"{arguments.line} line" if arguments.line and arguments.line not in arguments.population else "",
        arguments.assessor if arguments.assessor not in arguments.population else "",
        f"phase {arguments.phase}" if arguments.phase else "",
    )
    head = f"{arguments.trial} {arguments.endpoint}: {value or 'no value'}{interval}".lstrip()
    return ", ".join(part for part in (head, *said) if part)


def result(trial: str, hit: EndpointHit, quantity: Quantity, column_unit: str = "") -> TrialResult:
    """Return a result with the value, the bounds and their kind as a quantity has them; '> 24 months' is a bound."""
    low, high = quantity.low, quantity.high
    above, below = quantity.comparison in (">", "≥"), quantity.comparison in ("<", "≤")
    return TrialResult(
        trial=trial,
        endpoint=hit.name,
        value=None if above or below else quantity.value,
        unit=quantity.unit or column_unit,
        low=quantity.value if above and low is None else low,
        high=quantity.value if below and high is None else high,
        status=quantity.status,
        interval=quantity.interval,
    )


def with_bounds(found: TrialResult, quantity: Quantity) -> TrialResult:
    """Return a result with the bounds of an interval that stands apart from its value."""
    if found.low is not None or found.high is not None:
        return found
    return replace(found, low=quantity.low, high=quantity.high, interval=quantity.interval)
