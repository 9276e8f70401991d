"""What else the percent of a cell can be of than the total that its table states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from extract.claims.proportion import Proportion
from extract.claims.proportion.share_cells import OWN, SUBGROUP
from extract.records import CellRef, Evidence, Extraction

Shares = Mapping[CellRef, Proportion]

NEAR = 8  # rows on each side whose counts can add up to a total
MISSING = 0.1  # the share of a total of whom nothing may be known

_NUMBER = re.compile(r"(?<![\d.,/])(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d.%/])")
_SIZE = re.compile(r"(?<![A-Za-z0-9])[nN]\s?=\s?(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d.%/])")
_ALLELE = re.compile(r"\balleles?\b", re.IGNORECASE)  # everybody has two


def shares_by_cell(extraction: Extraction) -> Shares:
    """Return the proportions of a document's tables by their cell."""
    return {
        evidence.cell: claim.arguments
        for claim in extraction.claims
        if isinstance(claim.arguments, Proportion)
        for evidence in claim.evidence
        if evidence.cell is not None
    }


def other_totals(extraction: Extraction, shares: Shares, stated: Proportion, evidence: Evidence) -> Iterator[int]:
    """Yield the totals that a cell's percent may be of in place of the stated one.

    These are the stated total less some of whom nothing is known, numbers in the headings of its row, in the caption
    and the note, the count right above it, the stated total less a count without a percent, the sizes of the tables of
    its page, and sums and counts of its column and row where another percent is of them too. A cell that gives its own
    total ('3/85 (4%)') has no other.
    """
    place = evidence.cell
    if place is None or stated.basis == OWN or stated.total is None:
        return
    table = extraction.document.tables[place.table]
    yield from range(int((1 - MISSING) * stated.total), stated.total)
    if stated.basis == SUBGROUP:  # a row of those of whom nothing is known may be left out
        yield from range(stated.total + 1, int(stated.total / (1 - MISSING)) + 1)
    if _ALLELE.search(f"{stated.subject} {stated.group} {table.caption}"):
        yield 2 * stated.total
    yield from _numbers(cells[0].text for cells in table.rows[max(0, place.row - 2) : place.row + 1])
    yield from _numbers((table.caption, table.note))
    yield from _sizes(extraction, place.table)
    near = table.rows[max(table.header_rows, place.row - NEAR) : place.row + NEAR]
    alone = (cells[place.column].text.strip() for cells in near)
    yield from (stated.total - int(text) for text in alone if text.isdigit())  # 'unknown', without a percent
    down = [_first(cells[place.column].text) for cells in table.rows]
    if place.row > table.header_rows:
        yield down[place.row - 1]
    column = [shares.get(CellRef(table=place.table, row=row, column=place.column)) for row in range(len(table.rows))]
    for row in range(table.header_rows, place.row):
        if _is_of(column[: place.row] + column[place.row + 1 :], down[row]):
            yield down[row]
    for start in range(max(table.header_rows, place.row - NEAR), place.row + 1):
        for end in range(place.row + 1, min(len(down), place.row + NEAR) + 1):
            total = sum(down[start:end])
            if _is_of([*column[start : place.row], *column[place.row + 1 : end]], total):
                yield total
    across = [_first(other.text) for other in table.rows[place.row][1:]]
    beside = [
        shares.get(CellRef(table=place.table, row=place.row, column=other))
        for other in range(len(table.rows[place.row]))
        if other != place.column
    ]
    for total in (*across, sum(across)):
        if _is_of(beside, total):
            yield total


def _is_of(shares: Iterable[Proportion | None], total: int) -> bool:
    """Say whether the percent of one of the cells is of a total, and of no total that its table states."""
    return any(
        share is not None
        and share.is_of(total)
        and not (share.total and share.total != total and share.is_of(share.total))
        for share in shares
    )


def _sizes(extraction: Extraction, number: int) -> Iterator[int]:
    """Yield the sizes that the headers and notes of the tables on the same pages state: a table may be read as two."""
    pages = set(extraction.document.tables[number].pages)
    for table in extraction.document.tables:
        if pages & set(table.pages):
            headers = [cell.text for row in table.rows[: table.header_rows] for cell in row]
            for text in (*headers, table.caption, table.note):
                yield from (int(match[1].replace(",", "")) for match in _SIZE.finditer(text))


def _first(text: str) -> int:
    return next(_numbers([text]), 0)


def _numbers(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        for match in _NUMBER.finditer(text):
            yield int(match[1].replace(",", ""))
