"""Results of the paper's own study in its tables: endpoints by arms, in rows or in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.claims import Statement, told
from extract.claims.shared.endpoints import PROPORTION, EndpointHit, find_endpoints, header_unit, is_level
from extract.claims.trial_result.arguments import EXTRACTOR, NO_VALUES, TrialResult, result
from extract.claims.trial_result.arms import Arm
from extract.claims.trial_result.groups import Named, groups
from extract.claims.trial_result.outcomes import dimension_fits
from extract.claims.trial_result.study import Study
from extract.claims.trial_result.terms import assessor_of
from extract.mentions.capture import TRIAL_HEADER
from extract.records import CellRef, How, Mention, Quantity, Table
from extract.text.locator import Locator
from extract.text.neighbourhood import Context, is_group_row

# Categories of response, as rows of a table name them, with the endpoint that their share is.
_CATEGORIES = (
    (re.compile(r"(?:objective|overall)\s+respon(?:se|ders?)\b|^ORR\b|^responders?\b", re.IGNORECASE), "ORR"),
    (re.compile(r"^(?:confirmed\s+)?complete\s+(?:response|remission)s?\b|^CR\b(?!\s*\+)", re.IGNORECASE), "CRR"),
    (re.compile(r"^(?:confirmed\s+)?partial\s+(?:response|remission)s?\b|^PR\b(?!\s*\+)", re.IGNORECASE), "PRR"),
    (re.compile(r"^stable\s+disease\b|^SD\b", re.IGNORECASE), "SD rate"),
    (re.compile(r"^progressive\s+disease\b|^PD\b", re.IGNORECASE), "PD rate"),
    (re.compile(r"disease\s+control\b|^DCR\b", re.IGNORECASE), "DCR"),
    (re.compile(r"^path\w+\s+complete\s+response\b|^pCR\b"), "pCR"),
)
# Rows and columns that compare arms or count what is no value of an endpoint.
_NOT_A_VALUE = re.compile(
    r"\b(?:hazard|odds|risk)\s+ratios?\b|\b(?:HR|OR|RR)\b|\bP[- ]?(?:values?)?\b(?=\s*$)|\bP\s?values?\b|\bdifference\b"
    r"|\bevents?\b|\bdeaths?\b|\bcensored\b|\bno\.?\s+at\s+risk\b|\bfollow-?up\b|\bdefin\w+|\bmeasure\b",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\(?\s*[nN]\s?=\s?\d+\s*\)?")
_BASELINE = re.compile(r"\b(?:baseline|characteristics|demographic\w*|adverse|toxicit\w+|safety)\b", re.IGNORECASE)
# '214 (76.7)': a count with its share, whether or not the cell prints the sign
_COUNT_AND_SHARE = re.compile(
    r"\s*(?P<count>\d{1,3}(?:,\d{3})*|\d{1,5})\s*[(\[]\s*(?P<percent>\d{1,2}(?:[.·]\d+)?|100(?:\.0+)?)\s?%?\s*[)\]]\W?"
)
_PERCENT = re.compile(r"%|\bpercent\b|\brates?\b", re.IGNORECASE)
_MEDIAN = re.compile(r"^\W*(?:median|mean)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """An endpoint that a row or a column is of, and the words that say so."""

    hit: EndpointHit
    said: str


def from_report_tables(context: Context, locator: Locator, study: Study | None, named: Named) -> Iterator[Statement]:
    """Yield the results of tables that have no column of trials, where the paper reports a study of its own.

    Rows are endpoints and columns arms, or the other way round; a row of groups ('Progression-free survival') lends
    its endpoint to the rows below it. Tables of baseline characteristics and of adverse events have no endpoints.
    """
    if study is None:
        return
    for number, table in enumerate(context.document.tables):
        if (
            table.header_rows == 0
            or len(table.rows[0]) < 2
            or _BASELINE.search(table.caption)
            or _cites(context, number, table)
        ):
            continue
        yield from _by_rows(context, locator, number, table, study, named)
        yield from _by_columns(context, locator, number, table, study, named)


def _cites(context: Context, number: int, table: Table) -> bool:
    """Say whether a table is of several studies: a column is headed so, or names trials."""
    for column in range(len(table.rows[0])):
        if TRIAL_HEADER.search(context.header(CellRef(table=number, row=0, column=column))):
            return True
    cells = [cell for row in table.rows[table.header_rows :] for cell in row]
    return len({trial.normalized for cell in cells for trial in context.within(cell.span, "trial")}) > 1


def _by_rows(
    context: Context, locator: Locator, number: int, table: Table, study: Study, named: Named
) -> Iterator[Statement]:
    """Yield the results of rows of endpoints under columns of arms."""
    arms = {column: _column_arm(context, number, column, table, named) for column in range(1, len(table.rows[0]))}
    group: _Line | None = None
    for row in table.rows[table.header_rows :]:
        label = " ".join(row[0].text.split())
        if is_group_row(row):
            group = _row_endpoint(label, None)
            continue
        line = _row_endpoint(label, group)
        if line is None or _NOT_A_VALUE.search(label):
            continue
        for column, arm in arms.items():
            if arm is None or not row[column].text:
                continue
            ref = CellRef(table=number, row=row[column].row, column=column)
            found = _value(context, ref, line, study, f"{line.said} {label} {context.header(ref)}")
            if found is not None:
                yield _statement(locator, context, ref, replace(found, arm=arm), endpoint=How.ROW, arm=How.COLUMN)


def _by_columns(
    context: Context, locator: Locator, number: int, table: Table, study: Study, named: Named
) -> Iterator[Statement]:
    """Yield the results of rows of arms, or of groups of people, under columns of endpoints."""
    columns = {}
    for column in range(1, len(table.rows[0])):
        header = context.header(CellRef(table=number, row=0, column=column))
        hits = list(find_endpoints(header))
        if len({hit.name for hit in hits}) == 1 and not _NOT_A_VALUE.search(header):
            columns[column] = _Line(hits[0], header)
    if not columns:
        return
    for row in table.rows[table.header_rows :]:
        if is_group_row(row) or not row[0].text or re.fullmatch(r"[\W\d]*", row[0].text):
            continue  # numbered cases are persons, not arms
        arms = groups(context, row[0].span, named)
        arm = _arm_name(arms)
        for column, line in columns.items():
            if not row[column].text:
                continue
            ref = CellRef(table=number, row=row[column].row, column=column)
            found = _value(context, ref, line, study, line.said)
            if found is not None:
                population = "" if arm else " ".join(row[0].text.split())
                here = replace(found, arm=arm, population=population)
                yield _statement(locator, context, ref, here, endpoint=How.COLUMN, arm=How.ROW)


def _column_arm(context: Context, number: int, column: int, table: Table, named: Named) -> str | None:
    """Return the arm of a column, empty for one of all people; None for a column of something else."""
    ref = CellRef(table=number, row=0, column=column)
    header = context.header(ref)
    if not header or _NOT_A_VALUE.search(header) or next(find_endpoints(header), None) is not None:
        return None
    names: list[Arm] = []
    for row in table.rows[: table.header_rows]:
        for cell in row:
            if cell.column <= column < cell.column + cell.column_span and cell.text:
                names = list(groups(context, cell.span, named)) or names
    name = _arm_name(tuple(names))
    if name:
        return name
    plain = " ".join(_SIZE.sub(" ", header).split()).strip(" ,;")
    if (
        not plain
        or re.search(r"\b(?:patients|total|all|overall|value|results?|n|whole|no\.)\b", plain, re.IGNORECASE)
        or "%" in plain
    ):
        return ""
    return plain if _SIZE.search(header) else None


def _arm_name(arms: tuple[Arm, ...]) -> str:
    return " + ".join(dict.fromkeys(arm.name for arm in arms)) if 1 <= len(arms) <= 2 else ""


def _row_endpoint(label: str, group: _Line | None) -> _Line | None:
    """Return the endpoint of a row: by its label, else that of its group where it gives the value of it."""
    hits = list(find_endpoints(label))
    if len({hit.name for hit in hits}) == 1:
        return _Line(hits[0], label)
    for pattern, name in _CATEGORIES:
        if pattern.search(label) and not hits:
            return _Line(EndpointHit(start=0, end=0, name=name, long_name=label, dimension=PROPORTION), label)
    if (
        group is not None
        and not hits
        and (_MEDIAN.match(label) or re.match(r"\W*(?:\d+|rate|n\s*\(%\))", label, re.IGNORECASE))
    ):
        return _landmark(label, group)
    return None


def _landmark(label: str, group: _Line) -> _Line | None:
    """Return the endpoint of a row below its group: the median of it, or its rate at a time ('12-month rate, %')."""
    if _MEDIAN.match(label) or group.hit.dimension == PROPORTION:
        return _Line(group.hit, f"{group.said} {label}")
    hits = list(find_endpoints(f"{label.split(',')[0].rstrip(' %')} {group.hit.name} rate"))
    return _Line(hits[0], label) if hits and hits[0].dimension == PROPORTION else None


def _value(context: Context, ref: CellRef, line: _Line, study: Study, said: str) -> TrialResult | None:
    """Return the result that a cell holds, None where it holds none of its endpoint's kind."""
    cell = context.table(ref).rows[ref.row][ref.column]
    share = _COUNT_AND_SHARE.fullmatch(cell.text) if line.hit.dimension == PROPORTION else None
    if share is not None:
        printed = share["percent"].replace("·", ".")
        decimals = len(printed.partition(".")[2])
        counted = Quantity(
            measure="percent",
            value=float(printed),
            unit="%",
            count=int(share["count"].replace(",", "")),
            decimals=decimals,
        )
        return replace(result(study.name, line.hit, counted, "%"), assessor=assessor_of(said))
    mentions = [one for one in context.within(cell.span, "measurement") if _can_be(one)]
    percents = [one for one in mentions if one.quantity is not None and one.quantity.unit == "%"]
    of_share = line.hit.dimension == PROPORTION
    chosen = next(iter(percents if of_share and percents else mentions), None)
    if chosen is None or chosen.quantity is None:
        return None
    quantity = chosen.quantity
    unit = quantity.unit or header_unit(said)
    if of_share and not unit and _PERCENT.search(said) and not quantity.status:
        unit = "%"
    if of_share and quantity.value is not None and not 0 <= quantity.value <= 100:
        return None
    if not dimension_fits(line.hit.dimension, unit, has_status=bool(quantity.status)) or (of_share and quantity.status):
        return None
    found = result(study.name, line.hit, quantity, unit)
    return replace(found, assessor=assessor_of(said))


def _can_be(mention: Mention) -> bool:
    quantity = mention.quantity
    if quantity is None or quantity.measure in NO_VALUES or is_level(mention.text):
        return False
    return quantity.value is not None or bool(quantity.status)


def _statement(
    locator: Locator, context: Context, ref: CellRef, found: TrialResult, *, endpoint: How, arm: How
) -> Statement:
    cell = context.table(ref).rows[ref.row][ref.column]
    how = {"endpoint": endpoint, **({"arm": arm} if found.arm else {}), **({"trial": How.STUDY} if found.trial else {})}
    place = locator.evidence(cell.span, extractor=EXTRACTOR, cell=ref, within=cell.span)
    return Statement(arguments=found, evidence=told(place, **how))
