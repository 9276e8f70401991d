"""The part of a `Store` that writes what curators add, and the rows that follow from it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from curate.records import Addition
from curate.store.anchoring import Placed
from curate.store.decided import DECIDED
from curate.store.rows import reading_rows
from curate.store.rows.addition_rows import added_claim_row, added_mention_row, addition_row
from curate.store.schema import add_arguments
from curate.store.writing import Writer
from extract.records import Document


class Adder(Writer):
    """Writes additions."""

    def append_addition(self, addition: Addition) -> None:
        """Append one addition, after the decision that it came with; `curate.review.additions` validates it."""
        with self.transaction():
            self._insert("additions", [addition_row(addition)])

    def place_additions(self, document: Document, all_placed: Iterable[Placed]) -> None:
        """Replace the document's rows that follow from additions; their status, and whether they hold, follow.

        What the tool found itself is not shown twice: of the same id its row stands for both, of the same kind and
        place the added row is marked `found`.
        """
        with self.transaction():
            for table in ("mentions", "claims"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE document_id = ? AND added <> ''",  # noqa: S608 - our names
                    (document.id,),
                )
            for one in all_placed:
                self.place_addition(document, one)

    def place_addition(self, document: Document, one: Placed) -> None:
        """Write the row that follows from an addition, unless the tool found the same itself."""
        table, _ = DECIDED[one.target_kind]
        with self.transaction():
            there = self._one(f"SELECT stale FROM {table} WHERE id = ?", (one.target_id,))  # noqa: S608
            if there is not None and not there["stale"]:
                return
            # A row that the tool no longer finds gives way to what a curator marked.
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (one.target_id,))  # noqa: S608
            if one.target_kind == "claim":
                self._place_claim(document, one)
                return
            beside = self._beside(document.id, one)
            self._insert("mentions", [added_mention_row(document.id, one, beside["ordinal"], found=beside["found"])])

    def _place_claim(self, document: Document, one: Placed) -> None:
        add_arguments(self._connection, json.loads(json.loads(one.content)["arguments"]))
        self._insert("claims", [added_claim_row(document.id, one, self._last_ordinal(document.id))])
        place = reading_rows.evidence_row("claim", one.target_id, document.id, 0, one.evidence)
        self._insert("claim_evidence", [place])
        self._insert("claim_citations", reading_rows.citation_rows(document, [(str(place["id"]), one.evidence)]))

    def _last_ordinal(self, document_id: str) -> int:
        row = self._one("SELECT max(ordinal) AS last FROM claims WHERE document_id = ?", (document_id,))
        return int(row["last"] or 0) if row else 0

    def _beside(self, document_id: str, one: Placed) -> sqlite3.Row:
        """Return the ordinal of the tool's mention before a place, and whether the tool has one of the kind there."""
        span = one.evidence.span
        row = self._one(
            "SELECT coalesce(max(ordinal) FILTER (WHERE span_start <= :start), 0) AS ordinal, "
            "coalesce(max(kind = :kind AND span_start = :start AND span_end = :end), 0) AS found "
            "FROM mentions WHERE document_id = :document AND stale = 0 AND added = ''",
            {"document": document_id, "kind": one.kind, "start": span.start, "end": span.end},
        )
        assert row is not None, "an aggregate has a row"  # noqa: S101
        return row
