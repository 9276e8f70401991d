"""Documents into the store: read in parallel by worker processes, written by this one alone.

A document that cannot be read, a rule that raises and a worker that dies cost that document only, and are
named at the end.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from curate.errors import StoreError
from curate.records import Checked
from curate.rules.run import check
from curate.run.memory import limit_memory
from curate.run.terminal_text import counted
from curate.store import Store
from extract.errors import DocumentError
from extract.pipeline import Settings, extract
from extract.records import Extraction

DIED = "the process that read it died (out of memory or time, or a fault in a library); try it alone"
GRACE = 10.0  # seconds: what a worker needs besides, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """What a worker hands back for one file: an extraction with its flags, or why there is none."""

    path: Path
    extraction: Extraction | None = None
    checked: Checked | None = None
    failure: str = ""


Read: TypeAlias = Callable[[Path, Settings], Readout]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One file is done: `stored`, `skipped` or `failed`, with one line that says what there is to say."""

    path: Path
    outcome: str
    line: str
    document_id: str = ""


def read(path: Path, settings: Settings) -> Readout:
    """Read, capture and check one file; it runs in a worker and never raises for a fault of the file."""
    try:
        extraction = extract(path, settings)
        return Readout(path=path, extraction=extraction, checked=check(extraction))
    except DocumentError as error:
        return Readout(path=path, failure=str(error))
    except Exception as error:  # noqa: BLE001 - one document must not cost the others; it is named in the summary
        return Readout(path=path, failure=_fault(path, error))


def _fault(path: Path, error: Exception) -> str:
    return f"{path}: {type(error).__name__}: {error} (a fault of litcurate, please report it)"


def find_pdfs(places: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the PDFs that files and folders name, each once, and a line for each folder without one.

    A file is taken whatever its name; in a folder, and the folders in it, those that end in `.pdf`.
    """
    found: dict[Path, None] = {}
    empty = []
    for place in places:
        if not place.is_dir():
            found[place] = None
            continue
        inside = sorted(
            path
            for path in place.rglob("*")
            if path.suffix.lower() == ".pdf" and path.is_file() and not path.name.startswith("._")
        )
        found.update(dict.fromkeys(inside))
        if not inside:
            empty.append(f"{place}: holds no PDF")
    return tuple(found), tuple(empty)


def settings_text(settings: Settings) -> str:
    """Return settings as the store keeps them with a run, to tell whether a document is stored as asked.

    The limits are left out: what was read within them would be read alike within others.
    """
    kept = {key: value for key, value in asdict(settings).items() if key not in ("page_seconds", "document_seconds")}
    return json.dumps(kept, sort_keys=True)


def run_batch(
    store: Store,
    paths: Sequence[Path],
    *,
    run: int,
    version: str,
    settings: Settings,
    jobs: int,
    force: bool = False,
    reader: Read = read,
) -> Iterator[Progress]:
    """Read the files and store each in its turn, yielding one `Progress` a file as it is done.

    A file that is stored unchanged is skipped unless `force`. At most `2 * jobs` files are read ahead, so
    that memory does not grow with their number, and they are stored in the order given. One file alone is
    read in this process, which saves the start of another.
    """
    seen: set[str] = set()
    todo: list[Path] = []
    for path in paths:
        try:
            identity = file_id(path)
        except OSError as error:
            yield Progress(path=path, outcome="failed", line=f"{path}: cannot be read ({error.strerror})")
            continue
        current = not force and store.is_current(identity, version=version, settings=settings_text(settings))
        if current or identity in seen:
            why = "stored unchanged" if current else "the same file as one before"
            yield Progress(path=path, outcome="skipped", line=f"{path}: {why}", document_id=store.stored_as(identity))
        else:
            todo.append(path)
        seen.add(identity)
    for readout in _readouts(todo, settings, jobs=jobs, reader=reader):
        yield _stored(store, readout, run)


def file_id(path: Path) -> str:
    """Return the SHA-256 of a file, which is its document's id. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stored(store: Store, readout: Readout, run: int) -> Progress:
    path, extraction, checked = readout.path, readout.extraction, readout.checked
    if extraction is None or checked is None:
        line = readout.failure if str(path) in readout.failure else f"{path}: {readout.failure}"
        return Progress(path=path, outcome="failed", line=" ".join(line.split()))
    try:
        replaced = store.save(extraction, checked, run, path=str(path.resolve()))
    except StoreError as error:
        return Progress(path=path, outcome="failed", line=f"{path}: could not be stored: {error}")
    except Exception as error:  # noqa: BLE001 - nothing of this document is written; the others go on
        return Progress(path=path, outcome="failed", line=_fault(path, error))
    document = extraction.document
    identity = document.id
    broken = [f"rule {count.rule} failed: {count.error}" for count in checked.counts if count.failed]
    if broken:
        return Progress(
            path=path,
            outcome="failed",
            line=f"{path}: stored, but {'; '.join(broken)}",
            document_id=identity,
        )
    said = ", ".join(
        counted(number, noun)
        for number, noun in (
            (len(document.pages), "page"),
            (len(document.tables), "table"),
            (len(extraction.mentions), "mention"),
            (len(extraction.claims), "claim"),
            (len(checked.flags), "flag"),
        )
    )
    if replaced:
        said += f"; in the place of {replaced}, another copy of the paper"
    gaps = "".join(f"\n  gap: {gap}" for gap in extraction.gaps)
    return Progress(path=path, outcome="stored", line=f"{path}: {said}{gaps}", document_id=identity)


def _readouts(paths: Sequence[Path], settings: Settings, *, jobs: int, reader: Read) -> Iterator[Readout]:
    if len(paths) == 1:
        yield reader(paths[0], settings)
        return
    waiting = deque(paths)
    while waiting:
        # A worker that dies breaks its pool: what was read ahead is read again, one process a file, so that
        # only the file that kills its worker fails; the rest go on in a new pool.
        suspects: list[Path] = []
        for path, readout in _pooled(waiting, settings, jobs=jobs, reader=reader):
            if readout is None:
                suspects.append(path)
            else:
                yield readout
        for path in suspects:
            yield _alone(path, settings, reader)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(workers,),
    )


def _start_worker(workers: int) -> None:
    """Let Ctrl-C end a worker at once and silently (the writer says what is stored); limit what memory it takes."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    limit_memory(workers)


def _watched(reader: Read, path: Path, settings: Settings) -> Readout:
    """Read a file in a worker that ends itself where even the signal of the time limit does not reach it.

    That is so in a library's own machine code; a thread that needs no interpreter watches the clock.
    """
    if not settings.document_seconds:
        return reader(path, settings)
    with Path(os.devnull).open("w") as nowhere:
        seconds = 1.5 * settings.document_seconds + min(GRACE, settings.document_seconds)
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return reader(path, settings)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _pooled(
    waiting: deque[Path], settings: Settings, *, jobs: int, reader: Read
) -> Iterator[tuple[Path, Readout | None]]:
    """Yield the readouts of one pool in order, None for what was under way when it broke."""
    ahead: deque[tuple[Path, Future[Readout]]] = deque()
    broken = False
    pool = _pool(max(1, min(jobs, len(waiting))))
    try:
        while ahead or (waiting and not broken):
            while waiting and not broken and len(ahead) < 2 * jobs:
                try:
                    ahead.append((waiting[0], pool.submit(_watched, reader, waiting[0], settings)))
                    waiting.popleft()
                except BrokenProcessPool:
                    broken = True
            if not ahead:
                continue
            path, future = ahead.popleft()
            try:
                yield path, future.result()
            except BrokenProcessPool:
                broken = True
                yield path, None
    finally:
        pool.shutdown(wait=broken, cancel_futures=True)


def _alone(path: Path, settings: Settings, reader: Read) -> Readout:
    with _pool(1) as pool:
        try:
            return pool.submit(_watched, reader, path, settings).result()
        except BrokenProcessPool:
            return Readout(path=path, failure=f"{path}: {DIED}")
