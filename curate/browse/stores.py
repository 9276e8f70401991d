"""Which of Datasette's databases are litcurate stores; every other one is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from curate.browse.hosting import Database, Datasette
from curate.store.schema import APPLICATION_ID, VERSION

_HEADER = 100  # bytes of a SQLite file before its first page's content
_APPLICATION = slice(68, 72)  # see 'The Database Header' in SQLite's file format
_MAGIC = b"SQLite format 3\x00"


def is_store(database: Database) -> bool:
    """Return whether the database is a litcurate store, by the mark in its header."""
    return database.path is not None and is_store_file(Path(database.path))


def is_store_file(path: Path) -> bool:
    """Return whether the file holds the application id of a store; a file that can't be read does not."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return False
    if not header.startswith(_MAGIC):
        return False
    if int.from_bytes(header[_APPLICATION], "big") == APPLICATION_ID:
        return True
    # A store just made may still have its first page in the write-ahead log.
    log = path.with_name(path.name + "-wal")
    return log.exists() and _asked(path) == APPLICATION_ID


def stores(datasette: Datasette) -> list[Database]:
    """Return the databases that are stores, in Datasette's order."""
    return [database for database in datasette.databases.values() if is_store(database)]


def is_older(database: Database) -> bool:
    """Return whether an older litcurate wrote the store; one that cannot be read now is not taken for older."""
    return database.path is not None and 0 < _asked(Path(database.path), "user_version") < VERSION


def _asked(path: Path, pragma: str = "application_id") -> int:
    """Return the number that a pragma of a store gives, 0 where the file cannot be read."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0
