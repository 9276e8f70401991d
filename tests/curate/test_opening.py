"""Stores that are made, left or taken away by several programs at once."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import builders
import pytest
from click.testing import CliRunner

from curate.cli import main
from curate.decisions import decide
from curate.errors import StoreError
from curate.opening import log_of, settle
from curate.records import Verdict
from curate.store import Store

ROOT = Path(__file__).resolve().parents[2]
CRASH = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import builders
from curate.decisions import decide
from curate.records import Verdict
from curate.store import Store
store = Store.open(Path({path!r}))
decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="ada")
os.kill(os.getpid(), signal.SIGKILL)
"""


def crash(path: Path) -> None:
    """Decide in another process, which is killed with the store open."""
    script = CRASH.format(tests=str(ROOT / "tests" / "curate"), path=str(path))
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert run.returncode == -signal.SIGKILL
    assert log_of(path).stat().st_size


def decided(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as raw:
        return int(raw.execute("SELECT count(*) FROM decisions").fetchone()[0])


@pytest.mark.parametrize("command", [["check"], ["agreement"], ["export", "flags"]])
def test_what_a_crash_left_beside_the_store_is_put_into_it_and_said(store: Store, command: list[str]) -> None:
    store.close()
    crash(store.path)
    assert decided(store.path) == 0, "the decision is in the log alone"
    for said in ("1 line", "nothing"):
        run = CliRunner().invoke(main, [*command, "--store", str(store.path)])
        assert run.exit_code == 0, run.output
        lines = [line for line in run.stderr.splitlines() if "ended without closing it" in line]
        assert len(lines) == (said == "1 line")
        assert all("curation.db-wal and is now in the store itself" in line for line in lines)
        assert decided(store.path) == 1


def test_the_log_of_a_store_in_use_is_left_alone(store: Store) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="ada")
    assert log_of(store.path).stat().st_size
    code = f"from pathlib import Path; from curate.opening import settle; print(settle(Path({str(store.path)!r})))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
    decide(store, "flag", builders.Ids().spelling, Verdict.CONFIRM, curator="ada")
    assert len(list(store.decisions())) == 2


def test_another_programs_log_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("CREATE TABLE recipes (id)")
        raw.commit()
        for name in ("other.db", "other.db-wal"):
            shutil.copyfile(tmp_path / name, tmp_path / f"left-{name}")
    left = tmp_path / "left-other.db"
    assert not settle(left)


def test_a_closed_store_is_one_file_though_another_reads_it(store: Store) -> None:
    with Store.open(store.path, read_only=True) as reader:
        assert len(list(reader.flags())) == 2
        decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="ada")
        store.close()
        assert decided(store.path) == 1


def _make(path: Path, start: multiprocessing.synchronize.Barrier, answers: multiprocessing.Queue[str]) -> None:
    try:
        start.wait()
        with Store.open(path, create=True) as store:
            store.begin_run("extract", version="1", settings="{}")
        answers.put("")
    except (StoreError, sqlite3.Error) as error:
        answers.put(str(error))


def test_programs_that_make_one_store_at_once_all_get_it(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    for number in range(15):
        path = tmp_path / f"{number}.db"
        start, answers = context.Barrier(4), context.Queue()
        makers = [context.Process(target=_make, args=(path, start, answers)) for _ in range(4)]
        for maker in makers:
            maker.start()
        said = [answers.get(timeout=60) for _ in makers]
        for maker in makers:
            maker.join()
        assert said == [""] * 4
        with Store.open(path) as store:
            assert len(list(store.runs())) == 4


def gone(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def replaced(path: Path) -> None:
    shutil.copyfile(path, path.with_name("new.db"))
    path.with_name("new.db").replace(path)


@pytest.mark.skipif(os.name == "nt", reason="a file in use cannot be removed there")
@pytest.mark.parametrize("take_away", [gone, moved, replaced])
def test_nothing_is_said_to_be_stored_in_a_file_that_was_taken_away(store: Store, take_away: object) -> None:
    assert callable(take_away)
    take_away(store.path)
    with pytest.raises(StoreError, match="was removed or replaced while it was in use"):
        builders.save(store)
    with pytest.raises(StoreError, match="was removed or replaced"):
        decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="ada")
    assert not list(store.decisions())


@pytest.mark.parametrize("special", ["/dev/zero", "fifo"])
def test_what_is_no_file_is_no_store(tmp_path: Path, special: str) -> None:
    path = Path(special)
    if special == "fifo":
        path = tmp_path / "fifo"
        os.mkfifo(path)
    with pytest.raises(StoreError, match="is no file, so not a store"):
        Store.open(path, create=True)
