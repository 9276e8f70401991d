# ruff: noqa: T201 - a report for people
"""Measure the recognisers on corpora of variants, beside a naive regular expression, and their speed.

    python tests/benchmarks/capture.py FOLDER --score SCOREDIR [--review PDF] [--fuzz SECONDS]

FOLDER holds corpora as JSON lines, one document a line: `{"id", "text", "mentions"}` or `{"id", "text", "gold"}`;
SCOREDIR holds the scorer `variants.py`, run on what `litcurate annotate` prints. Beside PDF stands `tables.json`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from extract.mentions.recognizers import RECOGNIZERS  # noqa: E402
from extract.pipeline import extract, extract_text  # noqa: E402
from extract.records import Extraction  # noqa: E402

ANNOTATE = [sys.executable, "-m", "curate.cli", "annotate"]
NAIVE = re.compile(r"[A-Z]\d+[A-Z]")
SHORT = "ALK G1202R confers resistance to crizotinib."
SIZES = (1_000_000, 10_000_000)
# What Table 2 of a review and its like hold: changes in one-letter notation, as shorthand stands for several.
CHANGE = re.compile(r"(?P<site>[A-Z]\d{2,5})\s?(?P<alternatives>[A-Z](?:\s?/\s?[A-Z])*)(?![A-Za-z0-9])")


def corpora(folder: Path) -> Iterator[Path]:
    """Yield the corpora of a folder that have a gold standard."""
    for path in sorted(folder.glob("*.jsonl")):
        first = json.loads(path.read_text(encoding="utf-8").split("\n", 1)[0])
        if "gold" in first or "mentions" in first:
            yield path


def documents(path: Path) -> list[dict[str, str]]:
    """Return the documents of a corpus."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(scorer: Path, gold: Path, predicted: str) -> dict[str, dict[str, float]]:
    """Return the scorer's figures of printed mentions."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text(predicted, encoding="utf-8")
        run = subprocess.run([sys.executable, scorer, gold, path], capture_output=True, text=True, check=True)
    figures: dict[str, dict[str, float]] = json.loads(run.stdout)
    return figures


def naive(path: Path) -> str:
    """Return what a naive regular expression finds, as `annotate` would print it."""
    rows = []
    for document in documents(path):
        for match in NAIVE.finditer(document["text"]):
            place = {"start": match.start(), "end": match.end(), "text": match[0], "normalized": f"p.{match[0]}"}
            rows.append(json.dumps({"id": document["id"], "kind": "variant", **place}))
    return "\n".join(rows) + "\n"


def measure_corpora(folder: Path, scorer: Path) -> list[str]:
    """Print the figures of each corpus; return the texts of all."""
    texts = []
    print(f"{'corpus':24}{'measure':12}{'litcurate: P':>13}{'R':>8}{'F1':>8}{'naive: P':>12}{'R':>8}{'F1':>8}")
    for path in corpora(folder):
        texts += [document["text"] for document in documents(path)]
        run = subprocess.run([*ANNOTATE, str(path)], capture_output=True, text=True, check=True)
        ours, theirs = score(scorer, path, run.stdout), score(scorer, path, naive(path))
        for measure, figures in ours.items():
            other = theirs[measure]
            shown = [figures["P"], figures["R"], figures["F1"]]
            print(f"{path.stem:24}{measure:12}{shown[0]:13.4f}{shown[1]:8.4f}{shown[2]:8.4f}", end="")
            print(f"{other['P']:12.4f}{other['R']:8.4f}{other['F1']:8.4f}")
    return texts


def measure_speed(texts: Sequence[str]) -> None:
    """Print the time to the first output of a short text, and the throughput on texts of both sizes."""
    started = time.perf_counter()
    with subprocess.Popen(ANNOTATE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(SHORT)
        process.stdin.close()
        process.stdout.readline()
        print(f"first output of a short text after {time.perf_counter() - started:.2f} s")
        process.stdout.read()
    whole = "\n\n".join(texts)
    # What is loaded once a process is loaded before the clock starts.
    extract_text(whole[: SIZES[0] // 4], claims=False)
    for size in SIZES:
        text = (whole * (size // len(whole) + 1))[:size]
        started = time.process_time()
        found = len(extract_text(text, claims=False).mentions)
        seconds = time.process_time() - started
        print(f"{size / 1e6:4.0f} MB of plain text: {size / 1e6 / seconds:.2f} MB a processor second, {found} mentions")


def measure_review(folder: Path) -> None:
    """Print which registry numbers, trials, drugs and variants of a review's tables are missed."""
    read = extract(next(iter(sorted(folder.glob("*.pdf")))))
    tables = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
    numbers = set(re.findall(r"NCT\d{8}", read.document.text))
    _report("registry numbers", numbers, names(read, "trial"))
    for table in tables:
        header = [re.sub(r"\W+", " ", cell).strip().lower() for cell in table["rows"][0]]
        for column, name in enumerate(header):
            cells = [row[column] for row in table["rows"][1:] if row[column].strip()]
            if name == "trial":
                _report(f"{table['label']}: trials", set(cells), names(read, "trial"))
            if name.startswith("mutations"):
                wanted = {change for cell in cells for change in changes(cell)}
                _report(f"{table['label']}: {name}", wanted, short_names(read))
            if column == 0 and "tki" in name:
                agents = {cell.lower() for row in table["rows"][1:] for cell in row[:1] if cell and any(row[1:])}
                _report(f"{table['label']}: drugs", agents, {name.lower() for name in texts_of(read, "drug")})


def names(read: Extraction, kind: str) -> set[str]:
    """Return the normal forms of the mentions of a kind."""
    return {mention.normalized for mention in read.mentions if mention.kind == kind}


def texts_of(read: Extraction, kind: str) -> set[str]:
    """Return the texts of the mentions of a kind."""
    return {mention.text for mention in read.mentions if mention.kind == kind}


def short_names(read: Extraction) -> set[str]:
    """Return the one-letter forms of all substitutions that were captured."""
    from extract.hgvs.notation import THREE_TO_ONE, changes

    found = set()
    for mention in read.mentions:
        for change in changes(mention.normalized) if mention.kind == "variant" else ():
            if change.edit == "sub":
                one = THREE_TO_ONE.get(change.reference, "?"), THREE_TO_ONE.get(change.alternative, "?")
                found.add(f"{one[0]}{change.position}{one[1]}")
    return found


def changes(cell: str) -> Iterator[str]:
    """Yield the single changes that a cell's shorthand stands for."""
    for match in CHANGE.finditer(cell):
        for alternative in re.findall("[A-Z]", match["alternatives"]):
            yield f"{match['site']}{alternative}"


def _report(title: str, wanted: set[str], found: set[str]) -> None:
    missed = sorted(wanted - found)
    print(
        f"{title}: {len(wanted) - len(missed)} of {len(wanted)}" + (f"; missed {', '.join(missed)}" if missed else "")
    )


def fuzz(seconds: float, texts: Sequence[str]) -> None:
    """Run the recognisers for some seconds on mutilated text; print the slowest reading. A crash ends the run."""
    if importlib.util.find_spec("atheris"):
        # atheris ends its process itself; it mutates what it is given, guided by the branches taken.
        code = (
            "import sys, atheris\nwith atheris.instrument_imports(include=['extract']):\n"
            "    from extract.mentions.recognizers import RECOGNIZERS\n    kinds = list(RECOGNIZERS.items())\n"
            "def one(data):\n    text = atheris.FuzzedDataProvider(data).ConsumeUnicode(4000)\n"
            "    for _, recognize in kinds:\n        list(recognize(text))\n"
            f"atheris.Setup([sys.argv[0], '-max_total_time={int(seconds)}', '-timeout=5'], one)\natheris.Fuzz()\n"
        )
        status = subprocess.run([sys.executable, "-c", code], check=False).returncode
        print(f"atheris for {seconds:.0f} s: status {status}")
        return
    chance = random.Random(0)  # noqa: S311 - repeatable, not secret
    pieces = [piece for text in texts[:200] for piece in re.findall(r"\S+\s?", text)] + list(
        "()[]/+-–→>%*;,.\n\u00a0İß💊"
    )
    deadline, runs, slowest, where = time.monotonic() + seconds, 0, 0.0, ""
    while time.monotonic() < deadline:
        text = "".join(chance.choices(pieces, k=40)) * chance.choice((1, 1, 50))
        for kind, recognize in RECOGNIZERS.items():
            started = time.process_time()
            for capture in recognize(text):
                assert 0 <= capture.start < capture.end <= len(text), (kind, text)
            each = (time.process_time() - started) / len(text) * 1e6
            slowest, where = max((slowest, where), (each, kind) if len(text) > SIZES[0] // 1000 else (0.0, ""))
        runs += 1
    print(f"fuzzed for {seconds:.0f} s: {runs} texts without a crash; slowest {slowest:.1f} s a MB ({where})")


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--review", type=Path, help="a folder with a PDF and its tables.json")
    parser.add_argument("--fuzz", type=float, default=20, help="seconds of fuzzing; 0 for none")
    options = parser.parse_args()
    texts = measure_corpora(options.folder, options.score / "variants.py")
    measure_speed(texts)
    if options.review:
        measure_review(options.review)
    if options.fuzz:
        fuzz(options.fuzz, texts)


if __name__ == "__main__":
    main()
