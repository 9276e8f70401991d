"""Trial results of tables: rows of trials under columns of endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.claims import Statement, told
from extract.claims.shared.endpoints import PROPORTION, EndpointHit, find_endpoints, header_unit, is_level
from extract.claims.trial_result.arguments import EXTRACTOR, NO_VALUES, result
from extract.claims.trial_result.arms import row_arms, split_versus
from extract.claims.trial_result.terms import assessor_of, line_of, line_of_cell
from extract.mentions.capture import TRIAL_HEADER
from extract.records import Cell, CellRef, How, Mention, Quantity, Span, Table
from extract.text.locator import Locator
from extract.text.neighbourhood import Context, is_group_row

_ARM = re.compile(
    r"\b(?:treatments?|regimens?|arms?|drugs?|agents?|TKIs?|interventions?|inhibitors?|therap\w+|compound)\b",
    re.IGNORECASE,
)
_COMPARATOR = re.compile(r"\b(?:comparators?|controls?|versus|vs)\b", re.IGNORECASE)
_OF_ARMS = re.compile(
    r"\b(?:hazard|odds|risk)\s+ratios?\b|\b(?:HR|OR|RR)\b|\bP[- ]?values?\b|\bdifference\b", re.IGNORECASE
)
_COUNT_AND_SHARE = re.compile(r"\b[nN]o?\.?\s*\[%")
_LINE = re.compile(r"\blines?\b", re.IGNORECASE)
_DOSE = re.compile(r"\b(?:dos(?:e|es|ing|age)|schedule)\b", re.IGNORECASE)
_VERSUS_FIRST = re.compile(r"\s*(?:vs\b|versus\b)", re.IGNORECASE)
_STEPS = re.compile(r"\bthen\b|\bfollowed\s+by\b|\b(?:increas|reduc|escalat)\w+\s+to\b", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:(?:study|patient|target)\s+)?(?:populations?|patients?|subgroups?|cohorts?|settings?|indications?)"
    r"(?:\s+(?:characteristics|group|type))?",
    re.IGNORECASE,
)
_ASSESSOR = re.compile(r"\b(?:assess(?:or|ors|ment|ed\s+by)|review(?:er)?)\b", re.IGNORECASE)
_INTERVAL = re.compile(r"\b(?:9[059](?:\.\d)?)\s?%\s?C[rR]?I\b|\brange\b", re.IGNORECASE)
_LABEL_BEFORE = re.compile(r"^\s*(?P<label>[^:]{1,40}):\s*")
_LABEL_AFTER = re.compile(r"\bin\s+(?P<label>[^;]{3,60})$")
_LONGEST_POPULATION = 120
_NUMBER = re.compile(r"\W*(?:[nN]\s*=\s*)?[\d,]+\s*(?:pts?\.?|patients?|women|men)?\W*")


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table are of, by their headers."""

    headers: tuple[str, ...]
    endpoints: dict[int, EndpointHit]
    trials: tuple[int, ...]
    treatments: tuple[int, ...]
    comparators: tuple[int, ...]
    lines: tuple[int, ...]
    doses: tuple[int, ...]
    people: tuple[int, ...]
    assessors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says of all its values: the trial, its arms, and what describes them."""

    trial: str
    arms: tuple[str, ...]
    population: str
    line: str
    dose: str
    assessor: str


def from_tables(context: Context, locator: Locator) -> Iterator[Statement]:
    """Yield the results of the rows that name a trial, under the columns that are of one endpoint."""
    for number, table in enumerate(context.document.tables):
        if table.header_rows == 0:
            continue
        columns = _columns(context, number, table)
        group = ""
        for row in table.rows[table.header_rows :]:
            if is_group_row(row):
                group = row[0].text
                continue
            filled = context.row(CellRef(table=number, row=row[0].row, column=0))
            said = _row(context, filled, columns, group)
            for column, hit in columns.endpoints.items():
                ref = CellRef(table=number, row=row[column].row, column=column)
                if said.trial and row[column].text:
                    yield from _from_cell(context, locator, ref, hit, columns.headers[column], said)


def _columns(context: Context, number: int, table: Table) -> _Columns:
    every = range(len(table.rows[0]))
    headers = tuple(context.header(CellRef(table=number, row=0, column=column)) for column in every)
    endpoints = {column: hit for column in every if (hit := _column_endpoint(headers[column])) is not None}
    rest = [column for column in every if column not in endpoints]
    comparators = tuple(column for column in every if _COMPARATOR.search(headers[column]))
    return _Columns(
        headers=headers,
        endpoints=endpoints,
        trials=tuple(column for column in every if TRIAL_HEADER.search(headers[column])),
        treatments=tuple(column for column in every if _ARM.search(headers[column]) or column in comparators),
        comparators=comparators,
        lines=tuple(column for column in rest if _LINE.search(headers[column])),
        doses=tuple(column for column in rest if _DOSE.search(headers[column])),
        people=tuple(column for column in rest if _PEOPLE.fullmatch(headers[column].strip())),
        assessors=tuple(column for column in rest if _ASSESSOR.search(headers[column])),
    )


def _column_endpoint(header: str) -> EndpointHit | None:
    """Return the one endpoint whose values a column holds; a ratio or a P value compares arms.

    Under 'n [%]' a bracket holds the share, no citation: such cells are left to the shares.
    """
    hits = list(find_endpoints(header))
    if len({hit.name for hit in hits}) != 1 or _OF_ARMS.search(header) or _COUNT_AND_SHARE.search(header):
        return None
    return hits[0]


def _row(context: Context, row: Sequence[Cell], columns: _Columns, group: str) -> _Row:
    treated = " ".join(row[column].text for column in columns.treatments)
    people = [" ".join(row[column].text.split()) for column in columns.people]
    line = next((line for column in columns.lines if (line := line_of_cell(row[column].text))), "")
    return _Row(
        trial=_row_trial(context, row, columns.trials),
        arms=row_arms(context, row, columns.treatments, columns.comparators),
        population=next((text for text in people if _names_people(text)), ""),
        line=line or line_of(" ".join((treated, *people))) or line_of(group),
        dose=_row_dose(context, row, columns),
        assessor=next((who for column in columns.assessors if (who := assessor_of(row[column].text))), ""),
    )


def _row_trial(context: Context, row: Sequence[Cell], columns: Sequence[int]) -> str:
    for column in columns:
        trials = context.within(row[column].span, "trial")
        if trials:
            return trials[0].normalized
    return ""


def _names_people(text: str) -> bool:
    """Say whether a cell tells who the patients are: a number of them does not."""
    return bool(re.search(r"[^\W\d_]{2}", text)) and len(text) <= _LONGEST_POPULATION and not _NUMBER.fullmatch(text)


def _row_dose(context: Context, row: Sequence[Cell], columns: _Columns) -> str:
    """Return the dose that a row gives before it names a comparator, the steps of one schedule as they are printed.

    Empty where the row gives several doses that are no such steps.
    """
    for column in (*columns.doses, *columns.treatments):
        if _VERSUS_FIRST.match(row[column].text):
            continue
        first = next(split_versus(row[column].text, row[column].span.start))
        doses = tuple(_doses(context, first))
        if doses:
            schedule = context.text(Span(start=doses[0].span.start, end=doses[-1].span.end))
            names = {dose.normalized for dose in doses}
            return names.pop() if len(names) == 1 else " ".join(schedule.split()) if _STEPS.search(schedule) else ""
    return ""


def _doses(context: Context, span: Span) -> Iterator[Mention]:
    for mention in context.within(span, "measurement"):
        if mention.quantity is not None and mention.quantity.measure == "dose":
            yield mention


def _from_cell(
    context: Context, locator: Locator, ref: CellRef, hit: EndpointHit, header: str, row: _Row
) -> Iterator[Statement]:
    cell = context.table(ref).rows[ref.row][ref.column]
    parts = list(split_versus(cell.text, cell.span.start))
    treatment = row.arms[0] if row.arms else ""
    kind = _INTERVAL.search(header)
    for index, part in enumerate(parts):
        quantity = _first_quantity(context, part, hit)
        if quantity is None:
            continue
        label = _label(context.text(part))
        if index == 0 or label or (len(parts) > 2 and len(parts) != len(row.arms)):
            arm, others = treatment, row.arms[1:]
        else:
            arm, others = row.arms[index] if index < len(row.arms) else "", ()
        found = replace(
            result(row.trial, hit, quantity, header_unit(header)),
            arm=arm,
            population="; ".join(part for part in (row.population, label) if part),
            dose=_label_dose(context, part, label) or ("" if index and not label else row.dose),
            comparator=others[0] if len(others) == 1 and others[0] != arm and not label else "",
            line=row.line,
            assessor=assessor_of(f"{header} {label}") or row.assessor,
        )
        if kind is not None and not found.interval and (found.low is not None or found.high is not None):
            found = replace(found, interval=" ".join(kind[0].split()))
        place = locator.evidence(cell.span, extractor=EXTRACTOR, cell=ref, within=cell.span)
        how = {"trial": How.ROW, "endpoint": How.COLUMN, **({"arm": How.ROW} if found.arm else {})}
        yield Statement(arguments=found, evidence=told(place, **how))


def _label(text: str) -> str:
    match = _LABEL_BEFORE.match(text) or _LABEL_AFTER.search(text)
    return match["label"].strip() if match else ""


def _label_dose(context: Context, part: Span, label: str) -> str:
    """Return the dose that the label of a part is: '450 mg: 78.1 (66.9-86.9)'."""
    return next((mention.normalized for mention in _doses(context, part) if mention.text in label), "")


def _first_quantity(context: Context, span: Span, hit: EndpointHit) -> Quantity | None:
    """Return the first number of a cell that can be the value of an endpoint; 'NR' of a rate is no value."""
    for mention in context.within(span, "measurement"):
        quantity = mention.quantity
        if quantity is None or quantity.measure in NO_VALUES or is_level(mention.text):
            continue
        if not (quantity.status and hit.dimension == PROPORTION):
            return quantity
    return None
