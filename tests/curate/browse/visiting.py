"""A visitor of Datasette's pages, in this process, who keeps cookies and fills in forms as a browser does."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import datasette.database
import httpx
import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from jinja2 import FileSystemBytecodeCache

from curate.browse.server import only_from_here


@cache
def _compiled() -> tuple[FileSystemBytecodeCache, TemporaryDirectory[str]]:
    """Compiled templates, kept from one Datasette to the next: compiling is most of a first page's time."""
    folder = TemporaryDirectory(prefix="litcurate-templates-")
    return FileSystemBytecodeCache(folder.name), folder


class Visitor:
    def __init__(self, application: Datasette, *, actor: str = "") -> None:
        self.datasette = application
        application.jinja_env.bytecode_cache = _compiled()[0]
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(application.invoke_startup())
        self.cookies = {"ds_actor": application.sign({"a": {"id": actor}}, "actor")} if actor else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for database in self.datasette.databases.values():
            assert isinstance(database, Database)
            database.close()
        self._loop.close()

    def turn_to(self, path: Path) -> None:
        """Have Datasette serve another store in the place of its one, and forget the cookies."""
        (name,) = (name for name in self.datasette.databases if name != "_internal")
        old = self.datasette.get_database(name)
        self.datasette.remove_database(name)
        old.close()
        # Datasette keeps a connection for each thread under the name of the database.
        datasette.database.connections = threading.local()
        self.datasette.add_database(Database(self.datasette, path=str(path), is_mutable=True), name=path.stem)
        self.cookies = {}

    def get(self, path: str) -> httpx.Response:
        response: httpx.Response = self._loop.run_until_complete(self.datasette.client.get(path, cookies=self.cookies))
        self.cookies.update(response.cookies)
        return response

    def post(self, path: str, data: dict[str, str], *, cookies: dict[str, str] | None = None) -> httpx.Response:
        sent = self.cookies if cookies is None else cookies
        response: httpx.Response = self._loop.run_until_complete(
            self.datasette.client.post(path, data=data, cookies=sent)
        )
        return response

    def token(self, page: str) -> str:
        found = re.search(r'name="csrftoken" value="([^"]+)"', page)
        return found[1] if found else ""

    def submit(self, path: str, **fields: str) -> httpx.Response:
        """Load the page, fill in its decision form and post it."""
        page = self.get(path).text
        seen = re.search(r'name="seen" value="([^"]*)">\s*<div class="lc-fields">', page)
        form = {"csrftoken": self.token(page), "seen": seen[1] if seen else ""}
        return self.post(path, {**form, **fields})


@contextmanager
def serving(datasette: Datasette) -> Iterator[str]:
    """Serve Datasette on this machine, in a thread with an event loop of its own; give the address of its start."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(only_from_here(datasette.app()), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def text_of(html: str) -> str:
    """Return what the reader of a page sees, in one line."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())
