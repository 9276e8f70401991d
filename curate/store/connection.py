"""The opening of a store: what is not one is left alone, and the cause is said in one line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from curate.errors import StoreError
from curate.store.schema import APPLICATION_ID, VERSION, migrate

BUSY_SECONDS = 30.0
_OLDEST_SQLITE = (3, 37, 0)  # strict tables
_READ_ONLY = "is read-only; make the file and its folder writable, or name another --store"
_MAGIC = b"SQLite format 3\x00"


def connect(path: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """Return a connection to the store at `path`, brought to the current schema unless `read_only`.

    With `create` a missing or empty file becomes a store. Raises `StoreError`.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(f"{path}: needs SQLite 3.37 or newer, this Python has {sqlite3.sqlite_version}")
    fresh = _look(path, create=create and not read_only)
    if not read_only and not all(os.access(place, os.W_OK) for place in (path.parent, *([] if fresh else [path]))):
        raise StoreError(f"{path}: {_READ_ONLY}")
    with explained(path):
        connection = _connect_reading(path) if read_only else _connect_writing(path)
        try:
            _verify(connection, path, fresh=fresh, migrating=not read_only)
            if not read_only:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into one line that names the store and what to do.

    A wrong use of the connection (`sqlite3.ProgrammingError`) is a fault of the program and passes.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.IntegrityError as error:
        raise StoreError(f"{path}: refuses what was to be written: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {_cause(str(error))}") from error


def _cause(said: str) -> str:
    for mark, cause in (
        ("locked", "is being written by another program; try again when it is done"),
        ("readonly", _READ_ONLY),
        ("not a database", "is not a SQLite file"),
        ("malformed", "is damaged; restore a copy of it"),
        ("full", "could not be written, the disk is full"),
        ("unable to open", "cannot be opened; check the folder and your permissions"),
    ):
        if mark in said:
            return cause
    return f"SQLite says: {said}"


def _look(path: Path, *, create: bool) -> bool:
    """Return whether the file is yet to become a store; raise `StoreError` for what cannot be one."""
    try:
        if path.is_dir():
            raise StoreError(f"{path}: is a folder, not a store")
        if not path.exists():
            if not create:
                raise StoreError(f"{path}: there is no such store; `litcurate extract` makes one")
            if not path.parent.is_dir():
                raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
            return True
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    if start == b"":
        if not create:
            raise StoreError(f"{path}: is empty, not a store; `litcurate extract` makes one")
        return True
    if start != _MAGIC:
        raise StoreError(f"{path}: is not a SQLite file, so not a litcurate store")
    return False


def _connect_writing(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _connect_reading(path: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(path.resolve()))}"
    connection = sqlite3.connect(f"{address}?mode=ro", timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # In a folder that cannot be written SQLite cannot share the write-ahead log; where there is no
        # log, nobody is writing and the file can be read as it is.
        connection.close()
        if path.with_name(path.name + "-wal").exists():
            raise
        connection = sqlite3.connect(f"{address}?immutable=1", isolation_level=None, uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _verify(connection: sqlite3.Connection, path: Path, *, fresh: bool, migrating: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == APPLICATION_ID:
        if version > VERSION:
            raise StoreError(
                f"{path}: was written by a newer litcurate (schema {version}, this one knows {VERSION}); "
                "update litcurate"
            )
        if version < VERSION and not migrating:
            raise StoreError(
                f"{path}: was written by an older litcurate; `litcurate check --store {path}` brings it up to date"
            )
        return
    (things,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if things or not fresh:
        raise StoreError(f"{path}: is a SQLite file but not a litcurate store; name another --store")
