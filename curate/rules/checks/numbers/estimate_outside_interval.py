"""Estimates that lie outside their own interval."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import amount, number, place_name
from extract.claims.shared.endpoints import is_level
from extract.records import Extraction, Mention, Quantity
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "measurement"

_INTERVAL_HEADER = re.compile(r"\b(?:CI|CrI|confidence|credible|range|IQR|interquartile|interval)\b", re.IGNORECASE)


@RULES.register("estimate-outside-interval")
def estimate_outside_interval(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find estimates that are smaller than the lower or larger than the upper bound of their interval.

    Looks at every number that stands with two bounds which the text, or the column header over it, calls
    a confidence interval or a range. A mean or a median lies within both by definition. Allows for half
    a unit of the last printed place. Leaves alone two bare numbers in brackets that nothing calls an
    interval, the level of an interval whose value stands elsewhere ('95% CI, 31-47'), open intervals ('NE') and
    intervals whose bounds are reversed.

    Example: an ORR of 62% (95% CI 43-59).

    Source: the interval of an estimate holds it (CONSORT 2010, item 17a); rounding as in statcheck
    (Nuijten et al. 2016).
    """
    context = Context(extraction.document, extraction.mentions)
    for mention in context.of_kind("measurement"):
        quantity = mention.quantity
        if quantity is None or quantity.value is None or quantity.low is None or quantity.high is None:
            continue
        if quantity.low > quantity.high or is_level(mention.text) or not _is_interval(context, mention, quantity):
            yield Outcome.NOT_APPLICABLE
            continue
        slack = 0.5 * 10**-quantity.decimals + 1e-9
        if quantity.low - slack <= quantity.value <= quantity.high + slack:
            yield Outcome.CONSISTENT
        else:
            yield _doubt(extraction, context, mention, quantity)


def _is_interval(context: Context, mention: Mention, quantity: Quantity) -> bool:
    if quantity.interval:
        return True
    return mention.cell is not None and bool(_INTERVAL_HEADER.search(context.header(mention.cell)))


def _doubt(extraction: Extraction, context: Context, mention: Mention, quantity: Quantity) -> Doubt:
    locator = Locator(extraction.document)
    evidence = locator.evidence(
        mention.span, extractor=EXTRACTOR, cell=mention.cell, within=context.sentence(mention.span)
    )
    value, low, high = quantity.value or 0.0, quantity.low or 0.0, quantity.high or 0.0
    name = quantity.interval or "interval"
    return Doubt(
        severity=Severity.ERROR,
        subject=mention.text,
        message=(
            f"The estimate {amount(value, quantity.unit)} in {place_name(extraction.document, evidence)} "
            f"lies {'below' if value < low else 'above'} its own {name} of {number(low)} to {number(high)}."
        ),
        key=(number(value), number(low), number(high), quantity.unit),
        places=(Place(role="estimate", evidence=evidence),),
    )
