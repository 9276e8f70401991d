"""What the review pages share: the store of an address, query strings, headers, style and script.

Each page checks what the visitor may see before it reads, and answers 'not found' for a database that is
not a store.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, wraps
from importlib.resources import files
from typing import TypeAlias
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, NotFound, Response

from curate.browse import access
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.page_records import PlaceRow
from curate.browse.stores import is_older, stores
from extract.mentions.entity_kinds import ENTITY_KINDS

View: TypeAlias = Callable[[Datasette, Request], Awaitable[object]]

PAGE_SIZE = 50
_TOO_LONG = (
    "This takes longer than the server gives a page. Narrow it to a document, or start Datasette with a higher "
    "sql_time_limit_ms."
)
_UNREADABLE = "SQLite says: {}. Load the page again; if that does not help, end what else writes the store."
_LONGEST_NUMBER = 6  # digits of a page's number
_ASSETS = {
    "review.css": "text/css; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "mark.js": "text/javascript; charset=utf-8",
}


def policy(scripts: str) -> str:
    """Return a Content-Security-Policy: all from this server, shown in no frame; `scripts` are allowed besides."""
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@cache
def _headers() -> dict[str, str]:
    """Return the headers of a page with decisions: kept by nobody, shown in no other site's frame.

    The one script within the page is Datasette's, which closes open menus; it is allowed by its hash.
    """
    menus = files("datasette").joinpath("templates", "_close_open_menus.html").read_text(encoding="utf-8")
    within = menus.partition("<script>")[2].rpartition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(within.encode()).digest()).decode()
    return {
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": policy(f"'sha256-{digest}'"),
        "X-Content-Type-Options": "nosniff",
    }


class OlderStoreError(Exception):
    """A store that lacks what the pages read, because an older litcurate wrote it."""


def quietly(view: View) -> View:
    """Answer as a page what is no fault of litcurate; Datasette prints traces, too.

    That is: what is not found, an older store, a selection over the time limit, a store that cannot be read now.
    """

    @wraps(view)
    async def answer(datasette: Datasette, request: Request) -> object:
        try:
            return await view(datasette, request)
        except NotFound as error:
            title, said, status = "Not found", str(error), 404
        except OlderStoreError as error:
            title, said, status = "An older store", str(error), 503
        except QueryInterrupted:
            title, said, status = "Too much to select", _TOO_LONG, 503
        except sqlite3.DatabaseError as error:
            if not is_of_the_store(error):
                raise
            title, said, status = "The store cannot be read now", _UNREADABLE.format(error), 503
        context = {"title": title, "error": said}
        html = await datasette.render_template("error.html", context, request=request, view_name="litcurate")
        return Response.html(html, status=status, headers=_headers())

    return answer


def is_of_the_store(error: sqlite3.DatabaseError) -> bool:
    """Return whether the store's state, not the statement, is what SQLite complains of: in use, damaged, gone."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF != sqlite3.SQLITE_ERROR


async def onward(following: Awaitable[str], otherwise: str) -> str:
    """Return where to go after a decision; where that cannot be told now, `otherwise`: the decision is stored."""
    try:
        return await following
    except QueryInterrupted:
        return otherwise
    except sqlite3.DatabaseError as error:
        if not is_of_the_store(error):
            raise
        return otherwise


async def asset(request: Request) -> object:
    """Serve the style sheet and the script."""
    name = request.url_vars["name"]
    return Response(_asset(name), content_type=_ASSETS[name], headers={"Cache-Control": "max-age=31536000, immutable"})


@cache
def _asset(name: str) -> str:
    text = files("curate.browse").joinpath("assets", name).read_text(encoding="utf-8")
    return text + _colours() if name == "review.css" else text


def _colours() -> str:
    """Return the rules that colour each kind of mention, as its own file says."""
    kinds = [(f".lc-k-{name.replace(' ', '-')}", kind) for name, kind in ENTITY_KINDS.items()]
    light = "\n".join(f"{css} {{ --lc-of: {kind.light}; }}" for css, kind in kinds)
    dark = "\n".join(f"  {css} {{ --lc-of: {kind.dark}; }}" for css, kind in kinds)
    return f"\n/* Kinds of mentions */\n{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


@cache
def asset_path(name: str) -> str:
    """Return the path of the style sheet or script, which changes with its content."""
    return f"/-/litcurate/{name}?{hashlib.sha256(_asset(name).encode()).hexdigest()[:8]}"


def store_of(datasette: Datasette, request: Request) -> Database:
    """Return the store that the address names; raises `NotFound` where it names none, `OlderStoreError`."""
    route = tilde_decode(request.url_vars["database"])
    for database in stores(datasette):
        if database.route == route:
            if is_older(database):
                path = database.path
                raise OlderStoreError(
                    f"An older litcurate wrote this store; `litcurate check --store {path}` brings it up to date."
                )
            return database
    raise NotFound("There is no litcurate store of that name")


def number_of(request: Request, name: str = "page") -> int:
    """Return the page number that the query string asks for: 1 where it holds none, or no number."""
    asked = request.args.get(name) or "1"
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_NUMBER else 1


def query(pairs: Mapping[str, str] | tuple[tuple[str, str], ...] = (), **more: str) -> str:
    """Return a query string of the pairs that are not empty, with its question mark."""
    given = tuple(pairs.items()) if isinstance(pairs, Mapping) else pairs
    there = [(name, value) for name, value in (*given, *more.items()) if value]
    return f"?{urlencode(there)}" if there else ""


def picture_path(base: str, place: PlaceRow, page: int) -> str:
    """Return the address of the picture of a place on one of its pages."""
    of = "" if place.of == "flag" else f"{place.of}/"
    return f"{base}/-/place/{of}{place.id}/{page}.png"


def curator_of(datasette: Datasette, request: Request, database: Database) -> str:
    """Return the name under which the visitor decides, empty where they have none."""
    try:
        return access.curator(datasette, request, database.name)
    except Forbidden:
        return ""


async def page(
    datasette: Datasette,
    request: Request,
    template: str,
    database: Database,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> object:
    """Return a page of a store; the context adds to what all of them have."""
    shared = {
        "database": database.name,
        "base": str(datasette.urls.database(database.name)),
        "query": query,
        "picture_path": picture_path,
        "script": datasette.urls.path(asset_path("review.js")),
        "mark_script": datasette.urls.path(asset_path("mark.js")),
        "here": request.url_vars,
    }
    html = await datasette.render_template(template, {**shared, **context}, request=request, view_name="litcurate")
    return Response.html(html, status=status, headers=_headers())
