"""Documents into the store: read in parallel by worker processes, written by this one alone.

A document that cannot be read, a rule that raises and a worker that dies cost that document only, and are
named at the end.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from curate.errors import StoreError
from curate.records import Checked
from curate.rules.run import check
from curate.run.engine import Ended, results
from curate.run.memory import USUAL
from curate.store import Store
from curate.terminal_text import counted, printable
from extract.errors import DocumentError
from extract.pipeline import Settings, extract
from extract.records import Extraction


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
            empty.append(f"{printable(str(place))}: holds no PDF")
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
    replace: bool = False,
    megabytes: int = USUAL,
    reader: Read = read,
) -> Generator[Progress, None, None]:
    """Read the files and store each in its turn, yielding one `Progress` a file as it is done.

    A file that is stored unchanged is skipped unless `force`. With `replace` each file takes the place of the copy of
    its paper that is stored, also where it is read less well. At most `2 * jobs` files are read ahead, so
    that memory does not grow with their number, and they are stored in the order given. Each is read in another
    process, which may take so many `megabytes` and is ended where it takes longer than its limit, whatever it is at.
    """
    seen: set[str] = set()
    todo: list[Path] = []
    for path in paths:
        name = printable(str(path))
        try:
            ensure_file(path, store)
            identity = file_id(path)
        except OSError as error:
            yield Progress(path=path, outcome="failed", line=f"{name}: cannot be read ({error.strerror})")
            continue
        except DocumentError as error:
            yield Progress(path=path, outcome="failed", line=printable(str(error)))
            continue
        current = not force and store.is_current(identity, version=version, settings=settings_text(settings))
        of = store.stored_as(identity)
        current = current and not (replace and of != identity)
        if current or identity in seen:
            why = "stored unchanged" if current else "the same file as one before"
            if current and of != identity:
                why += f" as a copy of {printable(store.path_of(of))}, which is read in its place"
            yield Progress(
                path=path,
                outcome="skipped",
                line=f"{name}: {why}",
                document_id=of,
            )
        else:
            todo.append(path)
        seen.add(identity)
    for readout in _readouts(todo, settings, jobs=jobs, megabytes=megabytes, reader=reader):
        yield _stored(store, readout, run, replace=replace)


def ensure_file(path: Path, store: Store) -> None:
    """Raise `DocumentError` for what is no file (a device or a pipe may never end), or is the store; `OSError`."""
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise DocumentError(f"{path}: is no file; only a file can be read")
    if store.path.exists() and path.samefile(store.path):
        raise DocumentError(f"{path}: is the store itself; name PDFs")


def file_id(path: Path) -> str:
    """Return the SHA-256 of a file, which is its document's id. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stored(store: Store, readout: Readout, run: int, *, replace: bool) -> Progress:
    path, extraction, checked = readout.path, readout.extraction, readout.checked
    name = printable(str(path))
    if extraction is None or checked is None:
        line = readout.failure if str(path) in readout.failure else f"{path}: {readout.failure}"
        return Progress(path=path, outcome="failed", line=printable(" ".join(line.split())))
    try:
        saved = store.save(extraction, checked, run, path=str(path.resolve()), replace=replace)
    except StoreError as error:
        return Progress(path=path, outcome="failed", line=f"{name}: could not be stored: {printable(str(error))}")
    except Exception as error:  # noqa: BLE001 - nothing of this document is written; the others go on
        return Progress(path=path, outcome="failed", line=printable(_fault(path, error)))
    document = extraction.document
    identity = document.id
    if saved.kept:
        return Progress(
            path=path,
            outcome="skipped",
            line=f"{name}: is a copy of {printable(saved.kept)}, which is read better and stays "
            f"(this one: {', '.join(saved.lacks)}); --replace takes this one",
            document_id=store.stored_as(identity),
        )
    broken = [f"rule {count.rule} failed: {count.error}" for count in checked.counts if count.failed]
    if broken:
        return Progress(
            path=path,
            outcome="failed",
            line=f"{name}: stored, but {printable('; '.join(broken))}",
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
    if saved.replaced:
        said += f"; in the place of {printable(saved.replaced)}, another copy of the paper"
    gaps = "".join(f"\n  gap: {printable(gap)}" for gap in extraction.gaps)
    return Progress(path=path, outcome="stored", line=f"{name}: {said}{gaps}", document_id=identity)


def _readouts(
    paths: Sequence[Path], settings: Settings, *, jobs: int, megabytes: int, reader: Read
) -> Generator[Readout, None, None]:
    work = partial(_read, reader, settings)
    for path, read in results(paths, work, jobs=jobs, seconds=settings.document_seconds, megabytes=megabytes):
        yield Readout(path=path, failure=f"{path}: {read.why}") if isinstance(read, Ended) else read


def _read(reader: Read, settings: Settings, path: Path) -> Readout:
    return reader(path, settings)
