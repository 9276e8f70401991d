"""The recording of what a curator decides on a flag's page."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from curate.browse import access
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.rows import FlagRow
from curate.decisions import decide, undo
from curate.errors import DecisionError, StoreError
from curate.records import Verdict
from curate.store import Store

UNDO = "undo"
WISHES = (Verdict.CONFIRM, Verdict.DISMISS, Verdict.CORRECT, UNDO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a form: `refused` says why nothing was recorded; `form` keeps what was typed."""

    refused: str = ""
    undone: bool = False
    status: int = 200
    form: dict[str, str] = field(default_factory=dict)


class _MeanwhileError(Exception):
    """Somebody else decided the flag after the page was loaded."""


async def decided(datasette: Datasette, request: Request, database: Database, flag: FlagRow) -> Outcome:
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
    try:
        await asyncio.to_thread(_write, Path(database.path or ""), flag.id, wish, form, curator)
    except _MeanwhileError as error:
        return Outcome(refused=str(error), status=409, form=form)
    except DecisionError as error:
        return Outcome(refused=_sentence(error), status=400, form=form)
    except StoreError as error:
        return Outcome(refused=_sentence(error), status=503, form=form)
    return Outcome(undone=wish == UNDO)


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _write(path: Path, flag_id: str, wish: str, form: dict[str, str], curator: str) -> None:
    with Store.open(path) as store:
        newest = store.newest_decision("flag", flag_id)
        # `seen` is the decision that the page showed; a form without it (a script's) takes what there is.
        seen = form.get("seen")
        if seen is not None and seen != (newest.id if newest else ""):
            by = newest.curator if newest else "somebody"
            raise _MeanwhileError(f"Decided meanwhile by {by}; look again. Nothing was recorded.")
        if wish == UNDO:
            current = store.current_decision("flag", flag_id, curator=curator)
            if current is None:
                raise DecisionError(f"there is nothing to undo on this flag for {curator}")
            undo(store, current, curator=curator)
            return
        verdict = Verdict(wish)
        value = form.get("value", "") if verdict is Verdict.CORRECT else ""
        decide(store, "flag", flag_id, verdict, value=value, reason=form.get("reason", ""), curator=curator)
