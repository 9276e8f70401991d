"""What the pages read of places, decisions and documents: parameterised selections, as frozen rows.

They run on Datasette's own read-only connections, under its time limit.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby

from curate.browse.hosting import Database, Value
from curate.browse.rows import (
    BlockRow,
    CellRow,
    DecisionRow,
    DocumentRow,
    PlaceRow,
    TableRow,
)
from curate.rows import read_boxes

_PLACE = """SELECT place.*, cells.text AS cell_text, cells."row", cells."column",
    tables.label AS "table", tables.caption AS caption,
    (SELECT text FROM cells AS head WHERE head.table_id = cells.table_id AND head.header = 1
        AND head."column" = cells."column" AND head.id <> cells.id ORDER BY head."row" DESC LIMIT 1) AS column_head,
    (SELECT text FROM cells AS head WHERE head.table_id = cells.table_id AND head."row" = cells."row"
        AND head."column" = 0 AND head.id <> cells.id AND cells.header = 0 LIMIT 1) AS row_head
    FROM flag_evidence AS place LEFT JOIN cells ON cells.id = place.cell_id
    LEFT JOIN tables ON tables.id = cells.table_id """


async def places(database: Database, flag_id: str) -> list[PlaceRow]:
    """Return the places of a flag in the rule's order."""
    found = await database.execute(_PLACE + "WHERE place.flag_id = :id ORDER BY place.ordinal", {"id": flag_id})
    return [_place(row) for row in found.rows]


async def place(database: Database, place_id: str) -> tuple[PlaceRow, DocumentRow] | None:
    """Return one place of a flag with its document, or None."""
    found = await database.execute(_PLACE + "WHERE place.id = :id", {"id": place_id})
    if not found.rows:
        return None
    of = await database.execute(
        "SELECT documents.* FROM documents JOIN flags ON flags.document_id = documents.id WHERE flags.id = :id",
        {"id": found.rows[0]["flag_id"]},
    )
    return _place(found.rows[0]), _document(of.rows[0])


async def decisions(database: Database, flag_id: str) -> list[DecisionRow]:
    """Return the decisions on a flag, oldest first."""
    found = await database.execute(
        "SELECT decisions.*, EXISTS (SELECT 1 FROM decisions AS later "
        "WHERE later.supersedes = decisions.id) AS replaced "
        "FROM decisions WHERE target_kind = 'flag' AND target_id = :id ORDER BY decisions.rowid",
        {"id": flag_id},
    )
    return [
        DecisionRow(
            id=row["id"],
            verdict=row["verdict"],
            value=row["value"],
            reason=row["reason"],
            curator=row["curator"],
            decided_at=row["decided_at"],
            replaced=bool(row["replaced"]),
        )
        for row in found.rows
    ]


async def document(database: Database, document_id: str) -> DocumentRow | None:
    """Return the document of that id, or None."""
    found = await database.execute("SELECT * FROM documents WHERE id = :id", {"id": document_id})
    return _document(found.rows[0]) if found.rows else None


async def blocks(database: Database, document_id: str) -> list[BlockRow]:
    """Return the blocks of a document in reading order."""
    found = await database.execute(
        "SELECT kind, section, page, text FROM blocks WHERE document_id = :id ORDER BY ordinal",
        {"id": document_id},
    )
    return [
        BlockRow(kind=row["kind"], section=row["section"], page=row["page"], text=row["text"]) for row in found.rows
    ]


async def tables(database: Database, document_id: str) -> list[TableRow]:
    """Return the tables of a document with their cells, each cell with the flags that point at it."""
    values: dict[str, Value] = {"id": document_id}
    found = await database.execute("SELECT * FROM tables WHERE document_id = :id ORDER BY ordinal", values)
    flagged = await database.execute(
        "SELECT DISTINCT place.cell_id, flags.id, flags.severity, flags.severity_rank "
        "FROM flags JOIN flag_evidence AS place ON place.flag_id = flags.id "
        "WHERE flags.document_id = :id AND flags.stale = 0 AND flags.status <> 'dismissed' "
        "AND place.cell_id IS NOT NULL ORDER BY flags.severity_rank, flags.ordinal",
        values,
    )
    marks: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in flagged.rows:
        marks[row["cell_id"]] = (*marks.get(row["cell_id"], ()), (row["id"], row["severity"]))
    cells = await database.execute(
        "SELECT cells.* FROM cells JOIN tables ON tables.id = table_id WHERE document_id = :id "
        'ORDER BY tables.ordinal, "row", "column"',
        values,
    )
    by_table = {key: list(group) for key, group in groupby(cells.rows, lambda row: str(row["table_id"]))}
    return [_table(row, by_table.get(row["id"], []), marks) for row in found.rows]


def _table(
    row: sqlite3.Row, cells: Sequence[sqlite3.Row], marks: Mapping[str, tuple[tuple[str, str], ...]]
) -> TableRow:
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
        rows=tuple(tuple(_cell(cell, marks) for cell in group) for _, group in rows),
    )


def _cell(row: sqlite3.Row, marks: Mapping[str, tuple[tuple[str, str], ...]]) -> CellRow:
    return CellRow(
        id=row["id"],
        row=row["row"],
        column=row["column"],
        row_span=row["row_span"],
        column_span=row["column_span"],
        header=bool(row["header"]),
        text=row["text"],
        flags=marks.get(row["id"], ()),
    )


def _place(row: sqlite3.Row) -> PlaceRow:
    return PlaceRow(
        id=row["id"],
        role=row["role"],
        quote=row["quote"],
        prefix=row["prefix"],
        suffix=row["suffix"],
        boxes=read_boxes(row["boxes"]),
        extractor=row["extractor"],
        cell_id=row["cell_id"] or "",
        cell_text=row["cell_text"] or "",
        table=row["table"] or "",
        caption=row["caption"] or "",
        row=row["row"],
        column=row["column"],
        row_head=row["row_head"] or "",
        column_head=row["column_head"] or "",
    )


def _document(row: sqlite3.Row) -> DocumentRow:
    return DocumentRow(
        id=row["id"],
        label=row["label"],
        doi=row["doi"],
        file_name=row["file_name"],
        path=row["path"],
        page_count=row["page_count"],
        gaps=tuple(json.loads(row["gaps"])),
    )
