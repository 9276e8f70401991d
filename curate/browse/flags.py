"""The flags in the order of their review: parameterised selections, as frozen rows.

They run on Datasette's own read-only connections, under its time limit. What is put into the text of a
selection are the constants of this module; what comes from outside is a parameter.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from dataclasses import replace

from curate.browse.hosting import Database, Value
from curate.browse.page_records import Counts, Filters, FlagRow

_ORDER = "flags.severity_rank, flags.document_id, flags.ordinal, flags.id"
_FLAG = """SELECT flags.*, documents.label AS document,
    (SELECT page FROM flag_evidence WHERE flag_id = flags.id ORDER BY ordinal LIMIT 1) AS page
    FROM flags JOIN documents ON documents.id = flags.document_id """
_RANKS = {"error": 1, "warning": 2, "notice": 3}
_MOST = 200  # documents listed beside the queue
_STATUS = "flags.status = :status"
# What a curator has not decided, whatever others have, as `Store.unreviewed_flags`: no adjudication settled it.
# By row numbers, which every index holds.
_NOT_MINE = """flags.rowid NOT IN (SELECT mine.rowid FROM current_decisions AS made
    JOIN flags AS mine ON mine.id = made.target_id WHERE made.target_kind = 'flag' AND made.verdict <> 'reopen'
    AND (made.curator = :me OR made.role = 'adjudication'))"""
# To name every status has an index answer without the rows, where all of them are counted anyway.
_ANY = "flags.status IN ('open', 'confirmed', 'corrected', 'dismissed') AND"


def matching(words: str) -> str:
    """Return words as a query of SQLite's full-text search: each must be there, or begin a word that is.

    Quoted, none of them means anything to the query language.
    """
    return " ".join(f'"{word}"*' for word in words.replace('"', " ").replace("\0", " ").split())


def _where(filters: Filters) -> tuple[str, dict[str, Value]]:
    """Return the condition that the filters make, in the terms of the store's indexes, and its parameters.

    A flag that no longer arises is not for the queue; it is shown among the decided.
    """
    wanted: list[tuple[str, dict[str, Value]]] = [
        ("flags.document_id = :document", {"document": filters.document}),
        ("flags.rule = :rule", {"rule": filters.rule}),
        ("flags.severity_rank = :rank", {"rank": _RANKS.get(filters.severity, 0) if filters.severity else ""}),
        (_NOT_MINE, {"me": filters.me}) if filters.status == "mine" else (_STATUS, {"status": filters.status}),
        (
            "flags.id IN (SELECT target_id FROM decisions WHERE target_kind = 'flag' AND curator = :curator)",
            {"curator": filters.curator},
        ),
        (
            "flags.rowid IN (SELECT rowid FROM flags_fts WHERE flags_fts MATCH :words)",
            {"words": matching(filters.words)},
        ),
    ]
    chosen = [(condition, values) for condition, values in wanted if any(value != "" for value in values.values())]
    current = "flags.stale = 0" if filters.status in ("open", "mine") else "(flags.stale = 0 OR flags.status <> 'open')"
    parameters = {name: value for _, values in chosen for name, value in values.items()}
    return " AND ".join([*(condition for condition, _ in chosen), current]), parameters


async def queue(database: Database, filters: Filters, *, limit: int, offset: int) -> list[FlagRow]:
    """Return a page of the queue: most severe first, then by document in the rules' order."""
    where, values = _where(filters)
    sql = f"{_FLAG} WHERE {where} ORDER BY {_ORDER} LIMIT :limit OFFSET :offset"
    found = await database.execute(sql, {**values, "limit": limit, "offset": offset})
    return [_flag(row) for row in found.rows]


async def flag(database: Database, flag_id: str) -> FlagRow | None:
    """Return the flag of that id, or None."""
    found = await database.execute(_FLAG + "WHERE flags.id = :id", {"id": flag_id})
    return _flag(found.rows[0]) if found.rows else None


async def neighbour(database: Database, here: FlagRow, filters: Filters, *, after: bool) -> FlagRow | None:
    """Return the flag after, or before, this one in the queue, or None at its end."""
    sign, order = (">", "ASC") if after else ("<", "DESC")
    ordered = ", ".join(f"{column} {order}" for column in _ORDER.split(", "))
    where, values = _where(filters)
    sql = f"{_FLAG} WHERE {where} AND ({_ORDER}) {sign} (:at, :in, :ordinal, :id) ORDER BY {ordered} LIMIT 1"
    place: dict[str, Value] = {"at": here.severity_rank, "in": here.document_id, "ordinal": here.ordinal, "id": here.id}
    found = await database.execute(sql, {**values, **place})
    return _flag(found.rows[0]) if found.rows else None


async def next_document(database: Database, here: FlagRow, filters: Filters) -> FlagRow | None:
    """Return the first flag of the queue that belongs to the next document, or to the first after the last."""
    where, values = _where(filters)
    for sign in (">", "<"):
        sql = (
            f"{_FLAG} WHERE {where} AND flags.document_id = (SELECT min(flags.document_id) FROM flags "  # noqa: S608
            f"WHERE {where} AND flags.document_id {sign} :in) ORDER BY {_ORDER} LIMIT 1"
        )
        found = await database.execute(sql, {**values, "in": here.document_id})
        if found.rows:
            return _flag(found.rows[0])
    return None


async def progress(database: Database, filters: Filters) -> dict[str, int]:
    """Return how many flags there are by status under the other filters."""
    return {str(name): count for name, count in await _tally(database, replace(filters, status=""), "status")}


async def counts(database: Database, filters: Filters) -> Counts:
    """Return how many flags there are by status, severity, rule and document.

    Each is counted under the other filters, so that a count says what choosing it would show.
    """
    severities, rules, documents, curators, by_status = await asyncio.gather(
        _tally(database, replace(filters, severity=""), "severity"),
        _tally(database, replace(filters, rule=""), "rule"),
        _tally(database, replace(filters, document=""), "document_id"),
        database.execute(
            "SELECT curator, count(DISTINCT target_id) AS count FROM decisions WHERE target_kind = 'flag' "
            "GROUP BY curator ORDER BY curator LIMIT 50"
        ),
        progress(database, filters),
    )
    labels = await database.execute(
        "SELECT id, label FROM documents WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps([document for document, _ in documents])},
    )
    named = {row["id"]: str(row["label"]) for row in labels.rows}
    by_severity = {str(severity): count for severity, count in severities}
    return Counts(
        by_curator={str(row["curator"]): int(row["count"]) for row in curators.rows},
        by_status=by_status,
        by_severity={severity: by_severity.get(severity, 0) for severity in _RANKS},
        by_rule={str(rule): count for rule, count in sorted(rules, key=str)},
        by_document={
            str(document): (named[str(document)], count) for document, count in documents if str(document) in named
        },
    )


async def _tally(database: Database, filters: Filters, column: str) -> list[tuple[Value, int]]:
    where, values = _where(filters)
    where = f"{_ANY} {where}" if filters.status == "mine" else where
    sql = (
        f"SELECT {column} AS name, count(*) AS count FROM flags WHERE {where} "  # noqa: S608
        f"GROUP BY {column} ORDER BY count DESC, name LIMIT {_MOST}"
    )
    found = await database.execute(sql, values)
    return [(row["name"], int(row["count"])) for row in found.rows]


async def of_document(database: Database, document_id: str, *, limit: int, offset: int) -> list[FlagRow]:
    """Return flags of a document, whatever their status: those that still arise first, most severe first."""
    found = await database.execute(
        f"{_FLAG} WHERE flags.document_id = :id ORDER BY flags.stale, {_ORDER} LIMIT :limit OFFSET :offset",
        {"id": document_id, "limit": limit, "offset": offset},
    )
    return [_flag(row) for row in found.rows]


def _flag(row: sqlite3.Row) -> FlagRow:
    return FlagRow(
        id=row["id"],
        document_id=row["document_id"],
        document=row["document"],
        ordinal=row["ordinal"],
        rule=row["rule"],
        severity=row["severity"],
        severity_rank=row["severity_rank"],
        subject=row["subject"],
        message=row["message"],
        expected=row["expected"],
        status=row["status"],
        stale=bool(row["stale"]),
        page=row["page"],
    )
