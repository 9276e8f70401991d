"""Decisions: validated and appended, never changed.

Each curator has their own chain of decisions on each target, and another of adjudications. The status of a
target follows its newest adjudication, else its newest review; `curate.store.read_decisions.STANDING` has the rule.
"""

from __future__ import annotations

import getpass
import os

from curate.errors import DecisionError
from curate.records import Decision, Role, Status, Verdict
from curate.store import Store, now
from curate.store.decided import DECIDED
from extract.content_id import content_id


def decide(
    store: Store,
    target_kind: str,
    target_id: str,
    verdict: Verdict,
    *,
    curator: str,
    value: str = "",
    reason: str = "",
    role: Role = Role.REVIEW,
    at: str | None = None,
) -> Decision:
    """Append a decision on a flag, claim or mention and return it; it supersedes the curator's current one.

    Reopening takes the curator's own decision back. `at` is the time in ISO 8601 UTC, by default now. Raises
    `DecisionError` for an unknown target, a correction without a value, a value without a correction, a
    reopening of what the curator has not decided, or no curator; `StoreError` where the store cannot be written.
    """
    value, reason, curator = value.strip(), reason.strip(), curator.strip()
    _validate(target_kind, verdict, value=value, curator=curator)
    with store.transaction():
        if not store.has_target(target_kind, target_id):
            raise DecisionError(f"there is no {target_kind} {target_id!r} in {store.path}")
        current = store.current_decision(target_kind, target_id, curator=curator, role=role)
        if verdict is Verdict.REOPEN and status_of(current) is Status.OPEN:
            raise DecisionError(f"for {curator} the {target_kind} {target_id!r} is open already")
        supersedes = current.id if current else None
        at = at or now()
        decision = Decision(
            id=content_id(
                "decision",
                target_kind,
                target_id,
                verdict.value,
                value,
                reason,
                curator,
                at,
                supersedes or "",
                role.value,
            ),
            target_kind=target_kind,
            target_id=target_id,
            verdict=verdict,
            value=value,
            reason=reason,
            curator=curator,
            decided_at=at,
            supersedes=supersedes,
            role=role,
        )
        store.append_decision(decision)
    return decision


def undo(store: Store, decision: Decision, *, curator: str, at: str | None = None) -> Decision:
    """Append the decision that puts back what the curator had decided before `decision`, their current one.

    Raises `DecisionError` where it is another curator's, or was decided again meanwhile.
    """
    if curator.strip() != decision.curator:
        raise DecisionError(f"this is a decision of {decision.curator}, who alone can undo it; decide for yourself")
    with store.transaction():
        current = store.current_decision(
            decision.target_kind, decision.target_id, curator=decision.curator, role=decision.role
        )
        if current != decision:
            raise DecisionError(f"the {decision.target_kind} was decided again meanwhile; nothing is undone")
        before = store.decision(decision.supersedes) if decision.supersedes else None
        verdict = before.verdict if before else Verdict.REOPEN
        return decide(
            store,
            decision.target_kind,
            decision.target_id,
            verdict,
            curator=curator,
            value=before.value if before else "",
            reason=before.reason if before else "",
            role=decision.role,
            at=at,
        )


def status_of(current: Decision | None) -> Status:
    """Return the status that a decision, where it stands, gives its target."""
    if current is None:
        return Status.OPEN
    return {
        Verdict.CONFIRM: Status.CONFIRMED,
        Verdict.DISMISS: Status.DISMISSED,
        Verdict.CORRECT: Status.CORRECTED,
        Verdict.REOPEN: Status.OPEN,
    }[current.verdict]


def curator_name(given: str | None) -> str:
    """Return the curator's name: as given, else $LITCURATE_CURATOR, else the login name.

    Raises `DecisionError` where none of them says it.
    """
    name = (given or os.environ.get("LITCURATE_CURATOR", "")).strip()
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise DecisionError("who decides? give --curator NAME or set LITCURATE_CURATOR") from error


def _validate(target_kind: str, verdict: Verdict, *, value: str, curator: str) -> None:
    if target_kind not in DECIDED:
        kinds = ", ".join(sorted(DECIDED))
        raise DecisionError(f"a {target_kind!r} cannot be decided; there are: {kinds}")
    if not curator:
        raise DecisionError("who decides? give --curator NAME or set LITCURATE_CURATOR")
    if verdict is Verdict.CORRECT and not value:
        raise DecisionError("a correction needs the right value")
    if verdict is not Verdict.CORRECT and value:
        raise DecisionError(f"only a correction has a value; this is a {verdict.value}")
