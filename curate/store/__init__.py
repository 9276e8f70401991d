"""The store: records in, records out.

With the other modules of this room it holds all SQL but the browser's.

Each document is written in one transaction, so that a crash leaves it wholly in or wholly out. A new
reading replaces what was derived from the document and keeps every decision: a flag, claim or mention
that was decided and no longer arises stays, marked `stale`. What curators added is found again by its words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from curate.errors import StoreError
from curate.ids import paper_of
from curate.records import Checked, Decision
from curate.store import codec
from curate.store.anchoring import placed
from curate.store.connection import connect
from curate.store.copies import Saved, measure_of
from curate.store.decided import DECIDED
from curate.store.rows import document_rows, reading_rows
from curate.store.rows.shared_columns import clean
from curate.store.schema import add_arguments, make_views
from curate.store.write_additions import Adder
from curate.store.writing import marks, values
from extract.claims import CLAIM_KINDS
from extract.content_id import paper_identity
from extract.records import Arguments, Document, Extraction

# Tables of what a reading yields, in the order in which they can be emptied.
_PARTS = ("pages", "refs", "blocks", "tables")

# The claims that are kept though they no longer arise cite the same numbers of the list that was read anew.
_RELINK = """UPDATE claim_citations SET ref_id = (SELECT refs.id FROM refs WHERE refs.document_id = :document
        AND refs.number = claim_citations.number ORDER BY refs.ordinal LIMIT 1)
    WHERE ref_id IS NULL AND claim_evidence_id IN (SELECT place.id FROM claims
        JOIN claim_evidence AS place ON place.claim_id = claims.id WHERE document_id = :document AND stale)"""


def now() -> str:
    """Return the time in UTC as ISO 8601, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Store(Adder):
    """A curation store, opened with `Store.open` and closed as a context manager closes."""

    _writes = False

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False) -> Store:
        """Open the store at `path`; with `create` a missing file becomes one.

        Raises `StoreError` in one line for a file that is not SQLite, not a litcurate store, read-only, in
        use for longer than 30 seconds, or written by a newer version.
        """
        store = cls(connect(path, create=create, read_only=read_only), path)
        store._writes = not read_only
        return store

    def close(self) -> None:
        """Close the store; what was not committed is dropped, what was is moved from the log into the file itself."""
        if self._writes:
            self._writes = False
            # Committed it is already. What another program still reads the log for, or a full disk, leaves it there,
            # where the next one to open the store finds it.
            with suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Runs

    def begin_run(self, command: str, *, version: str, settings: str, at: str | None = None) -> int:
        """Record the start of a run and return its id; every registered kind of claim gets its columns and its view."""
        with self.transaction():
            for kind in CLAIM_KINDS:
                add_arguments(self._connection, _arguments(CLAIM_KINDS[kind].arguments))
            make_views(self._connection)
            cursor = self._connection.execute(
                "INSERT INTO runs (command, started_at, version, settings) VALUES (?, ?, ?, ?)",
                (command, at or now(), version, settings),
            )
        return int(cursor.lastrowid or 0)

    def finish_run(
        self, run: int, *, read: int, skipped: int = 0, failures: tuple[str, ...] = (), at: str | None = None
    ) -> None:
        """Record the end of a run: how many documents were read and skipped, and what failed."""
        with self.transaction():
            self._connection.execute(
                "UPDATE runs SET finished_at = ?, documents_read = ?, documents_skipped = ?, "
                "documents_failed = ?, failures = ? WHERE id = ?",
                (
                    at or now(),
                    read,
                    skipped,
                    len(failures),
                    clean(json.dumps(failures, ensure_ascii=False)),
                    run,
                ),
            )

    # Writing

    def save(
        self, extraction: Extraction, checked: Checked, run: int, *, path: str = "", replace: bool = False
    ) -> Saved:
        """Store one document with all that was read from it and its flags, in one transaction.

        Another copy of the file (same DOI, same title) takes the place of the stored one unless it is read less well
        (`curate.store.copies`); then it is put down as a copy, unless `replace`. Another document that prints the same
        DOI, such as a supplement, is kept beside it under ids of its own. Raises `StoreError`.
        """
        document = extraction.document
        with self.transaction():
            kept = None if replace else self._better(extraction)
            if kept is not None:
                self._insert_copy(document, kept[0], path=path, run=run)
                return Saved(kept=kept[1], lacks=kept[2])
            replaced = self._place(extraction, path=path, run=run)
            for table in _PARTS:
                self._connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document.id,))  # noqa: S608
            for table, parts in document_rows.part_rows(document):
                self._insert(table, parts)
            self._save_mentions(extraction)
            self._save_claims(extraction)
            self._save_flags(document.id, checked, run)
            self._connection.execute(
                "INSERT OR REPLACE INTO extractions (document_id, format, content) VALUES (?, ?, ?)",
                (document.id, codec.FORMAT, codec.dumps(extraction)),
            )
            self.place_additions(document, placed(tuple(self.additions(document.id)), extraction))
        return Saved(replaced=replaced)

    def save_check(self, document_id: str, checked: Checked, run: int) -> None:
        """Replace the flags of a stored document by those of a new check, in one transaction."""
        with self.transaction():
            self._save_flags(document_id, checked, run)

    def _place(self, extraction: Extraction, *, path: str, run: int) -> str:
        """Write the document's own row; take over from an older copy of the same paper and return its path."""
        document = extraction.document
        key, older = self._paper_key(document)
        row = {**document_rows.document_row(document, extraction.gaps, path=path, run=run), "paper_key": key}
        columns = [f'"{name}"' for name in row]
        renewed = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
        if older is not None:
            self._connection.execute("UPDATE documents SET paper_key = id WHERE id = ?", (older,))
        self._connection.execute(
            f"INSERT INTO documents ({', '.join(columns)}) VALUES ({marks(row)}) "  # noqa: S608
            f"ON CONFLICT (id) DO UPDATE SET {renewed}",
            values(row),
        )
        self._connection.execute("DELETE FROM copies WHERE id = ?", (document.id,))
        return self._take_over(older, document.id) if older is not None else ""

    def _better(self, extraction: Extraction) -> tuple[str, str, tuple[str, ...]] | None:
        """Return id and path of the stored copy that is read better than this one, with what this one lacks."""
        _, older = self._paper_key(extraction.document)
        stored = None if older is None else self.stored_measure(older)
        if older is None or stored is None:
            return None
        lacks = measure_of(extraction).lacks(stored)
        (path,) = self._connection.execute("SELECT path FROM documents WHERE id = ?", (older,)).fetchone()
        return (older, str(path), lacks) if lacks else None

    def _insert_copy(self, document: Document, of: str, *, path: str, run: int) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO copies (id, document_id, file_name, path, run_id) VALUES (?, ?, ?, ?, ?)",
            (document.id, of, clean(document.file_name), clean(path), run),
        )

    def _paper_key(self, document: Document) -> tuple[str, str | None]:
        """Return the document's key among the stored, and the id of the copy whose place it takes."""
        key = paper_of(document)
        mine = self._one("SELECT paper_key, title FROM documents WHERE id = ?", (document.id,))
        holder = self._one("SELECT id, title FROM documents WHERE paper_key = ? AND id <> ?", (key, document.id))
        if holder is None:
            return key, None
        if mine is None and _same_title(holder["title"], document.title):
            return key, str(holder["id"])
        return paper_identity("", document.id), None

    def _take_over(self, older: str, newer: str) -> str:
        execute = self._connection.execute
        (path,) = execute("SELECT path FROM documents WHERE id = ?", (older,)).fetchone()
        execute(
            "INSERT OR REPLACE INTO copies (id, document_id, file_name, path, run_id) "
            "SELECT id, ?, file_name, path, run_id FROM documents WHERE id = ?",
            (newer, older),
        )
        for table in ("copies", "additions", *(table for table, _ in DECIDED.values())):
            execute(f"UPDATE {table} SET document_id = ? WHERE document_id = ?", (newer, older))  # noqa: S608
        execute("DELETE FROM documents WHERE id = ?", (older,))
        return str(path)

    def _save_mentions(self, extraction: Extraction) -> None:
        document = extraction.document
        paper = self.stored_key(document.id)
        new = tuple(reading_rows.mention_rows(document, extraction.mentions, paper))
        self._clear("mention", document.id, (str(row["id"]) for row in new))
        self._insert("mentions", new)

    def _save_claims(self, extraction: Extraction) -> None:
        document = extraction.document
        identify = self.identifier(document.id)
        claims = {identify(claim.id): claim for claim in extraction.claims}
        if len(claims) < len(extraction.claims):
            raise StoreError(f"{document.file_name}: two claims have one id; report this as a fault")
        self._clear("claim", document.id, claims)
        for ordinal, (key, claim) in enumerate(claims.items()):
            # One by one: each kind of claim has columns of its own.
            add_arguments(self._connection, _arguments(type(claim.arguments)))
            self._insert("claims", [reading_rows.claim_row(document.id, claim, key, ordinal)])
        places = [
            (reading_rows.evidence_row("claim", key, document.id, number, evidence), evidence)
            for key, claim in claims.items()
            for number, evidence in enumerate(claim.evidence)
        ]
        self._insert("claim_evidence", (row for row, _ in places))
        cited = ((str(row["id"]), evidence) for row, evidence in places)
        self._insert("claim_citations", reading_rows.citation_rows(document, cited))
        self._connection.execute(_RELINK, {"document": document.id})

    def _save_flags(self, document_id: str, checked: Checked, run: int) -> None:
        identify = self.identifier(document_id)
        flags = {identify(flag.id): flag for flag in checked.flags}
        self._clear("flag", document_id, flags)
        self._insert(
            "flags",
            (
                reading_rows.flag_row(document_id, flag, key, ordinal)
                for ordinal, (key, flag) in enumerate(flags.items())
            ),
        )
        self._insert(
            "flag_evidence",
            (
                {**reading_rows.evidence_row("flag", key, document_id, number, place.evidence), "role": place.role}
                for key, flag in flags.items()
                for number, place in enumerate(flag.doubt.places)
            ),
        )
        self._connection.execute("DELETE FROM rule_counts WHERE run_id = ? AND document_id = ?", (run, document_id))
        self._insert("rule_counts", (reading_rows.count_row(run, document_id, count) for count in checked.counts))

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

    # Decisions

    def append_decision(self, decision: Decision) -> None:
        """Append one decision; the status of its target follows. `curate.review.decisions` validates it.

        Raises `StoreError` where it does not supersede the current decision on its target.
        """
        with self.transaction():
            self._insert("decisions", [reading_rows.decision_row(decision)])


def _same_title(one: str, other: str) -> bool:
    first, second = (" ".join(title.casefold().split()) for title in (one, other))
    return bool(first) and first == second


def _arguments(cls: type[Arguments]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))
