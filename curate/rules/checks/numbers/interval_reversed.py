"""Intervals whose lower bound is the larger one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import number, place_name
from extract.records import Extraction, Mention, Quantity
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "measurement"

_NAMED = re.compile(r"\b(?:CI|CrI|confidence|credible|range|IQR|interquartile|interval)\b", re.IGNORECASE)
_NAMED_BEFORE = re.compile(rf"(?:{_NAMED.pattern})[\s,:;=(\[]*(?:of|from|was)?\s*$", re.IGNORECASE)
REACH = 24  # characters before two bare bounds in which the word stands that names them
_FROM = re.compile(
    r"\b(?:chang|fell|fall|reduc|decreas|drop|declin|shorten|lower)\w*\b[^.;]{0,60}\bfrom\s*$", re.IGNORECASE
)


@RULES.register("interval-reversed")
def interval_reversed(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find confidence intervals and ranges whose lower bound is larger than the upper one.

    Looks at every two bounds that the text, or the column header over them, calls a confidence interval or a
    range. Leaves alone open intervals ('NE'), bounds with a negative number among them (a lost minus sign makes
    them look reversed), what is said to change from one number to the other, and two numbers with a dash that nothing
    calls an interval: they can be a fall from the first to the second.

    Example: an ORR of 62% (95% CI 70-43).

    Source: the bounds of an interval stand in order (CONSORT 2010, item 17a).
    """
    context = Context(extraction.document, extraction.mentions)
    for mention in context.of_kind("measurement"):
        quantity = mention.quantity
        if quantity is None or quantity.low is None or quantity.high is None:
            continue
        signed = min(quantity.low, quantity.high, quantity.value or 0.0) < 0
        if signed or not _is_interval(context, mention, quantity):
            yield Outcome.NOT_APPLICABLE
        elif quantity.low <= quantity.high:
            yield Outcome.CONSISTENT
        else:
            yield _doubt(extraction, context, mention, quantity)


def _is_interval(context: Context, mention: Mention, quantity: Quantity) -> bool:
    if quantity.value is not None and quantity.interval:
        return True
    before = context.document.text[max(0, mention.span.start - REACH) : mention.span.start]
    if _FROM.search(context.document.text, max(0, mention.span.start - 4 * REACH), mention.span.start):
        return False
    if _NAMED_BEFORE.search(before) or _NAMED.search(mention.text):
        return True
    return mention.cell is not None and bool(_NAMED.search(context.header(mention.cell)))


def _doubt(extraction: Extraction, context: Context, mention: Mention, quantity: Quantity) -> Doubt:
    evidence = Locator(extraction.document).evidence(
        mention.span, extractor=EXTRACTOR, cell=mention.cell, within=context.sentence(mention.span)
    )
    low, high = number(quantity.low or 0.0), number(quantity.high or 0.0)
    name = quantity.interval or "interval"
    of = "" if quantity.value is None else f" of {number(quantity.value)}"
    return Doubt(
        severity=Severity.ERROR,
        subject=mention.text,
        message=(
            f"The {name}{of} in {place_name(extraction.document, evidence)} runs from {low} down to {high}: its lower "
            "bound is larger than its upper bound."
        ),
        expected=f"{high} to {low}",
        key=("" if quantity.value is None else number(quantity.value), low, high, quantity.unit),
        places=(Place(role="interval", evidence=evidence),),
    )
