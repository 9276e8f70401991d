"""The Datasette plugin: it serves the review pages of litcurate stores and leaves other databases alone.

It is a package, not a module, because Datasette looks for a plugin's templates beside a package.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable

from datasette.utils import actor_matches_allow
from markupsafe import Markup
from pluggy import HookimplMarker

from curate.browse import (
    document_views,
    finding,
    item_views,
    marking_views,
    overview_views,
    pages,
    pictures,
    table_cells,
    views,
)
from curate.browse.access import DECIDE, decide_block
from curate.browse.hosting import Actor, Datasette
from curate.browse.metadata import DatabaseTexts, database_metadata
from curate.browse.metadata import canned_queries as queries_of
from curate.browse.stores import is_store, stores

LONGEST_VALUE = 4 << 20  # bytes: a text of 1,000 pages has some 3 million

hookimpl = HookimplMarker("datasette")


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, dict[str, DatabaseTexts]]:
    """Describe the tables and columns of each store."""
    return {
        "databases": {
            store.name: database_metadata(store, str(datasette.urls.database(store.name)))
            for store in stores(datasette)
        }
    }


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, str | bool]]:
    """Offer the ready-made questions about a store."""
    found = datasette.databases[database]
    return queries_of(found) if is_store(found) else {}


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Bound what SQL makes of a store: one value of some gigabytes would take the machine's memory."""
    if database in datasette.databases and is_store(datasette.databases[database]):
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[object]]]]:
    """Serve the review pages."""
    store = r"/(?P<database>[^/]+)/-"
    return [
        (r"/-/litcurate$", views.start),
        (r"/-/litcurate/(?P<name>review\.(?:css|js)|mark\.js)$", pages.asset),
        (rf"{store}/review$", views.queue),
        (rf"{store}/flag/(?P<flag>[0-9a-f]+)$", views.flag),
        (rf"{store}/(?P<of>claim|mention)s$", item_views.queue),
        (rf"{store}/(?P<of>claim|mention)/(?P<item>[0-9a-f]+)$", item_views.item),
        (rf"{store}/document/(?P<document>[0-9a-f]+)$", document_views.document),
        (rf"{store}/document/(?P<document>[0-9a-f]+)/(?P<page>[0-9]{{1,6}})\.png$", pictures.of_page),
        (rf"{store}/document/(?P<document>[0-9a-f]+)/(?P<page>[0-9]{{1,6}})/words\.json$", marking_views.words),
        (rf"{store}/document/(?P<document>[0-9a-f]+)/mark$", marking_views.mark),
        (
            rf"{store}/document/(?P<document>[0-9a-f]+)/mark/(?P<start>[0-9]{{1,9}})-(?P<end>[0-9]{{1,9}})"
            r"/(?P<page>[0-9]{1,6})\.png$",
            marking_views.picture,
        ),
        (
            rf"{store}/place/(?:(?P<of>claim|mention)/)?(?P<place>[0-9a-f]+)/(?P<page>[0-9]{{1,6}})\.png$",
            pictures.of_place,
        ),
        (rf"{store}/responses$", overview_views.responses),
        (rf"{store}/results$", overview_views.results),
        (rf"{store}/plots$", overview_views.plots),
        (rf"{store}/search$", finding.search),
    ]


@hookimpl
def permission_allowed(datasette: Datasette, actor: Actor | None, action: str, resource: str) -> bool | None:
    """Let those decide whom the configuration names, and the root user; nobody else."""
    if action != DECIDE:
        return None
    if actor is not None and actor.get("id") == "root":
        return True
    return bool(actor_matches_allow(actor, decide_block(datasette.plugin_config("litcurate", database=resource))))


@hookimpl
def render_cell(
    row: sqlite3.Row, value: object, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | None:
    """Show names for ids, labels for severities, boxes in short."""
    if not is_store(datasette.databases[database]):
        return None
    keys = {key: row[key] for key in row.keys()}  # noqa: SIM118 - a sqlite3.Row iterates over values
    return table_cells.cell(str(datasette.urls.database(database)), table, column, value, keys)


@hookimpl
def extra_css_urls(database: str | None, datasette: Datasette) -> list[str]:
    """Give the pages of a store, and those about all databases where all are stores, the sober looks."""
    shown = [item for name, item in datasette.databases.items() if name != "_internal"]
    if database is not None:
        shown = [item for item in shown if item.name == database]
    return [pages.asset_path("review.css")] if shown and all(map(is_store, shown)) else []


@hookimpl
def database_actions(datasette: Datasette, database: str) -> list[dict[str, str]]:
    """Lead from a store to its review."""
    if not is_store(datasette.databases[database]):
        return []
    return [{"href": f"{datasette.urls.database(database)}/-/review", "label": "Review the flags"}]


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """Lead from every page to the review of each store."""
    return [
        {"href": f"{datasette.urls.database(store.name)}/-/review", "label": f"Review {store.name}"}
        for store in stores(datasette)
    ]
