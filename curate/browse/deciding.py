"""The recording of what a curator decides on the page of a flag, claim or mention."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from curate.browse import access
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.page_records import DecisionRow
from curate.errors import DecisionError, StoreError
from curate.records import Decision, Role, Verdict
from curate.review.decisions import decide, undo
from curate.store import Store

UNDO = "undo"
WISHES = (Verdict.CONFIRM, Verdict.DISMISS, Verdict.CORRECT, UNDO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is decided; `against` says by verdict why a reason is asked for, where it goes against the tool."""

    kind: str
    id: str
    against: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a form: `refused` says why nothing was recorded; `form` keeps what was typed."""

    refused: str = ""
    undone: bool = False
    status: int = 200
    form: dict[str, str] = field(default_factory=dict)


class _MeanwhileError(Exception):
    """The curator decided after the page was loaded, on another page."""


async def decided(datasette: Datasette, request: Request, database: Database, target: Target) -> Outcome:
    """Record the decision that the posted form holds.

    Raises `Forbidden` where the visitor may not decide or the form is not this server's.
    """
    form = await request.post_vars()
    await access.ensure_deciding(datasette, request, database.name, form.get("csrftoken", ""))
    curator = access.curator(datasette, request, database.name)
    if not database.is_mutable:
        return Outcome(refused="This store was opened as one that does not change.", status=409, form=form)
    wish = form.get("verdict", "")
    if wish not in WISHES:
        return Outcome(refused="Choose one of confirm, dismiss, correct and undo.", status=400, form=form)
    if wish in target.against and not form.get("reason", "").strip():
        return Outcome(refused=f"{target.against[wish]} Say why, in a few words.", status=400, form=form)
    try:
        await asyncio.to_thread(_write, Path(database.path or ""), target, wish, form, curator)
    except _MeanwhileError as error:
        return Outcome(refused=str(error), status=409, form=form)
    except DecisionError as error:
        return Outcome(refused=sentence(error), status=400, form=form)
    except StoreError as error:
        return Outcome(refused=sentence(error), status=503, form=form)
    return Outcome(undone=wish == UNDO)


def current_of(decisions: Sequence[DecisionRow], curator: str) -> DecisionRow | None:
    """Return the curator's own decision that none replaces, whatever it says; None where they made none."""
    mine = (item for item in decisions if item.curator == curator and item.role == Role.REVIEW and not item.replaced)
    return next(mine, None)


def sentence(error: Exception) -> str:
    """Return what is the matter as a sentence for the page."""
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _write(path: Path, target: Target, wish: str, form: Mapping[str, str], curator: str) -> None:
    with Store.open(path) as store, store.transaction():
        current = store.current_decision(target.kind, target.id, curator=curator)
        # `seen` is the curator's decision that the page showed; a form without it (a script's) takes what there is.
        seen = form.get("seen")
        if seen is not None and seen != (current.id if current else ""):
            raise _MeanwhileError(f"Decided meanwhile by {curator}; look again. Nothing was recorded.")
        if wish == UNDO:
            _undo(store, current, target, curator)
            return
        verdict = Verdict(wish)
        value = form.get("value", "") if verdict is Verdict.CORRECT else ""
        decide(store, target.kind, target.id, verdict, value=value, reason=form.get("reason", ""), curator=curator)


def _undo(store: Store, current: Decision | None, target: Target, curator: str) -> None:
    if current is None:
        raise DecisionError(f"there is nothing to undo on this {target.kind} for {curator}")
    undo(store, current, curator=curator)
