"""Percents that no count of the stated total gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import capitalized, place_name
from extract.records import Cell, CellRef, Extraction, Table
from extract.text.locator import Locator
from extract.text.neighbourhood import Context, is_group_row

EXTRACTOR = "proportion"

LARGEST = {0: 30, 1: 60, 2: 100}
"""The largest total, by printed decimal places, of which most percents are those of no count."""
LEAST_CELLS = 4
LEAST_FITTING = 0.75

_SIZE = re.compile(r"(?<![A-Za-z0-9])[nN]\s?=\s?(\d{1,4})(?![\d.%/,])")
_SIZE_COLUMN = re.compile(
    r"(?:N|n|No\.?|Number|(?:No\.?|Number|Total)(?:\s+of)?\s+(?:patients|cases|participants|samples)"
    r"|(?:Patients|Cases|Samples)(?:,?\s*\(?[nN]\)?)?)"
)
_SHARE = re.compile(
    r"\b(?:ORR|DCR|CBR|CR|PR|SD|PD|response|responders|patients|cases|samples|mutat\w*|positiv\w*|frequency)\b", re.I
)
_NO_SHARE = re.compile(
    r"\b(?:PFS|OS|DFS|EFS|survival|month|year|week|weighted|adjusted|mean|median|change|reduction|increase|purity|cells"
    r"|intensity|CI|heterogeneity|power|dose)\w*",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s*(?P<value>\d{1,3}(?:[.·]\d{1,2})?)\s*(?P<sign>%?)\s*")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A percent alone in its cell, and the total that its row or column states."""

    cell: Cell
    value: float
    decimals: int
    total: int

    @property
    def fits(self) -> bool:
        """Say whether some count of the total, rounded or cut off, is the percent."""
        unit = float(10**-self.decimals)
        for count in range(self.total + 1):
            exact = 100.0 * count / self.total
            if abs(exact - self.value) <= 0.5 * unit + 1e-9 or 0.0 <= exact - self.value < unit - 1e-9:
                return True
        return False


@RULES.register("impossible-percent")
def impossible_percent(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find percents of patients, alone in their cell, that no whole number of the stated total gives.

    Looks at columns of response rates and of shares of patients whose header ('n = 21') or whose row's column of
    numbers of patients states the total, for totals so small that most percents are impossible (30 for whole
    percents, 60 for one decimal place). Rounded and cut-off percents fit. Leaves alone columns with fewer than four
    percents, columns where less than three quarters of them fit, and survival rates, which are estimated, not counted.

    Example: an ORR of 35.2% of 21 patients, where 7 are 33.3% and 8 are 38.1%.

    Source: GRIM (Brown & Heathers, Soc Psychol Personal Sci 2017;8:363), for percents.
    """
    context = Context(extraction.document, extraction.mentions)
    for number, table in enumerate(extraction.document.tables):
        for column in range(1, len(table.rows[0]) if table.rows and table.header_rows else 0):
            yield from _column(extraction, context, number, column)


def _column(extraction: Extraction, context: Context, number: int, column: int) -> Iterator[Doubt | Outcome]:
    table = extraction.document.tables[number]
    header = context.header(CellRef(table=number, row=0, column=column))
    printed = list(_percents(context, table, number, column, header))
    sound = len(printed) >= LEAST_CELLS and sum(one.fits for one in printed) >= LEAST_FITTING * len(printed)
    for one in printed:
        if not sound or one.total > LARGEST[one.decimals]:
            yield Outcome.NOT_APPLICABLE
        elif one.fits:
            yield Outcome.CONSISTENT
        else:
            yield _doubt(extraction, CellRef(table=number, row=one.cell.row, column=column), one)


def _percents(context: Context, table: Table, number: int, column: int, header: str) -> Iterator[_Printed]:
    sizes = {int(match[1]) for match in _SIZE.finditer(header)}
    size_column = next(
        (
            other
            for other in range(len(table.rows[0]))
            if _SIZE_COLUMN.fullmatch(context.header(CellRef(table=number, row=0, column=other)).strip())
        ),
        None,
    )
    for row in table.rows[table.header_rows :]:
        found = _PERCENT.fullmatch(row[column].text)
        about = f"{header} {row[0].text}"
        if not found or is_group_row(row) or column == size_column:
            continue
        if not (found["sign"] or "%" in about) or not _SHARE.search(about) or _NO_SHARE.search(about):
            continue
        stated = row[size_column].text.strip() if size_column is not None else ""
        totals = {int(stated)} if stated.isdigit() else sizes
        value = float(found["value"].replace("·", "."))
        if len(totals) == 1 and (total := next(iter(totals))) > 0 and value <= 100.0:
            places = len(found["value"].replace("·", ".").partition(".")[2])
            yield _Printed(row[column], value, places, total)


def _doubt(extraction: Extraction, ref: CellRef, printed: _Printed) -> Doubt:
    cell = printed.cell
    evidence = Locator(extraction.document).evidence(cell.span, extractor=EXTRACTOR, cell=ref, within=cell.span)
    below = int(printed.value * printed.total / 100)
    near = [
        f"{count} of {printed.total} is {100 * count / printed.total:.{printed.decimals}f}%"
        for count in (below, below + 1)
    ]
    shown = f"{printed.value:.{printed.decimals}f}%"
    row = extraction.document.tables[ref.table].rows[ref.row][0].text
    where = place_name(extraction.document, evidence)
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{row}: {shown}",
        message=(
            f"{capitalized(where)} gives {shown} for {printed.total} patients ({row}), which no number of "
            f"them is: {near[0]}, {near[1]}."
        ),
        key=(row.casefold(), shown, str(printed.total)),
        places=(Place(role="percent", evidence=evidence),),
    )
