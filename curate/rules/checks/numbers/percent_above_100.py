"""Shares of patients that are larger than the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import amount, capitalized, place_name
from extract.claims.shared.endpoints import PROPORTION, find_endpoints, header_unit
from extract.records import Extraction, Mention, Quantity, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "measurement"

_THINGS = (
    r"(?:patients|participants|individuals|subjects|people|persons|cases|women|men|children|adults|responders"
    r"|tumou?rs|samples|specimens|biopsies|cell\s+lines|carriers|respondents|studies|trials|articles)"
)
_OF_THINGS = re.compile(rf"\s*(?:\([^()]*\)\s*)?of\s+(?!that\b|those\b)(?:[\w-]+\s+){{0,4}}?{_THINGS}\b", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:\([^()]*\)|[\s,:;=(\[]|\b(?:of|was|were|is|reached|reaching|rates?|from|to|by|with|in|at|that|a|an|the|only|about))*",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:increas|decreas|reduc|grow|growth|rise|rose|improv|higher|greater|more\s+than\s+double|relative|compared|control|"
    r"baseline|change|fold|normali[sz]ed|induc|viability|activity|exposure|clearance|concentration|express|volume|dose|yield|recover)\w*",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:survival|response|remission|recurrence|relapse|attrition|drop-?out|mortality|detection|positivity|mutation|failure"
    r"|completion|discontinuation|success|cure|toxicity|complication|acceptance|accrual|compliance|adherence)\s+rates?\b",
    re.IGNORECASE,
)
# A value set beside another is no change of it.
_BESIDE = re.compile(r"\bcompared\s+(?:with|to)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE)
REACH = 60  # characters before a percent in which a word says that it is a change
_SHARE_HEADER = re.compile(rf"\bn\s*\(\s*%\s*\)|%\s*of\s+{_THINGS}|\b{_THINGS}\b[^%]*%|\brate\b", re.IGNORECASE)


@RULES.register("percent-above-100")
def percent_above_100(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find shares of patients, cases or samples, and response rates, above 100%.

    Looks at each percent that follows the name of an endpoint which is a proportion or of a rate of people (survival,
    recurrence, attrition), that is said to be 'of
    patients' (cases, tumours, samples) or stands with a count of a total, or in a column of such. Leaves alone
    growth, change, activity and doses, which can be above 100%, a bare whole number in a cell, which can be a dose
    or a count, and the bounds of a confidence interval, which an approximation can put there.

    Example: an ORR of 162%; 'seen in 130% of patients'.

    Source: a proportion is at most 1.
    """
    context = Context(extraction.document, extraction.mentions)
    for mention in context.of_kind("measurement"):
        quantity = mention.quantity
        if quantity is None or quantity.measure not in {"percent", "number"}:
            continue
        value = _largest(quantity)
        is_share = _in_cell(context, mention, quantity) if mention.cell else _in_prose(context, mention, quantity)
        if value is None or not is_share:
            if quantity.unit == "%":
                yield Outcome.NOT_APPLICABLE
        elif value <= 100.0:
            yield Outcome.CONSISTENT
        else:
            yield _doubt(extraction, context, mention, value)


def _largest(quantity: Quantity) -> float | None:
    """Return the value, or the larger end of what is given as a range of values."""
    if quantity.value is not None or quantity.interval != "range":
        return quantity.value
    return max((end for end in (quantity.low, quantity.high) if end is not None), default=None)


def _in_prose(context: Context, mention: Mention, quantity: Quantity) -> bool:
    if quantity.unit != "%":
        return False
    text = context.document.text
    sentence = context.sentence(mention.span)
    after = text[mention.span.end : mention.span.end + 80]
    if _OF_THINGS.match(after):
        return True
    named = _rate_before(context, mention, sentence)
    before = text[max(sentence.start, mention.span.start - REACH) : mention.span.start if named is None else named]
    if _CHANGE.search(_BESIDE.sub("", before)) or _CHANGE.match(after.lstrip()):
        return False
    return quantity.total is not None or quantity.count is not None or named is not None


def _rate_before(context: Context, mention: Mention, sentence: Span) -> int | None:
    """Return where the name of a rate starts that only joining words part from the number, None where none does.

    That is an endpoint that is a proportion, or a rate of people: 'the attrition rate'.
    """
    text = context.text(sentence)
    offset = mention.span.start - sentence.start
    hits = [hit for hit in find_endpoints(text) if hit.end <= offset]
    named = [(hit.start, hit.end) for hit in hits[-1:] if hit.dimension == PROPORTION]
    named += [match.span() for match in _RATE.finditer(text, 0, offset)][-1:]
    return next((sentence.start + start for start, end in named if _LEADS.fullmatch(text[end:offset])), None)


def _in_cell(context: Context, mention: Mention, quantity: Quantity) -> bool:
    if mention.cell is None:
        return False
    header = context.header(mention.cell)
    if quantity.unit != "%" and (quantity.unit or header_unit(header) != "%" or _bare(quantity)):
        return False
    if _CHANGE.search(header) or _CHANGE.search(next((c.text for c in context.row(mention.cell) if c.text), "")):
        return False
    endpoint = next(find_endpoints(header), None)
    return (endpoint is not None and endpoint.dimension == PROPORTION) or bool(_SHARE_HEADER.search(header))


def _bare(quantity: Quantity) -> bool:
    """Say whether a number is whole and alone: it can be a dose or a count that belongs to the cell beside it."""
    return quantity.low is None and quantity.decimals == 0


def _doubt(extraction: Extraction, context: Context, mention: Mention, value: float) -> Doubt:
    evidence = Locator(extraction.document).evidence(
        mention.span, extractor=EXTRACTOR, cell=mention.cell, within=context.sentence(mention.span)
    )
    where, shown = place_name(extraction.document, evidence), amount(value, "%")
    return Doubt(
        severity=Severity.ERROR,
        subject=mention.text,
        message=f"{capitalized(where)} gives {shown} as a share, which cannot be more than 100%.",
        key=(shown, context.text(context.sentence(mention.span))[:80].casefold()),
        places=(Place(role="percent", evidence=evidence),),
    )
