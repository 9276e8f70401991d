"""Counts that do not give the percent printed with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.subjects.wording import place_name
from extract.claims.proportion import Proportion
from extract.records import Evidence, Extraction

_NUMBER = re.compile(r"(?<![\d.,/])(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d.%/])")
NEAR = 8  # rows on each side whose counts can add up to a total
_ABOUT = re.compile(
    r"(?:\b(?:almost|nearly|about|approximately|around|roughly|some|over|under|up\s+to|close\s+to|(?:more|less)\s+than)|[~≈<>])\s*$",
    re.IGNORECASE,
)
_ESTIMATED = re.compile(r"\b(?:weighted|adjusted|estimated|imputed|Kaplan|actuarial|standardi[sz]ed)\b", re.IGNORECASE)


@RULES.register("count-percent")
def count_percent(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find counts of a total whose percent is not the one printed with them.

    In sentences it looks at a count, its total and the percent in brackets with them; in tables at cells
    'count (percent)' of a column whose header gives its size, or of a row that gives it. Rounded and cut-off
    percents fit. A table cell is doubted only where at least three quarters of the cells of its column fit the
    stated totals, and where no other number of its column, its row, the caption or the note, nor the sum of the
    row, is the total that the percent was taken of: subgroups and missing values have totals of their own. Weighted,
    estimated and rough shares ('almost 70%') are left alone. One digit too much or too little in the last place is a
    notice.

    Example: 'five of eighteen patients (28.7%)', where 5 of 18 is 27.8%.

    Source: the arithmetic of reported counts (GRIM; Brown & Heathers 2017).
    """
    for claim in extraction.claims:
        if isinstance(claim.arguments, Proportion):
            for evidence in claim.evidence:
                yield _judge(extraction, claim.arguments, evidence)


def _judge(extraction: Extraction, stated: Proportion, evidence: Evidence) -> Doubt | Outcome:
    if stated.percent is None or stated.total is None:
        return Outcome.NOT_APPLICABLE
    if stated.is_of(stated.total):
        return Outcome.CONSISTENT
    if any(stated.is_of(other) for other in _other_totals(extraction, stated, evidence)):
        return Outcome.NOT_APPLICABLE
    if _ABOUT.search(evidence.prefix):
        return Outcome.NOT_APPLICABLE
    if _ESTIMATED.search(evidence.prefix + evidence.quote + evidence.suffix + stated.group + stated.subject):
        return Outcome.NOT_APPLICABLE
    return _doubt(extraction, stated, stated.total, stated.percent, evidence)


def _other_totals(extraction: Extraction, stated: Proportion, evidence: Evidence) -> Iterator[int]:
    """Yield what else the percent of a cell can be of: numbers of its column and row, sums of counts near it."""
    place = evidence.cell
    if place is None:
        return
    table = extraction.document.tables[place.table]
    row = [_first(other.text) for other in table.rows[place.row][1:]]
    down = [_first(cells[place.column].text) for cells in table.rows]
    totals = [*_numbers(cells[0].text for cells in table.rows), *row, *down, sum(row)]
    totals.extend(_numbers((table.caption, table.note)))
    for start in range(max(table.header_rows, place.row - NEAR), place.row + 1):
        totals.extend(sum(down[start:end]) for end in range(place.row + 1, min(len(down), place.row + NEAR) + 1))
    yield from (total for total in totals if total >= max(stated.count, 1))


def _first(text: str) -> int:
    return next(_numbers([text]), 0)


def _numbers(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        for match in _NUMBER.finditer(text):
            yield int(match[1].replace(",", ""))


def _is_last_digit(stated: Proportion, total: int) -> bool:
    """Say whether the percent is one off in its last digit: rounded up, a matter of form."""
    step = float(10**-stated.percent_decimals)
    return abs(100.0 * stated.count / total - (stated.percent or 0.0)) < step


def _doubt(extraction: Extraction, stated: Proportion, total: int, percent: float, evidence: Evidence) -> Doubt:
    right = f"{100.0 * stated.count / total:.{stated.percent_decimals}f}%"
    shown = f"{percent:.{stated.percent_decimals}f}%"
    where = place_name(extraction.document, evidence)
    of = f" ({stated.subject})" if stated.subject else ""
    return Doubt(
        severity=Severity.NOTICE if _is_last_digit(stated, total) else Severity.ERROR,
        subject=evidence.quote,
        message=(
            f"{where[:1].upper()}{where[1:]} gives {shown} for {stated.count} of {total}{of}, but {stated.count} of "
            f"{total} is {right}."
        ),
        expected=right,
        key=(str(stated.count), str(total), shown, stated.subject),
        places=(Place(role="count and percent", evidence=evidence),),
    )
