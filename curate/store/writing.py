"""The writing half of a `Store`: what all that is written shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from curate.errors import StoreError
from curate.ids import distinct_id
from curate.store.connection import explained
from curate.store.read_documents import Reader
from curate.store.rows.shared_columns import Row, Value, clean
from extract.content_id import paper_identity


class Writer(Reader):
    """Writes rows in transactions."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing of what the block writes; one within another is part of it.

        What ends without an error is on the disk, in the file of that name. Raises `StoreError`.
        """
        nested = self._connection.in_transaction
        if nested:
            yield
            return
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.ensure_there()
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self.ensure_there()

    def _insert(self, table: str, new: Iterable[Row]) -> None:
        iterator = iter(new)
        first = next(iterator, None)
        if first is None:
            return
        columns = ", ".join(f'"{name}"' for name in first)
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks(first)})"  # noqa: S608 - our names
        self._connection.execute(statement, values(first))
        self._connection.executemany(statement, (values(row) for row in iterator))

    def stored_key(self, document_id: str) -> str:
        """Return what the paper of a document is known by in this store. Raises `StoreError` for no such document."""
        row = self._one("SELECT paper_key FROM documents WHERE id = ?", (document_id,))
        if row is None:
            raise StoreError(f"{self.path}: has no document {document_id}")
        return str(row["paper_key"])

    def identifier(self, document_id: str) -> Callable[[str], str]:
        """Return what gives a claim's or flag's id in this store.

        It is the id itself, but in a second document that prints the DOI of another, where ids would clash.
        """
        row = self._one("SELECT paper_key, doi FROM documents WHERE id = ?", (document_id,))
        if row is None or row["paper_key"] == paper_identity(row["doi"], document_id):
            return lambda identity: identity
        return lambda identity: distinct_id(identity, document_id)


def marks(row: Row) -> str:
    """Return a question mark for each column of a row."""
    return ", ".join("?" * len(row))


def values(row: Row) -> tuple[Value, ...]:
    """Return the values of a row as SQLite can keep them."""
    return tuple(clean(value) if isinstance(value, str) else value for value in row.values())
