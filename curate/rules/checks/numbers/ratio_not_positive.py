"""Hazard, odds and risk ratios that are zero or below it."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import capitalized, place_name
from extract.records import Extraction
from extract.text.locator import Locator
from extract.text.neighbourhood import Context


@RULES.register("ratio-not-positive")
def ratio_not_positive(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find hazard, odds and risk ratios below zero.

    Looks at each number that the text calls such a ratio, and at the bounds of its interval. Leaves alone logarithms
    of ratios and coefficients, which can be negative.

    Example: 'hazard ratio was -0.45'.

    Source: a ratio of rates, odds or risks is a quotient of two numbers that are not negative.
    """
    context, locator = Context(extraction.document, extraction.mentions), Locator(extraction.document)
    for mention in context.of_kind("measurement"):
        quantity = mention.quantity
        if quantity is None or quantity.measure != "ratio":
            continue
        before = context.document.text[max(0, mention.span.start - 20) : mention.span.end].casefold()
        below = next(
            (one for one in (quantity.value, quantity.low, quantity.high) if one is not None and one < 0), None
        )
        if below is None:
            yield Outcome.CONSISTENT
        elif "log" in before or "ln" in before.split():
            yield Outcome.NOT_APPLICABLE
        else:
            sentence = context.sentence(mention.span)
            evidence = locator.evidence(mention.span, extractor="measurement", cell=mention.cell, within=sentence)
            where = place_name(extraction.document, evidence)
            yield Doubt(
                severity=Severity.ERROR,
                subject=mention.text,
                message=f"{capitalized(where)} gives {below:g} as {quantity.unit}, which cannot be below 0.",
                key=(f"{below:g}", quantity.unit, evidence.prefix[-40:].casefold()),
                places=(Place(role="ratio", evidence=evidence),),
            )
