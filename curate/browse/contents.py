"""What the page of a document reads of its text, tables and references: a page of the PDF at a time.

The selections run on Datasette's own read-only connections, under its time limit.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import groupby

from curate.browse.highlighting import parts_of
from curate.browse.hosting import Database, Value
from curate.browse.page_records import BlockRow, CellRow, MarkRow, PageRow, ReferenceRow, TableRow
from curate.store.rows.shared_columns import read_boxes

_LONGEST = 2000  # code points of a mention
_Marks = Sequence[MarkRow]
_Flagged = Mapping[str, tuple[tuple[str, str], ...]]


async def page(database: Database, document_id: str, number: int) -> PageRow | None:
    """Return the page of that number, or None."""
    found = await database.execute(
        "SELECT * FROM pages WHERE document_id = :id AND page = :page", {"id": document_id, "page": number}
    )
    return next(
        (
            PageRow(number=row["page"], width=row["width"], height=row["height"], gap=row["gap"] or "")
            for row in found.rows
        ),
        None,
    )


async def blocks(database: Database, document_id: str, number: int, marks: _Marks) -> list[BlockRow]:
    """Return the blocks that begin on a page, or have no place, in reading order, mentions marked."""
    found = await database.execute(
        "SELECT id, kind, section, text, span_start FROM blocks WHERE document_id = :id "
        "AND (page = :page OR (page IS NULL AND :page = 1)) ORDER BY ordinal",
        {"id": document_id, "page": number},
    )
    return [
        BlockRow(
            id=row["id"],
            kind=row["kind"],
            section=row["section"],
            start=row["span_start"],
            parts=parts_of(row["text"], row["span_start"], _near(marks, row["span_start"], len(row["text"]))),
        )
        for row in found.rows
    ]


async def marks(database: Database, document_id: str, number: int) -> list[MarkRow]:
    """Return the mentions of a page's blocks and cells, those that continue on the next page with them, by offset.

    A mention that curators rejected, or that no longer arises, is none. Claims that curators added are among them.
    """
    wanted: dict[str, Value] = {"id": document_id, "page": number}
    found = await database.execute(
        "SELECT * FROM mentions WHERE document_id = :id AND stale = 0 AND review_status <> 'dismissed' "
        "AND page BETWEEN :page AND :page + 1 ORDER BY span_start, span_end",
        wanted,
    )
    claimed = await database.execute(
        "SELECT claims.id, claims.kind, summary, review_status, span_start, span_end, boxes FROM claims "
        "JOIN claim_evidence ON claim_id = claims.id WHERE document_id = :id AND added <> '' AND stale = 0 "
        "AND review_status <> 'dismissed' AND page BETWEEN :page AND :page + 1",
        wanted,
    )
    together = [*(_mark(row) for row in found.rows), *(_claimed(row) for row in claimed.rows)]
    return sorted(together, key=lambda mark: (mark.start, mark.end))


async def over(database: Database, document_id: str, start: int, end: int) -> list[MarkRow]:
    """Return the mentions that lie over a stretch of a document's text, rejected ones too, by offset."""
    found = await database.execute(
        "SELECT * FROM mentions WHERE document_id = :id AND stale = 0 AND span_start < :end AND span_end > :start "
        "ORDER BY span_start, span_end",
        {"id": document_id, "start": start, "end": end},
    )
    return [_mark(row) for row in found.rows]


async def references(database: Database, document_id: str, *, limit: int, offset: int) -> list[ReferenceRow]:
    """Return entries of the list of references in their order."""
    found = await database.execute(
        "SELECT id, number, text, doi, pmid, page FROM refs WHERE document_id = :id "
        "ORDER BY ordinal LIMIT :limit OFFSET :offset",
        {"id": document_id, "limit": limit, "offset": offset},
    )
    return [
        ReferenceRow(
            id=row["id"],
            number=row["number"],
            text=row["text"],
            doi=row["doi"],
            pmid=row["pmid"],
            page=row["page"],
        )
        for row in found.rows
    ]


async def sizes(database: Database, document_id: str) -> dict[str, int]:
    """Return how many flags, tables, references, mentions and claims a document has."""
    counted = ", ".join(
        f"(SELECT count(*) FROM {table} WHERE document_id = :id) AS {name}"  # noqa: S608 - our own names
        for name, table in (
            ("flags", "flags"),
            ("tables", "tables"),
            ("references", "refs"),
            ("mentions", "mentions"),
            ("claims", "claims"),
        )
    )
    found = await database.execute(f"SELECT {counted}".replace("AS references", 'AS "references"'), {"id": document_id})
    (row,) = found.rows
    return {name: int(row[name]) for name in row.keys()}  # noqa: SIM118 - a sqlite3.Row iterates over values


async def tables(
    database: Database, document_id: str, *, number: int | None = None, limit: int = 20, offset: int = 0
) -> list[TableRow]:
    """Return tables of a document, or those that lie on a page, each cell with the flags that point at it."""
    values: dict[str, Value] = {"id": document_id, "page": number, "limit": limit, "offset": offset}
    found = await database.execute(
        "SELECT * FROM tables WHERE document_id = :id AND (:page IS NULL OR "
        "EXISTS (SELECT 1 FROM json_each(tables.pages) WHERE value = :page)) "
        "ORDER BY ordinal LIMIT :limit OFFSET :offset",
        values,
    )
    wanted: dict[str, Value] = {"tables": json.dumps([row["id"] for row in found.rows])}
    these = "(SELECT value FROM json_each(:tables))"
    flagged = await database.execute(
        "SELECT DISTINCT place.cell_id, flags.id, flags.severity, flags.severity_rank, flags.ordinal "  # noqa: S608
        "FROM cells JOIN flag_evidence AS place ON place.cell_id = cells.id JOIN flags ON flags.id = place.flag_id "
        f"WHERE cells.table_id IN {these} AND flags.stale = 0 AND flags.status <> 'dismissed' "
        "ORDER BY flags.severity_rank, flags.ordinal",
        wanted,
    )
    flags: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in flagged.rows:
        flags[row["cell_id"]] = (*flags.get(row["cell_id"], ()), (row["id"], row["severity"]))
    mentioned = await database.execute(
        "SELECT mentions.* FROM cells JOIN mentions ON mentions.cell_id = cells.id "  # noqa: S608
        f"WHERE cells.table_id IN {these} AND mentions.stale = 0 AND review_status <> 'dismissed' "
        "ORDER BY mentions.span_start, mentions.span_end",
        wanted,
    )
    claimed = await database.execute(
        "SELECT claims.id, claims.kind, summary, review_status, place.span_start, place.span_end, place.boxes "  # noqa: S608
        "FROM cells JOIN claim_evidence AS place ON place.cell_id = cells.id JOIN claims ON claims.id = place.claim_id "
        f"WHERE cells.table_id IN {these} AND added <> '' AND stale = 0 AND review_status <> 'dismissed'",
        wanted,
    )
    together = [*(_mark(row) for row in mentioned.rows), *(_claimed(row) for row in claimed.rows)]
    marks = sorted(together, key=lambda mark: (mark.start, mark.end))
    cells = await database.execute(
        f'SELECT * FROM cells WHERE table_id IN {these} ORDER BY table_id, "row", "column"',  # noqa: S608
        wanted,
    )
    by_table = {key: list(group) for key, group in groupby(cells.rows, lambda row: str(row["table_id"]))}
    return [_table(row, by_table.get(row["id"], []), flags, marks) for row in found.rows]


def _table(row: sqlite3.Row, cells: Sequence[sqlite3.Row], flags: _Flagged, marks: _Marks) -> TableRow:
    rows = groupby(cells, lambda cell: int(cell["row"]))
    return TableRow(
        id=row["id"],
        label=row["label"],
        caption=row["caption"],
        note=row["note"],
        pages=tuple(json.loads(row["pages"])),
        confidence=row["confidence"],
        stray=tuple(json.loads(row["stray"])),
        image=bool(row["image"]),
        rows=tuple(tuple(_cell(cell, flags, marks) for cell in group) for _, group in rows),
    )


def _cell(row: sqlite3.Row, flags: _Flagged, marks: _Marks) -> CellRow:
    text, start = str(row["text"]), int(row["span_start"])
    return CellRow(
        id=row["id"],
        row=row["row"],
        column=row["column"],
        row_span=row["row_span"],
        column_span=row["column_span"],
        header=bool(row["header"]),
        text=text,
        start=start,
        parts=parts_of(text, start, _near(marks, start, len(text))),
        flags=flags.get(row["id"], ()),
    )


def _claimed(row: sqlite3.Row) -> MarkRow:
    return MarkRow(
        target="claim",
        added=True,
        id=row["id"],
        kind="claim",
        text="",
        normalized=row["summary"],
        entity="",
        start=row["span_start"],
        end=row["span_end"],
        boxes=read_boxes(row["boxes"]),
        status=row["review_status"],
    )


def _mark(row: sqlite3.Row) -> MarkRow:
    return MarkRow(
        added=row["added"] != "",
        id=row["id"],
        kind=row["kind"],
        text=row["text"],
        normalized=row["normalized"],
        entity=row["entity"],
        start=row["span_start"],
        end=row["span_end"],
        boxes=read_boxes(row["boxes"]),
        status=row["review_status"],
    )


def _near(marks: _Marks, start: int, length: int) -> _Marks:
    """Return the marks, sorted by where they start, that can lie over a text: no mention is longer than `_LONGEST`."""
    first = bisect_left(marks, start - _LONGEST, key=lambda mark: mark.start)
    last = bisect_left(marks, start + length, key=lambda mark: mark.start)
    return marks[first:last]
