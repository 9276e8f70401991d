"""The store: records in, records out. This module and `curate.schema` hold all SQL but the browser's.

Each document is written in one transaction, so that a crash leaves it wholly in or wholly out. A new
reading replaces what was derived from the document and keeps every decision: a flag, claim or mention
that was decided and no longer arises stays, marked `stale`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from curate import codec, rows
from curate.errors import StoreError
from curate.identity import distinct_id, paper_identity, paper_of
from curate.opening import connect, explained
from curate.records import Checked, Decision, Severity, Status, Verdict
from curate.rows import Row, Value
from curate.schema import DECIDED
from curate.stored import Run, StoredDocument, StoredFlag, StoredPlace
from extract.claims import CLAIM_KINDS
from extract.records import Document, Extraction

# Tables of what a reading yields, in the order in which they can be emptied.
_PARTS = ("pages", "refs", "blocks", "tables")


def now() -> str:
    """Return the time in UTC as ISO 8601, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Store:
    """A curation store, opened with `Store.open` and closed as a context manager closes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False) -> Store:
        """Open the store at `path`; with `create` a missing file becomes one.

        Raises `StoreError` in one line for a file that is not SQLite, not a litcurate store, read-only, in
        use for longer than 30 seconds, or written by a newer version.
        """
        return cls(connect(path, create=create, read_only=read_only), path)

    def close(self) -> None:
        """Close the store; what was not committed is dropped."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Runs

    def begin_run(self, command: str, *, version: str, settings: str, at: str | None = None) -> int:
        """Record the start of a run and return its id."""
        with self._transaction():
            cursor = self._connection.execute(
                "INSERT INTO runs (command, started_at, version, settings) VALUES (?, ?, ?, ?)",
                (command, at or now(), version, settings),
            )
        return int(cursor.lastrowid or 0)

    def finish_run(
        self, run: int, *, read: int, skipped: int = 0, failures: tuple[str, ...] = (), at: str | None = None
    ) -> None:
        """Record the end of a run: how many documents were read and skipped, and what failed."""
        with self._transaction():
            self._connection.execute(
                "UPDATE runs SET finished_at = ?, documents_read = ?, documents_skipped = ?, "
                "documents_failed = ?, failures = ? WHERE id = ?",
                (
                    at or now(),
                    read,
                    skipped,
                    len(failures),
                    rows.clean(json.dumps(failures, ensure_ascii=False)),
                    run,
                ),
            )

    def runs(self) -> Iterator[Run]:
        """Yield the runs, oldest first."""
        for row in self._select("SELECT * FROM runs ORDER BY id"):
            yield Run(
                id=row["id"],
                command=row["command"],
                started_at=row["started_at"],
                finished_at=row["finished_at"] or "",
                version=row["version"],
                settings=row["settings"],
                documents_read=row["documents_read"],
                documents_skipped=row["documents_skipped"],
                documents_failed=row["documents_failed"],
                failures=tuple(json.loads(row["failures"])),
            )

    # Writing

    def save(self, extraction: Extraction, checked: Checked, run: int, *, path: str = "") -> None:
        """Store one document with all that was read from it and its flags, in one transaction.

        Another copy of the file (same DOI, same title) takes the place of the stored one; another document
        that prints the same DOI, such as a supplement, is kept beside it under ids of its own.
        Raises `StoreError`.
        """
        document = extraction.document
        with self._transaction():
            self._place(extraction, path=path, run=run)
            for table in _PARTS:
                self._connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document.id,))  # noqa: S608
            for table, parts in rows.part_rows(document):
                self._insert(table, parts)
            self._save_mentions(extraction)
            self._save_claims(extraction)
            self._save_flags(document.id, checked, run)
            self._connection.execute(
                "INSERT OR REPLACE INTO extractions (document_id, format, content) VALUES (?, ?, ?)",
                (document.id, codec.FORMAT, codec.dumps(extraction)),
            )

    def save_check(self, document_id: str, checked: Checked, run: int) -> None:
        """Replace the flags of a stored document by those of a new check, in one transaction."""
        with self._transaction():
            self._save_flags(document_id, checked, run)

    def _place(self, extraction: Extraction, *, path: str, run: int) -> None:
        """Write the document's own row; take over from an older copy of the same paper."""
        document = extraction.document
        key, older = self._paper_key(document)
        row = {**rows.document_row(document, extraction.gaps, path=path, run=run), "paper_key": key}
        columns = [f'"{name}"' for name in row]
        renewed = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
        if older is not None:
            self._connection.execute("UPDATE documents SET paper_key = id WHERE id = ?", (older,))
        self._connection.execute(
            f"INSERT INTO documents ({', '.join(columns)}) VALUES ({_marks(row)}) "  # noqa: S608
            f"ON CONFLICT (id) DO UPDATE SET {renewed}",
            _values(row),
        )
        self._connection.execute("DELETE FROM copies WHERE id = ?", (document.id,))
        if older is not None:
            self._take_over(older, document.id)

    def _paper_key(self, document: Document) -> tuple[str, str | None]:
        """Return the document's key among the stored, and the id of the copy whose place it takes."""
        key = paper_of(document)
        mine = self._one("SELECT paper_key, title FROM documents WHERE id = ?", (document.id,))
        holder = self._one(
            "SELECT id, title FROM documents WHERE paper_key = ? AND id <> ?", (key, document.id)
        )
        if holder is None:
            return key, None
        if mine is None and _same_title(holder["title"], document.title):
            return key, str(holder["id"])
        return paper_identity("", document.id), None

    def _take_over(self, older: str, newer: str) -> None:
        execute = self._connection.execute
        execute(
            "INSERT OR REPLACE INTO copies (id, document_id, file_name, path, run_id) "
            "SELECT id, ?, file_name, path, run_id FROM documents WHERE id = ?",
            (newer, older),
        )
        for table in ("copies", *(table for table, _ in DECIDED.values())):
            execute(f"UPDATE {table} SET document_id = ? WHERE document_id = ?", (newer, older))  # noqa: S608
        execute("DELETE FROM documents WHERE id = ?", (older,))

    def _save_mentions(self, extraction: Extraction) -> None:
        document = extraction.document
        paper = self._stored_key(document.id)
        new = tuple(rows.mention_rows(document, extraction.mentions, paper))
        self._clear("mention", document.id, (str(row["id"]) for row in new))
        self._insert("mentions", new)

    def _save_claims(self, extraction: Extraction) -> None:
        document = extraction.document
        claims = {self._identity(document.id, claim.id): claim for claim in extraction.claims}
        if len(claims) < len(extraction.claims):
            raise StoreError(f"{document.file_name}: two claims have one id; report this as a fault")
        self._clear("claim", document.id, claims)
        for ordinal, (identity, claim) in enumerate(claims.items()):
            self._insert("claims", [rows.claim_row(document.id, claim, identity, ordinal)])
            self._insert(
                "claim_evidence",
                (
                    rows.evidence_row("claim", identity, document.id, number, evidence)
                    for number, evidence in enumerate(claim.evidence)
                ),
            )

    def _save_flags(self, document_id: str, checked: Checked, run: int) -> None:
        flags = {self._identity(document_id, flag.id): flag for flag in checked.flags}
        self._clear("flag", document_id, flags)
        for ordinal, (identity, flag) in enumerate(flags.items()):
            self._insert("flags", [rows.flag_row(document_id, flag, identity, ordinal)])
            self._insert(
                "flag_evidence",
                (
                    {
                        **rows.evidence_row("flag", identity, document_id, number, place.evidence),
                        "role": place.role,
                    }
                    for number, place in enumerate(flag.doubt.places)
                ),
            )
        self._insert("rule_counts", (rows.count_row(run, document_id, count) for count in checked.counts))

    def _stored_key(self, document_id: str) -> str:
        row = self._one("SELECT paper_key FROM documents WHERE id = ?", (document_id,))
        if row is None:
            raise StoreError(f"{self.path}: has no document {document_id}")
        return str(row["paper_key"])

    def _identity(self, document_id: str, identity: str) -> str:
        """Return the id of a claim or flag in this store: its own but in a second document of one DOI."""
        row = self._one("SELECT paper_key, doi FROM documents WHERE id = ?", (document_id,))
        if row is None or row["paper_key"] == paper_identity(row["doi"], document_id):
            return identity
        return distinct_id(identity, document_id)

    def _clear(self, kind: str, document_id: str, arising: Iterable[str]) -> None:
        """Delete the document's rows of that kind, but keep and mark the decided that do not arise again."""
        table, _ = DECIDED[kind]
        kept = (
            f"SELECT target_id FROM decisions WHERE target_kind = '{kind}' "  # noqa: S608
            "AND target_id NOT IN (SELECT value FROM json_each(?))"
        )
        new = json.dumps(list(arising))
        self._connection.execute(
            f"DELETE FROM {table} WHERE document_id = ? AND id NOT IN ({kept})",  # noqa: S608
            (document_id, new),
        )
        self._connection.execute(f"UPDATE {table} SET stale = 1 WHERE document_id = ?", (document_id,))  # noqa: S608

    # Reading

    def is_current(self, document_id: str, *, version: str, settings: str) -> bool:
        """Return whether the file of that hash, or a newer copy of it, is stored as this version reads it."""
        for table in ("documents", "copies"):
            row = self._one(
                f"SELECT 1 FROM {table} JOIN runs ON runs.id = {table}.run_id "  # noqa: S608
                f"WHERE {table}.id = ? AND runs.version = ? AND runs.settings = ?",
                (document_id, version, settings),
            )
            if row is not None:
                return True
        return False

    def documents(self) -> Iterator[StoredDocument]:
        """Yield the documents in the order of their file names."""
        for row in self._select(
            "SELECT id, title, doi, file_name, path, paper_key, page_count, gaps, run_id "
            "FROM documents ORDER BY file_name, id"
        ):
            yield StoredDocument(**{**dict(row), "gaps": tuple(json.loads(row["gaps"]))})

    def extraction(self, document_id: str) -> Extraction:
        """Return the stored reading of a document, exactly as it was saved.

        Raises `StoreError` where there is none or this version cannot rebuild it.
        """
        row = self._one("SELECT content FROM extractions WHERE document_id = ?", (document_id,))
        if row is None:
            raise StoreError(f"{self.path}: has no reading of document {document_id}")
        try:
            return codec.loads(
                Extraction, row["content"], (item.arguments for _, item in CLAIM_KINDS.items())
            )
        except codec.CodecError as error:
            raise StoreError(
                f"{self.path}: the reading of document {document_id} {error}; run extract --force on its file"
            ) from error

    def flags(self, *, document_id: str = "", status: Status | None = None) -> Iterator[StoredFlag]:
        """Yield flags, most severe first, then by document and in the rules' order."""
        for row in self._select(
            "SELECT flags.*, documents.file_name FROM flags JOIN documents ON documents.id = document_id "
            "WHERE (?1 = '' OR document_id = ?1) AND (?2 = '' OR status = ?2) "
            "ORDER BY severity_rank, document_id, flags.ordinal, flags.id",
            (document_id, status.value if status else ""),
        ):
            yield _flag(row)

    def flag(self, flag_id: str) -> StoredFlag | None:
        """Return the flag of that id, or None."""
        row = self._one(
            "SELECT flags.*, documents.file_name FROM flags JOIN documents ON documents.id = document_id "
            "WHERE flags.id = ?",
            (flag_id,),
        )
        return _flag(row) if row else None

    def flag_places(self, flag_id: str) -> tuple[StoredPlace, ...]:
        """Return the places of a flag in the rule's order."""
        return tuple(
            StoredPlace(
                role=row["role"],
                quote=row["quote"],
                prefix=row["prefix"],
                suffix=row["suffix"],
                page=row["page"],
                boxes=rows.read_boxes(row["boxes"]),
                cell_id=row["cell_id"] or "",
                extractor=row["extractor"],
            )
            for row in self._select(
                "SELECT * FROM flag_evidence WHERE flag_id = ? ORDER BY ordinal", (flag_id,)
            )
        )

    # Decisions

    def has_target(self, kind: str, target_id: str) -> bool:
        """Return whether there is a flag, claim or mention of that id."""
        table, _ = DECIDED[kind]
        return self._one(f"SELECT 1 FROM {table} WHERE id = ?", (target_id,)) is not None  # noqa: S608

    def current_decision(self, kind: str, target_id: str) -> Decision | None:
        """Return the decision on the target that no other supersedes, or None."""
        row = self._one(
            "SELECT * FROM current_decisions WHERE target_kind = ? AND target_id = ?", (kind, target_id)
        )
        return _decision(row) if row else None

    def decisions(self) -> Iterator[Decision]:
        """Yield all decisions in the order in which they were appended."""
        for row in self._select("SELECT * FROM decisions ORDER BY rowid"):
            yield _decision(row)

    def append_decision(self, decision: Decision) -> None:
        """Append one decision; the status of its target follows. Validation is `curate.decisions`'s.

        Raises `StoreError` where the target was decided by somebody else meanwhile.
        """
        values = rows.plain(decision)
        assert isinstance(values, dict)  # noqa: S101 - a record is an object
        try:
            with self._transaction():
                self._insert("decisions", [values])
        except sqlite3.IntegrityError as error:
            raise StoreError(f"{self.path}: {error}") from error

    # SQL

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _insert(self, table: str, new: Iterable[Row]) -> None:
        iterator = iter(new)
        first = next(iterator, None)
        if first is None:
            return
        columns = ", ".join(f'"{name}"' for name in first)
        statement = f"INSERT INTO {table} ({columns}) VALUES ({_marks(first)})"  # noqa: S608 - our names
        self._connection.execute(statement, _values(first))
        self._connection.executemany(statement, (_values(row) for row in iterator))

    def _select(self, statement: str, values: tuple[Value, ...] = ()) -> Iterator[sqlite3.Row]:
        with explained(self.path):
            yield from self._connection.execute(statement, values)

    def _one(self, statement: str, values: tuple[Value, ...]) -> sqlite3.Row | None:
        with explained(self.path):
            row: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
            return row


def _marks(row: Row) -> str:
    return ", ".join("?" * len(row))


def _values(row: Row) -> tuple[Value, ...]:
    return tuple(rows.clean(value) if isinstance(value, str) else value for value in row.values())


def _same_title(one: str, other: str) -> bool:
    first, second = (" ".join(title.casefold().split()) for title in (one, other))
    return bool(first) and first == second


def _flag(row: sqlite3.Row) -> StoredFlag:
    return StoredFlag(
        id=row["id"],
        document_id=row["document_id"],
        file_name=row["file_name"],
        rule=row["rule"],
        severity=Severity(row["severity"]),
        subject=row["subject"],
        message=row["message"],
        expected=row["expected"],
        status=Status(row["status"]),
        stale=bool(row["stale"]),
    )


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        id=row["id"],
        target_kind=row["target_kind"],
        target_id=row["target_id"],
        verdict=Verdict(row["verdict"]),
        value=row["value"],
        reason=row["reason"],
        curator=row["curator"],
        decided_at=row["decided_at"],
        supersedes=row["supersedes"],
    )
