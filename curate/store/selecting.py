"""Selections from a store: what the classes that read it share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from curate.errors import StoreError
from curate.store.connection import explained
from curate.store.rows.shared_columns import Values


class Selector:
    """Selects rows over one connection."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self._file = _identity(path)

    def ensure_there(self) -> None:
        """Raise `StoreError` where the file was removed, moved or replaced since it was opened.

        SQLite goes on writing to the file that it has open, of which nothing would be left.
        """
        if _identity(self.path) != self._file:
            raise StoreError(
                f"{self.path}: was removed or replaced while it was in use; put it back, or begin anew with another"
            )

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See the store as it is now until the end of the block, whoever writes meanwhile."""
        with explained(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def select(self, statement: str, values: Values = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of a selection; it is for `curate`'s own modules, which hold all SQL."""
        with explained(self.path):
            yield from self._connection.execute(statement, values)

    def _one(self, statement: str, values: Values) -> sqlite3.Row | None:
        with explained(self.path):
            row: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
            return row


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from another that has taken its name; zeros where there is none."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return (state.st_dev, state.st_ino)
