"""Stated differences that are not those of the two values beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import capitalized, place_name
from extract.records import Extraction, Mention, Quantity, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

# 'raised ORR by 9.5 percentage points (76.7% vs. 70.2%)', 'an absolute difference of 6.5% (76.7% vs 70.2%)'
_STATED = re.compile(
    r"\b(?:by|(?:absolute\s+)?(?:difference|increase|improvement|benefit|gain|reduction|decrease)\s+of)\s+(?:about\s+|only\s+)?$",
    re.IGNORECASE,
)
_TO_VALUES = re.compile(r"\s*(?:percentage\s+points?)?\s*[(\[]\s*(?:from\s+)?$", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\babsolute\b|\bpercentage\s+points?\b", re.IGNORECASE)  # not a part of the other value
_APART = re.compile(r"\s*,?\s*(?:vs?\.?|versus|compared\s+(?:with|to)|to)\s*", re.IGNORECASE)


@RULES.register("difference-mismatch")
def difference_mismatch(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find a stated difference of two percents or times that the two values in brackets after it do not give.

    Looks at 'by D (A vs. B)' and 'a difference of D (A vs. B)' in one unit. D may be the difference or, where
    neither 'absolute' nor 'percentage points' is said, the change as a part of either value, with what rounding leaves
    open. Leaves alone differences whose values stand elsewhere, and those of estimates adjusted for other things.

    Example: 'raised PFS by 9.5 percentage points (76.7% vs. 70.2%)', where the two differ by 6.5.

    Source: arithmetic; rounding as in statcheck (Nuijten et al., Behav Res Methods 2016;48:1205).
    """
    context, locator = Context(extraction.document, extraction.mentions), Locator(extraction.document)
    for sentence in context.prose():
        numbers = [
            one for one in context.within(sentence, "measurement") if one.quantity and one.quantity.value is not None
        ]
        for stated, first, second in zip(numbers, numbers[1:], numbers[2:], strict=False):
            if not _belong(context, sentence, stated, first, second):
                continue
            said, one, other = (mention.quantity for mention in (stated, first, second))
            absolute = _ABSOLUTE.search(context.document.text[sentence.start : first.span.start]) is not None
            if said is None or one is None or other is None or _agrees(said, one, other, absolute=absolute):
                yield Outcome.CONSISTENT
            elif re.search(r"\badjust", context.text(sentence), re.IGNORECASE):
                yield Outcome.NOT_APPLICABLE
            else:
                yield _doubt(extraction, locator, sentence, (stated, first, second))


def _belong(context: Context, sentence: Span, stated: Mention, first: Mention, second: Mention) -> bool:
    text = context.document.text
    lead = text[max(sentence.start, stated.span.start - 50) : stated.span.start]
    units = {mention.quantity.unit for mention in (stated, first, second) if mention.quantity}
    if len(units) != 1 or not units & {"%", "months", "weeks", "years", "days"} or not _STATED.search(lead):
        return False
    gaps = [text[one.span.end : other.span.start] for one, other in pairwise((stated, first, second))]
    return bool(_TO_VALUES.fullmatch(gaps[0]) and _APART.fullmatch(gaps[1]))


def _agrees(said: Quantity, one: Quantity, other: Quantity, *, absolute: bool) -> bool:
    """Say whether a difference is that of two values within their rounding, as an amount or as a part of either."""
    first, second, stated = one.value or 0.0, other.value or 0.0, abs(said.value or 0.0)
    own = 0.5 * 10.0**-said.decimals + 1e-9
    theirs = 0.5 * (10.0**-one.decimals + 10.0**-other.decimals)
    apart = abs(first - second)
    if abs(apart - stated) <= own + theirs:
        return True
    return not absolute and any(
        abs(100 * apart / base - stated) <= own + 100 * theirs / base for base in (first, second) if base > 0
    )


def _doubt(
    extraction: Extraction, locator: Locator, sentence: Span, mentions: tuple[Mention, Mention, Mention]
) -> Doubt:
    stated, first, second = mentions
    right = (
        abs((first.quantity.value or 0.0) - (second.quantity.value or 0.0))
        if first.quantity and second.quantity
        else 0.0
    )
    decimals = max(mention.quantity.decimals for mention in (first, second) if mention.quantity)
    places = tuple(
        Place(role=role, evidence=locator.evidence(mention.span, extractor="measurement", within=sentence))
        for role, mention in (("stated difference", stated), ("one value", first), ("the other", second))
    )
    where = place_name(extraction.document, places[0].evidence)
    return Doubt(
        severity=Severity.WARNING,
        subject=stated.text,
        message=(
            f"{capitalized(where)} gives a difference of {stated.text}, but {first.text} and {second.text} "
            f"differ by {right:.{decimals}f}."
        ),
        expected=f"{right:.{decimals}f}",
        key=(stated.normalized, first.normalized, second.normalized),
        places=places,
    )
