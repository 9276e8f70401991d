"""Errors in measured values, their intervals and units."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from seeding.editing import Edit
from seeding.operators import OPERATORS
from seeding.places import context_of, measured, numbers

from curate.rules.checks.numbers.unit_mismatch import LONGEST_HEADER
from extract.claims.ratio import Ratio
from extract.claims.shared.endpoints import TIME_UNITS, header_unit
from extract.records import CellRef, Extraction, Span


def _swapped(extraction: Extraction, one: Span, other: Span) -> Edit:
    text = extraction.document.text
    new = text[other.start : other.end] + text[one.end : other.start] + text[one.start : one.end]
    return Edit(Span(start=one.start, end=other.end), new)


@OPERATORS.register("interval-reversed")
def interval_reversed(extraction: Extraction) -> Iterator[Edit]:
    """Swap the bounds of an interval."""
    for mention in measured(extraction):
        figures, quantity = numbers(mention), mention.quantity
        if quantity is None or quantity.low is None or quantity.high is None or quantity.low >= quantity.high:
            continue
        if quantity.value is not None and quantity.low > 0 and len(figures) == 3 and quantity.interval:
            yield _swapped(extraction, figures[1], figures[2])


@OPERATORS.register("estimate-outside-interval")
def estimate_outside_interval(extraction: Extraction) -> Iterator[Edit]:
    """Move an estimate above its interval."""
    for mention in measured(extraction):
        figures, quantity = numbers(mention), mention.quantity
        if quantity is None or quantity.value is None or quantity.low is None or quantity.high is None:
            continue
        if len(figures) == 3 and quantity.interval.endswith("CI") and quantity.low > 0:
            moved = quantity.high + (quantity.high - quantity.low)
            yield Edit(figures[0], f"{moved:.{quantity.decimals}f}")


@OPERATORS.register("p-value-interval")
def p_value_interval(extraction: Extraction) -> Iterator[Edit]:
    """Give a ratio a P value of the other side of 0.05."""
    text = extraction.document.text
    for claim in extraction.claims:
        ratio = claim.arguments
        if not isinstance(ratio, Ratio) or ratio.p is None or 0.85 < ratio.high < 1.02 or 0.98 < ratio.low < 1.15:
            continue
        if not _is_sound(ratio, ratio.p):
            continue
        new = "P = 0.4" if ratio.p < 0.05 else "P < 0.001"
        for evidence in claim.evidence:
            end = evidence.span.end
            stated = re.compile(r"P\s*[<=]\s*[\d.]*\d").search(text, evidence.span.start, end)
            if stated:
                yield Edit(Span(start=stated.start(), end=stated.end()), new)
            elif evidence.cell is not None:
                beside = extraction.document.tables[evidence.cell.table].rows[evidence.cell.row][
                    evidence.cell.column + 1
                ]
                yield Edit(beside.span, new.removeprefix("P ").removeprefix("= "))


def _is_sound(ratio: Ratio, p: float) -> bool:
    """Say whether a ratio lies in its interval and its P value on the interval's side of 0.05, not far from its own."""
    if not 0 < ratio.low <= ratio.value <= ratio.high:
        return False
    error = math.log(ratio.high / ratio.low) / (2 * 1.96)
    own = math.erfc(abs(math.log(ratio.value)) / error / math.sqrt(2)) if error > 0 else 1.0
    return (p < 0.05) == (own < 0.05) and (own <= p * 10 if p < 0.05 else own <= p * 2)


@OPERATORS.register("unit-mismatch")
def unit_mismatch(extraction: Extraction) -> Iterator[Edit]:
    """Print a per cent sign at a value of a column of months."""
    context = context_of(extraction)
    for number, table in enumerate(extraction.document.tables):
        for row in table.rows[table.header_rows :]:
            for cell in row:
                header = context.header(CellRef(table=number, row=cell.row, column=cell.column))
                value = re.match(r"\d+(?:\.\d+)?(?=\s*(?:\(|vs|$))", cell.text)
                if header_unit(header) in TIME_UNITS and value and len(header) <= LONGEST_HEADER:
                    end = cell.span.start + value.end()
                    yield Edit(Span(start=end, end=end), "%")
