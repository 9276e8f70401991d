"""Errors in counts and shares of patients."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from seeding.editing import Edit
from seeding.operators import OPERATORS
from seeding.places import context_of

from extract.claims.proportion import Proportion
from extract.records import CellRef, Extraction, Span


@OPERATORS.register("percent-above-100")
def percent_above_100(extraction: Extraction) -> Iterator[Edit]:
    """Put a 1 before a share of patients or a response rate."""
    text = extraction.document.text
    for match in re.finditer(
        r"(?:(?:rate|ORR|DCR) (?:of|was) )(\d\d)(?=[.\d]*%)|(?<![\d.-])(\d\d)(?=[.\d]*% of (?:the )?patients)", text
    ):
        group = 1 if match[1] else 2
        yield Edit(Span(start=match.start(group), end=match.end(group)), "1" + match[group])


@OPERATORS.register("count-above-total")
def count_above_total(extraction: Extraction) -> Iterator[Edit]:
    """Put a 9 before a count that stands with its total in a sentence."""
    for claim in extraction.claims:
        stated = claim.arguments
        if not isinstance(stated, Proportion) or stated.total is None:
            continue
        for evidence in claim.evidence:
            shown = f"{stated.count}"
            if evidence.cell is None and evidence.quote.startswith(shown) and int(f"9{shown}") > stated.total:
                start = evidence.span.start
                yield Edit(Span(start=start, end=start + len(shown)), f"9{shown}")


@OPERATORS.register("ratio-not-positive")
def ratio_not_positive(extraction: Extraction) -> Iterator[Edit]:
    """Put a minus sign before a hazard, odds or risk ratio."""
    for match in re.finditer(r"\b(?:HR|OR|RR),? (?:of |was |= ?)?(\d\.\d+)", extraction.document.text):
        yield Edit(Span(start=match.start(1), end=match.end(1)), f"-{match[1]}")


@OPERATORS.register("count-percent")
def count_percent(extraction: Extraction) -> Iterator[Edit]:
    """Change the first figure of the percent that stands with a count."""
    for claim in extraction.claims:
        stated = claim.arguments
        if not isinstance(stated, Proportion) or stated.percent is None or stated.total is None:
            continue
        shown = f"{stated.percent:.{stated.percent_decimals}f}"
        for evidence in claim.evidence:
            at = evidence.quote.rfind(shown)
            if at >= 0 and stated.is_of(stated.total):
                start = evidence.span.start + at
                yield Edit(Span(start=start, end=start + 1), str((int(shown[0]) + 2) % 9 + 1))


@OPERATORS.register("impossible-percent")
def impossible_percent(extraction: Extraction) -> Iterator[Edit]:
    """Move a response rate, that of a count of its row's number of patients, between those of two counts."""
    context = context_of(extraction)
    for number, table in enumerate(extraction.document.tables):
        for row in table.rows[table.header_rows :]:
            for left, cell in pairwise(row):
                header = context.header(CellRef(table=number, row=cell.row, column=cell.column))
                if (
                    left.text.isdigit()
                    and int(left.text) <= 60
                    and re.fullmatch(r"\d\d\.\d", cell.text)
                    and "%" in header
                ):
                    count = round(float(cell.text) * int(left.text) / 100)
                    if not count or abs(100 * count / int(left.text) - float(cell.text)) > 0.06:
                        continue  # the number beside it is another: the count that the percent is of
                    yield Edit(cell.span, f"{100 * (count + 0.5) / int(left.text):.1f}")


@OPERATORS.register("impossible-p")
def impossible_p(extraction: Extraction) -> Iterator[Edit]:
    """Put a minus sign before a P value."""
    for match in re.finditer(r"\b[Pp] ?= ?(0?\.\d+)", extraction.document.text):
        yield Edit(Span(start=match.start(1), end=match.end(1)), f"-{match[1]}")


@OPERATORS.register("difference-mismatch")
def difference_mismatch(extraction: Extraction) -> Iterator[Edit]:
    """Raise a stated difference whose two values follow it in brackets."""
    for match in re.finditer(
        r"(?:by|difference of) (\d)(?:\.\d+)?(?: percentage points|%| months)? \(\d+(?:\.\d+)?(?:%| months)?,? v",
        extraction.document.text,
    ):
        yield Edit(Span(start=match.start(1), end=match.end(1)), f"9{match[1]}")
