"""Trial results: in this trial, this arm had this value of this endpoint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.capture import TRIAL_HEADER
from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement
from extract.context import Context, is_group_row
from extract.endpoints import (
    DURATION,
    PROPORTION,
    TIME_UNITS,
    EndpointHit,
    find_endpoints,
    header_unit,
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
_VERSUS = re.compile(r"\s+(?:vs?\.?|versus)\s+", re.IGNORECASE)
_COMPARATOR = re.compile(r"^\s*(?:vs?\.?|versus)\s+(?P<name>[^;(]+)", re.IGNORECASE)
_LABEL_BEFORE = re.compile(r"^\s*(?P<label>[^:]{1,40}):\s*")
_LABEL_AFTER = re.compile(r"\bin\s+(?P<label>[^;]{3,60})$")


def _from_tables(context: Context, locator: Locator) -> Iterator[Statement]:
    for number, table in enumerate(context.document.tables):
        if table.header_rows == 0:
            continue
        columns = range(len(table.rows[0]))
        headers = [context.header(CellRef(table=number, row=0, column=column)) for column in columns]
        endpoints = {
            column: hit for column in columns if (hit := next(find_endpoints(headers[column]), None)) is not None
        }
        trials = [column for column in columns if TRIAL_HEADER.search(headers[column])]
        arms = [column for column in columns if _ARM_HEADER.search(headers[column])]
        for row in table.rows[table.header_rows :]:
            if is_group_row(row):
                continue
            trial = _row_trial(context, row, trials)
            for column, hit in endpoints.items():
                ref = CellRef(table=number, row=row[column].row, column=column)
                if trial and row[column].text:
                    yield from _from_cell(context, locator, ref, trial, hit, headers[column], arms)


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
    arm_columns: Sequence[int],
) -> Iterator[Statement]:
    cell = context.table(ref).rows[ref.row][ref.column]
    treatment, comparator = _arms(context, ref, arm_columns)
    parts = list(_split(cell.text, cell.span.start))
    for index, part in enumerate(parts):
        measured = [m for m in context.within(part, "measurement") if m.quantity is not None]
        if not measured or measured[0].quantity is None:
            continue
        label = _label(context.text(part))
        arm = treatment if index == 0 or label or len(parts) > 2 else comparator
        yield Statement(
            arguments=_result(trial, hit, measured[0].quantity, header_unit(header), arm, label),
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


def _arms(context: Context, ref: CellRef, columns: Sequence[int]) -> tuple[str, str]:
    """Return the treatment and the comparator that a row names."""
    row = context.row(ref)
    treatment, comparator = "", ""
    for column in columns:
        cell = row[column]
        versus = _COMPARATOR.match(cell.text)
        if versus:
            start = cell.span.start + versus.start("name")
            named = context.within(Span(start=start, end=start + len(versus["name"])), "drug")
            comparator = comparator or (named[0].normalized if named else versus["name"].strip().casefold())
        elif not treatment:
            named = context.within(cell.span, "drug")
            treatment = " + ".join(dict.fromkeys(drug.normalized for drug in named))
    return treatment, comparator


# -- sentences ---------------------------------------------------------------------------------------------

_REACH = 120  # characters between an endpoint and its value: a phrase, not the next statement
_LEADS_TO_VALUE = re.compile(
    r"(?:^|\b(?:of|was|were|is|are|be|been|as|at|reached|reaching|to|than|vs|versus|and|or|by|only|about|approximately"
    r"|nearly|almost|over)\b|[:=(\[,~≈<>≥≤.])\s*$",
    re.IGNORECASE,
)
_VALUE_FIRST = re.compile(r"^\s*(?:\([^)]*\)\s*)?$")
_ASSESSED = re.compile(
    r"\b(?:investigator|independent(?:ly)?|IRC|BICR|IRF|central(?:ly)?)\b[- \w]{0,30}", re.IGNORECASE
)
_PEOPLE = r"(?:patients|participants|individuals|population|cohort|subgroup|cases|those)"
_POPULATION = re.compile(
    rf"\b(?:(?:in|among|for|of)\s+(?:the\s+)?(?:[\w-]+\s+){{0,4}}?{_PEOPLE}\b[^,.;()\[\]]*"
    rf"|{_PEOPLE}\s+(?:with|without|who|whose|that|harbou?ring|having|previously|treated|of)\b[^,.;()\[\]]*"
    r"|(?:in|among)\s+\w*[- ]?(?:na[iï]ve|pre-?treated|refractory)[^,.;()\[\]]*)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:prior|previous(?:ly)?|pre-?treated|treated\s+with|after|following|naive\s+to|resistant\s+to|refractory\s+to|"
    r"progress\w+\s+on)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_WITH_ARM = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:with|for|on|in|under|after)\s+(?:the\s+)?(?:[\w-]+\s+){0,1}?", re.IGNORECASE
)
_CONTROL = re.compile(
    r"\b(?:chemotherapy|placebo|best supportive care|standard of care|standard therapy|observation)\b", re.IGNORECASE
)
_COMPARED = re.compile(r"\b(?:vs\.?|versus|compared\s+(?:to|with)|than|over)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)


def _from_prose(context: Context, locator: Locator) -> Iterator[Statement]:
    for sentence in context.prose():
        trials = _named_trials(context, sentence)
        if not trials:
            continue
        hits = list(find_endpoints(context.text(sentence)))
        for mention in context.within(sentence, "measurement"):
            hit = _endpoint_of(context, mention, hits, sentence)
            trial = _trial_of(context, mention, trials)
            if hit is None or trial is None or mention.quantity is None:
                continue
            start = min(sentence.start + hit.start, mention.span.start)
            end = max(sentence.start + hit.end, mention.span.end)
            yield Statement(
                arguments=_result(
                    trial.normalized,
                    hit,
                    mention.quantity,
                    "",
                    _arm_of(context, mention, sentence),
                    _population(context.text(sentence)),
                ),
                evidence=locator.evidence(Span(start=start, end=end), extractor=EXTRACTOR, within=sentence),
            )


def _named_trials(context: Context, sentence: Span) -> tuple[Mention, ...]:
    """Return the trials that a sentence names; a registry number beside a name is the same trial."""
    trials = context.within(sentence, "trial")
    named = tuple(trial for trial in trials if not re.fullmatch(r"NCT\d+", trial.normalized))
    return named or trials


def _endpoint_of(context: Context, mention: Mention, hits: Sequence[EndpointHit], sentence: Span) -> EndpointHit | None:
    """Return the endpoint that a value belongs to: the last before it, or the one right after it."""
    offset = mention.span.start - sentence.start
    after = [hit for hit in hits if hit.start >= mention.span.end - sentence.start]
    text = context.text(sentence)
    if after and _VALUE_FIRST.match(text[mention.span.end - sentence.start : after[0].start]):
        return after[0] if _measures(mention.quantity, after[0]) else None
    before = [hit for hit in hits if hit.end <= offset and offset - hit.end <= _REACH]
    if not before or not _measures(mention.quantity, before[-1]):
        return None
    return before[-1] if _LEADS_TO_VALUE.search(text[before[-1].end : offset]) else None


def _measures(quantity: Quantity | None, hit: EndpointHit) -> bool:
    """Say whether a quantity can be a value of an endpoint by its unit."""
    if quantity is None or quantity.measure in {"p_value", "ratio", "dose", "count"}:
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


def _arm_of(context: Context, mention: Mention, sentence: Span) -> str:
    """Return the drug or comparator whose result a value is, empty where the sentence leaves it open."""
    named = sorted((*_drugs(context, sentence), *_comparators(context, sentence)), key=lambda arm: arm.span.start)
    text = context.document.text
    for arm in named:
        if _WITH_ARM.fullmatch(text[mention.span.end : arm.span.start]):
            return arm.name
    own: list[str] = []
    others: list[str] = []
    for arm in named:
        compared = _COMPARED.search(text[max(sentence.start, arm.span.start - 40) : arm.span.start])
        (others if compared else own).append(arm.name)
    second = bool(
        re.search(r"\bv(?:s\.?|ersus)\s+$", text[max(sentence.start, mention.span.start - 8) : mention.span.start])
    )
    names = dict.fromkeys(others if second else own)
    return next(iter(names)) if len(names) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Arm:
    name: str
    span: Span


def _drugs(context: Context, sentence: Span) -> Iterator[_Arm]:
    """Yield the drugs of a sentence that are not named as an earlier treatment."""
    text = context.document.text
    for drug in context.within(sentence, "drug"):
        if not _EARLIER.search(text[max(sentence.start, drug.span.start - 60) : drug.span.start]):
            yield _Arm(drug.normalized, drug.span)


def _comparators(context: Context, sentence: Span) -> Iterator[_Arm]:
    """Yield the comparators of a sentence that are no single drug."""
    text = context.document.text
    for match in _CONTROL.finditer(text, sentence.start, sentence.end):
        if not _EARLIER.search(text[max(sentence.start, match.start() - 60) : match.start()]):
            yield _Arm(match[0].casefold(), Span(start=match.start(), end=match.end()))


def _population(sentence: str) -> str:
    found = [match[0].strip() for match in _POPULATION.finditer(sentence)]
    found += [match[0].strip() for match in _ASSESSED.finditer(sentence)]
    return "; ".join(found)


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
