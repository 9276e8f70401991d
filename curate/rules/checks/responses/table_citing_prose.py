"""Sentences that cite a table for what its row does not have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.companion_values import of_mates
from curate.rules.shared.own_references import references
from curate.rules.shared.stated_results import StatedResult, agree, same_arm, same_interval, same_people, stated_results
from curate.rules.shared.wording import amount, capitalized, listed, place_name
from extract.claims.shared.endpoints import spoken
from extract.claims.variant_response import VariantResponse
from extract.hgvs.notation import short_form
from extract.records import Cell, CellRef, Evidence, Extraction, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "cross-reference"

_OPENS = re.compile(r"[(\[]\s*(?:see\s|as\sshown\sin\s|as\slisted\sin\s|cf\.?\s)?$", re.IGNORECASE)
_LEADS = re.compile(r"(?:(?:as|in|according\sto)\s)?$", re.IGNORECASE)
# Between a statement and '(Table 1)': what goes before the table's name then is another statement.
_NEXT = re.compile(r";|\b(?:while|whereas|but|although|however|others?)\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*tables?\s*(\d{1,2})\b", re.IGNORECASE)
_POSITION = re.compile(r"\d+")
_SUBSTITUTION = re.compile(r"[A-Z]\d+[A-Z]")


@dataclass(frozen=True, slots=True)
class _Row:
    """A response of a table: what its cell says of a variant and a drug, and where."""

    response: VariantResponse
    evidence: Evidence
    cell: CellRef


@RULES.register("table-citing-prose")
def table_citing_prose(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find sentences that cite a table for a response or a value that its row does not have.

    Looks at statements with one table of the paper in brackets behind them, and at sentences that begin with it. A
    response is flagged where the table has the variant, and has a list of that direction for the drug, but not the
    variant in that drug's row. A value is flagged where the trial's row has values of the endpoint, but nowhere this
    one. Leaves alone variants and trials that the table does not name, rows that have the variant in a compound or
    name the residue in another way, other patients, lines of treatment and arms, both directions of one variant
    (response-conflict) and values of a named arm (claim-conflict).

    Example: 'T790M is resistant to osimertinib (Table 2)', where Table 2 lists T790M in the row of gefitinib alone.
    """
    context = Context(extraction.document, extraction.mentions)
    cites = _Tables(context)
    tabled = _responses(extraction)
    for claim in extraction.claims:
        if isinstance(claim.arguments, VariantResponse):
            for evidence in claim.evidence:
                table = cites.at(evidence)
                if table is not None:
                    yield _of_response(context, claim.arguments, evidence, tabled[table], table)
    groups = stated_results(extraction)
    for (trial, _), group in groups.items():
        of_trial = [one for (named, _), others in groups.items() if named == trial for one in others]
        for one in group:
            table = cites.at(one.evidence)
            if table is not None:
                yield _of_value(extraction, one, [other for other in group if _in(other, table)], group, of_trial)


class _Tables:
    """Finds the table of the paper that a statement of the text cites."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tables: dict[int, list[int]] = defaultdict(list)
        for index, table in enumerate(context.document.tables):
            label = _LABEL.match(table.label)
            if label and table.rows:
                self._tables[int(label[1])].append(index)
        self._cited: dict[Span, list[tuple[int, Span]]] = defaultdict(list)
        for one in references(context):
            if one.kind == "table":
                self._cited[context.sentence(one.span)].append((one.number, one.span))

    def at(self, place: Evidence) -> int | None:
        """Return the index of the one table that a sentence cites for what it says at a place, None without one."""
        if place.cell is not None:
            return None
        sentence = self._context.sentence(place.span)
        cited = self._cited.get(sentence, [])
        if len(cited) != 1 or len(self._tables[cited[0][0]]) != 1:
            return None
        number, span = cited[0]
        text = self._context.document.text
        if span.start < place.span.start:
            leads = _LEADS.fullmatch(text, sentence.start, span.start)
            return self._tables[number][0] if leads else None
        between = text[place.span.end : span.start]
        opens = _OPENS.search(between)
        if opens is None or _NEXT.search(between) or ")" in between[: opens.start()]:
            return None
        return self._tables[number][0]


# -- responses ---------------------------------------------------------------------------------------------


def _responses(extraction: Extraction) -> dict[int, list[_Row]]:
    """Return the responses of each table by its index."""
    found: dict[int, list[_Row]] = defaultdict(list)
    for claim in extraction.claims:
        if isinstance(claim.arguments, VariantResponse):
            for evidence in claim.evidence:
                if evidence.cell is not None:
                    found[evidence.cell.table].append(_Row(claim.arguments, evidence, evidence.cell))
    return found


def _of_response(
    context: Context, said: VariantResponse, evidence: Evidence, rows: Sequence[_Row], table: int
) -> Doubt | Outcome:
    of_drug = [row for row in rows if row.response.drug == said.drug]
    listing = [row for row in of_drug if row.response.direction == said.direction]
    same = [row for row in rows if row.response.variants == said.variants and row.response.gene == said.gene]
    if any(row in same for row in listing):
        return Outcome.CONSISTENT
    if not listing or not same or any(row in same for row in of_drug):
        return Outcome.NOT_APPLICABLE
    in_rows = {one.cell.row for one in of_drug}
    cells = [cell for row in in_rows for cell in context.document.tables[table].rows[row]]
    if all(_is_there(context, cells, variant) for variant in said.variants):
        return Outcome.NOT_APPLICABLE
    return _doubt_of_response(context, said, evidence, listing, same)


def _is_there(context: Context, cells: Sequence[Cell], variant: str) -> bool:
    """Say whether cells have a variant, alone or in a compound, or its residue in a form that may mean it."""
    position = _POSITION.search(variant)
    if position is None:
        return True
    for cell in cells:
        mentions = context.within(cell.span, "variant")
        parts = [part for mention in mentions for part in short_form(mention.normalized)]
        at_residue = [part for part in parts if position[0] in _POSITION.findall(part)]
        plain = all(_SUBSTITUTION.fullmatch(part) for part in at_residue)
        read = {mention.span for mention in mentions if position[0] in _POSITION.findall(mention.text)}
        if variant in parts or not plain or _POSITION.findall(cell.text).count(position[0]) > len(read):
            return True
    return False


def _doubt_of_response(
    context: Context, said: VariantResponse, evidence: Evidence, listing: Sequence[_Row], same: Sequence[_Row]
) -> Doubt:
    name = " + ".join(said.variants)
    where = place_name(context.document, evidence)
    label = context.document.tables[listing[0].cell.table].label
    others = listed(dict.fromkeys(f"{row.response.drug} ({row.response.direction})" for row in same))
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{name} ({said.drug})",
        message=(
            f"{capitalized(where)} cites {label} for {said.direction} of {name} to {said.drug}, but {label} "
            f"does not have {name} in the row of {said.drug}; it has it for {others}."
        ),
        key=(said.gene, name, said.drug, said.direction, label),
        places=(
            Place(role="text", evidence=evidence),
            Place(role=f"row of {said.drug}", evidence=_whole_cell(context, listing[0].cell)),
            Place(role=f"row of {same[0].response.drug}", evidence=same[0].evidence),
        ),
    )


def _whole_cell(context: Context, ref: CellRef) -> Evidence:
    span = context.document.tables[ref.table].rows[ref.row][ref.column].span
    return Locator(context.document).evidence(span, extractor=EXTRACTOR, cell=ref, within=span)


# -- values ------------------------------------------------------------------------------------------------


def _in(stated: StatedResult, table: int) -> bool:
    return stated.evidence.cell is not None and stated.evidence.cell.table == table


def _of_value(
    extraction: Extraction,
    one: StatedResult,
    rivals: Sequence[StatedResult],
    group: Sequence[StatedResult],
    of_trial: Sequence[StatedResult],
) -> Doubt | Outcome:
    rivals = [other for other in rivals if other.result.unit == one.result.unit]
    if any(agree(one.result, other.result) for other in rivals):
        return Outcome.CONSISTENT
    left = any(same_interval(one.result, other.result) or same_arm(one, other, group) for other in rivals)
    open_arm = [other for other in rivals if not one.result.arm or not other.result.arm]
    if left or of_mates(one, of_trial) or not any(same_people(extraction, one, other) for other in open_arm):
        return Outcome.NOT_APPLICABLE
    if one.result.status or _printed(extraction, one, rivals):
        return Outcome.NOT_APPLICABLE
    return _doubt_of_value(extraction, one, open_arm)


def _printed(extraction: Extraction, one: StatedResult, rivals: Sequence[StatedResult]) -> bool:
    """Say whether the rows of the rivals print the value anywhere."""
    value = amount(one.result.value or 0.0, "")
    cells = (other.evidence.cell for other in rivals if other.evidence.cell is not None)
    texts = (cell.text for ref in cells for cell in extraction.document.tables[ref.table].rows[ref.row])
    return any(value in re.findall(r"\d+(?:\.\d+)?", text) for text in texts)


def _doubt_of_value(extraction: Extraction, one: StatedResult, rivals: Sequence[StatedResult]) -> Doubt:
    document, result = extraction.document, one.result
    value = amount(result.value or 0.0, result.unit)
    values = list(dict.fromkeys(amount(other.result.value or 0.0, other.result.unit) for other in rivals))
    where, label = place_name(document, one.evidence), place_name(document, rivals[0].evidence)
    evidence = dict.fromkeys(other.evidence for other in rivals)
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{result.trial} {result.endpoint}",
        message=(
            f"{capitalized(where)} cites {label} for the {spoken(result.endpoint)} of {value} in "
            f"{result.trial}, but {label} has {listed(values, 'or')}."
        ),
        expected=listed(values, "or"),
        key=(result.trial.casefold(), result.endpoint, value, label),
        places=(
            Place(role="text", evidence=one.evidence),
            *(Place(role="table", evidence=other) for other in evidence),
        ),
    )
