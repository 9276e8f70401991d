"""What is read of decisions and of what curators added, as frozen rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from curate.records import Addition, Decision, Role, Verdict
from curate.store.decided import DECIDED
from curate.store.rows.addition_rows import addition_of, mention_of
from curate.store.selecting import Selector
from extract.records import Mention, Span

# The one decision of a target that its status follows: the newest adjudication, else the newest review.
STANDING = """SELECT {columns} FROM decisions WHERE target_kind = {kind} AND target_id = {target}
        AND verdict <> 'reopen'
        AND NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id)
        ORDER BY role = 'adjudication' DESC, decisions.rowid DESC LIMIT 1"""


class DecisionReader(Selector):
    """Reads the decisions on flags, claims and mentions, and the claims and mentions that curators added."""

    def has_target(self, kind: str, target_id: str) -> bool:
        """Return whether there is a flag, claim or mention of that id."""
        table, _ = DECIDED[kind]
        return self._one(f"SELECT 1 FROM {table} WHERE id = ?", (target_id,)) is not None  # noqa: S608

    def current_decision(self, kind: str, target_id: str, *, curator: str, role: Role = Role.REVIEW) -> Decision | None:
        """Return the curator's decision of that role on the target that no later one supersedes, or None."""
        row = self._one(
            "SELECT * FROM current_decisions WHERE target_kind = ? AND target_id = ? AND curator = ? AND role = ?",
            (kind, target_id, curator, role.value),
        )
        return decision_of(row) if row else None

    def standing_decision(self, kind: str, target_id: str) -> Decision | None:
        """Return the decision that the target's status follows, or None where it is open."""
        row = self._one(STANDING.format(columns="*", kind="?", target="?"), (kind, target_id))
        return decision_of(row) if row else None

    def decisions(self) -> Iterator[Decision]:
        """Yield all decisions in the order in which they were appended."""
        for row in self.select("SELECT * FROM decisions ORDER BY rowid"):
            yield decision_of(row)

    def decisions_on(self, kind: str, target_id: str) -> Iterator[Decision]:
        """Yield all decisions on a target in the order in which they were appended."""
        for row in self.select(
            "SELECT * FROM decisions WHERE target_kind = ? AND target_id = ? ORDER BY rowid", (kind, target_id)
        ):
            yield decision_of(row)

    def decision(self, decision_id: str) -> Decision | None:
        """Return the decision of that id, or None."""
        row = self._one("SELECT * FROM decisions WHERE id = ?", (decision_id,))
        return decision_of(row) if row else None

    def additions(self, document_id: str) -> Iterator[Addition]:
        """Yield what curators added to a document, in the order in which they did."""
        for row in self.select("SELECT * FROM additions WHERE document_id = ? ORDER BY rowid", (document_id,)):
            yield addition_of(row)

    def standing_additions(self, kind: str, target_id: str) -> tuple[Addition, ...]:
        """Return the additions of a claim or mention in their order, without those that were taken back.

        Where all were, all are returned.
        """
        found = tuple(
            (addition_of(row), bool(row["stands"]))
            for row in self.select(
                "SELECT additions.*, EXISTS (SELECT 1 FROM current_decisions AS made "
                "WHERE made.target_kind = additions.target_kind AND made.target_id = additions.target_id "
                "AND made.curator = additions.curator AND made.verdict <> 'reopen') AS stands "
                "FROM additions WHERE target_kind = ? AND target_id = ? ORDER BY additions.rowid",
                (kind, target_id),
            )
        )
        return tuple(one for one, stands in found if stands) or tuple(one for one, _ in found)

    def stands(self, kind: str, target_id: str) -> bool:
        """Return whether a claim or mention is there and holds in the newest reading."""
        table, _ = DECIDED[kind]
        row = self._one(f"SELECT stale FROM {table} WHERE id = ?", (target_id,))  # noqa: S608
        return row is not None and not row["stale"]

    def added_mentions(self, document_id: str) -> tuple[Mention, ...]:
        """Return the mentions that curators added to a document, in the order of its text, those that hold."""
        rows = self.select(
            "SELECT * FROM mentions WHERE document_id = ? AND added <> '' AND stale = 0 ORDER BY span_start, id",
            (document_id,),
        )
        return tuple(mention_of(row) for row in rows)

    def is_added(self, kind: str, target_id: str) -> bool:
        """Return whether a claim or mention is there because a curator added it, not because the tool found it."""
        table, _ = DECIDED[kind]
        row = self._one(f"SELECT added FROM {table} WHERE id = ?", (target_id,))  # noqa: S608
        return row is not None and row["added"] != ""

    def is_added_at(self, mention_id: str, span: Span) -> bool:
        """Return whether that mention is one that a curator added at that place."""
        row = self._one("SELECT * FROM mentions WHERE id = ? AND added <> ''", (mention_id,))
        return row is not None and (row["span_start"], row["span_end"]) in ((span.start, span.end), (0, 0))

    def mentions_at(self, document_id: str, kind: str, span: Span) -> tuple[tuple[str, str], ...]:
        """Return the id and the standard form of the mentions of a kind that the tool found at just that place."""
        return tuple(
            (row["id"], row["normalized"])
            for row in self.select(
                "SELECT id, normalized FROM mentions WHERE document_id = ? AND kind = ? AND span_start = ? "
                "AND span_end = ? AND stale = 0 AND added = '' ORDER BY ordinal",
                (document_id, kind, span.start, span.end),
            )
        )


def decision_of(row: sqlite3.Row) -> Decision:
    """Return the decision of a row."""
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
        role=Role(row["role"]),
    )
