"""The version of the store's schema, and how a store is brought to it by the migrations.

`PRAGMA user_version` counts the migrations that a store has had; `PRAGMA application_id` marks it as
litcurate's. The columns of the claims' arguments come from the registered kinds of claim, so that a new kind needs
no migration.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from curate.store.migrations import MIGRATIONS

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

VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a store, or an empty database, to the current schema in one transaction.

    Does nothing, and takes no lock, where there is nothing to do.
    """
    if _version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited for the lock.
        for script in MIGRATIONS[_version(connection) :]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


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


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one; a trigger holds semicolons of its own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
