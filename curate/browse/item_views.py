"""The pages of claims and of mentions: their queue, and one with its places and what to decide."""

from __future__ import annotations

from datasette.utils.asgi import NotFound, Response

from curate.browse import deciding, items, pictures, reading
from curate.browse.access import ensure_reading, may_decide
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.pages import PAGE_SIZE, curator_of, number_of, onward, page, query, quietly, store_of
from curate.browse.rows import DecisionRow, FlagRow, ItemFilters, ItemRow
from curate.objections import against_claim

_TABLES = {
    "claim": (
        "claims",
        "claim_evidence",
        "claim_citations",
        "refs",
        "flags",
        "documents",
        "decisions",
        "additions",
        "cells",
        "tables",
    ),
    "mention": ("mentions", "flags", "documents", "decisions", "additions", "cells", "tables"),
}


@quietly
async def queue(datasette: Datasette, request: Request) -> object:
    """Show the claims or mentions to decide, by kind, document by document."""
    database = store_of(datasette, request)
    of = request.url_vars["of"]
    await ensure_reading(datasette, request, database.name, _TABLES[of])
    filters = _filters(request)
    number = number_of(request)
    found = await items.queue(database, of, filters, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    return await page(
        datasette,
        request,
        "litcurate_items.html",
        database,
        {
            "of": of,
            "filters": filters,
            "narrowed": _narrowed,
            "document": await reading.document(database, filters.document) if filters.document else None,
            "items": found[:PAGE_SIZE],
            "more": len(found) > PAGE_SIZE,
            "page": number,
            "tallies": await items.tallies(database, of, filters),
        },
    )


@quietly
async def item(datasette: Datasette, request: Request) -> object:
    """Show a claim or mention with its places, or record what the curator decided and go on to the next."""
    database = store_of(datasette, request)
    of = request.url_vars["of"]
    await ensure_reading(datasette, request, database.name, _TABLES[of])
    shown = await items.item(database, of, request.url_vars["item"])
    if shown is None:
        raise NotFound(f"There is no such {of}; it may have gone with a newer reading of its document")
    flags = await items.flags_over(database, of, shown.id, shown.document_id)
    outcome = deciding.Outcome()
    if request.method == "POST":
        target = deciding.Target(kind=of, id=shown.id, against=_against(of, flags))
        outcome = await deciding.decided(datasette, request, database, target)
        if not outcome.refused:
            here = f"{datasette.urls.database(database.name)}/-/{of}/{shown.id}"
            following = _onward(datasette, request, database, shown, outcome)
            return Response.redirect(await onward(following, here), status=303)
    return await _item_page(datasette, request, database, shown, flags, outcome)


def _against(of: str, flags: list[FlagRow]) -> dict[str, str]:
    return against_claim(flag.severity for flag in flags) if of == "claim" else {}


async def _onward(
    datasette: Datasette, request: Request, database: Database, here: ItemRow, outcome: deciding.Outcome
) -> str:
    filters = _filters(request)
    base = f"{datasette.urls.database(database.name)}/-"
    if outcome.undone:
        return f"{base}/{here.target}/{here.id}{query(filters.pairs())}"
    following = await items.neighbour(database, here, filters, after=True)
    if following is None:
        first = await items.queue(database, here.target, filters, limit=2, offset=0)
        following = next((found for found in first if found.id != here.id), None)
    if following is None:
        return f"{base}/{here.target}s{query(filters.pairs(), last=here.id)}"
    return f"{base}/{here.target}/{following.id}{query(filters.pairs(), last=here.id)}"


async def _item_page(
    datasette: Datasette,
    request: Request,
    database: Database,
    shown: ItemRow,
    flags: list[FlagRow],
    outcome: deciding.Outcome,
) -> object:
    filters = _filters(request)
    document = await reading.document(database, shown.document_id)
    assert document is not None, "a foreign key holds it"  # noqa: S101
    me = curator_of(datasette, request, database)
    made = await reading.decisions(database, shown.target, shown.id)
    last = await _last_decision(database, shown, request, me)
    return await page(
        datasette,
        request,
        "litcurate_item.html",
        database,
        {
            "item": shown,
            "document": document,
            "places": await reading.places(database, shown.target, shown.id),
            "why_no_picture": await pictures.why_none(database, document),
            "flags": flags,
            "additions": await reading.additions(database, shown.target, shown.id),
            "decisions": made,
            "mine": deciding.current_of(made, me),
            "me": me,
            "against": _against(shown.target, flags),
            "filters": filters,
            "pairs": filters.pairs(),
            "last": last[0] if last else None,
            "last_decision": last[1] if last else None,
            "before": await items.neighbour(database, shown, filters, after=False),
            "after": await items.neighbour(database, shown, filters, after=True),
            "next_document": await items.next_document(database, shown, filters),
            "may_decide": database.is_mutable and await may_decide(datasette, request, database.name),
            "outcome": outcome,
        },
        status=outcome.status,
    )


async def _last_decision(
    database: Database, shown: ItemRow, request: Request, me: str
) -> tuple[ItemRow, DecisionRow] | None:
    last = await items.item(database, shown.target, request.args.get("last") or "")
    if last is None or last.id == shown.id:
        return None
    current = deciding.current_of(await reading.decisions(database, shown.target, last.id), me)
    return (last, current) if current else None


def _filters(request: Request) -> ItemFilters:
    status = request.args.get("status") or "open"
    return ItemFilters(
        document=request.args.get("document") or "",
        kind=request.args.get("kind") or "",
        status="" if status == "any" else status,
    )


def _narrowed(filters: ItemFilters, **changes: str) -> str:
    """Return the query string of the queue with some filters changed, for the templates."""
    values = {"document": filters.document, "kind": filters.kind, "status": filters.status, **changes}
    return query(ItemFilters(**values).pairs())
