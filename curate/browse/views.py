"""The pages of flags: the queue, and a flag with its places and what to decide."""

from __future__ import annotations

import asyncio

from datasette.utils.asgi import NotFound, Response

from curate.browse import deciding, flags, pictures, reading
from curate.browse.access import ensure_reading, may_decide
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.pages import PAGE_SIZE, curator_of, number_of, onward, page, query, quietly, store_of
from curate.browse.rows import Counts, DecisionRow, Filters, FlagRow
from curate.browse.stores import stores
from curate.objections import against_flag

FLAG_TABLES = ("flags", "flag_evidence", "documents", "decisions", "cells", "tables")


@quietly
async def start(datasette: Datasette, request: Request) -> object:  # noqa: ARG001 - as all views
    """Lead to the queue of the first store that there is."""
    for database in stores(datasette):
        return Response.redirect(f"{datasette.urls.database(database.name)}/-/review")
    raise NotFound("None of these databases is a litcurate store")


@quietly
async def queue(datasette: Datasette, request: Request) -> object:
    """Show the flags to decide, most severe first, with counts to narrow them by."""
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, ("flags", "flag_evidence", "documents", "decisions"))
    filters = _filters(datasette, request, database)
    number = number_of(request)
    found = await flags.queue(database, filters, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    return await page(
        datasette,
        request,
        "litcurate_queue.html",
        database,
        {
            "filters": filters,
            "narrowed": _narrowed,
            "counts": await flags.counts(database, filters),
            "flags": found[:PAGE_SIZE],
            "more": len(found) > PAGE_SIZE,
            "page": number,
            "statuses": ("open", "confirmed", "corrected", "dismissed"),
            "severities": ("error", "warning", "notice"),
        },
    )


@quietly
async def flag(datasette: Datasette, request: Request) -> object:
    """Show a flag with its places, or record what the curator decided and go on to the next."""
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, FLAG_TABLES)
    shown = await flags.flag(database, request.url_vars["flag"])
    if shown is None:
        raise NotFound("There is no such flag; it may have gone with a newer reading of its document")
    outcome = deciding.Outcome()
    if request.method == "POST":
        target = deciding.Target(kind="flag", id=shown.id, against=against_flag(shown.severity))
        outcome = await deciding.decided(datasette, request, database, target)
        if not outcome.refused:
            here = f"{datasette.urls.database(database.name)}/-/flag/{shown.id}"
            following = _onward(datasette, request, database, shown, outcome)
            return Response.redirect(await onward(following, here), status=303)
    return await _flag_page(datasette, request, database, shown, outcome)


async def _onward(
    datasette: Datasette, request: Request, database: Database, here: FlagRow, outcome: deciding.Outcome
) -> str:
    """Return where to go after a decision: the next flag of the queue, or back to one that was undone."""
    filters = _filters(datasette, request, database)
    base = f"{datasette.urls.database(database.name)}/-"
    if outcome.undone:
        return f"{base}/flag/{here.id}{query(filters.pairs())}"
    following = await flags.neighbour(database, here, filters, after=True)
    if following is None:
        first = await flags.queue(database, filters, limit=2, offset=0)
        following = next((item for item in first if item.id != here.id), None)
    if following is None:
        return f"{base}/review{query(filters.pairs(), last=here.id)}"
    return f"{base}/flag/{following.id}{query(filters.pairs(), last=here.id)}"


async def _flag_page(
    datasette: Datasette, request: Request, database: Database, shown: FlagRow, outcome: deciding.Outcome
) -> object:
    filters = _filters(datasette, request, database)
    document = await reading.document(database, shown.document_id)
    assert document is not None, "a foreign key holds it"  # noqa: S101
    made = await reading.decisions(database, "flag", shown.id)
    last, by_status, before, after, next_document = await asyncio.gather(
        _last_decision(database, shown, request, filters.me),
        flags.progress(database, filters),
        flags.neighbour(database, shown, filters, after=False),
        flags.neighbour(database, shown, filters, after=True),
        flags.next_document(database, shown, filters),
    )
    return await page(
        datasette,
        request,
        "litcurate_flag.html",
        database,
        {
            "flag": shown,
            "narrowed": _narrowed,
            "document": document,
            "places": await reading.places(database, "flag", shown.id),
            "why_no_picture": await pictures.why_none(database, document),
            "decisions": made,
            "mine": deciding.current_of(made, filters.me),
            "me": filters.me,
            "against": against_flag(shown.severity),
            "counts": Counts(by_status=by_status),
            "filters": filters,
            "pairs": filters.pairs(),
            "last": last[0] if last else None,
            "last_decision": last[1] if last else None,
            "before": before,
            "after": after,
            "next_document": next_document,
            "may_decide": database.is_mutable and await may_decide(datasette, request, database.name),
            "outcome": outcome,
        },
        status=outcome.status,
    )


async def _last_decision(
    database: Database, shown: FlagRow, request: Request, me: str
) -> tuple[FlagRow, DecisionRow] | None:
    """Return the flag that the curator decided just before this page, with the decision, so that it can be undone."""
    last = await flags.flag(database, request.args.get("last") or "")
    if last is None or last.id == shown.id:
        return None
    current = deciding.current_of(await reading.decisions(database, "flag", last.id), me)
    return (last, current) if current else None


def _filters(datasette: Datasette, request: Request, database: Database) -> Filters:
    status = request.args.get("status") or "open"
    return Filters(
        document=request.args.get("document") or "",
        rule=request.args.get("rule") or "",
        severity=request.args.get("severity") or "",
        status="" if status == "any" else status,
        curator=request.args.get("curator") or "",
        words=(request.args.get("words") or "").strip(),
        me=curator_of(datasette, request, database),
    )


def _narrowed(filters: Filters, **changes: str) -> str:
    """Return the query string of the queue with some filters changed, for the templates."""
    values = {
        "document": filters.document,
        "rule": filters.rule,
        "severity": filters.severity,
        "status": filters.status,
        "curator": filters.curator,
        "words": filters.words,
        **changes,
    }
    return query(Filters(**values).pairs())
