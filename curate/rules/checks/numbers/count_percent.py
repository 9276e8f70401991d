"""Counts that do not give the percent printed with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.totals import Shares, other_totals, shares_by_cell
from curate.rules.shared.wording import capitalized, place_name
from extract.claims.proportion import Proportion
from extract.claims.proportion.share_cells import INFERRED, SUBGROUP
from extract.records import Evidence, Extraction

_ABOUT = re.compile(
    r"(?:\b(?:almost|nearly|about|approximately|around|roughly|some|over|under|up\s+to|close\s+to|(?:more|less)\s+than)|[~≈<>])\s*$",
    re.IGNORECASE,
)
# What is said of a total that the table does not state as such.
_TAKEN = {SUBGROUP: ", the total of the rows around it", INFERRED: ", the total of the column's other percents"}
_ESTIMATED = re.compile(r"\b(?:weighted|adjusted|estimated|imputed|Kaplan|actuarial|standardi[sz]ed)\b", re.IGNORECASE)


@RULES.register("count-percent")
def count_percent(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find counts of a total whose percent is not the one printed with them.

    In sentences it looks at a count, its total and the percent in brackets with them; in tables at cells 'count
    (percent)' or 'count/total (percent)'. The total is in the cell, the header or the row, or it is a count above or
    a sum of which the rows around are percents, or that of which nearly all other percents of the column are. Rounded
    and cut-off percents fit; what is off by one in the last figure is a notice. A cell is doubted only where at least
    three quarters of the cells of its column fit, and where nothing else can be the total that the percent was taken
    of: the stated total less a tenth of whom nothing may be known, a number in the row's heading, the size of another
    table of the page, a count or a sum of the column or the row of which another cell is a percent. Weighted,
    estimated and rough shares ('almost 70%') are left alone.

    Example: 'five of eighteen patients (28.7%)', where 5 of 18 is 27.8%.

    Source: the arithmetic of reported counts (GRIM; Brown & Heathers 2017).
    """
    shares = shares_by_cell(extraction)
    for claim in extraction.claims:
        if isinstance(claim.arguments, Proportion):
            for evidence in claim.evidence:
                yield _judge(extraction, shares, claim.arguments, evidence)


def _judge(extraction: Extraction, shares: Shares, stated: Proportion, evidence: Evidence) -> Doubt | Outcome:
    if stated.percent is None or stated.total is None:
        return Outcome.NOT_APPLICABLE
    if stated.is_of(stated.total):
        return Outcome.CONSISTENT
    others = other_totals(extraction, shares, stated, evidence)
    if any(stated.is_of(other) for other in others if other >= max(stated.count, 1)):
        return Outcome.NOT_APPLICABLE
    if _ABOUT.search(evidence.prefix):
        return Outcome.NOT_APPLICABLE
    if _ESTIMATED.search(evidence.prefix + evidence.quote + evidence.suffix + stated.group + stated.subject):
        return Outcome.NOT_APPLICABLE
    return _doubt(extraction, stated, stated.total, stated.percent, evidence)


def _is_last_digit(stated: Proportion, total: int) -> bool:
    """Say whether the percent is one off in its last digit: rounded up, a matter of form."""
    step = float(10**-stated.percent_decimals)
    return abs(100.0 * stated.count / total - (stated.percent or 0.0)) < step


def _doubt(extraction: Extraction, stated: Proportion, total: int, percent: float, evidence: Evidence) -> Doubt:
    right = f"{100.0 * stated.count / total:.{stated.percent_decimals}f}%"
    shown = f"{percent:.{stated.percent_decimals}f}%"
    where = place_name(extraction.document, evidence)
    of = f" ({stated.subject})" if stated.subject else ""
    severity = (
        Severity.NOTICE
        if _is_last_digit(stated, total)
        else Severity.WARNING
        if stated.basis in _TAKEN
        else Severity.ERROR
    )
    total_of = _TAKEN.get(stated.basis, "")
    return Doubt(
        severity=severity,
        subject=evidence.quote,
        message=(
            f"{capitalized(where)} gives {shown} for {stated.count} of {total}{total_of}{of}, but "
            f"{stated.count} of {total} is {right}."
        ),
        expected=right,
        key=(str(stated.count), str(total), shown, stated.subject),
        places=(Place(role="count and percent", evidence=evidence),),
    )
