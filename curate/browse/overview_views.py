"""The pages over the whole store: drugs against variants, trials against endpoints, and plots."""

from __future__ import annotations

import asyncio

from curate.browse import overview, reading
from curate.browse import plots as drawing
from curate.browse.access import ensure_reading
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.page_records import DocumentRow
from curate.browse.pages import page, query, quietly, store_of

_CLAIMS = ("claims", "claim_evidence", "documents", "decisions")
_MOST_INTERVALS = 60  # in one plot


@quietly
async def responses(datasette: Datasette, request: Request) -> object:
    """Show drugs against variants: resistance, sensitivity, or both, each cell leading to its claims."""
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, _CLAIMS)
    document = await _document(database, request)
    gene = request.args.get("gene") or ""
    grid = await overview.responses(database, document=_id(document, request), gene=gene)
    return await page(
        datasette,
        request,
        "litcurate_grid.html",
        database,
        _grid_texts(request, document, grid, "Drugs against variants", ("Gene", "Variants"), "gene"),
    )


@quietly
async def results(datasette: Datasette, request: Request) -> object:
    """Show trials against endpoints, each value leading to its claim."""
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, _CLAIMS)
    document = await _document(database, request)
    trial = request.args.get("trial") or ""
    grid = await overview.results(
        database,
        document=_id(document, request),
        trial=trial,
        endpoint=request.args.get("endpoint") or "",
    )
    return await page(
        datasette,
        request,
        "litcurate_grid.html",
        database,
        _grid_texts(request, document, grid, "Trials against endpoints", ("Trial", "Arm"), "trial"),
    )


@quietly
async def plots(datasette: Datasette, request: Request) -> object:
    """Show the flags by rule and severity, and the intervals of an endpoint."""
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, (*_CLAIMS, "flags"))
    document = await _document(database, request)
    only = _id(document, request)
    endpoints, by_rule = await asyncio.gather(
        overview.endpoints(database, document=only), overview.flags_by_rule(database, document=only)
    )
    first = endpoints[0][:2] if endpoints else ("", "")
    endpoint, unit = request.args.get("endpoint") or first[0], request.args.get("unit") or first[1]
    found = await overview.intervals(database, endpoint=endpoint, unit=unit, document=only) if endpoint else []
    base, drawn = str(datasette.urls.database(database.name)), found[:_MOST_INTERVALS]
    layouts = (drawing.WIDE, drawing.NARROW)
    return await page(
        datasette,
        request,
        "litcurate_plots.html",
        database,
        {
            "document": document,
            "bars": [drawing.bars(by_rule, layout) for layout in layouts] if by_rule else [],
            "forest": [drawing.forest(drawn, unit, base, layout) for layout in layouts] if drawn else [],
            "left_out": max(0, len(found) - _MOST_INTERVALS),
            "endpoints": endpoints,
            "endpoint": endpoint,
            "unit": unit,
        },
    )


async def _document(database: Database, request: Request) -> DocumentRow | None:
    asked = request.args.get("document") or ""
    return await reading.document(database, asked) if asked else None


def _id(document: DocumentRow | None, request: Request) -> str:
    """Return the id of the document that the page is narrowed to; one that is not there narrows to nothing."""
    return document.id if document else request.args.get("document") or ""


def _grid_texts(
    request: Request,
    document: DocumentRow | None,
    grid: overview.Grid,
    title: str,
    heads: tuple[str, str],
    narrowed_by: str,
) -> dict[str, object]:
    """Return what the page of a table of claims shows; `narrowed_by` is the parameter that its first head sets."""
    return {
        "grid": grid,
        "title": title,
        "heads": heads,
        "chosen": request.args.get(narrowed_by) or "",
        "document": document,
        "where": lambda row: query(**{narrowed_by: row[0]}, document=_id(document, request)),
        "most": overview.MOST_CLAIMS,
    }
