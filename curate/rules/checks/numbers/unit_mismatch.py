"""Values whose printed unit is not the one that their column states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import amount, place_name
from extract.claims.shared.endpoints import TIME_UNITS, header_unit
from extract.records import Cell, CellRef, Extraction, Mention
from extract.text.locator import Locator
from extract.text.neighbourhood import Context, is_group_row

EXTRACTOR = "measurement"
LONGEST_HEADER = 120
"""Characters: a longer header is that of several columns, read as one, and its unit may be another column's."""
_FIGURE = re.compile(r"\s*[<>≤≥~+−-]?\s*\d")
_UNITLESS = frozenset({"p_value", "dose", "count", "fraction", "ratio"})


@RULES.register("unit-mismatch")
def unit_mismatch(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find values whose printed unit cannot belong to the column they stand in.

    Looks at the columns whose header states one unit (a unit of time, or per cent) and at the values in
    them that print a unit of their own. A percentage under months, or months under per cent, is
    flagged. Two units of time are left alone (a column of months may hold '2 years'), as are the level
    of a confidence interval, P values, doses and counts, and columns most of whose values print the
    other unit: there the header says something else.

    Example: 39% in a column headed 'PFS (months)'.
    """
    context = Context(extraction.document, extraction.mentions)
    for number, table in enumerate(extraction.document.tables):
        for column in range(len(table.rows[0]) if table.rows else 0):
            header = context.header(CellRef(table=number, row=0, column=column))
            unit = header_unit(header)
            if unit and len(header) <= LONGEST_HEADER:
                body = table.rows[table.header_rows :]
                cells = [row[column] for row in body if row[column].text and not (column == 0 and is_group_row(row))]
                yield from _column(extraction, context, number, cells, header, unit)


def _column(
    extraction: Extraction, context: Context, table: int, cells: list[Cell], header: str, unit: str
) -> Iterator[Doubt | Outcome]:
    values = [
        (cell, mention)
        for cell in cells
        for mention in context.within(cell.span, "measurement")
        if mention.quantity is not None and mention.quantity.measure not in _UNITLESS
    ]
    others = [(cell, mention) for cell, mention in values if _differs(mention, unit)]
    filled = {cell.row for cell, _ in values} | {cell.row for cell in cells if _FIGURE.match(cell.text)}
    if len({cell.row for cell, _ in others}) * 2 > len(filled):
        yield from (Outcome.NOT_APPLICABLE for _ in values)
        return
    for cell, mention in values:
        if _differs(mention, unit):
            ref = CellRef(table=table, row=cell.row, column=cell.column)
            yield _doubt(extraction, context, ref, mention, header)
        else:
            yield Outcome.CONSISTENT


def _differs(mention: Mention, unit: str) -> bool:
    """Say whether a value prints a unit of another kind than the column's; one that it shares does not count."""
    own = mention.quantity.unit if mention.quantity else ""
    if not own or own == unit or own.rstrip("s") not in mention.text.casefold():
        return False
    return (own == "%" and unit in TIME_UNITS) or (unit == "%" and own in TIME_UNITS)


def _doubt(extraction: Extraction, context: Context, ref: CellRef, mention: Mention, header: str) -> Doubt:
    locator = Locator(extraction.document)
    row_name = _row_name(context, ref)
    quantity = mention.quantity
    value = quantity.value if quantity else None
    unit = quantity.unit if quantity else ""
    shown = amount(value, unit) if value is not None else mention.text
    cell = context.table(ref).rows[ref.row][ref.column]
    evidence = locator.evidence(mention.span, extractor=EXTRACTOR, cell=ref, within=cell.span)
    places = [Place(role="value", evidence=evidence)]
    table = context.table(ref)
    for row in table.rows[: table.header_rows]:
        head = row[ref.column]
        if head.text:
            head_ref = CellRef(table=ref.table, row=head.row, column=head.column)
            evidence_of_head = locator.evidence(head.span, extractor=EXTRACTOR, cell=head_ref, within=head.span)
            places.append(Place(role="column header", evidence=evidence_of_head))
    stated = header_unit(header)
    return Doubt(
        severity=Severity.ERROR,
        subject=row_name,
        message=(
            f"{place_name(extraction.document, evidence)} gives {shown} for {row_name} in the column "
            f"'{header}', which is in {'per cent' if stated == '%' else stated}."
        ),
        key=(row_name, shown, stated),
        places=tuple(places),
    )


def _row_name(context: Context, ref: CellRef) -> str:
    """Return what a curator would call a row: its trial, else its first filled cell."""
    row = context.row(ref)
    for cell in row:
        trials = context.within(cell.span, "trial")
        if trials:
            return trials[0].normalized
    return next((cell.text for cell in row if cell.text), "a row")
