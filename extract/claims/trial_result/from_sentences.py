"""Trial results of sentences: a trial, an endpoint and a value of the endpoint's kind of unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.claims import Statement, told
from extract.claims.shared.endpoints import DURATION, PROPORTION, TIME_UNITS, EndpointHit, find_endpoints, is_level
from extract.claims.trial_result.arguments import EXTRACTOR, NO_VALUES, TrialResult, result, with_bounds
from extract.claims.trial_result.arms import Arm, arm_of, arms
from extract.claims.trial_result.population import people
from extract.claims.trial_result.terms import assessor_of, line_of
from extract.records import How, Mention, Quantity, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

# What a paper says of itself beside the trial that it compares itself with.
_OWN_TRIAL = re.compile(
    r"\bour\s+(?:\w+\s+)?(?:trial|study|studies|series|cohort|patients|results|data)\b", re.IGNORECASE
)
_WORDS_BEFORE_TRIAL = 3
_REACH = 120  # characters between an endpoint and its value: a phrase, not the next statement
_LEADS_TO_VALUE = re.compile(
    r"(?:^|\b(?:of|was|were|is|are|be|been|as|at|reached|reaching|to|than|vs|versus|compared\s+with|and|or|by|only|about|approximately"
    r"|nearly|almost|over)\b|[:=(\[,~≈<>≥≤.])\s*$",
    re.IGNORECASE,
)
_LIST_OR_COMPARISON = re.compile(r"[,;/]|\b(?:and|or|vs|versus|compared|than|while|whereas|but)\b", re.IGNORECASE)
_FOLLOWED = re.compile(r"\bfollow(?:ed|-?\s?up)(?:\s+time)?\s+(?:of|for|was)\s*$", re.IGNORECASE)
# A rate that a trial was to reach is no result.
_AIMED_AT = re.compile(r"\b(?:assum|hypothesi)\w*(?:\s+[\w-]+){0,6}\s*$", re.IGNORECASE)
_AT_LEAST = re.compile(r"at\s+least\b", re.IGNORECASE)
# A share of patients with an outcome of their own: 'an ORR of 53%, with 47% of patients achieving a partial response'.
_OF_OTHERS = re.compile(
    r"\s*(?:\([^()]*\)\s*)?of\s+(?:the\s+|all\s+)?(?:\w+\s+)?(?:patients|participants|cases|(?:wo)?men)\s+"
    r"(?:achiev|had|hav|experienc|show|who|with\s+(?:an?\s+)?(?:complete|partial|stable|confirmed))",
    re.IGNORECASE,
)
_VALUE_FIRST = re.compile(r"^\s*(?:\([^)]*\)\s*)?$")
_AGAINST = re.compile(r"\b(?:vs\.?|versus|compared\s+(?:with|to)|than|over)\b", re.IGNORECASE)
_CONTROLS = frozenset({"placebo", "control", "observation", "best supportive care", "standard of care"})
_BEFORE_BOUNDS = re.compile(r"\s*[(\[]\s*")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of an endpoint in a sentence, with its arm."""

    mention: Mention
    quantity: Quantity
    hit: EndpointHit
    trial: str
    arm: str
    order: int


def from_sentences(context: Context, locator: Locator) -> Iterator[Statement]:
    """Yield the results of the sentences that name a trial, an endpoint and a value of it."""
    for sentence in context.prose():
        trials = _named_trials(context, sentence)
        if not trials or _OWN_TRIAL.search(context.text(sentence)):
            continue
        named = arms(context, sentence)
        values = list(_values(context, sentence, trials, named))
        for value in values:
            start, end = value.mention.span.start - sentence.start, value.mention.span.end - sentence.start
            place = Span(
                start=sentence.start + min(value.hit.start, start), end=sentence.start + max(value.hit.end, end)
            )
            yield Statement(
                arguments=_result(context, _of_trial(sentence, value, values, trials), value, values, named),
                evidence=told(
                    locator.evidence(place, extractor=EXTRACTOR, within=sentence), trial=How.SAID, endpoint=How.SAID
                ),
            )


def _values(context: Context, sentence: Span, trials: Sequence[Mention], named: Sequence[Arm]) -> Iterator[_Value]:
    hits = list(find_endpoints(context.text(sentence)))
    found: list[tuple[Mention, EndpointHit]] = []
    for mention in context.within(sentence, "measurement"):
        hit = _endpoint_of(context, mention, hits, sentence)
        if hit is not None and (not found or found[-1][1] is not hit or _goes_on(context, found[-1][0], mention)):
            found.append((mention, hit))
    ends = [mention.span.end for mention, _ in found]
    for mention, hit in found:
        trial = _trial_of(context, mention, trials)
        if trial is not None and mention.quantity is not None:
            beside = [other for other, of in found if of is hit]
            start = max([sentence.start, *(end for end in ends if end <= sentence.start + hit.start)])
            lead = Span(start=start, end=max(start, sentence.start + hit.start))
            arm = arm_of(context, mention, sentence, beside, named, lead)
            yield _Value(mention, mention.quantity, hit, trial.normalized, arm, beside.index(mention))


def _result(context: Context, said: Span, value: _Value, values: Sequence[_Value], named: Sequence[Arm]) -> TrialResult:
    """Return the result of a value, with what is `said` of its trial in the sentence."""
    found = result(value.trial, value.hit, value.quantity)
    apart = _bounds_after(context, value, named, said)
    narrowed = people(context.text(said), value.mention.span.start - said.start, value.mention.span.end - said.start)
    return replace(
        with_bounds(found, apart) if apart else found,
        arm=value.arm,
        population=narrowed,
        dose=_dose(context, value, named),
        comparator=_comparator(context, value, values),
        line=line_of(narrowed) or line_of(_before_trial(context, said, value.trial)),
        assessor=assessor_of(narrowed),
    )


def _of_trial(sentence: Span, value: _Value, values: Sequence[_Value], trials: Sequence[Mention]) -> Span:
    """Return the part of a sentence that is said of the value's trial: between the names and values of the others."""
    others = [trial.span for trial in trials if trial.normalized != value.trial]
    before = [span.end for span in others if span.end <= value.mention.span.start]
    others += [other.mention.span for other in values if other.trial != value.trial]
    after = [span.start for span in others if span.start >= value.mention.span.end]
    return Span(start=max([sentence.start, *before]), end=min([sentence.end, *after]))


def _bounds_after(context: Context, value: _Value, named: Sequence[Arm], sentence: Span) -> Quantity | None:
    """Return the interval that follows a value's arm: '10.1 months with osimertinib (95% CI, 8.3-12.3)'."""
    arm = next((one for one in named if one.name == value.arm and one.span.start >= value.mention.span.end), None)
    if arm is None:
        return None
    for mention in context.within(Span(start=arm.span.end, end=sentence.end), "measurement"):
        quantity = mention.quantity
        joined = _BEFORE_BOUNDS.fullmatch(context.document.text, arm.span.end, mention.span.start)
        if joined and quantity is not None and quantity.value is None and quantity.low is not None:
            return quantity
        return None
    return None


def _dose(context: Context, value: _Value, named: Sequence[Arm]) -> str:
    """Return the dose that stands right after the value's arm where the sentence names it, empty without one."""
    for arm in named:
        for mention in context.within(Span(start=arm.span.end, end=arm.span.end + 40), "measurement"):
            between = context.document.text[arm.span.end : mention.span.start]
            dose = mention.quantity is not None and mention.quantity.measure == "dose"
            if arm.name == value.arm and dose and re.fullmatch(r"\s*[(,]?\s*(?:at\s+)?", between):
                return mention.normalized
    return ""


def _comparator(context: Context, value: _Value, values: Sequence[_Value]) -> str:
    """Return the arm that the sentence sets against the value's, empty where it sets none against it.

    That is the arm of the next value of the endpoint after 'versus', or after 'and' where it is a control.
    """
    beside = [other for other in values if other.hit is value.hit and other.trial == value.trial]
    if value.order != 0 or len(beside) != 2 or beside[0] is not value:
        return ""
    other = beside[1]
    between = context.document.text[value.mention.span.end : other.mention.span.start]
    set_against = _AGAINST.search(between) or other.arm in _CONTROLS
    return other.arm if set_against and other.arm != value.arm else ""


def _before_trial(context: Context, sentence: Span, trial: str) -> str:
    """Return the few words before the name of a trial, in which its line of treatment may stand."""
    for mention in context.within(sentence, "trial"):
        if mention.normalized == trial:
            before = context.document.text[sentence.start : mention.span.start]
            return " ".join(before.split()[-_WORDS_BEFORE_TRIAL:])
    return ""


def _named_trials(context: Context, sentence: Span) -> tuple[Mention, ...]:
    """Return the trials that a sentence names; a registry number beside a name is the same trial.

    The name of an endpoint is none, whatever stands beside it ('a CRR trial').
    """
    trials = tuple(
        trial for trial in context.within(sentence, "trial") if next(find_endpoints(trial.normalized), None) is None
    )
    named = tuple(trial for trial in trials if not re.fullmatch(r"NCT\d+", trial.normalized))
    return named or trials


def _endpoint_of(context: Context, mention: Mention, hits: Sequence[EndpointHit], sentence: Span) -> EndpointHit | None:
    """Return the endpoint that a value belongs to: the last before it, or the one right after it."""
    offset = mention.span.start - sentence.start
    if is_level(mention.text) or _AT_LEAST.match(mention.text) or _AIMED_AT.search(context.text(sentence)[:offset]):
        return None
    after = [hit for hit in hits if hit.start >= mention.span.end - sentence.start]
    text = context.text(sentence)
    if _OF_OTHERS.match(text, mention.span.end - sentence.start):
        return None
    if after and _VALUE_FIRST.match(text[mention.span.end - sentence.start : after[0].start]):
        return after[0] if _measures(mention.quantity, after[0]) else None
    before = [hit for hit in hits if hit.end <= offset and offset - hit.end <= _REACH]
    if not before or not _measures(mention.quantity, before[-1]) or _FOLLOWED.search(text[:offset]):
        return None
    return before[-1] if _LEADS_TO_VALUE.search(text[before[-1].end : offset]) else None


def _goes_on(context: Context, last: Mention, mention: Mention) -> bool:
    """Say whether a value follows the last of its endpoint in a list or a comparison, not in what narrows it."""
    between = context.text(Span(start=last.span.end, end=mention.span.start))
    return mention.span.start < last.span.end or bool(_LIST_OR_COMPARISON.search(between))


def _measures(quantity: Quantity | None, hit: EndpointHit) -> bool:
    """Say whether a quantity can be a value of an endpoint by its unit."""
    if quantity is None or quantity.measure in NO_VALUES:
        return False
    if hit.dimension == PROPORTION:
        return quantity.unit == "%"
    if hit.dimension == DURATION:
        return quantity.unit in TIME_UNITS or bool(quantity.status)
    return False


def _trial_of(context: Context, mention: Mention, trials: Sequence[Mention]) -> Mention | None:
    """Return the trial of a value; of several, the one that follows with 'in', else none."""
    if len({trial.normalized for trial in trials}) == 1:
        return trials[0]
    following = [trial for trial in trials if trial.span.start >= mention.span.end]
    if following:
        between = context.document.text[mention.span.end : following[0].span.start]
        if len(between) <= _REACH / 2 and re.search(r"\bin\b", between) and ";" not in between:
            return following[0]
    return None
