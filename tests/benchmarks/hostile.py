"""Broken and malicious PDFs through the batch: what is read, what is a gap, what fails, how long, and with what memory.

    make bench-hostile COUNT=2000

Each file is one of a few small papers, changed in one of several ways by a generator with a fixed seed, so that a run
can be repeated. It ends with status 1 where a process took more than `MEMORY` or went `LATE` past its limit, or where a
fault of litcurate was met.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT))

from hostile import bomb, laughs, line, pages_of  # noqa: E402

from curate.run.batch import Readout, read, run_batch  # noqa: E402
from curate.store import Store  # noqa: E402
from extract.parts import BUG  # noqa: E402
from extract.pipeline import Settings  # noqa: E402

LIMITS = Settings(page_seconds=10, document_seconds=30)
LATE = 2.0  # seconds
MEMORY = 1500  # megabytes
LOG = "log.jsonl"
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)
EXTREMES = (b"0", b"-1", b"1e9", b"99999999999", b"-2147483648", b"0.0000001", b"null", b"[", b"<<", b"/X", b"1 0 R")

Change = Callable[[bytes, random.Random], bytes]


def _flip(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 5, 50, 500))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return chance.choice((data[:end], data[:start] + data[end:], data[:end] + data[start:end] * 20 + data[end:]))


def _objects(data: bytes, chance: random.Random) -> bytes:
    found = list(OBJECT.finditer(data))
    if len(found) < 2:
        return _flip(data, chance)
    one, other = chance.sample(found, 2)
    body = chance.choice((b"", other[0], b"null", other[0].replace(b" 0 obj", b" 1 obj", 1)))
    return data[: one.start()] + body + data[one.end() :]


def _numbers(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 3, 20))):
        found = list(NUMBER.finditer(data))
        if not found:
            break
        one = chance.choice(found)
        data = data[: one.start()] + chance.choice(EXTREMES) + data[one.end() :]
    return data


def _streams(data: bytes, chance: random.Random) -> bytes:
    """Change what is in a stream, not how it is packed."""
    found = list(STREAM.finditer(data))
    if not found:
        return _flip(data, chance)
    one = chance.choice(found)
    try:
        inside, packed = zlib.decompress(one[1]), True
    except zlib.error:
        inside, packed = one[1], False
    if not inside:
        return data
    inside = chance.choice((_flip, _cut, _numbers))(inside, chance)
    new = zlib.compress(inside) if packed else inside
    return data[: one.start(1)] + new + data[one.end(1) :]


def _bombs(data: bytes, chance: random.Random) -> bytes:
    del data
    form = "/XObject << /X 100 0 R >>"
    kind = chance.randrange(5)
    if kind == 0:
        return pages_of(line("Before it."), bomb(chance.choice((1 << 28, 1 << 30)), chance.choice((1, 2, 3))))
    if kind == 1:
        return pages_of("/X Do\n", line("After it."), resources=form, more=laughs(chance.choice((8, 20, 40))))
    if kind == 2:
        return pages_of("q " * chance.choice((10_000, 1_000_000)) + line("deep"), line("After it."))
    if kind == 3:
        return pages_of("[" * chance.choice((1_000, 100_000)) + line("nested"), line("After it."))
    return pages_of(*(line(f"page {n} V600E/K/" * 20) for n in range(chance.choice((10, 200)))))


CHANGES: dict[str, Change] = {
    "bytes": _flip,
    "cuts": _cut,
    "objects": _objects,
    "numbers": _numbers,
    "streams": _streams,
    "bombs": _bombs,
}


def sources() -> list[bytes]:
    """Return the papers that are changed; the shipped article, which takes seconds, is one of many."""
    from papers import A4, LETTER_TWO_COLUMNS, prose, references, section, table, typeset

    words = "Brigatinib was given to 20 patients with ALK G1202R, of whom 12 (60%) responded [1]."
    rows = [("Trial", "N", "ORR (%)"), ("ALTA", "112", "45"), ("ALEX", "152", "83")]
    parts = (section("Results", words, words), table("Table 1", "Trials", rows), references("Kim DW. A. Lancet 2017."))
    small = [typeset(*parts, title="A review", doi="10.1000/x", page=page) for page in (A4, LETTER_TWO_COLUMNS)]
    plain = [typeset(prose(words), title="A note", doi="", page=A4), pages_of(line(words), line(words, y=600))]
    shipped = (ROOT / "corpus" / "documents" / "alk-inhibitors-digest.pdf").read_bytes()
    return [*(small + plain) * 10, shipped]


def write_files(folder: Path, count: int, seed: int) -> list[tuple[str, Path]]:
    """Write so many changed papers and return them with the kind of their change."""
    papers, kinds = sources(), sorted(CHANGES)
    written = []
    for number in range(count):
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - it is to be repeated, not to be secret
        kind = kinds[number % len(kinds)]
        path = folder / f"{number:05}-{kind}.pdf"
        path.write_bytes(CHANGES[kind](chance.choice(papers), chance))
        written.append((kind, path))
    return written


def measured(path: Path, settings: Settings) -> Readout:
    """Read a file as `extract` does, and put down when that began and ended, and the most memory of this process."""
    log = path.parent.parent / LOG
    _put(log, {"path": path.name, "begun": time.time()})
    began = time.monotonic()
    readout = read(path, settings)
    _put(log, {"path": path.name, "seconds": time.monotonic() - began, "process": os.getpid(), "megabytes": _peak()})
    return readout


def _put(log: Path, said: dict[str, object]) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(said) + "\n")


def _peak() -> int:
    for said in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if said.startswith("VmHWM:"):
            return int(said.split()[1]) >> 10
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="litcurate-hostile-") as temporary:
        folder = Path(temporary) / "files"
        folder.mkdir()
        log = Path(temporary) / LOG
        written = write_files(folder, asked.count, asked.seed)
        kinds = {path: kind for kind, path in written}
        came: dict[str, float] = {}
        counts: dict[str, Counter[str]] = {kind: Counter() for kind in CHANGES}
        faults: list[str] = []
        start = time.monotonic()
        with Store.open(Path(temporary) / "c.db", create=True) as store:
            run = store.begin_run("extract", version="bench", settings="{}")
            paths = [path for _, path in written]
            for done in run_batch(
                store, paths, run=run, version="bench", settings=LIMITS, jobs=asked.jobs, reader=measured
            ):
                came[done.path.name] = time.time()
                count = counts[kinds[done.path]]
                count[done.outcome] += 1
                count["with gaps"] += "\n  gap: " in done.line
                count["ended"] += "the process that read it died" in done.line
                count["out of time"] += "took longer than" in done.line
                if BUG in done.line or "a fault of litcurate" in done.line:
                    faults.append(done.line)
        seconds = time.monotonic() - start
        said = [json.loads(text) for text in log.read_text(encoding="utf-8").splitlines()]
    columns = ("stored", "skipped", "failed", "with gaps", "out of time", "ended")
    print(f"{'change':10}" + "".join(f"{name:>13}" for name in columns))  # noqa: T201
    for kind, count in counts.items():
        print(f"{kind:10}" + "".join(f"{count[name]:>13}" for name in columns))  # noqa: T201
    took = {one["path"]: one["seconds"] for one in said if "seconds" in one}
    for one in said:
        if "begun" in one and one["path"] not in took:
            took[one["path"]] = came[one["path"]] - one["begun"]
    peaks = {one["process"]: one["megabytes"] for one in said if "seconds" in one}
    slowest = max(took, key=lambda name: took[name])
    print(f"{len(written)} files in {seconds:.0f} s; {len(peaks)} processes, of at most {max(peaks.values())} MB")  # noqa: T201
    print(f"the slowest: {slowest}, {took[slowest]:.1f} s (limit {LIMITS.document_seconds:g} s)")  # noqa: T201
    print(f"faults of litcurate: {len(faults)}")  # noqa: T201
    for fault in faults[:20]:
        print(f"  {fault}")  # noqa: T201
    late = took[slowest] > LIMITS.document_seconds + LATE
    sys.exit(bool(faults) or late or max(peaks.values()) > MEMORY)


if __name__ == "__main__":
    main()
