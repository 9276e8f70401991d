"""The pictures of the pages: of a place with its surroundings, and of a whole page to lay mentions over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from datasette.utils.asgi import NotFound, Response

from curate import page_images
from curate.browse import contents, reading
from curate.browse.access import ensure_reading
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.page_records import DocumentRow
from curate.browse.pages import quietly, store_of

_TABLES = ("documents", "cells", "tables")
_SHOWN = {"flag": ("flags", "flag_evidence"), "claim": ("claims", "claim_evidence"), "mention": ("mentions",)}


@quietly
async def of_place(datasette: Datasette, request: Request) -> object:
    """Serve the picture of a place on one of its pages; `extent` says how much of the page."""
    database = store_of(datasette, request)
    of = request.url_vars.get("of") or "flag"
    await ensure_reading(datasette, request, database.name, (*_TABLES, *_SHOWN[of]))
    found = await reading.place(database, of, request.url_vars["place"])
    if found is None:
        raise NotFound("There is no such place")
    place, document = found
    number = int(request.url_vars["page"])
    if number not in place.pages:
        raise NotFound("The place is not on that page")
    asked = request.args.get("extent") or ""
    usual = page_images.Extent.WIDTH if place.cell_id else page_images.Extent.LINE
    extent = page_images.Extent(asked) if asked in set(page_images.Extent) else usual
    return await png(database, document, page_images.Picture(page=number, boxes=place.boxes, extent=extent))


@quietly
async def of_page(datasette: Datasette, request: Request) -> object:
    """Serve the picture of a page of a document."""
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, ("documents", "pages"))
    document = await reading.document(database, request.url_vars["document"])
    number = int(request.url_vars["page"])
    if document is None or await contents.page(database, document.id, number) is None:
        raise NotFound("There is no such page")
    return await png(database, document, page_images.Picture(page=number, boxes=(), extent=page_images.Extent.PAGE))


async def why_none(database: Database, document: DocumentRow) -> str:
    """Return why no picture of the document's pages can be shown, empty where it can."""
    return await asyncio.to_thread(_said, lambda: _pdf(database, document))


async def corner(database: Database, document: DocumentRow, number: int) -> tuple[float, float]:
    """Return the x0 and top, in points, that a box in the corner of the page's picture has: not 0 on some pages."""
    try:
        return await asyncio.to_thread(lambda: page_images.corner(_pdf(database, document), document.id, number))
    except page_images.ImageError:
        return (0.0, 0.0)


async def png(database: Database, document: DocumentRow, wanted: page_images.Picture) -> object:
    """Serve a picture of a document; raise `NotFound` where its PDF cannot be shown."""
    try:
        png = await asyncio.to_thread(lambda: page_images.render(_pdf(database, document), document.id, wanted))
    except page_images.ImageError as error:
        raise NotFound(str(error)) from error
    return Response(png, content_type="image/png", headers={"Cache-Control": "private, max-age=300"})


def _pdf(database: Database, document: DocumentRow) -> Path:
    return page_images.find_pdf(document.path, document.id, Path(database.path or ""))


def _said(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except page_images.ImageError as error:
        return str(error)
    return ""
