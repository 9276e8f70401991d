"""The page of a document: its text beside the page it stands on, its tables, references and flags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from datasette.utils.asgi import NotFound

from curate.browse import contents, flags, pictures, reading
from curate.browse.access import ensure_reading, may_decide
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.page_records import DocumentRow, MarkRow, PageRow
from curate.browse.pages import number_of, page, quietly, store_of
from curate.browse.views import FLAG_TABLES

_SHOWN = ("text", "tables", "references", "flags")
_AT_A_TIME = {"tables": 10, "references": 100, "flags": 50}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A box of a mention on the picture of its page, in percent of the picture's width and height."""

    mark: MarkRow
    first: bool
    left: float
    top: float
    width: float
    height: float


@quietly
async def document(datasette: Datasette, request: Request) -> object:
    """Show a page of a document with every mention, or its tables, references or flags, some at a time."""
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, (*FLAG_TABLES, "blocks", "pages", "mentions", "refs"))
    shown = await reading.document(database, request.url_vars["document"])
    if shown is None:
        raise NotFound("There is no such document in this store")
    asked = request.args.get("show") or "text"
    part = asked if asked in _SHOWN else "text"
    number = number_of(request)
    context = await (_text(database, shown, number) if part == "text" else _list(database, shown, part, number))
    return await page(
        datasette,
        request,
        "litcurate_document.html",
        database,
        {
            "document": shown,
            "sizes": await contents.sizes(database, shown.id),
            "show_part": part,
            "page": number,
            "may_decide": database.is_mutable and await may_decide(datasette, request, database.name),
            **context,
        },
    )


async def _list(database: Database, shown: DocumentRow, part: str, number: int) -> dict[str, object]:
    size = _AT_A_TIME[part]
    start = (number - 1) * size
    found: Sequence[object]
    if part == "tables":
        found = await contents.tables(database, shown.id, limit=size + 1, offset=start)
    elif part == "references":
        found = await contents.references(database, shown.id, limit=size + 1, offset=start)
    else:
        found = await flags.of_document(database, shown.id, limit=size + 1, offset=start)
    return {part: found[:size], "more": len(found) > size}


async def _text(database: Database, shown: DocumentRow, number: int) -> dict[str, object]:
    sheet = await contents.page(database, shown.id, number)
    if sheet is None and shown.page_count:
        raise NotFound(f"This document has no page {number}")
    marks = await contents.marks(database, shown.id, number)
    why = await pictures.why_none(database, shown)
    corner = (0.0, 0.0) if why else await pictures.corner(database, shown, number)
    here = [mark for mark in marks if any(box.page == number for box in mark.boxes)]
    return {
        "sheet": sheet,
        "blocks": await contents.blocks(database, shown.id, number, marks),
        "tables": await contents.tables(database, shown.id, number=number),
        "kinds": sorted(Counter(mark.kind for mark in here).items()),
        "overlays": overlays(sheet, here, corner) if sheet else [],
        "why_no_picture": why,
        "more": number < shown.page_count,
    }


def overlays(sheet: PageRow, marks: Sequence[MarkRow], corner: tuple[float, float]) -> list[Overlay]:
    """Return the boxes of the mentions on a page, those of the longest first, so that nested ones lie on top."""
    left, top = corner
    width, height = max(sheet.width, 1.0), max(sheet.height, 1.0)
    return [
        Overlay(
            mark=mark,
            first=at == 0,
            left=round((box.x0 - left) / width * 100, 3),
            top=round((box.top - top) / height * 100, 3),
            width=round((box.x1 - box.x0) / width * 100, 3),
            height=round((box.bottom - box.top) / height * 100, 3),
        )
        for mark in sorted(marks, key=lambda mark: mark.start - mark.end)
        for at, box in enumerate(box for box in mark.boxes if box.page == sheet.number)
    ]
