"""The processes that read: each ends with its task, with its limit, and with whoever started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import laughs, line, pages_of

from curate.engine import Ended, results
from curate.store import Store

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # seconds until what does not come is a failure


def by_name(task: str) -> str:
    if task == "dies":
        os._exit(3)
    if task == "is killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "hangs":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGTERM})
        time.sleep(3600)
    if task == "greedy":
        try:
            return str(len(bytearray(1 << 45)))
        except MemoryError:
            return "refused"
    return f"{task} done in {os.getpid()}"


def test_each_task_has_its_own_end_and_the_others_are_done_in_order() -> None:
    tasks = ["a", "dies", "b", "is killed", "hangs", "c", "greedy", "d"]
    found = list(results(tasks, by_name, jobs=2, seconds=0.3))
    assert [task for task, _ in found] == tasks
    ends = {task: result.why for task, result in found if isinstance(result, Ended)}
    assert ends == {
        "dies": "the process that read it died (status 3: out of memory, or a fault in a library)",
        "is killed": "the process that read it died (signal 9: out of memory, or a fault in a library)",
        "hangs": "took longer than 0.3 s; give it more with --document-seconds",
    }
    said = dict(found)
    assert [str(said[task]).startswith(f"{task} done") for task in "abcd"] == [True] * 4
    assert said["greedy"] == "refused"


def test_one_task_is_done_in_another_process_too() -> None:
    ((_, said),) = results(["a"], by_name, jobs=4)
    assert isinstance(said, str)
    assert not said.endswith(f" {os.getpid()}")


def test_nothing_runs_on_when_nobody_asks_any_more() -> None:
    answers = results(["a", "hangs", "hangs"], by_name, jobs=2)
    next(answers)
    running = children(os.getpid())
    assert running
    answers.close()  # type: ignore[attr-defined]
    assert not [one for one in running if alive(one) and "spawn_main" in command(one)]


def children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                state = (path / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(state[1]) == parent:
                found.append(int(path.name))
    return found


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: object) -> bool:
    assert callable(true)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def endless(tmp_path: Path) -> Iterator[Path]:
    """A folder of three files, each of which takes longer than anybody waits."""
    for name in "abc":
        data = pages_of(f"{line(name)}/X Do\n", resources="/XObject << /X 100 0 R >>", more=laughs(40))
        (tmp_path / f"{name}.pdf").write_bytes(data)
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("files", ["all", "one"])
def test_no_process_outlives_the_extraction_that_started_it(endless: Path, number: signal.Signals, files: str) -> None:
    store = endless / "curation.db"
    place = endless if files == "all" else endless / "a.pdf"
    asked = [sys.executable, "-m", "curate.cli", "extract", str(place), "--store", str(store), "--jobs", "2"]
    with subprocess.Popen(asked, cwd=ROOT, stderr=subprocess.PIPE, text=True) as extract:
        workers = 2 if files == "all" else 1

        def reading() -> list[int]:
            found = [one for one in children(extract.pid) if "spawn_main" in command(one)]
            return found if len(found) == workers else []

        assert until(reading)
        time.sleep(1)
        started = children(extract.pid)
        assert len(started) > workers, "the workers and multiprocessing's tracker"
        extract.send_signal(number)
        extract.wait(timeout=PATIENCE)
        assert until(lambda: not any(map(alive, started)))
        assert extract.stderr is not None
        said = extract.stderr.read()
    if number is not signal.SIGKILL:
        assert said == "Interrupted: 0 read and stored, the rest is as it was.\n"
        assert extract.returncode == 1
        assert not store.with_name("curation.db-wal").exists()
    with Store.open(store) as after:
        assert list(after.documents()) == []


def test_a_store_that_is_removed_in_mid_run_is_an_error(endless: Path) -> None:
    for name in "ab":
        (endless / f"{name}.pdf").write_bytes(pages_of(line(f"The paper {name}.")))
    store = endless / "curation.db"
    asked = [sys.executable, "-m", "curate.cli", "extract", str(endless), "--store", str(store), "--jobs", "1"]
    asked += ["--document-seconds", "2"]
    with subprocess.Popen(asked, cwd=ROOT, stderr=subprocess.PIPE, text=True) as extract:
        assert until(store.exists)
        assert extract.stderr is not None
        assert "a.pdf: 1 page" in extract.stderr.readline()
        store.unlink()
        said = extract.stderr.read()
        assert extract.wait(timeout=PATIENCE) == 1
    assert "was removed or replaced while it was in use" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("special", ["/dev/zero", "fifo"])
def test_what_never_ends_is_refused_by_name(tmp_path: Path, special: str) -> None:
    place = Path(special)
    if special == "fifo":
        place = tmp_path / "fifo"
        os.mkfifo(place)
    asked = [sys.executable, "-m", "curate.cli", "extract", str(place), "--store", str(tmp_path / "c.db")]
    run = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == f"failed: {place}: is no file; only a file can be read"


def test_the_store_is_not_read_as_a_paper(store: Store) -> None:
    asked = [sys.executable, "-m", "curate.cli", "extract", str(store.path), "--store", str(store.path)]
    run = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == f"failed: {store.path}: is the store itself; name PDFs"
