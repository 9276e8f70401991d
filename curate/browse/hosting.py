"""What is used of Datasette, which has no types of its own, as protocols."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

Value: TypeAlias = str | int | float | None
Actor: TypeAlias = Mapping[str, object]


class Results(Protocol):
    """The rows of a selection."""

    rows: list[sqlite3.Row]


class Database(Protocol):
    """A database that Datasette serves; `path` is None for one in memory."""

    name: str
    route: str
    path: str | None
    is_mutable: bool

    async def execute(self, sql: str, params: Mapping[str, Value] | None = None) -> Results:
        """Return the rows of a selection with named parameters, read-only and under the time limit."""
        ...


class Urls(Protocol):
    """The addresses of Datasette's pages, under its base address."""

    def path(self, path: str) -> str:
        """Return the address of a path."""
        ...

    def database(self, database: str) -> str:
        """Return the address of a database."""
        ...


class Arguments(Protocol):
    """The arguments of a query string."""

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of that name."""
        ...


class Request(Protocol):
    """A request: `scope` is that of ASGI, with the function `csrftoken`."""

    method: str
    actor: Actor | None
    scope: Mapping[str, object]
    url_vars: Mapping[str, str]
    args: Arguments
    query_string: str

    async def post_vars(self) -> dict[str, str]:
        """Return the fields of a posted form."""
        ...


class Datasette(Protocol):
    """The application."""

    databases: dict[str, Database]
    urls: Urls

    async def ensure_permissions(self, actor: Actor | None, permissions: Sequence[object]) -> None:
        """Raise `Forbidden` where the first check that answers says no."""
        ...

    async def permission_allowed(
        self, actor: Actor | None, action: str, *, resource: str, default: bool = False
    ) -> bool:
        """Return whether the actor may."""
        ...

    def plugin_config(self, plugin_name: str, database: str | None = None) -> Mapping[str, object] | None:
        """Return the configuration of a plugin."""
        ...

    async def render_template(
        self, templates: str, context: Mapping[str, object], *, request: Request, view_name: str
    ) -> str:
        """Return a page."""
        ...
