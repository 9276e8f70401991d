"""What the pages read of places, decisions and documents: parameterised selections, as frozen rows.

They run on Datasette's own read-only connections, under its time limit.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from curate.browse.hosting import Database
from curate.browse.metadata import columns
from curate.browse.page_records import AdditionRow, DecisionRow, DocumentRow, PlaceRow
from curate.store.read_documents import CITED_BY_PLACE, by_place
from curate.store.rows.shared_columns import read_boxes
from extract.records import How

# The cell of a place, with what heads its column and its row.
_CELL = """cells.text AS cell_text, cells."row", cells."column",
    tables.label AS "table", tables.caption AS caption,
    (SELECT text FROM cells AS head WHERE head.table_id = cells.table_id AND head.header = 1
        AND head."column" = cells."column" AND head.id <> cells.id ORDER BY head."row" DESC LIMIT 1) AS column_head,
    (SELECT text FROM cells AS head WHERE head.table_id = cells.table_id AND head."row" = cells."row"
        AND head."column" = 0 AND head.id <> cells.id AND cells.header = 0 LIMIT 1) AS row_head"""
_JOINED = "LEFT JOIN cells ON cells.id = place.cell_id LEFT JOIN tables ON tables.id = cells.table_id "
_CONTEXT = 48  # characters before and after a mention, as the places of claims and flags have them


def context(mention: str) -> str:
    """Return the columns `prefix` and `suffix` of a selection from mentions, under that name, and `documents`.

    Of an added mention whose words are no longer found, they are what stood around its words.
    """
    before = (
        f"substr(documents.text, max(1, {mention}.span_start - {_CONTEXT - 1}), min({mention}.span_start, {_CONTEXT}))"
    )
    after = f"substr(documents.text, {mention}.span_end + 1, {_CONTEXT})"
    return ", ".join(
        f"CASE {mention}.added WHEN 'lost' THEN (SELECT {name} FROM additions WHERE target_kind = 'mention' "  # noqa: S608
        f"AND target_id = {mention}.id ORDER BY rowid LIMIT 1) ELSE {text} END AS {name}"
        for name, text in (("prefix", before), ("suffix", after))
    )


# Where each kind of target stands; `:id` is the target's id or, for one place, its own.
_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "flag": f"SELECT place.*, {_CELL} FROM flag_evidence AS place {_JOINED}",  # noqa: S608 - our own names
        "claim": f"SELECT place.*, 'evidence' AS role, {_CELL} FROM claim_evidence AS place {_JOINED}",  # noqa: S608
        "mention": f"""SELECT place.id, place.boxes, place.cell_id, place.document_id, place.kind AS role,
            place.text AS quote, place.recognizer AS extractor, {context("place")}, {_CELL}
            FROM mentions AS place JOIN documents ON documents.id = place.document_id {_JOINED}""",  # noqa: S608
    }
)
_OWNERS: Mapping[str, str] = MappingProxyType({"flag": "flag_id", "claim": "claim_id"})


async def places(database: Database, of: str, target_id: str) -> list[PlaceRow]:
    """Return the places of a flag, claim or mention in the order in which they were recorded."""
    where = f"WHERE place.{_OWNERS[of]} = :id ORDER BY place.ordinal" if of in _OWNERS else "WHERE place.id = :id"
    found = await database.execute(_PLACES[of] + where, {"id": target_id})
    places = [_place(of, row) for row in found.rows]
    if of != "claim" or "claim_citations" not in columns(database):
        return places
    cited = by_place((await database.execute(CITED_BY_PLACE, {"claim": target_id})).rows)
    return [replace(place, citations=cited.get(place.id, ())) for place in places]


async def place(database: Database, of: str, place_id: str) -> tuple[PlaceRow, DocumentRow] | None:
    """Return one place of a flag, claim or mention with its document, or None."""
    found = await database.execute(_PLACES[of] + "WHERE place.id = :id", {"id": place_id})
    if not found.rows:
        return None
    row = found.rows[0]
    if of in _OWNERS:
        owner = await database.execute(
            f"SELECT document_id FROM {of}s WHERE id = :id",  # noqa: S608 - of our own names
            {"id": row[_OWNERS[of]]},
        )
        row_document = str(owner.rows[0]["document_id"])
    else:
        row_document = str(row["document_id"])
    shown = await document(database, row_document)
    return (_place(of, row), shown) if shown else None


async def decisions(database: Database, of: str, target_id: str) -> list[DecisionRow]:
    """Return the decisions on a flag, claim or mention, oldest first."""
    found = await database.execute(
        "SELECT decisions.*, EXISTS (SELECT 1 FROM decisions AS later "
        "WHERE later.supersedes = decisions.id) AS replaced, "
        "EXISTS (SELECT 1 FROM additions WHERE decision_id = decisions.id) AS added "
        "FROM decisions WHERE target_kind = :of AND target_id = :id ORDER BY decisions.rowid",
        {"of": of, "id": target_id},
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
            role=row["role"],
            added=bool(row["added"]),
        )
        for row in found.rows
    ]


async def additions(database: Database, of: str, target_id: str) -> list[AdditionRow]:
    """Return who added a claim or mention, first to last; nobody did where the tool found it."""
    found = await database.execute(
        "SELECT curator, added_at, quote, page FROM additions "
        "WHERE target_kind = :of AND target_id = :id ORDER BY rowid",
        {"of": of, "id": target_id},
    )
    return [AdditionRow(**dict(row)) for row in found.rows]


async def document(database: Database, document_id: str) -> DocumentRow | None:
    """Return the document of that id, or None."""
    found = await database.execute("SELECT * FROM documents WHERE id = :id", {"id": document_id})
    return _document(found.rows[0]) if found.rows else None


def _place(of: str, row: sqlite3.Row) -> PlaceRow:
    return PlaceRow(
        of=of,
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
        found=_found(row),
    )


def _found(row: sqlite3.Row) -> tuple[tuple[str, str], ...]:
    """Return the arguments of a claim that were taken from elsewhere at a place, each with where from."""
    found = json.loads(row["found"]) if "found" in row.keys() else {}  # noqa: SIM118 - a row iterates over its values
    return tuple((str(name), str(how)) for name, how in found.items() if how != How.SAID)


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
