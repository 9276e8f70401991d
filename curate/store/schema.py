"""The version of the store's schema, and how a store is brought to it by the migrations.

The migrations are applied by name (`curate.store.migrations`); `PRAGMA user_version` counts them and `PRAGMA
application_id` marks the file as litcurate's. The columns of the claims' arguments come from the registered kinds of
claim, and so do their views, so that a new kind needs no migration.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from curate.store.migrations import RECORDS, SET, migrations, scripts
from extract.claims import CLAIM_KINDS

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x4C495443  # "LITC"

# Which column names a row to a person; `curate.browse` tells Datasette.
LABEL_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "runs": "label",
        "documents": "label",
        "copies": "file_name",
        "pages": "label",
        "refs": "label",
        "blocks": "label",
        "tables": "label",
        "cells": "text",
        "mentions": "text",
        "claims": "summary",
        "claim_evidence": "quote",
        "claim_citations": "label",
        "flags": "message",
        "flag_evidence": "quote",
        "decisions": "label",
        "additions": "label",
        "rule_counts": "rule",
    }
)

VERSION = len(scripts())


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a store, or an empty database, to the current schema in one transaction.

    Does nothing, and takes no lock, where there is nothing to do.
    """
    if _version(connection) == VERSION:
        return
    from sqlite_utils import Database

    store = Database(connection, recursive_triggers=False, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited for the lock.
        if _version(connection) < VERSION:
            _record_earlier(store, _version(connection))
            migrations().apply(store)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _record_earlier(store: Database, version: int) -> None:
    """Put down the migrations that a store had before they were recorded by name."""
    known = migrations()
    known.ensure_migrations_table(store)
    recorded = {one.name for one in known.applied(store)}
    now = datetime.now(UTC).isoformat()
    store.table(RECORDS).insert_all(
        {"migration_set": SET, "name": name, "applied_at": now}
        for name in list(scripts())[:version]
        if name not in recorded
    )


def make_views(connection: sqlite3.Connection) -> None:
    """Give each kind of claim a view of its own, with its arguments as columns: `trial_results`, `frequencies` ...

    The table `claims` has the columns of all kinds side by side. Made anew where a kind has changed; for writing only.
    """
    there = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
    columns = {row[1].casefold() for row in connection.execute("PRAGMA table_info(claims)")}
    for kind, registered in CLAIM_KINDS.items():
        asked = [one.name for one in fields(registered.arguments)]
        listed = ", ".join(f'"{name}"' for name in asked if name.casefold() in columns)
        if len(asked) > listed.count('"') // 2:
            continue  # no claim of the kind was ever stored
        view = view_of(kind)
        made = (
            f"CREATE VIEW {view} AS SELECT id, document_id, summary, {listed}, review_status, stale FROM claims "  # noqa: S608
            f"WHERE kind = '{kind}'"
        )
        if there.get(view) != made:
            connection.execute(f"DROP VIEW IF EXISTS {view}")
            connection.execute(made)


def view_of(kind: str) -> str:
    """Return the name of the view of a kind of claim: its plural."""
    return f"{kind.removesuffix('y')}ies" if kind.endswith("y") else f"{kind}s"


def add_arguments(connection: sqlite3.Connection, arguments: Iterable[str]) -> None:
    """Give `claims` a column for each argument that has none yet, inside the caller's transaction.

    Raises `ValueError` for an argument named as one of the store's own columns.
    """
    there = {row[1].casefold() for row in connection.execute("PRAGMA table_info(claims)")}
    for name in dict.fromkeys(arguments):
        if name.casefold() in CLAIM_COLUMNS:
            raise ValueError(f"an argument of a claim cannot be named {name!r}: the store has that column")
        if name.casefold() not in there:
            # ANY keeps text, whole and decimal numbers as they are, whichever kind of claim has the argument.
            connection.execute(f'ALTER TABLE claims ADD COLUMN "{name}" ANY')


CLAIM_COLUMNS = frozenset(
    {"id", "document_id", "ordinal", "kind", "summary", "arguments", "review_status", "stale", "added"}
)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
