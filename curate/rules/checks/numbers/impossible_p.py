"""P values that no test gives: below zero, zero, above one."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import capitalized, place_name
from extract.records import Extraction, Mention
from extract.text.locator import Locator
from extract.text.neighbourhood import Context


@RULES.register("impossible-p")
def impossible_p(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find P values below zero, above one, and of exactly zero.

    Looks at every P value. Below zero, above one and 'less than 0.000' are errors; 'P = 0.000' is a notice: a program
    printed what it rounded, and 'less than 0.001' is meant. Leaves alone P values without a number ('P = NS'), and what
    is called P and is no probability: the recognizer of measurements reads a P only where a value is compared with it.

    Example: 'P < .000'; 'P = -0.04'.

    Source: a probability lies between 0 and 1; ICMJE and JAMA ask for P < .001, never P = .000.
    """
    context, locator = Context(extraction.document, extraction.mentions), Locator(extraction.document)
    for mention in context.of_kind("measurement"):
        if mention.quantity is None or mention.quantity.measure != "p_value" or mention.quantity.value is None:
            continue
        why, severity = _fault(mention, mention.quantity.value)
        if not why:
            yield Outcome.CONSISTENT
            continue
        sentence = context.sentence(mention.span)
        evidence = locator.evidence(mention.span, extractor="measurement", cell=mention.cell, within=sentence)
        where = place_name(extraction.document, evidence)
        yield Doubt(
            severity=severity,
            subject=mention.text,
            message=f"{capitalized(where)} gives {mention.text}; {why}.",
            key=(mention.normalized, evidence.prefix[-40:].casefold()),
            places=(Place(role="P value", evidence=evidence),),
        )


def _fault(mention: Mention, value: float) -> tuple[str, Severity]:
    if value < 0:
        return "a P value is never below 0", Severity.ERROR
    if value > 1:
        return "a P value is never above 1", Severity.ERROR
    below = mention.quantity is not None and mention.quantity.comparison in ("<", "≤")
    if value == 0 and below:
        return "no P value is below 0", Severity.ERROR
    return ("a P value is never exactly 0", Severity.NOTICE) if value == 0 else ("", Severity.NOTICE)
