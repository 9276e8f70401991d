"""Which of Datasette's databases are litcurate stores; every other one is left alone.

A database is asked through SQLite alone: see `curate.opening`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from curate.browse.hosting import Database, Datasette
from curate.schema import APPLICATION_ID, VERSION


def is_store(database: Database) -> bool:
    """Return whether the database is a litcurate store, by the mark in its header."""
    return database.path is not None and is_store_file(Path(database.path), mutable=database.is_mutable)


def is_store_file(path: Path, *, mutable: bool = True) -> bool:
    """Return whether the file holds the application id of a store; a file that can't be read does not."""
    try:
        state = path.stat()
    except OSError:
        return False
    if (path, state.st_dev, state.st_ino) in _KNOWN:
        return True
    try:
        found = _asked(address_of(path, mutable=mutable), "application_id") == APPLICATION_ID
    except sqlite3.DatabaseError:
        return False
    if found:
        _KNOWN.add((path, state.st_dev, state.st_ino))
    return found


# What was a store stays one, so that a page needs to ask but once and a store that is busy is still known.
_KNOWN: set[tuple[Path, int, int]] = set()


def stores(datasette: Datasette) -> list[Database]:
    """Return the databases that are stores, in Datasette's order."""
    return [database for database in datasette.databases.values() if is_store(database)]


def is_older(database: Database) -> bool:
    """Return whether an older litcurate wrote the store. Raises `sqlite3.DatabaseError` where it cannot be read now."""
    if database.path is None:
        return False
    return _asked(address_of(Path(database.path), mutable=database.is_mutable), "user_version") < VERSION


def address_of(path: Path, *, mutable: bool) -> str:
    """Return the address by which SQLite reads a database as Datasette does."""
    return f"file:{quote(str(path.resolve()))}?{'mode=ro' if mutable else 'immutable=1'}"


def _asked(address: str, pragma: str) -> int:
    """Return the number that a pragma of a store gives. Raises `sqlite3.DatabaseError`."""
    with closing(sqlite3.connect(address, uri=True)) as connection:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
