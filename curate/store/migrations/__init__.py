"""The migrations of the store: one SQL file each, by name, frozen once a version with it was released.

`sqlite_utils.Migrations` applies what a store lacks and records each by its name in the store, in one transaction with
it. Stores that a version before these records wrote count their migrations in `PRAGMA user_version` alone, which is
kept in step, so that an older litcurate still knows that a store is newer than itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

SET = "litcurate"
RECORDS = "_sqlite_migrations"
"""The table in which sqlite-utils says which migrations a store has had."""


@cache
def scripts() -> dict[str, str]:
    """Return the SQL of each migration by its name, in the order in which they are applied."""
    files = (file for file in resources.files(__package__).iterdir() if file.name.endswith(".sql"))
    return {
        file.name.removesuffix(".sql"): file.read_text(encoding="utf-8")
        for file in sorted(files, key=lambda file: file.name)
    }


@cache
def migrations() -> Migrations:
    """Return the set of migrations that a store is brought up by."""
    from sqlite_utils import Migrations  # loads numpy where it is installed: only who migrates waits for it

    found = Migrations(SET)
    for name, script in scripts().items():
        found(name=name)(_applying(script))
    return found


def _applying(script: str) -> Callable[[Database], None]:
    def apply(store: Database) -> None:
        for statement in statements(script):
            store.conn.execute(statement)

    return apply


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one; a trigger holds semicolons of its own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
