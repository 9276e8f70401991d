"""The pages on which a curator marks what the tool missed: the words of a page, a mark, and its saving."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from datasette.utils.asgi import NotFound, Response

from curate import page_images
from curate.browse import access, contents, marked_page, pictures, reading
from curate.browse.access import ensure_reading, may_decide
from curate.browse.deciding import Outcome, sentence
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.page_records import DocumentRow, PageRow
from curate.browse.pages import curator_of, page, query, quietly, store_of
from curate.errors import DecisionError, StoreError
from curate.marking import Marker
from curate.records import Decision
from curate.review.additions import add_claim, add_mention
from curate.review.claim_forms import arguments
from curate.store import Store
from extract.records import Span

_TABLES = ("documents", "pages", "extractions", "mentions", "claims", "claim_evidence", "additions")
_SIDES = 4  # of a rectangle
_LONGEST_NUMBER = 9  # digits of an offset
_KEPT = {"Cache-Control": "private, no-store"}


@quietly
async def words(datasette: Datasette, request: Request) -> object:
    """Serve the words of a page with their places, as JSON."""
    database, document = await _document(datasette, request)
    number = int(request.url_vars["page"])
    sheet = await contents.page(database, document.id, number)
    if sheet is None:
        raise NotFound("There is no such page")
    marker = await _marker(database, document)
    corner = await pictures.corner(database, document, number)
    return Response.json({"page": number, "words": marked_page.words(marker, sheet, corner)}, headers=_KEPT)


@quietly
async def picture(datasette: Datasette, request: Request) -> object:
    """Serve the picture of a mark with its surroundings."""
    database, document = await _document(datasette, request)
    marker = await _marker(database, document)
    span = Span(start=int(request.url_vars["start"]), end=int(request.url_vars["end"]))
    boxes = marker.boxes(span) if span.start < span.end and marker.trimmed(span) else ()
    number = int(request.url_vars["page"])
    if not any(box.page == number for box in boxes):
        raise NotFound("Nothing is marked on that page")
    asked = request.args.get("extent") or ""
    extent = page_images.Extent(asked) if asked in set(page_images.Extent) else page_images.Extent.LINE
    return await pictures.png(database, document, page_images.Picture(page=number, boxes=boxes, extent=extent))


@quietly
async def mark(datasette: Datasette, request: Request) -> object:
    """Show a mark with what it could be, or add what the curator says that it is and show that."""
    database, document = await _document(datasette, request)
    outcome = Outcome()
    if request.method == "POST":
        form = await request.post_vars()
        await access.ensure_deciding(datasette, request, database.name, form.get("csrftoken", ""))
        curator = access.curator(datasette, request, database.name)
        outcome, made = await _added(database, document, form, curator)
        if made is not None:
            address = f"{datasette.urls.database(database.name)}/-/{made.target_kind}/{made.target_id}"
            return Response.redirect(f"{address}{query(document=document.id, status='any')}", status=303)
    marker = await _marker(database, document)
    sheet, shown = await _shown(database, document, marker, request, outcome.form)
    return await page(
        datasette,
        request,
        "litcurate_mark.html",
        database,
        {
            "document": document,
            "number": sheet.number if sheet else (shown.pages[0] if shown and shown.pages else 1),
            "mark": shown,
            "there": await contents.over(database, document.id, shown.span.start, shown.span.end) if shown else [],
            "outcome": outcome,
            "form": outcome.form,
            "me": curator_of(datasette, request, database),
            "why_no_picture": await pictures.why_none(database, document),
            "may_decide": database.is_mutable and await may_decide(datasette, request, database.name),
        },
        status=outcome.status if shown else 404,
    )


async def _document(datasette: Datasette, request: Request) -> tuple[Database, DocumentRow]:
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, _TABLES)
    document = await reading.document(database, request.url_vars["document"])
    if document is None:
        raise NotFound("There is no such document in this store")
    return database, document


async def _marker(database: Database, document: DocumentRow) -> Marker:
    try:
        return await asyncio.to_thread(marked_page.marker_of, Path(database.path or ""), document.id)
    except StoreError as error:
        raise NotFound(sentence(error)) from error


async def _shown(
    database: Database, document: DocumentRow, marker: Marker, request: Request, form: Mapping[str, str]
) -> tuple[PageRow | None, marked_page.Shown | None]:
    """Return the mark that the address or the form asks for, None where no words are there.

    It is `start` and `end`, or `box`: left, top, right and bottom in percent of the picture of the page `page`.
    """
    given = {name: form.get(name) or request.args.get(name) or "" for name in ("start", "end", "page", "box")}
    spans: tuple[Span, ...] = ()
    sheet = None
    if given["box"] and not form:
        sheet = await contents.page(database, document.id, _whole(given["page"]))
        percents = _percents(given["box"])
        if sheet is not None and percents:
            corner = await pictures.corner(database, document, sheet.number)
            covered = marker.covered(marked_page.rectangle(sheet, corner, percents))
            spans = marked_page.together(covered) if covered else ()
    else:
        asked = Span(start=_whole(given["start"]), end=_whole(given["end"]))
        spans = (asked,) if asked.start < asked.end and marker.trimmed(asked) else ()
    if not spans:
        return sheet, None
    return sheet, await asyncio.to_thread(marked_page.shown, marker, spans[0], spans[1:])


async def _added(
    database: Database, document: DocumentRow, form: dict[str, str], curator: str
) -> tuple[Outcome, Decision | None]:
    if not database.is_mutable:
        return Outcome(refused="This store was opened as one that does not change.", status=409, form=form), None
    try:
        return Outcome(), await asyncio.to_thread(_write, Path(database.path or ""), document.id, form, curator)
    except DecisionError as error:
        return Outcome(refused=sentence(error), status=400, form=form), None
    except StoreError as error:
        return Outcome(refused=sentence(error), status=503, form=form), None


def _write(path: Path, document_id: str, form: Mapping[str, str], curator: str) -> Decision:
    marker = marked_page.marker_of(path, document_id)
    span = Span(start=_whole(form.get("start", "")), end=_whole(form.get("end", "")))
    # Browsers send the line ends of a field as CR and LF.
    if " ".join(form.get("quote", "").split()) != " ".join(marker.document.text[span.start : span.end].split()):
        raise DecisionError("the document was read again meanwhile; mark the words again")
    reason = form.get("reason", "")
    with Store.open(path) as store:
        if form.get("claim"):
            made = arguments(marker, span, form["claim"], form)
            return add_claim(store, marker, span, form["claim"], made, curator=curator, reason=reason)
        kind, _, normalized = form.get("mention", "").partition("|")
        if not kind:
            raise DecisionError("choose what the marked words are")
        return add_mention(store, marker, span, kind, normalized, curator=curator, reason=reason)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0


def _percents(text: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        return ()
    return numbers if len(numbers) == _SIDES and all(abs(number) <= 1000 for number in numbers) else ()
