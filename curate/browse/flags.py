"""The flags in the order of their review: parameterised selections, as frozen rows.

They run on Datasette's own read-only connections, under its time limit. What is put into the text of a
selection are the constants of this module; what comes from outside is a parameter.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from curate.browse.hosting import Database, Value
from curate.browse.rows import Counts, Filters, FlagRow

# A flag that no longer arises is not for the queue; it is shown when its status is asked for.
_NARROWED = """(:document = '' OR flags.document_id = :document) AND (:rule = '' OR flags.rule = :rule)
    AND (:severity = '' OR flags.severity = :severity)"""
_STATUS = "(:status = '' OR flags.status = :status) AND (:status <> 'open' OR flags.stale = 0)"
_ORDER = "flags.severity_rank, flags.document_id, flags.ordinal, flags.id"
_FLAG = """SELECT flags.*, documents.label AS document,
    (SELECT page FROM flag_evidence WHERE flag_id = flags.id ORDER BY ordinal LIMIT 1) AS page
    FROM flags JOIN documents ON documents.id = flags.document_id """


def _parameters(filters: Filters) -> dict[str, Value]:
    return {
        "document": filters.document,
        "rule": filters.rule,
        "severity": filters.severity,
        "status": filters.status,
    }


async def queue(database: Database, filters: Filters, *, limit: int, offset: int) -> list[FlagRow]:
    """Return a page of the queue: most severe first, then by document in the rules' order."""
    sql = f"{_FLAG} WHERE {_NARROWED} AND {_STATUS} ORDER BY {_ORDER} LIMIT :limit OFFSET :offset"
    found = await database.execute(sql, {**_parameters(filters), "limit": limit, "offset": offset})
    return [_flag(row) for row in found.rows]


async def flag(database: Database, flag_id: str) -> FlagRow | None:
    """Return the flag of that id, or None."""
    found = await database.execute(_FLAG + "WHERE flags.id = :id", {"id": flag_id})
    return _flag(found.rows[0]) if found.rows else None


async def neighbour(database: Database, here: FlagRow, filters: Filters, *, after: bool) -> FlagRow | None:
    """Return the flag after, or before, this one in the queue, or None at its end."""
    sign, order = (">", "ASC") if after else ("<", "DESC")
    ordered = ", ".join(f"{column} {order}" for column in _ORDER.split(", "))
    sql = (
        f"{_FLAG} WHERE {_NARROWED} AND {_STATUS} AND ({_ORDER}) {sign} (:rank, :in, :ordinal, :id) "
        f"ORDER BY {ordered} LIMIT 1"
    )
    found = await database.execute(
        sql,
        {
            **_parameters(filters),
            "rank": here.severity_rank,
            "in": here.document_id,
            "ordinal": here.ordinal,
            "id": here.id,
        },
    )
    return _flag(found.rows[0]) if found.rows else None


async def next_document(database: Database, here: FlagRow, filters: Filters) -> FlagRow | None:
    """Return the first flag of the queue that belongs to another document than this one's."""
    sql = (
        f"{_FLAG} WHERE {_NARROWED} AND {_STATUS} AND flags.document_id <> :in "
        f"ORDER BY flags.document_id < :in, flags.document_id, {_ORDER} LIMIT 1"
    )
    found = await database.execute(sql, {**_parameters(filters), "in": here.document_id})
    return _flag(found.rows[0]) if found.rows else None


async def counts(database: Database, filters: Filters) -> Counts:
    """Return how many flags there are by status, severity, rule and document.

    Each is counted under the other filters, so that a count says what choosing it would show.
    """
    documents = await _tally(database, filters, "document_id")
    labels = await database.execute(
        "SELECT id, label FROM documents WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(documents))},
    )
    named = {row["id"]: str(row["label"]) for row in labels.rows}
    return Counts(
        by_status=await _tally(database, filters, "status"),
        by_severity=await _tally(database, filters, "severity"),
        by_rule=dict(sorted((await _tally(database, filters, "rule")).items())),
        by_document={key: (named[key], count) for key, count in documents.items() if key in named},
    )


_FILTERED = {"document_id": "document", "rule": "rule", "severity": "severity", "status": "status"}
_MOST = 200  # documents listed beside the queue


async def _tally(database: Database, filters: Filters, column: str) -> dict[str, int]:
    others = replace(filters, **{_FILTERED[column]: ""})
    current = "(stale = 0 OR status <> 'open')"
    sql = (
        f"SELECT {column} AS name, count(*) AS count FROM flags WHERE {_NARROWED} AND {_STATUS} "  # noqa: S608
        f"AND {current} GROUP BY {column} ORDER BY count DESC, name LIMIT {_MOST}"
    )
    found = await database.execute(sql, _parameters(others))
    return {str(row["name"]): int(row["count"]) for row in found.rows}


async def of_document(database: Database, document_id: str) -> list[FlagRow]:
    """Return all flags of a document, whatever their status, most severe first."""
    found = await database.execute(
        f"{_FLAG} WHERE flags.document_id = :id ORDER BY flags.stale, {_ORDER}", {"id": document_id}
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
