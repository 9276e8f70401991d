"""`litcurate browse`: what it refuses, and that it answers this machine alone."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from datasette.app import Datasette

from curate.browse.server import application, only_from_here, register, serve
from curate.errors import StoreError
from curate.store import Store

ROOT = Path(__file__).resolve().parents[3]


def test_what_is_not_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store"):
        serve(tmp_path / "none.db", port=None, open_browser=False)
    text = tmp_path / "notes.db"
    text.write_text("not a database")
    with pytest.raises(StoreError, match="not a SQLite file"):
        serve(text, port=None, open_browser=False)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE flags (id)")
    connection.close()
    with pytest.raises(StoreError, match="not a litcurate store"):
        serve(other, port=None, open_browser=False)


def test_a_port_that_is_taken_is_one_line(store: Store) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=rf"^port {port}: cannot be used \(.*\); choose another --port$"):
            serve(store.path, port=port, open_browser=False)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8001", 302),
        ("localhost:8001", 302),
        ("LOCALHOST", 302),
        ("evil.example:8001", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
        ("localhost:evil", 421),
        ("localhost:", 421),
        ("127.0.0.1:8001:8001", 421),
        ("localhost:8001@evil.example", 421),
        ("localhost.", 421),
        ("127.0.0.1:8001\n", 421),
    ],
)
def test_only_this_machine_is_answered(store: Store, host: str, status: int) -> None:
    async def ask() -> int:
        datasette = application(store.path, curator="ada")
        transport = httpx.ASGITransport(app=only_from_here(datasette.app()))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            response = await client.get("/-/litcurate", headers={"host": host})
        datasette.get_database().close()
        return response.status_code

    assert asyncio.run(ask()) == status


def test_it_prints_the_address_serves_and_ends(store: Store) -> None:
    code = (
        "from pathlib import Path; from curate.browse.server import serve; "
        f"serve(Path({str(store.path)!r}), port=None, open_browser=False)"
    )
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code],
        cwd=ROOT,
        env={**os.environ, "LITCURATE_CURATOR": "ada"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        address = re.match(r"(http://127\.0\.0\.1:\d+/curation/-/review)  \(Ctrl-C ends\)$", line)
        assert address is not None, line
        page = httpx.get(address[1], timeout=20)
        assert page.status_code == 200
        assert "0 of 2 decided" in page.text
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        assert "Traceback" not in process.stderr.read()


def test_every_answer_holds_the_browser_to_this_server(store: Store) -> None:
    async def ask() -> list[httpx.Response]:
        datasette = application(store.path, curator="ada")
        transport = httpx.ASGITransport(app=only_from_here(datasette.app()))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            paths = ("/curation/-/claims", "/curation/flags", "/curation/flags.json", "/", "/none", "/-/static/app.css")
            found = [await client.get(path) for path in paths]
            found.append(await client.get("/curation/-/review", headers={"host": "evil.example"}))
            found.append(await client.get("/-/allow-debug"))
        datasette.get_database().close()
        return found

    answers = asyncio.run(ask())
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff", answer.url
        said = answer.headers["content-security-policy"]
        assert "default-src 'self'" in said
        assert "frame-ancestors 'none'" in said
    assert "unsafe-inline" not in answers[0].headers["content-security-policy"].partition("style-src")[0]
    for cookie in (value for answer in answers for value in answer.headers.get_list("set-cookie")):
        assert "httponly" in cookie.lower()


def test_no_value_of_gigabytes_is_made(store: Store) -> None:
    async def ask() -> list[httpx.Response]:
        register()
        datasette = Datasette([str(store.path)])
        asked = ("select printf('%.*c', 900000000, 'x')", "select length(zeroblob(900000000))", "select 1")
        found = [await datasette.client.get("/curation.json", params={"sql": sql}) for sql in asked]
        datasette.get_database().close()
        return found

    large, blob, small = asyncio.run(ask())
    assert len(large.text) < 10_000, "SQLite gives nothing for it"
    assert "too big" in blob.text
    assert small.json()["rows"] == [[1]]


def test_browse_takes_no_sql_but_answers_the_ready_made_questions(store: Store) -> None:
    async def ask() -> list[int]:
        datasette = application(store.path, curator="ada")
        await datasette.invoke_startup()
        names = await datasette.get_canned_queries("curation", None)
        assert names
        paths = ["/curation?sql=select+1", "/curation/flags?_where=1", *(f"/curation/{name}" for name in names)]
        found = [(await datasette.client.get(path)).status_code for path in paths]
        datasette.get_database().close()
        return found

    own, where, *ready_made = asyncio.run(ask())
    assert own == 403
    assert where in (200, 403)
    assert set(ready_made) == {200}
