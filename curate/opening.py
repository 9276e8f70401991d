"""The opening of a store: what is not one is left alone, and the cause is said in one line.

A store is never opened but through SQLite, not even to look at its first bytes: closing any descriptor of a file drops
all POSIX locks that the process holds on it ('How To Corrupt An SQLite Database File', 2.2), and another program would
then take the write-ahead log away from under this one.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from curate.errors import StoreError
from curate.schema import APPLICATION_ID, VERSION, migrate

BUSY_SECONDS = 30.0
_OLDEST_SQLITE = (3, 37, 0)  # strict tables
_READ_ONLY = "is read-only; make the file and its folder writable, or name another --store"
_PAUSE = 0.02  # seconds between two attempts where SQLite itself does not wait


def connect(path: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """Return a connection to the store at `path`, brought to the current schema unless `read_only`.

    With `create` a missing or empty file becomes a store. Raises `StoreError`.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(f"{path}: needs SQLite 3.37 or newer, this Python has {sqlite3.sqlite_version}")
    missing = _look(path, create=create and not read_only)
    if not read_only and not all(os.access(place, os.W_OK) for place in (path.parent, *([] if missing else [path]))):
        raise StoreError(f"{path}: {_READ_ONLY}")
    with explained(path):
        connection = _connect_reading(path) if read_only else _connect_writing(path, create=create)
        try:
            _verify(connection, path, create=create and not read_only, migrating=not read_only)
            if not read_only:
                _keep_a_log(connection)
                connection.execute("PRAGMA synchronous = FULL")
                migrate(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def settle(path: Path) -> bool:
    """Put what a crashed program left in the write-ahead log of a store into the store; return whether there was any.

    A log that another program is writing just now is left alone, and so is one that this one may not settle.
    """
    log = log_of(path)
    try:
        if not (log.stat().st_size and os.access(path, os.W_OK)):
            return False
    except OSError:
        return False
    try:
        with closing(sqlite3.connect(f"{_address(path)}?mode=rw", timeout=0, isolation_level=None, uri=True)) as alone:
            # Who asks for a store to itself is refused while any other program has it open.
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            if _marks(alone)[0] != APPLICATION_ID:
                return False
            alone.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return False
    return True


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of a store, while it is open or where a program crashed."""
    return path.with_name(path.name + "-wal")


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
    """Return whether the file is yet to be made; raise `StoreError` for what cannot be a store."""
    try:
        if path.is_dir():
            raise StoreError(f"{path}: is a folder, not a store")
        if not path.exists():
            if not create:
                raise StoreError(f"{path}: there is no such store; `litcurate extract` makes one")
            if not path.parent.is_dir():
                raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
            return True
        state = path.stat()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    if not stat.S_ISREG(state.st_mode):
        raise StoreError(f"{path}: is no file, so not a store")
    if state.st_size == 0 and not create:
        raise StoreError(f"{path}: is empty, not a store; `litcurate extract` makes one")
    return False


def _connect_writing(path: Path, *, create: bool) -> sqlite3.Connection:
    address = f"{_address(path)}?mode={'rwc' if create else 'rw'}"
    connection = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _address(path: Path) -> str:
    return f"file:{quote(str(path.resolve()))}"


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Put a store into WAL mode; where another program holds it just now, SQLite refuses that without waiting."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= end:
                raise
        else:
            return
        time.sleep(_PAUSE)


def _connect_reading(path: Path) -> sqlite3.Connection:
    address = _address(path)
    connection = sqlite3.connect(f"{address}?mode=ro", timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # In a folder that cannot be written SQLite cannot share the write-ahead log; where there is no
        # log, nobody is writing and the file can be read as it is.
        connection.close()
        if log_of(path).exists():
            raise
        connection = sqlite3.connect(f"{address}?immutable=1", isolation_level=None, uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _verify(connection: sqlite3.Connection, path: Path, *, create: bool, migrating: bool) -> None:
    application, version, things = _marks(connection)
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
    # Without any table it is a store that is being made, perhaps by another program just now.
    if application or things or not create:
        raise StoreError(f"{path}: is a SQLite file but not a litcurate store; name another --store")


def _marks(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Return the application, the version and the number of things of a database, as they stand at one moment."""
    connection.execute("BEGIN")
    try:
        (things,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.execute("ROLLBACK")
    return application, version, things
