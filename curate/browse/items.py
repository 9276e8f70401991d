"""The claims and mentions in the order of their review: parameterised selections, as frozen rows.

They go document by document in reading order. The selections run on Datasette's own read-only connections,
under its time limit; what is put into their text are the constants of this module.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from datasette.database import QueryInterrupted

from curate.browse.hosting import Database, Value
from curate.browse.page_records import FlagRow, ItemFilters, ItemRow, Tallies
from curate.browse.reading import context

_TABLES: Mapping[str, str] = MappingProxyType({"claim": "claims", "mention": "mentions"})
_SELECTED: Mapping[str, str] = MappingProxyType(
    {
        "claim": "SELECT item.*, documents.label AS document, place.page AS at_page, place.quote, place.prefix, "
        "place.suffix FROM claims AS item JOIN documents ON documents.id = item.document_id "
        "LEFT JOIN claim_evidence AS place ON place.claim_id = item.id AND place.ordinal = 0 ",
        "mention": "SELECT item.*, documents.label AS document, item.page AS at_page, item.text AS quote, "  # noqa: S608
        f"{context('item')} FROM mentions AS item JOIN documents ON documents.id = item.document_id ",
    }
)
# The columns of a mention that say what it stands for, with their names on the page.
_OF_MENTIONS = (
    ("normalized", "standard form"),
    ("entity", "identifier"),
    ("assertion", "assertion"),
    ("measure", "measure"),
    ("value", "value"),
    ("unit", "unit"),
    ("comparison", "comparison"),
    ("low", "from"),
    ("high", "to"),
    ("interval", "interval"),
    ("count", "count"),
    ("total", "of"),
    ("value_status", "in place of a value"),
    ("recognizer", "found by"),
    ("score", "score"),
)


def _where(filters: ItemFilters) -> tuple[str, dict[str, Value]]:
    wanted = (
        ("item.document_id = :document", "document", filters.document),
        # The plus keeps from the index of kinds: of a frequent kind it would have all rows sorted for a page of them.
        ("+item.kind = :kind", "kind", filters.kind),
        ("item.review_status = :status", "status", filters.status),
    )
    chosen = [(condition, name, value) for condition, name, value in wanted if value]
    current = "item.stale = 0" if filters.status == "open" else "(item.stale = 0 OR item.review_status <> 'open')"
    return " AND ".join([*(item[0] for item in chosen), current]), {name: value for _, name, value in chosen}


async def queue(database: Database, of: str, filters: ItemFilters, *, limit: int, offset: int) -> list[ItemRow]:
    """Return a page of the claims or mentions, document by document in reading order."""
    where, values = _where(filters)
    sql = _SELECTED[of] + f"WHERE {where} ORDER BY item.document_id, item.ordinal, item.id LIMIT :l OFFSET :o"
    found = await database.execute(sql, {**values, "l": limit, "o": offset})
    return [_item(of, row) for row in found.rows]


async def item(database: Database, of: str, item_id: str) -> ItemRow | None:
    """Return the claim or mention of that id, or None."""
    found = await database.execute(_SELECTED[of] + "WHERE item.id = :id", {"id": item_id})
    return _item(of, found.rows[0]) if found.rows else None


async def neighbour(database: Database, here: ItemRow, filters: ItemFilters, *, after: bool) -> ItemRow | None:
    """Return the claim or mention after, or before, this one in the queue, or None at its end."""
    sign, order = (">", "ASC") if after else ("<", "DESC")
    where, values = _where(filters)
    sql = _SELECTED[here.target] + (
        f"WHERE {where} AND (item.document_id, item.ordinal, item.id) {sign} (:in, :at, :id) "
        f"ORDER BY item.document_id {order}, item.ordinal {order}, item.id {order} LIMIT 1"
    )
    found = await database.execute(sql, {**values, "in": here.document_id, "at": here.ordinal, "id": here.id})
    return _item(here.target, found.rows[0]) if found.rows else None


async def next_document(database: Database, here: ItemRow, filters: ItemFilters) -> ItemRow | None:
    """Return the first claim or mention of the queue in the next document, or None after the last."""
    where, values = _where(filters)
    sql = _SELECTED[here.target] + (
        f"WHERE {where} AND item.document_id > :in ORDER BY item.document_id, item.ordinal, item.id LIMIT 1"
    )
    found = await database.execute(sql, {**values, "in": here.document_id})
    return _item(here.target, found.rows[0]) if found.rows else None


async def tallies(database: Database, of: str, filters: ItemFilters) -> Tallies | None:
    """Return how many there are by kind and status, of the document if one is chosen; None where it takes too long."""
    try:
        counted = await (_of_document if filters.document else _of_all)(database, _TABLES[of], filters.document)
    except QueryInterrupted:
        return None
    by_kind, by_status = Counter[str](), Counter[str]()
    for (kind, status), count in counted.items():
        by_kind[kind] += count if filters.status in ("", status) else 0
        by_status[status] += count if filters.kind in ("", kind) else 0
    return Tallies(by_kind=dict(sorted(by_kind.items())), by_status=dict(by_status))


async def _of_document(database: Database, table: str, document: str) -> Counter[tuple[str, str]]:
    found = await database.execute(
        f"SELECT kind, review_status, count(*) AS count FROM {table} "  # noqa: S608 - our own names
        "WHERE document_id = :document AND (stale = 0 OR review_status <> 'open') GROUP BY kind, review_status",
        {"document": document},
    )
    return Counter({(str(row["kind"]), str(row["review_status"])): int(row["count"]) for row in found.rows})


async def _of_all(database: Database, table: str, _document: str) -> Counter[tuple[str, str]]:
    """Return the counts of the whole store: those that are open are what is left of all when the others are taken off.

    So each is counted in the order of an index; to group a million mentions by status takes ten times as long.
    """
    every = await database.execute(f"SELECT kind, count(*) AS count FROM {table} GROUP BY kind")  # noqa: S608
    others = await database.execute(
        f"SELECT kind, review_status, count(*) AS count FROM {table} "  # noqa: S608
        "WHERE review_status IN ('confirmed', 'corrected', 'dismissed') GROUP BY kind, review_status UNION ALL "
        f"SELECT kind, '', count(*) FROM {table} WHERE review_status = 'open' AND stale = 1 GROUP BY kind"
    )
    counted: Counter[tuple[str, str]] = Counter({(str(row["kind"]), "open"): int(row["count"]) for row in every.rows})
    for row in others.rows:
        counted[str(row["kind"]), "open"] -= int(row["count"])
        if row["review_status"]:
            counted[str(row["kind"]), str(row["review_status"])] += int(row["count"])
    return counted


async def flags_over(database: Database, of: str, item_id: str, document_id: str) -> list[FlagRow]:
    """Return the flags, worst first, that point at a place of a claim, or at a mention; dismissed ones do not."""
    mine = (
        "(SELECT span_start, span_end FROM claim_evidence WHERE claim_id = :id)"
        if of == "claim"
        else ("(SELECT span_start, span_end FROM mentions WHERE id = :id)")
    )
    found = await database.execute(
        "SELECT DISTINCT flags.* FROM flags JOIN flag_evidence AS place ON place.flag_id = flags.id "  # noqa: S608
        f"JOIN {mine} AS mine ON place.span_start < mine.span_end AND mine.span_start < place.span_end "
        "WHERE flags.document_id = :document AND flags.stale = 0 AND flags.status <> 'dismissed' "
        "ORDER BY flags.severity_rank, flags.ordinal",
        {"id": item_id, "document": document_id},
    )
    return [
        FlagRow(
            id=row["id"],
            document_id=row["document_id"],
            document="",
            ordinal=row["ordinal"],
            rule=row["rule"],
            severity=row["severity"],
            severity_rank=row["severity_rank"],
            subject=row["subject"],
            message=row["message"],
            expected=row["expected"],
            status=row["status"],
            stale=False,
            page=None,
        )
        for row in found.rows
    ]


def _item(of: str, row: sqlite3.Row) -> ItemRow:
    return ItemRow(
        target=of,
        id=row["id"],
        document_id=row["document_id"],
        document=row["document"],
        ordinal=row["ordinal"],
        kind=row["kind"],
        title=row["summary"].removeprefix(f"{row['kind'].replace('_', ' ')}: ") if of == "claim" else row["text"],
        page=row["at_page"],
        quote=row["quote"] or "",
        prefix=row["prefix"] or "",
        suffix=row["suffix"] or "",
        details=_arguments(row["arguments"]) if of == "claim" else _of_mention(row),
        status=row["review_status"],
        stale=bool(row["stale"]),
        added=row["added"],
    )


def _arguments(text: str) -> tuple[tuple[str, str], ...]:
    """Return the arguments of a claim by name, those that say nothing left out."""
    said = ((str(name).replace("_", " "), _said(value)) for name, value in json.loads(text).items())
    # How many decimals were printed is for the rules that compute.
    return tuple((name, value) for name, value in said if value and not name.endswith("decimals"))


def _said(value: object) -> str:
    if isinstance(value, list):
        return " + ".join(str(part) for part in value)
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None or value is False else str(value)


def _of_mention(row: sqlite3.Row) -> tuple[tuple[str, str], ...]:
    said = ((name, _said(row[column])) for column, name in _OF_MENTIONS)
    return tuple((name, value) for name, value in said if value)
