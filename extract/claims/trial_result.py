"""Trial results: in this trial, this arm had this value of this endpoint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.capture import TRIAL_HEADER
from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement
from extract.claims.grammar.result_arms import arm_of, row_arms
from extract.claims.grammar.result_people import people
from extract.context import Context, is_group_row
from extract.endpoints import (
    DURATION,
    PROPORTION,
    TIME_UNITS,
    EndpointHit,
    find_endpoints,
    header_unit,
    is_level,
)
from extract.places import Locator
from extract.records import Arguments, Cell, CellRef, Mention, Quantity, Span

EXTRACTOR = "trial_result"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult(Arguments):
    """One value of one endpoint in one arm of one trial.

    `arm` is the drug (INN) or the comparator as printed, empty where the text does not say. `unit` is
    the printed unit, else the column's. `status` stands for the value where the paper has a word
    ('not reached', 'not estimable').
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


# -- tables ------------------------------------------------------------------------------------------------

_ARM_HEADER = re.compile(
    r"\b(?:treatments?|regimens?|arms?|drugs?|agents?|TKIs?|interventions?|inhibitors?|therap\w+|compound)\b",
    re.IGNORECASE,
)
_NO_VALUES = frozenset({"p_value", "ratio", "dose", "count", "fraction"})
_VERSUS = re.compile(r"\s+(?:vs?\.?|versus)\s+", re.IGNORECASE)
_COMPARATOR_HEADER = re.compile(r"\b(?:comparators?|controls?|versus|vs)\b", re.IGNORECASE)
_OF_ARMS = re.compile(
    r"\b(?:hazard|odds|risk)\s+ratios?\b|\b(?:HR|OR|RR)\b|\bP[- ]?values?\b|\bdifference\b", re.IGNORECASE
)
_LABEL_BEFORE = re.compile(r"^\s*(?P<label>[^:]{1,40}):\s*")
_LABEL_AFTER = re.compile(r"\bin\s+(?P<label>[^;]{3,60})$")


def _from_tables(context: Context, locator: Locator) -> Iterator[Statement]:
    for number, table in enumerate(context.document.tables):
        if table.header_rows == 0:
            continue
        columns = range(len(table.rows[0]))
        headers = [context.header(CellRef(table=number, row=0, column=column)) for column in columns]
        endpoints = {column: hit for column in columns if (hit := _column_endpoint(headers[column])) is not None}
        trials = [column for column in columns if TRIAL_HEADER.search(headers[column])]
        comparators = [column for column in columns if _COMPARATOR_HEADER.search(headers[column])]
        treatments = [column for column in columns if _ARM_HEADER.search(headers[column]) or column in comparators]
        for row in table.rows[table.header_rows :]:
            if is_group_row(row):
                continue
            filled = context.row(CellRef(table=number, row=row[0].row, column=0))
            trial = _row_trial(context, filled, trials)
            arms = row_arms(context, filled, treatments, comparators)
            for column, hit in endpoints.items():
                ref = CellRef(table=number, row=row[column].row, column=column)
                if trial and row[column].text:
                    yield from _from_cell(context, locator, ref, trial, hit, headers[column], arms)


def _column_endpoint(header: str) -> EndpointHit | None:
    """Return the one endpoint whose values a column holds; a ratio or a P value compares arms."""
    hits = list(find_endpoints(header))
    if len({hit.name for hit in hits}) != 1 or _OF_ARMS.search(header):
        return None
    return hits[0]


def _row_trial(context: Context, row: Sequence[Cell], columns: Sequence[int]) -> str:
    for column in columns:
        trials = context.within(row[column].span, "trial")
        if trials:
            return trials[0].normalized
    return ""


def _from_cell(
    context: Context,
    locator: Locator,
    ref: CellRef,
    trial: str,
    hit: EndpointHit,
    header: str,
    arms: tuple[str, str],
) -> Iterator[Statement]:
    cell = context.table(ref).rows[ref.row][ref.column]
    treatment, comparator = arms
    parts = list(_split(cell.text, cell.span.start))
    for index, part in enumerate(parts):
        quantity = _first_quantity(context, part, hit)
        if quantity is None:
            continue
        label = _label(context.text(part))
        arm = treatment if index == 0 or label or len(parts) > 2 else comparator
        yield Statement(
            arguments=_result(trial, hit, quantity, header_unit(header), arm, label),
            evidence=locator.evidence(cell.span, extractor=EXTRACTOR, cell=ref, within=cell.span),
        )


def _split(text: str, start: int) -> Iterator[Span]:
    begin = 0
    for match in _VERSUS.finditer(text):
        yield Span(start=start + begin, end=start + match.start())
        begin = match.end()
    yield Span(start=start + begin, end=start + len(text))


def _label(text: str) -> str:
    match = _LABEL_BEFORE.match(text) or _LABEL_AFTER.search(text)
    return match["label"].strip() if match else ""


def _first_quantity(context: Context, span: Span, hit: EndpointHit) -> Quantity | None:
    """Return the first number of a cell that can be the value of an endpoint; 'NR' of a rate is no value."""
    for mention in context.within(span, "measurement"):
        quantity = mention.quantity
        if quantity is None or quantity.measure in _NO_VALUES or is_level(mention.text):
            continue
        if not (quantity.status and hit.dimension == PROPORTION):
            return quantity
    return None


# -- sentences ---------------------------------------------------------------------------------------------

_REACH = 120  # characters between an endpoint and its value: a phrase, not the next statement
_LEADS_TO_VALUE = re.compile(
    r"(?:^|\b(?:of|was|were|is|are|be|been|as|at|reached|reaching|to|than|vs|versus|compared\s+with|and|or|by|only|about|approximately"
    r"|nearly|almost|over)\b|[:=(\[,~≈<>≥≤.])\s*$",
    re.IGNORECASE,
)
_LIST_OR_COMPARISON = re.compile(r"[,;/]|\b(?:and|or|vs|versus|compared|than|while|whereas|but)\b", re.IGNORECASE)
_FOLLOWED = re.compile(r"\bfollow(?:ed|-?\s?up)(?:\s+time)?\s+(?:of|for|was)\s*$", re.IGNORECASE)
_VALUE_FIRST = re.compile(r"^\s*(?:\([^)]*\)\s*)?$")


def _from_prose(context: Context, locator: Locator) -> Iterator[Statement]:
    for sentence in context.prose():
        trials = _named_trials(context, sentence)
        if not trials:
            continue
        hits = list(find_endpoints(context.text(sentence)))
        values: list[tuple[Mention, EndpointHit]] = []
        for mention in context.within(sentence, "measurement"):
            hit = _endpoint_of(context, mention, hits, sentence)
            if hit is not None and (
                not values or values[-1][1] is not hit or _goes_on(context, values[-1][0], mention)
            ):
                values.append((mention, hit))
        for mention, hit in values:
            trial = _trial_of(context, mention, trials)
            if trial is None or mention.quantity is None:
                continue
            beside = [other for other, of in values if of is hit]
            start, end = mention.span.start - sentence.start, mention.span.end - sentence.start
            narrowed = people(context.text(sentence), start, end)
            arm = arm_of(context, mention, sentence, beside)
            place = Span(start=sentence.start + min(hit.start, start), end=sentence.start + max(hit.end, end))
            yield Statement(
                arguments=_result(trial.normalized, hit, mention.quantity, "", arm, narrowed),
                evidence=locator.evidence(place, extractor=EXTRACTOR, within=sentence),
            )


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
    if is_level(mention.text):
        return None
    offset = mention.span.start - sentence.start
    after = [hit for hit in hits if hit.start >= mention.span.end - sentence.start]
    text = context.text(sentence)
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
    if quantity is None or quantity.measure in _NO_VALUES:
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


# -- both --------------------------------------------------------------------------------------------------


def _result(
    trial: str, hit: EndpointHit, quantity: Quantity, column_unit: str, arm: str, population: str
) -> TrialResult:
    return TrialResult(
        trial=trial,
        endpoint=hit.name,
        arm=arm,
        population=population,
        value=quantity.value,
        unit=quantity.unit or column_unit,
        low=quantity.low,
        high=quantity.high,
        status=quantity.status,
    )


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the trial results of a document's tables and sentences.

    A table row gives them where a column names the trial and another an endpoint; 'a vs. b' gives one
    result an arm. A sentence gives them where it names a trial, an endpoint and a value of the
    endpoint's kind of unit; of several trials, a value goes to the one that follows it with 'in'.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    yield from _from_tables(context, locator)
    yield from _from_prose(context, locator)


CLAIM_KINDS.register("trial_result")(ClaimKind(TrialResult, find))
