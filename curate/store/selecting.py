"""Selections from a store: what the classes that read it share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from curate.store.connection import explained
from curate.store.rows.columns import Values


class Selector:
    """Selects rows over one connection."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

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
