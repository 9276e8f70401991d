"""`litcurate browse`: Datasette on one store, for the one user of this machine.

It answers on the loopback address alone, without SQL of the visitor's own; decisions are written by the plugin's pages.
"""

from __future__ import annotations

import re
import socket
import webbrowser
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import TypeAlias

import click
import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from curate.browse import plugin
from curate.browse.pages import policy
from curate.errors import StoreError
from curate.review.decisions import curator_name
from curate.run.interrupts import terminated_as_interrupted
from curate.store import Store

HOST = "127.0.0.1"
_HERE = re.compile(r"(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?", re.IGNORECASE)
# Datasette's own pages hold scripts of their own; those of litcurate send a stricter policy (`curate.browse.pages`).
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", policy("'unsafe-inline'").encode()),
)
_PLUGIN = "litcurate"
_PATIENCE = 5  # seconds that requests under way have when the server is ended

Scope: TypeAlias = MutableMapping[str, object]
Message: TypeAlias = MutableMapping[str, object]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


def serve(store: Path, *, port: int | None, open_browser: bool) -> None:
    """Serve a store on this machine until interrupted, and print its address.

    `port` None takes any free one. Raises `StoreError` for what is not a store, or a port that is taken.
    """
    Store.open(store, read_only=True).close()
    datasette = application(store, curator=curator_name(None))
    with _listen(port) as listening:
        chosen = int(listening.getsockname()[1])
        database = datasette.get_database()
        address = f"http://{HOST}:{chosen}{datasette.urls.database(database.name)}/-/review"
        click.echo(f"{address}  (Ctrl-C ends)")
        if open_browser:
            # A moment later, when the server answers.
            Timer(0.7, webbrowser.open, (address,)).start()
        config = uvicorn.Config(
            only_from_here(datasette.app()),
            host=HOST,
            port=chosen,
            log_level="warning",
            lifespan="on",
            timeout_graceful_shutdown=_PATIENCE,
        )
        # Uvicorn ends in good order, then raises the signal again, for whoever called it.
        try:
            with suppress(KeyboardInterrupt), terminated_as_interrupted():
                uvicorn.Server(config).run(sockets=[listening])
        finally:
            _close(datasette, store)


def _close(datasette: Datasette, store: Path) -> None:
    """Close all connections, then move what was decided from the log into the store itself.

    Datasette's own connections may only read, so the last of them would leave the log behind.
    """
    if datasette.executor is not None:
        datasette.executor.shutdown()
    for database in datasette.databases.values():
        database.close()
    Store.open(store).close()


def application(store: Path, *, curator: str) -> Datasette:
    """Return Datasette on a store, its flags to be decided by whoever reaches it, under that name."""
    register()
    return Datasette(
        [str(store)],
        metadata={
            "title": "litcurate",
            "plugins": {_PLUGIN: {"decide": True, "curator": curator}},
        },
        # Any page elsewhere can have a browser send a query here, and a query can take gigabytes.
        settings={"default_cache_ttl": 0, "default_allow_sql": False},
    )


def register() -> None:
    """Give Datasette the plugin where it has not found it itself (it does where litcurate is installed)."""
    if not pm.is_registered(plugin):
        pm.register(plugin, name=_PLUGIN)


def _listen(port: int | None) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port or 0))
        listening.listen()
    except OSError as error:
        listening.close()
        raise StoreError(f"port {port}: cannot be used ({error.strerror}); choose another --port") from error
    return listening


def only_from_here(app: Application) -> Application:
    """Refuse requests under another name than this machine's, and send headers that hold browsers to this server.

    A page elsewhere can have its own name resolve to 127.0.0.1 (DNS rebinding) and would then read and
    decide as the user; its requests still carry that name in `Host`.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _guarded_headers(message)}
            await send(message)

        if scope["type"] == "http" and not _is_here(scope):
            start = {"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]}
            await send_guarded(start)
            await send({"type": "http.response.body", "body": b"This store is served to this machine alone.\n"})
            return
        await app(scope, receive, send_guarded)

    return guarded


def _is_here(scope: Mapping[str, object]) -> bool:
    headers = scope.get("headers")
    assert isinstance(headers, list)  # noqa: S101 - as ASGI says
    hosts = [value.decode("latin-1") for key, value in headers if key == b"host"]
    return len(hosts) == 1 and _HERE.fullmatch(hosts[0]) is not None


def _guarded_headers(message: Message) -> list[tuple[bytes, bytes]]:
    headers = message.get("headers")
    assert isinstance(headers, list)  # noqa: S101 - as ASGI says
    found = [(bytes(name).lower(), bytes(value)) for name, value in headers]
    there = {name for name, _ in found}
    # No script reads a cookie, so that none needs to.
    found = [
        (name, value + b"; HttpOnly" if name == b"set-cookie" and b"httponly" not in value.lower() else value)
        for name, value in found
    ]
    return [*found, *((name, value) for name, value in _HEADERS if name not in there)]
