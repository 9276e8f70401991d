"""The recogniser of numbers: percents, times, ratios, P values, counts of totals, doses, with their intervals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from extract.mentions.entity_kinds import ENTITY_KINDS, EntityKind
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.recognizers.measurement.decimal_commas import with_points
from extract.mentions.recognizers.measurement.estimates import estimates
from extract.mentions.recognizers.measurement.figures import counts, doses, ratios
from extract.mentions.recognizers.measurement.fractions import fractions
from extract.mentions.recognizers.measurement.p_values import p_values
from extract.records import Quantity

ENTITY_KINDS.register("measurement")(EntityKind(order=5, key="m", light="#fbe3a3", dark="#5c4a12"))


@RECOGNIZERS.register("measurement")
def recognize(text: str) -> Iterator[Capture]:
    """Yield the numbers that measure something, in order and without overlap.

    Each has its `Quantity`; `normalized` prints it as `9.7 months (95% CI 7.7-12.8)`. A unit is only what
    stands at the number; the one of a column's header is the caller's to add.
    """
    found: list[Capture] = []
    text = with_points(text)
    for start, end, quantity in chain(
        p_values(text), ratios(text), counts(text), doses(text), fractions(text), estimates(text)
    ):
        found.append(Capture(kind="measurement", start=start, end=end, normalized=printed(quantity), quantity=quantity))
    found.sort(key=lambda capture: (capture.start, -capture.end))
    last = -1
    for capture in found:
        if capture.start >= last:
            last = capture.end
            yield capture


def printed(quantity: Quantity) -> str:
    """Return a quantity in one standard form of plain characters."""
    body = _body(quantity)
    if quantity.low is None and quantity.high is None:
        return body
    limits = f"{_limit(quantity.low)}-{_limit(quantity.high)}"
    if quantity.interval == "range" and not body:
        return f"{limits}{_spaced(quantity.unit)}"
    label = f"{quantity.interval} " if quantity.interval else ""
    if not body:
        return f"{label}{limits}{_spaced(quantity.unit)}"
    return f"{body} ({label}{limits})"


def _body(quantity: Quantity) -> str:
    unit = _spaced(quantity.unit)
    if quantity.status:
        return quantity.status
    if quantity.measure == "fraction":
        return f"{quantity.comparison}{quantity.count}/{quantity.total}"
    tally = "" if quantity.count is None else f"{quantity.count}"
    if quantity.total is not None:
        tally = f"{tally}/{quantity.total}"
    if quantity.value is None:
        return tally
    value = f"{quantity.comparison}{quantity.value:.{quantity.decimals}f}{unit}"
    if quantity.measure == "p_value":
        return f"P{quantity.comparison or '='}{quantity.value:.{quantity.decimals}f}"
    return f"{value} ({tally})" if tally and quantity.measure == "percent" else value


def _spaced(unit: str) -> str:
    return unit if unit in ("", "%") else f" {unit}"


def _limit(limit: float | None) -> str:
    if limit is None:
        return "NE"
    return f"{limit:g}"
