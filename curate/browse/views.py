"""The review pages: the queue of flags, a flag with its places, a document, and pictures of places.

Each page checks what the visitor may see before it reads, and answers 'not found' for a database that is
not a store.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from functools import cache, wraps
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlencode

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from curate import images
from curate.browse import deciding, flags, reading
from curate.browse.access import ensure_reading, may_decide
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.rows import Counts, DecisionRow, DocumentRow, Filters, FlagRow, PlaceRow
from curate.browse.stores import stores

View: TypeAlias = Callable[[Datasette, Request], Awaitable[object]]

PAGE_SIZE = 50
# A page with decisions is kept by nobody and shown in no other site's frame.
_HEADERS = {"Cache-Control": "private, no-store", "Content-Security-Policy": "frame-ancestors 'none'"}
_ASSETS = {"review.css": "text/css; charset=utf-8", "review.js": "text/javascript; charset=utf-8"}
_FLAG_TABLES = ("flags", "flag_evidence", "documents", "decisions", "cells", "tables")


def _quietly(view: View) -> View:
    """Answer 'not found' as a page; Datasette would also print the trace of each to the terminal."""

    @wraps(view)
    async def answer(datasette: Datasette, request: Request) -> object:
        try:
            return await view(datasette, request)
        except NotFound as error:
            context = {"title": "Not found", "error": str(error)}
            html = await datasette.render_template("error.html", context, request=request, view_name="litcurate")
            return Response.html(html, status=404)

    return answer


@_quietly
async def start(datasette: Datasette, request: Request) -> object:  # noqa: ARG001 - as all views
    """Lead to the queue of the first store that there is."""
    for database in stores(datasette):
        return Response.redirect(f"{datasette.urls.database(database.name)}/-/review")
    raise NotFound("None of these databases is a litcurate store")


async def asset(request: Request) -> object:
    """Serve the style sheet and the script."""
    name = request.url_vars["name"]
    return Response(_asset(name), content_type=_ASSETS[name], headers={"Cache-Control": "max-age=31536000, immutable"})


@cache
def _asset(name: str) -> str:
    return files("curate.browse").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def asset_path(name: str) -> str:
    """Return the path of the style sheet or script, which changes with its content."""
    return f"/-/litcurate/{name}?{hashlib.sha256(_asset(name).encode()).hexdigest()[:8]}"


@_quietly
async def queue(datasette: Datasette, request: Request) -> object:
    """Show the flags to decide, most severe first, with counts to narrow them by."""
    database = _store(datasette, request)
    await ensure_reading(datasette, request, database.name, ("flags", "flag_evidence", "documents"))
    filters = _filters(request)
    counts = await flags.counts(database, filters)
    asked = request.args.get("page") or "1"
    page = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    found = await flags.queue(database, filters, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE)
    return await _page(
        datasette,
        request,
        "litcurate_queue.html",
        database,
        {
            "filters": filters,
            "counts": counts,
            "flags": found[:PAGE_SIZE],
            "more": len(found) > PAGE_SIZE,
            "page": page,
            "statuses": ("open", "confirmed", "corrected", "dismissed"),
            "severities": ("error", "warning", "notice"),
        },
    )


@_quietly
async def flag(datasette: Datasette, request: Request) -> object:
    """Show a flag with its places, or record what the curator decided and go on to the next."""
    database = _store(datasette, request)
    await ensure_reading(datasette, request, database.name, _FLAG_TABLES)
    shown = await flags.flag(database, request.url_vars["flag"])
    if shown is None:
        raise NotFound("There is no such flag; it may have gone with a newer reading of its document")
    if request.method == "POST":
        outcome = await deciding.decided(datasette, request, database, shown)
        if not outcome.refused:
            return Response.redirect(await _onward(datasette, request, database, shown, outcome), status=303)
        return await _flag_page(datasette, request, database, shown, outcome)
    return await _flag_page(datasette, request, database, shown, deciding.Outcome())


async def _onward(
    datasette: Datasette, request: Request, database: Database, here: FlagRow, outcome: deciding.Outcome
) -> str:
    """Return where to go after a decision: the next flag of the queue, or back to one that was undone."""
    filters = _filters(request)
    base = f"{datasette.urls.database(database.name)}/-"
    if outcome.undone:
        return f"{base}/flag/{here.id}{_query(filters)}"
    following = await flags.neighbour(database, here, filters, after=True)
    if following is None:
        first = await flags.queue(database, filters, limit=1, offset=0)
        following = next((item for item in first if item.id != here.id), None)
    if following is None:
        return f"{base}/review{_query(filters, last=here.id)}"
    return f"{base}/flag/{following.id}{_query(filters, last=here.id)}"


async def _flag_page(
    datasette: Datasette, request: Request, database: Database, shown: FlagRow, outcome: deciding.Outcome
) -> object:
    filters = _filters(request)
    document = await reading.document(database, shown.document_id)
    assert document is not None, "a foreign key holds it"  # noqa: S101
    last = await _last_decision(database, shown, request)
    places = await reading.places(database, shown.id)
    why_no_picture = await asyncio.to_thread(_why_no_picture, database, document)
    return await _page(
        datasette,
        request,
        "litcurate_flag.html",
        database,
        {
            "flag": shown,
            "document": document,
            "places": places,
            "why_no_picture": why_no_picture,
            "decisions": await reading.decisions(database, shown.id),
            "counts": Counts(by_status=await flags.progress(database, filters)),
            "filters": filters,
            "last": last[0] if last else None,
            "last_decision": last[1] if last else None,
            "before": await flags.neighbour(database, shown, filters, after=False),
            "after": await flags.neighbour(database, shown, filters, after=True),
            "next_document": await flags.next_document(database, shown, filters),
            "may_decide": database.is_mutable and await may_decide(datasette, request, database.name),
            "outcome": outcome,
        },
        status=outcome.status,
    )


async def _last_decision(database: Database, shown: FlagRow, request: Request) -> tuple[FlagRow, DecisionRow] | None:
    """Return the flag that was decided just before this page, with its decision, so that it can be undone."""
    last = await flags.flag(database, request.args.get("last") or "")
    if last is None or last.id == shown.id:
        return None
    made = await reading.decisions(database, last.id)
    return (last, made[-1]) if made else None


@_quietly
async def document(datasette: Datasette, request: Request) -> object:
    """Show a document: its flags, its tables with the flagged cells marked, and its text."""
    database = _store(datasette, request)
    await ensure_reading(datasette, request, database.name, (*_FLAG_TABLES, "blocks"))
    shown = await reading.document(database, request.url_vars["document"])
    if shown is None:
        raise NotFound("There is no such document in this store")
    return await _page(
        datasette,
        request,
        "litcurate_document.html",
        database,
        {
            "document": shown,
            "flags": await flags.of_document(database, shown.id),
            "tables": await reading.tables(database, shown.id),
            "blocks": await reading.blocks(database, shown.id),
        },
    )


@_quietly
async def picture(datasette: Datasette, request: Request) -> object:
    """Serve the picture of a place on one of its pages; `extent` says how much of the page."""
    database = _store(datasette, request)
    await ensure_reading(datasette, request, database.name, _FLAG_TABLES)
    found = await reading.place(database, request.url_vars["place"])
    if found is None:
        raise NotFound("There is no such place")
    place, document = found
    number = int(request.url_vars["page"])
    if number not in place.pages:
        raise NotFound("The place is not on that page")
    asked = request.args.get("extent") or ""
    usual = images.Extent.WIDTH if place.cell_id else images.Extent.LINE
    extent = images.Extent(asked) if asked in set(images.Extent) else usual
    wanted = images.Picture(page=number, boxes=place.boxes, extent=extent)
    try:
        png = await asyncio.to_thread(_draw, database, document, wanted)
    except images.ImageError as error:
        raise NotFound(str(error)) from error
    return Response(png, content_type="image/png", headers={"Cache-Control": "private, max-age=300"})


def _draw(database: Database, document: DocumentRow, wanted: images.Picture) -> bytes:
    return images.render(_pdf(database, document), document.id, wanted)


def _pdf(database: Database, document: DocumentRow) -> Path:
    return images.find_pdf(document.path, document.id, Path(database.path or ""))


def _why_no_picture(database: Database, document: DocumentRow) -> str:
    try:
        _pdf(database, document)
    except images.ImageError as error:
        return str(error)
    return ""


def _store(datasette: Datasette, request: Request) -> Database:
    route = tilde_decode(request.url_vars["database"])
    for database in stores(datasette):
        if database.route == route:
            return database
    raise NotFound("There is no litcurate store of that name")


def _filters(request: Request) -> Filters:
    status = request.args.get("status") or "open"
    return Filters(
        document=request.args.get("document") or "",
        rule=request.args.get("rule") or "",
        severity=request.args.get("severity") or "",
        status="" if status == "any" else status,
    )


def _query(filters: Filters, **more: str) -> str:
    pairs = [*filters.pairs(), *((name, value) for name, value in more.items() if value)]
    return f"?{urlencode(pairs)}" if pairs else ""


def _narrowed(filters: Filters, **changes: str) -> str:
    """Return the query string of the queue with some filters changed, for the templates."""
    values = {
        "document": filters.document,
        "rule": filters.rule,
        "severity": filters.severity,
        "status": filters.status,
        **changes,
    }
    return _query(Filters(**values))


def _picture_path(base: str, place: PlaceRow, page: int) -> str:
    return f"{base}/-/place/{place.id}/{page}.png"


async def _page(
    datasette: Datasette,
    request: Request,
    template: str,
    database: Database,
    context: dict[str, object],
    *,
    status: int = 200,
) -> object:
    base = str(datasette.urls.database(database.name))
    shared = {
        "database": database.name,
        "base": base,
        "query": _query,
        "narrowed": _narrowed,
        "picture_path": _picture_path,
        "script": datasette.urls.path(asset_path("review.js")),
    }
    html = await datasette.render_template(template, {**shared, **context}, request=request, view_name="litcurate")
    return Response.html(html, status=status, headers=_HEADERS)
