"""Proportions: this many of that many, and the percent that the paper prints with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement, title
from extract.context import PROSE_KINDS, Context, is_group_row
from extract.places import Locator
from extract.records import Arguments, Cell, CellRef, Mention, Table

EXTRACTOR = "proportion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion(Arguments):
    """A count of a total, with its percent.

    `subject` is the heading of the table row and `group` that of the column, both empty in prose. `percent` is None
    where the paper prints none; `percent_decimals` counts its printed decimal places. `total` is None for a cell
    whose percent is of another total than its column or row states.
    """

    count: int
    total: int | None = None
    percent: float | None = None
    percent_decimals: int = 0
    subject: str = ""
    group: str = ""

    def is_of(self, total: int) -> bool:
        """Say whether the printed percent is that of the count in `total`, rounded or cut off.

        Rounding in two steps is rounding too: 39.496 over 39.5 to 40.
        """
        if self.percent is None or total <= 0:
            return False
        exact = 100.0 * self.count / total
        unit = float(10**-self.percent_decimals)
        return -0.55 * unit - 1e-9 <= exact - self.percent < unit - 1e-9


@title.register
def _(arguments: Proportion) -> str:
    """Return a proportion as '24 of 120 (20%), Brain metastases, n (%), Osimertinib (n = 120)'."""
    total = "" if arguments.total is None else f" of {arguments.total}"
    percent = "" if arguments.percent is None else f" ({arguments.percent:.{arguments.percent_decimals}f}%)"
    said = (f"{arguments.count}{total}{percent}", arguments.subject, arguments.group)
    return ", ".join(part for part in said if part)


LEAST_FITTING = 0.75
"""The share of a column's cells whose percents must be of the stated totals before the others are taken to be too."""

_ENDS = re.compile(r"\s*(?:[)\];,.]|$)")
_SIZE = re.compile(r"(?<![A-Za-z0-9])[nN]\s?=\s?(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d.%/])")
_SIZE_COLUMN = re.compile(
    r"(?:N|n|No\.?|Number|Total(?:\s+\(?[nN]\)?)?|(?:No\.?|Number|Total)(?:\s+of)?\s+(?:patients|cases|participants|samples)"
    r"|(?:Patients|Cases|Samples)(?:,?\s*\(?[nN]\)?)?)"
)
_COUNT_PERCENT = re.compile(
    r"\s*(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})\s*[(\[]\s*(?P<percent>\d{1,3}(?:[.·]\d{1,3})?)\s*(?P<sign>%?)\s*[)\]]"
    r"(?:\s*(?:[*†‡§¶#]|[a-z]\d?(?:,\s?[a-z]\d?)*))*\s*"
)
_COUNTED = re.compile(r"\b(?:n|nos?|number|counts?|freq\w*|patients|cases|participants|samples)\b[^%]*%", re.IGNORECASE)
_STATISTIC = re.compile(r"\b(?:mean|median|SD|SE|SEM|IQR|range|average|interquartile|CI)\b|±", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,6}")


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the counts of a total of a document's sentences and tables.

    A sentence gives them where count and total stand together ('five of 18 patients (27.8%)', '12/34'); 'a third'
    counts nobody. What is counted in whom is the matter of the claims of frequency. A cell 'count (percent)' takes
    its total from the size of its column ('n = 120' in the header) or from its row's column of numbers of patients,
    unless most percents of the column are of other totals.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    yield from _from_prose(context, locator)
    for number, table in enumerate(reading.document.tables):
        yield from _from_table(context, locator, number, table)


def _from_prose(context: Context, locator: Locator) -> Iterator[Statement]:
    for mention in context.of_kind("measurement"):
        block = context.block(mention.span.start)
        quantity = mention.quantity
        if block is None or block.kind not in PROSE_KINDS or quantity is None:
            continue
        if quantity.count is None or quantity.total is None or quantity.measure == "fraction":
            continue
        stands = quantity.measure == "percent" and _belongs(context, mention)
        yield Statement(
            arguments=Proportion(
                count=quantity.count,
                total=quantity.total,
                percent=quantity.value if stands else None,
                percent_decimals=quantity.decimals if stands else 0,
            ),
            evidence=locator.evidence(mention.span, extractor=EXTRACTOR, within=context.sentence(mention.span)),
        )


def _belongs(context: Context, mention: Mention) -> bool:
    """Say whether the percent is that of the count: in brackets with it, and of nothing that follows it."""
    bracketed = re.search(r"[(\[]", mention.text) is not None
    closed = mention.text.endswith((")", "]"))
    return bracketed and (closed or bool(_ENDS.match(context.document.text, mention.span.end)))


def _from_table(context: Context, locator: Locator, number: int, table: Table) -> Iterator[Statement]:
    if not table.header_rows:
        return
    columns = range(len(table.rows[0]))
    headers = [context.header(CellRef(table=number, row=0, column=column)) for column in columns]
    sizes = [_size(header) for header in headers]
    size_column = next((column for column in columns if _SIZE_COLUMN.fullmatch(headers[column].strip())), None)
    found: dict[int, list[Proportion]] = defaultdict(list)
    places: dict[int, list[Cell]] = defaultdict(list)
    for row in table.rows[table.header_rows :]:
        of_row = _whole(row[size_column].text) if size_column is not None else None
        for cell in row[1:]:
            total = sizes[cell.column] if sizes[cell.column] is not None else of_row
            stated = _of_cell(cell, row, headers[cell.column], total)
            if stated is not None and cell.column != size_column and not is_group_row(row):
                found[cell.column].append(stated)
                places[cell.column].append(cell)
    for column, proportions in found.items():
        for stated, cell in zip(_with_totals(proportions), places[column], strict=True):
            ref = CellRef(table=number, row=cell.row, column=column)
            evidence = locator.evidence(cell.span, extractor=EXTRACTOR, cell=ref, within=cell.span)
            yield Statement(arguments=stated, evidence=evidence)


def _of_cell(cell: Cell, row: tuple[Cell, ...], header: str, total: int | None) -> Proportion | None:
    found = _COUNT_PERCENT.fullmatch(cell.text)
    if not found or not total or not _is_share(found, row, header):
        return None
    return Proportion(
        count=int(found["count"].replace(",", "")),
        total=total,
        percent=float(found["percent"].replace("·", ".")),
        percent_decimals=len(re.sub(r"^\d+[.·]?", "", found["percent"])),
        subject=_label(row),
        group=" ".join(header.split()),
    )


def _with_totals(column: list[Proportion]) -> Iterator[Proportion]:
    """Yield the proportions of a column, those of other totals than the stated ones without a total.

    Where nothing says that the first number is a count, it can be a mean with its deviation in brackets.
    """
    fitting = [stated.total is not None and stated.is_of(stated.total) for stated in column]
    sound = len(column) >= 3 and sum(fitting) >= LEAST_FITTING * len(column)
    for stated, fits in zip(column, fitting, strict=True):
        counted = _COUNTED.search(stated.subject) or _COUNTED.search(stated.group)
        yield stated if fits or (sound and counted) else replace(stated, total=None)


def _size(header: str) -> int | None:
    """Return the number of people of a column, None where its header gives none or several."""
    found = {match[1] for match in _SIZE.finditer(header)}
    return _whole(found.pop()) if len(found) == 1 else None


def _whole(text: str) -> int | None:
    plain = text.strip()
    return int(plain.replace(",", "")) if _WHOLE.fullmatch(plain) else None


def _is_share(found: re.Match[str], row: tuple[Cell, ...], header: str) -> bool:
    """Say whether the number in brackets is a percent: a mean can have its deviation there, a median its range."""
    if _STATISTIC.search(_label(row)) or _STATISTIC.search(header):
        return False
    return bool(found["sign"]) or "%" in header or "%" in _label(row)


def _label(row: tuple[Cell, ...]) -> str:
    return " ".join(row[0].text.split())


CLAIM_KINDS.register("proportion")(ClaimKind(Proportion, find))
