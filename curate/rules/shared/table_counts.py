"""How many things of a kind a table lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Cell, CellRef, Evidence, Extraction, Table
from extract.text.locator import Locator
from extract.text.neighbourhood import Context, is_group_row

EXTRACTOR = "tally"
LEAST_CONFIDENCE = 0.9
_SOURCES = r"stud(?:y|ies)|(?:first )?authors?|references?|refs?|sources?|publications?"
HEADERS = {
    "drug": r"drugs?|agents?|compounds?|inhibitors?|TKIs?|treatments?|therap(?:y|ies)|antibod(?:y|ies)|names?",
    "trial": rf"(?:clinical )?trials?(?: names?)?|{_SOURCES}",
    "article": rf"articles?|papers?|{_SOURCES}",
    "variant": r"mutations?|variants?|alterations?|substitutions?|polymorphisms?|SNPs?|fusions?",
    "gene": r"genes?|gene symbols?|gene names?|kinases?|proteins?",
}
"""The headings of the column whose cells are the things that a table lists, by kind of thing."""

_SUMMARY = re.compile(
    r"\s*(?:(?:sub)?totals?|overall|mean|median|all|pooled|sum|combined|range|average)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things a table lists.

    `possible` also holds the numbers of other readings (rows, names without repetition), none of which is doubted;
    `evidence` is the heading of the column that was counted.
    """

    count: int
    possible: frozenset[int]
    evidence: Evidence


def tally(extraction: Extraction, number: int, thing: str) -> Tally | None:
    """Return how many things of a kind a table lists, None where its rows are not one thing each.

    The things stand in the first column whose heading names their kind ('Trial', 'First author'), one a row or over
    several rows that repeat or leave out the name.
    """
    table = extraction.document.tables[number]
    if table.image or not table.header_rows or table.confidence < LEAST_CONFIDENCE or thing not in HEADERS:
        return None
    context = Context(extraction.document, extraction.mentions)
    column = _column(context, table, number, thing)
    if column is None:
        return None
    body = [row for row in table.rows[table.header_rows :] if any(cell.text for cell in row)]
    rows = [row for row in body if not is_group_row(row) and not _SUMMARY.match(row[0].text)]
    cells = [row[column] for row in rows if row[column].text]
    names = {" ".join(cell.text.casefold().split()) for cell in cells}
    if not cells:
        return None
    header = table.rows[0][column]
    first = _names(rows, 0)
    mentions = {mention.normalized for cell in cells for mention in context.within(cell.span, thing)}
    possible = {len(cells), len(names), len(rows), len(body), len(first), len(mentions) or len(cells)}
    evidence = Locator(extraction.document).evidence(
        header.span, extractor=EXTRACTOR, cell=CellRef(table=number, row=header.row, column=column), within=header.span
    )
    return Tally(count=len(names), possible=frozenset(possible), evidence=evidence)


def _names(rows: Sequence[Sequence[Cell]], column: int) -> set[str]:
    return {" ".join(row[column].text.casefold().split()) for row in rows if row[column].text}


def _column(context: Context, table: Table, number: int, thing: str) -> int | None:
    """Return the first column whose heading names the kind of thing."""
    for column in range(len(table.rows[0])):
        header = context.header(CellRef(table=number, row=0, column=column))
        if re.match(rf"(?:{HEADERS[thing]})(?!\w)", " ".join(header.split()), re.IGNORECASE):
            return column
    return None
