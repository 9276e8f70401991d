"""`litcurate browse` while other programs read and write the same store: every answer is right, nothing is lost."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import builders
import httpx
import pytest
from datasette.database import QueryInterrupted
from visiting import Visitor

from curate.browse import flags
from curate.store import Store

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = int(os.environ.get("LITCURATE_ROUNDS", "8"))  # of six other programs each
FLAG = builders.Ids().spelling

# What other programs do to a store, each in a process of its own that opens and closes it.
OTHERS = {
    "extract": "builders.save(store)",
    "check": "store.save_check('a' * 64, builders.checked(), store.begin_run('check', version='1', settings='{}'))",
    "review": "from curate.decisions import decide; from curate.records import Verdict; "
    "decide(store, 'flag', builders.Ids().conflict, Verdict.CONFIRM, curator='grace')",
    "export": "assert list(store.flags())",
}
SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import builders
from curate.store import Store
with Store.open(Path({path!r}), read_only={read_only}) as store:
    {work}
"""


def other(path: Path, work: str) -> subprocess.Popen[str]:
    script = SCRIPT.format(
        tests=str(ROOT / "tests" / "curate"), path=str(path), read_only=work == "export", work=OTHERS[work]
    )
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.PIPE, text=True)


@contextmanager
def browsing(path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `litcurate browse` on a store; give the address under which its pages begin."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "curate.cli", "browse", "--store", str(path), "--port", str(port), "--no-open"],
        cwd=ROOT,
        env={**os.environ, "LITCURATE_CURATOR": "ada"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.match(r"(http://127\.0\.0\.1:\d+/curation/-/)review  \(Ctrl-C ends\)$", line)
        assert address is not None, line
        yield address[1], process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def decide(client: httpx.Client, page: str, verdict: str) -> httpx.Response:
    shown = client.get(page)
    assert shown.status_code == 200, shown.text
    token = re.search(r'name="csrftoken" value="([^"]+)"', shown.text)
    seen = re.search(r'name="seen" value="([^"]*)">\s*<div class="lc-fields">', shown.text)
    assert token is not None
    form = {"csrftoken": token[1], "seen": seen[1] if seen else "", "verdict": verdict, "reason": "looked at"}
    return client.post(page, data=form)


def decisions(path: Path, curator: str) -> list[str]:
    with Store.open(path, read_only=True) as store:
        return [one.verdict.value for one in store.decisions() if one.curator == curator]


def test_decisions_are_kept_while_others_extract_check_review_and_read(store: Store) -> None:
    store.close()
    made: list[str] = []
    with browsing(store.path) as (address, server), httpx.Client(timeout=60) as client:
        for number in range(ROUNDS):
            running = [other(store.path, work) for work in OTHERS]
            # One that opens the store, looks and closes it, as the sqlite3 shell does.
            with closing(sqlite3.connect(store.path)) as shell:
                shell.execute("SELECT count(*) FROM decisions").fetchone()
            while any(process.poll() is None for process in running):
                verdict = "dismiss" if len(made) % 2 else "confirm"
                answer = decide(client, f"{address}flag/{FLAG}?status=any", verdict)
                assert answer.status_code == 303, (number, answer.text)
                made.append(verdict)
            for process in running:
                _, said = process.communicate()
                assert process.returncode == 0, said
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=30)
        assert said == ""
    assert len(made) > ROUNDS
    assert decisions(store.path, "ada") == made
    assert decisions(store.path, "grace") == ["confirm"] * ROUNDS
    with closing(sqlite3.connect(store.path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_way_on_does_not_make_an_error_of_a_stored_decision(
    curator: Visitor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that is read slowly: the next flag cannot be told, but the decision is there."""

    async def too_long(*_: object, **__: object) -> None:
        raise QueryInterrupted(sqlite3.OperationalError("interrupted"), "SELECT", {})

    page = f"/curation/-/flag/{FLAG}"
    token = curator.token(curator.get(page).text)
    monkeypatch.setattr(flags, "neighbour", too_long)
    answer = curator.post(page, {"csrftoken": token, "verdict": "confirm"})
    assert (answer.status_code, answer.headers.get("location")) == (303, page)
    assert [one.verdict for one in store.decisions()] == ["confirm"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_copy_of_the_one_file_holds_all_decisions_after_the_end(
    store: Store, tmp_path: Path, number: signal.Signals
) -> None:
    store.close()
    with browsing(store.path) as (address, server), httpx.Client(timeout=60) as client:
        for verdict in ("confirm", "dismiss", "undo"):
            assert decide(client, f"{address}flag/{FLAG}?status=any", verdict).status_code == 303
        server.send_signal(number)
        assert server.wait(timeout=30) == 0
        assert server.stderr is not None
        assert server.stderr.read() == ""
    copy = tmp_path / "copy.db"
    copy.write_bytes(store.path.read_bytes())
    assert not store.path.with_name("curation.db-wal").exists()
    assert decisions(copy, "ada") == ["confirm", "dismiss", "confirm"]


def test_no_page_opens_the_store_but_through_sqlite(curator: Visitor, store: Store) -> None:
    """Closing any other descriptor of the file would drop SQLite's locks in this process."""
    watching, opened = True, []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open" and str(arguments[0]).startswith(str(store.path)):
            opened.append(arguments[0])

    sys.addaudithook(hook)
    for page in ("review", "claims", "mentions", f"flag/{FLAG}", "results", "plots", "search"):
        assert curator.get(f"/curation/-/{page}").status_code == 200
    assert curator.get("/curation/flags").status_code == 200
    assert curator.submit(f"/curation/-/flag/{FLAG}", verdict="confirm").status_code == 303
    Store.open(store.path).close()
    assert opened == []
    store.path.read_bytes()
    assert opened, "the hook sees what it should"
    watching = False
