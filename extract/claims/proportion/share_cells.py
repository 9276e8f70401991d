"""Cells 'count (percent)' of a table, and the total that each percent is of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.records import Cell, CellRef, Table
from extract.text.neighbourhood import Context, is_group_row

OWN, SIZE, ROW, SUBGROUP, INFERRED = "cell", "column", "row", "subgroup", "other percents"
"""Where a total is from: the cell ('3/85 (4%)'), the header, the row, a count above, the column's other percents."""

LEAST_FITTING = 0.75
"""The share of a column's cells whose percents must be of the stated totals before the others are taken to be too."""
LEAST_INFERRED, INFERRED_FITTING = 8, 0.85
"""The least number and share of the percents of a column that must be of one total before it is inferred."""
LEAST_OF_TABLE, TABLE_FITTING = 8, 0.85
"""The least number and share of a table's percents of stated totals that make up for a column of few of them."""
MOST_ROUNDED = 2.0
"""How far from 100 the rounding of its percents can bring the sum of a whole's parts."""
LEAST_PROVEN = 6
"""The least number of percents by which a column without a word on it is known to hold counts and percents."""
TELLING = 0.25
"""The most by which the totals that a count and its percent allow may differ, as a share, to tell of the total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A count with its percent in a cell; `total` is None where nothing tells of what the percent is.

    `subject` is the heading of its row, `group` that of its column; `basis` says where the total is from. `marked` says
    whether the table calls the number in brackets a percent.
    """

    cell: Cell
    count: int
    percent: float
    decimals: int
    total: int | None
    basis: str
    subject: str
    group: str
    marked: bool
    counted: bool

    def is_of(self, total: int) -> bool:
        """Say whether the percent is that of the count in `total`, rounded or cut off."""
        return fits(self.count, total, self.percent, self.decimals)

    @property
    def totals(self) -> tuple[int, int]:
        """The least and the largest total of which the count is that percent."""
        unit = float(10**-self.decimals)
        low, high = max(self.percent - 0.5 * unit, 1e-6), self.percent + unit
        return max(self.count, int(100 * self.count / high)), int(100 * self.count / low) + 1

    @property
    def tells(self) -> bool:
        """Say whether count and percent leave little choice of a total."""
        low, high = self.totals
        return self.count > 0 and self.percent < 100 and high - low <= TELLING * high


def fits(count: int, total: int, percent: float, decimals: int) -> bool:
    """Say whether a percent is that of a count in a total, rounded or cut off.

    Rounding in two steps is rounding too: 39.496 over 39.5 to 40.
    """
    if total <= 0:
        return False
    exact = 100.0 * count / total
    unit = float(10**-decimals)
    return -0.55 * unit - 1e-9 <= exact - percent < unit - 1e-9


_SIZE = re.compile(
    r"(?<![A-Za-z0-9])[nN]\s?=\s?(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d.%/])|\(\s?[nN]\s(\d{1,3}(?:,\d{3})+|\d{1,6})\s?\)"
)
_SIZE_COLUMN = re.compile(
    r"(?:N|n|No\.?|Number|Total(?:\s+\(?[nN]\)?)?|(?:No\.?|Number|Total)(?:\s+of)?\s+(?:patients|cases|participants|samples)"
    r"|(?:Patients|Cases|Samples)(?:,?\s*\(?[nN]\)?)?)"
)
_COUNT_PERCENT = re.compile(
    r"\s*(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})(?:\s?(?:/|of)\s?(?P<total>\d{1,6}))?\s*"
    r"[(\[]\s*(?P<percent>\d{1,3}(?:[.·]\d{1,3})?)\s*(?P<sign>%?)\s*[)\]](?:\s*(?:[*†‡§¶#]|[a-z]\d?(?:,\s?[a-z]\d?)*))*\s*"
)
_MARK = re.compile(r"%|\bpercent", re.IGNORECASE)
_MARK_OF_ALL = re.compile(
    r"\b(?:n|nos?\.?|number|patients|cases)\s*(?:of\s+\w+\s*)?[,;]?\s*[(\[]\s*(?:%|percent)|\bnumbers?\s+and\s+percent",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:n|nos?|number|counts?|freq\w*|patients|cases|participants|samples)\b[^%]*%", re.IGNORECASE)
_STATISTIC = re.compile(r"\b(?:(?i:mean|median|range|average|interquartile|ratio)|S[Dd]|S[Ee]|SEM|IQR|CI|HR|OR|RR)\b|±")
_FORM = re.compile(r"\s*[A-Za-z. ]{1,12}[(\[]\s*(?:%|SD|SE|SEM|IQR|range|95% CI)\s*[)\]]\s*")
# What is measured, not counted, where nothing else says that the number in brackets is a percent.
_MEASURED = re.compile(
    r"\b(?:age|weight|height|BMI|index|score|level|concentration|mm|cm|kg|mg|ng|size|diameter|volume|duration|time|months|days"
    r"|dose|fraction|rate|pressure)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,6}")


def shares(context: Context, number: int) -> Iterator[Share]:
    """Yield the cells 'count (percent)' of a table, each with the total that its percent is of."""
    table = context.document.tables[number]
    if not table.header_rows:
        return
    headers = [context.header(CellRef(table=number, row=0, column=column)) for column in range(len(table.rows[0]))]
    by_column: dict[int, list[Share]] = defaultdict(list)
    for share in _printed(table, headers):
        by_column[share.cell.column].append(share)
    wholes = frozenset(rows for column in by_column.values() for rows in _wholes(column))
    columns = [_settled(column, wholes) for column in by_column.values()]
    known = [share for column in columns for share in column if share.total is not None and share.basis != OWN]
    right = sum(share.total is not None and share.is_of(share.total) for share in known)
    for column in columns:
        yield from _with_totals(column, len(known) >= LEAST_OF_TABLE and right >= TABLE_FITTING * len(known))


def _printed(table: Table, headers: Sequence[str]) -> Iterator[Share]:
    """Yield the counts with a number in brackets that is or may be a percent, with the totals that the table states."""
    sizes = [_size(header) for header in headers]
    size_column = next((i for i, header in enumerate(headers) if _SIZE_COLUMN.fullmatch(header.strip())), None)
    of_all = bool(_MARK.search(headers[0]) or _MARK_OF_ALL.search(f"{table.caption} ; {table.note}"))
    heading = ""
    forms: dict[int, str] = {}  # what a row among the others says of the cells below it: 'n (%)', 'M (SD)'
    for row in table.rows[table.header_rows :]:
        if is_group_row(row):
            heading = row[0].text
            continue
        of_row = _whole(row[size_column].text) if size_column is not None else None
        label = _label(row)
        if _SIZE_COLUMN.fullmatch(label):
            sizes = [size or _whole(cell.text) for size, cell in zip(sizes, row, strict=True)]
        for cell in row[1:]:
            found = _COUNT_PERCENT.fullmatch(cell.text)
            if _FORM.fullmatch(cell.text):
                forms[cell.column] = cell.text
            header = f"{headers[cell.column]} {forms.get(cell.column, '')}".strip()
            if not found or cell.column == size_column or _STATISTIC.search(f"{label} ; {header}"):
                continue
            near = bool(found["sign"] or _MARK.search(f"{header} {label}"))
            if not near and _MEASURED.search(label):
                continue
            total, basis = _total(found, sizes[cell.column], of_row)
            yield Share(
                cell=cell,
                count=int(found["count"].replace(",", "")),
                percent=float(found["percent"].replace("·", ".")),
                decimals=len(re.sub(r"^\d+[.·]?", "", found["percent"])),
                total=total,
                basis=basis,
                subject=label,
                group=" ".join(header.split()),
                marked=near or of_all or bool(_MARK.search(heading)),
                counted=bool(
                    found["sign"] or _COUNTED.search(f"{label} ; {header} ; {heading} ; {headers[0]}") or of_all
                ),
            )


def _total(found: re.Match[str], size: int | None, of_row: int | None) -> tuple[int | None, str]:
    if found["total"]:
        return int(found["total"]), OWN
    if size:
        return size, SIZE
    return (of_row, ROW) if of_row else (None, "")


def _settled(column: list[Share], wholes: frozenset[tuple[int, ...]]) -> list[Share]:
    """Return the shares of a column with the totals that the table states or that the rows around give."""
    settled = list(_of_subgroups(column, wholes))
    if all(share.total is None or share.basis == SUBGROUP for share in settled):
        settled = _inferred(settled)
    return settled


def _with_totals(column: list[Share], table_sound: bool) -> Iterator[Share]:
    """Yield the shares of a column with the totals that they are of, None where that cannot be told.

    The stated total holds for all where most percents are of it or of a count above them; in a table that is sound as
    a whole, a column of few percents may hold one that is not. A number in brackets that nothing calls a percent is
    one where most of the column are percents of the total.
    """
    known = [share for share in column if share.total is not None and share.basis != OWN]
    right = sum(share.total is not None and share.is_of(share.total) for share in known)
    sound = len(known) >= 3 and right >= LEAST_FITTING * len(known)
    proven = len(known) >= LEAST_PROVEN and sound
    sound = sound or (table_sound and len(known) - right <= 1)
    for share in column:
        if share.basis == OWN:
            yield share
        elif share.marked or proven:
            own = share.total is not None and share.is_of(share.total)
            counted = share.counted or (proven and not _MEASURED.search(share.subject))
            yield share if own or (sound and counted) else replace(share, total=None, basis="")


def _wholes(column: list[Share]) -> Iterator[tuple[int, ...]]:
    """Yield the rows that are the parts of a whole: all their percents are of the sum of their counts."""
    for run in _runs(column):
        if _is_whole(run):
            yield tuple(share.cell.row for share in run)


def _is_whole(run: list[Share]) -> bool:
    total = sum(share.count for share in run)
    return len(run) > 1 and all(share.is_of(total) for share in run)


def _of_subgroups(column: list[Share], wholes: frozenset[tuple[int, ...]]) -> Iterator[Share]:
    """Yield the shares with the totals of subgroups.

    That is the sum of the rows that follow each other, or a count above of which three or more cells are percents.
    """
    sums = frozenset(sum(share.count for share in run) for run in _runs(column) if _is_whole(run))
    column = [share for run in _runs(column) for share in _of_sum(run, wholes, sums)]
    fitting = [share.total is not None and share.is_of(share.total) for share in column]
    above: list[int] = []
    of: list[int | None] = [None] * len(column)
    for index, share in enumerate(column):
        if not fitting[index] and share.basis != OWN and share.tells:
            of[index] = next((total for total in reversed(above) if share.is_of(total)), None)
        above.append(share.count)
    frequent = {total for total, times in Counter(of).items() if total is not None and times >= 3}
    of = [total if total in frequent else None for total in of]
    for index, share in enumerate(column):
        total = of[index]
        if total is None and not fitting[index] and share.basis != OWN:
            near = of[max(0, index - 1) : index + 2]
            beside = {other for other in near if other is not None and other > share.count}
            total = beside.pop() if len(beside) == 1 else None
        yield replace(share, total=total, basis=SUBGROUP) if total is not None else share


def _runs(column: list[Share]) -> Iterator[list[Share]]:
    """Yield the shares of rows that follow each other, without a heading or another figure between them."""
    run: list[Share] = []
    for share in column:
        if run and share.cell.row != run[-1].cell.row + 1:
            yield run
            run = []
        run.append(share)
    if run:
        yield run


def _of_sum(run: list[Share], wholes: frozenset[tuple[int, ...]], sums: frozenset[int]) -> list[Share]:
    """Return the shares of a run with their sum as total, where all or all but one of three are percents of that.

    Half of them do where they do not add up to 100 and the rows are the parts of a whole in another column, or where
    other rows of the column are the parts of a whole of the same sum.
    """
    total = sum(share.count for share in run)
    stated = [share.total is not None and share.is_of(share.total) for share in run]
    right = [share.is_of(total) for share in run]
    if len(run) < 2 or any(share.basis == OWN for share in run) or sum(stated) >= sum(right):
        return run
    parts = total in sums or tuple(share.cell.row for share in run) in wholes
    adds_up = abs(sum(share.percent for share in run) - 100) <= MOST_ROUNDED
    least = len(run) / 2 if parts and not adds_up else len(run) - (1 if len(run) > 2 else 0)
    if sum(right) < least:
        return run
    return [replace(share, total=total, basis=SUBGROUP) for share in run]


def _inferred(column: list[Share]) -> list[Share]:
    """Return the shares of a column without a size with the one total that nearly all of their percents are of."""
    telling = [share for share in column if share.tells and share.marked]
    if len(telling) < LEAST_INFERRED:
        return column
    votes: Counter[int] = Counter()
    for share in telling:
        low, high = share.totals
        votes.update(total for total in range(low, high + 1) if share.is_of(total))
    (total, most), *others = votes.most_common(2)
    alone = not others or others[0][1] < most
    if not alone or most < INFERRED_FITTING * len(telling):
        return column
    return [replace(share, total=total, basis=INFERRED) if share.count <= total else share for share in column]


def _size(header: str) -> int | None:
    """Return the number of people of a column, None where its header gives none or several."""
    found = {match[1] or match[2] for match in _SIZE.finditer(header)}
    return _whole(found.pop()) if len(found) == 1 else None


def _whole(text: str) -> int | None:
    plain = text.strip()
    return int(plain.replace(",", "")) if _WHOLE.fullmatch(plain) else None


def _label(row: Sequence[Cell]) -> str:
    """Return the heading of a row: its first cell, the second where the first is empty and that holds no figure."""
    text = row[0].text or (row[1].text if len(row) > 2 and not _COUNT_PERCENT.fullmatch(row[1].text) else "")
    return " ".join(text.split())
