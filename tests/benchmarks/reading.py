# ruff: noqa: T201 - a report for people
"""Measure the reader on a folder of articles, beside pdfplumber and camelot (where it is installed).

    python tests/benchmarks/reading.py FOLDER --score SCOREDIR [--review DIR] [--memory]

FOLDER holds one folder an article with `article.pdf`, `tables.json`, `sentences.json` and `references.json`;
SCOREDIR holds the scorers `tables.py`, `text.py` and `references.py`, run on exported JSON as they stand.
`--memory` measures what a long PDF takes beside a short one; it needs typst.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import logging
import platform
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import pdfplumber

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from label_heights import LabelOff, labels_off

from extract.document import read_document
from extract.pdf.reader import read_sheets
from extract.records import Document

SCORES = {"tables": "tables.json", "text": "sentences.json", "references": "references.json"}
FLAVOURS = ("stream", "network", "hybrid", "lattice")
OURS = "litcurate"
TRUSTED = 0.8


@dataclass(frozen=True, slots=True)
class Article:
    """A gold folder and its PDF."""

    name: str
    folder: Path
    pdf: Path


@dataclass(slots=True)
class Readings:
    """What each reader made of the articles: exported files by kind and reader, and processor seconds by reader."""

    scratch: Path
    files: dict[tuple[str, str], list[tuple[Path, Path]]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    labels_off: list[tuple[str, LabelOff]] = field(default_factory=list)

    def keep(self, article: Article, kind: str, reader: str, answer: object) -> None:
        """Write an answer beside the gold file that it is scored against."""
        path = self.scratch / f"{article.name}.{kind}.{reader.replace(' ', '-')}.json"
        path.write_text(json.dumps(answer), encoding="utf-8")
        self.files.setdefault((kind, reader), []).append((article.folder / SCORES[kind], path))

    def time(self, reader: str, seconds: float) -> None:
        """Add to what a reader took."""
        self.seconds[reader] = self.seconds.get(reader, 0.0) + seconds


def articles(folder: Path) -> Iterator[Article]:
    """Yield the folder itself, if it holds a PDF and gold files, or the folders in it that do."""
    for inner in (folder, *sorted(path for path in folder.iterdir() if path.is_dir())):
        pdfs = sorted(inner.glob("*.pdf"))
        if pdfs and (inner / "sentences.json").exists():
            yield Article(inner.name, inner, pdfs[0])


def exported(document: Document) -> dict[str, object]:
    """Return what the export commands print, by scorer."""
    return {
        "tables": [
            {
                "label": table.label,
                "caption": table.caption,
                "note": table.note,
                "rows": [[cell.text for cell in row] for row in table.rows],
            }
            for table in document.tables
        ],
        "text": [
            {"kind": block.kind, "text": document.text[block.span.start : block.span.end]} for block in document.blocks
        ],
        "references": [
            {"number": r.number, "first_author": r.first_author, "year": r.year, "doi": r.doi, "pmid": r.pmid}
            for r in document.references
        ],
    }


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """Return what a call answers and the processor seconds that it took."""
    start = time.process_time()
    answer = work()
    return answer, time.process_time() - start


def plain_words(path: Path) -> int:
    """Read a PDF with pdfplumber's own word finder; return the number of its pages."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()
        return len(pdf.pages)


def plain_text(path: Path) -> list[dict[str, str]]:
    """Return pdfplumber's own text of each page as a paragraph."""
    with pdfplumber.open(path) as pdf:
        return [{"kind": "paragraph", "text": page.extract_text() or ""} for page in pdf.pages]


def plain_tables(path: Path) -> list[dict[str, object]]:
    """Return the tables that pdfplumber finds between rules."""
    with pdfplumber.open(path) as pdf:
        return [
            {"rows": [[cell or "" for cell in row] for row in table]}
            for page in pdf.pages
            for table in page.extract_tables()
        ]


def camelot_tables(path: Path, flavour: str) -> list[dict[str, object]]:
    """Return the tables that a flavour of camelot finds."""
    camelot = importlib.import_module("camelot")
    return [{"rows": table.df.values.tolist()} for table in camelot.read_pdf(str(path), pages="all", flavor=flavour)]


def score(scorer: Path, pairs: Sequence[tuple[Path, Path]]) -> dict[str, float]:
    """Run a scorer on pairs of gold and exported files."""
    arguments = [str(path) for pair in pairs for path in pair]
    run = subprocess.run([sys.executable, str(scorer), *arguments], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return figures


def read_all(found: Sequence[Article], readings: Readings, scorers: Path) -> int:
    """Read the articles with every reader there is, print ours by article; return the number of pages."""
    pages = 0
    for article in found:
        count, seconds = timed(lambda article=article: plain_words(article.pdf))
        readings.time("pdfplumber words", seconds)
        read, seconds = timed(lambda article=article: read_document(article.pdf)[0])
        readings.time(OURS, seconds)
        assert isinstance(read, Document)
        assert isinstance(count, int)
        pages += count
        readings.labels_off += [(article.name, off) for off in labels_off(read)]
        for kind, answer in exported(read).items():
            readings.keep(article, kind, OURS, answer)
        text, seconds = timed(lambda article=article: plain_text(article.pdf))
        readings.time("pdfplumber text", seconds)
        readings.keep(article, "text", "pdfplumber text", text)
        others: dict[str, Callable[[Path], object]] = {"pdfplumber tables": plain_tables}
        if importlib.util.find_spec("camelot"):
            for flavour in FLAVOURS:
                others[f"camelot {flavour}"] = lambda path, flavour=flavour: camelot_tables(path, flavour)
        for reader, read_tables in others.items():
            try:
                tables, seconds = timed(lambda article=article, read_tables=read_tables: read_tables(article.pdf))
            except Exception as error:  # noqa: BLE001 - another reader's fault counts as nothing found, and is told
                print(f"   {reader} failed on {article.name}: {type(error).__name__}", file=sys.stderr)
                tables, seconds = [], 0.0
                readings.failed[reader] = readings.failed.get(reader, 0) + 1
            readings.time(reader, seconds)
            readings.keep(article, "tables", reader, tables)
        own = {kind: score(scorers / f"{kind}.py", [readings.files[kind, OURS][-1]]) for kind in SCORES}
        print(f"{article.name:14}", *(f"{kind} {own[kind]}" for kind in SCORES))
    return pages


def measure(found: Sequence[Article], scorers: Path, title: str) -> None:
    """Print the figures of each article and, as a table of readers, of all, with the speed."""
    with tempfile.TemporaryDirectory() as scratch:
        readings = Readings(Path(scratch))
        pages = read_all(found, readings, scorers)
        figures = {key: score(scorers / f"{key[0]}.py", pairs) for key, pairs in readings.files.items()}
    print(f"\n{title}: {len(found)} articles, {pages} pages\n")
    columns = ("tables", "found", "cells", "adjacency", "rows", "sentences", "references", "pages a second")
    print(f"| {'reader':18} |", *(f"{column} |" for column in columns))
    print(f"|{'-' * 20}|{'|'.join('-' * (len(column) + 2) for column in columns)}|")
    for reader, seconds in readings.seconds.items():
        row = _row(reader, figures, pages / seconds if seconds else 0.0)
        print(f"| {reader:18} |", *(f"{row.get(column, ''):>{len(column)}} |" for column in columns))
    silent = [(name, off) for name, off in readings.labels_off if off.confidence > TRUSTED]
    print(f"\nlabels off their row's line: {len(readings.labels_off)}; above a confidence of {TRUSTED}: {len(silent)}")
    for name, off in silent:
        print(f"   {name} {off.table}: '{off.label}', confidence {off.confidence}")
    ratio = readings.seconds[OURS] / readings.seconds["pdfplumber words"]
    print(f"\nlitcurate takes {ratio:.2f} of the time of pdfplumber's extract_words\n")


def _row(reader: str, figures: Mapping[tuple[str, str], Mapping[str, float]], speed: float) -> dict[str, str]:
    tables = figures.get(("tables", reader), {})
    row = {name: f"{tables[name]:g}" for name in ("tables", "found", "cells", "adjacency", "rows") if name in tables}
    if ("text", reader) in figures:
        row["sentences"] = f"{figures['text', reader]['whole']:g}"
    if ("references", reader) in figures:
        row["references"] = f"{figures['references', reader]['right']:g}"
    return row | {"pages a second": f"{speed:.1f}"}


def memory(pages: Sequence[int] = (20, 200)) -> None:
    """Print the most memory that the pages of a short and of a long PDF take, each read by a process of its own."""
    typst = importlib.import_module("typst")
    with tempfile.TemporaryDirectory() as folder:
        for count in pages:
            pdf = Path(folder) / f"{count}.pdf"
            source = f'#set page("a4")\n#for page in range({count}) [#lorem(600) #pagebreak(weak: true)]'
            typst.compile(source.encode(), output=str(pdf))
            command = [sys.executable, __file__, str(pdf), "--peak"]
            run = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"memory: {run.stdout.strip()}")


def peak(path: Path) -> None:
    """Read the pages of one PDF, letting go of each, and print the most memory that this process took."""
    count = sum(1 for _ in read_sheets(path))
    print(f"{count} pages of a PDF, one after the other: {most_memory():.0f} MiB at most")


def most_memory() -> float:
    """Return the most memory that this process took, in MiB.

    On Linux `getrusage` counts what the process that started this one held; the kernel's own mark does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        mark = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(mark.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--score", type=Path, help="folder of the scorers")
    parser.add_argument("--review", type=Path, help="one more folder, measured by itself")
    parser.add_argument("--memory", action="store_true", help="measure the memory of a long PDF too")
    parser.add_argument("--peak", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        peak(options.folder)
        return
    if options.score is None:
        parser.error("--score names the folder of the scorers")
    warnings.simplefilter("ignore")  # camelot warns of each page without a table
    logging.disable(logging.WARNING)
    readers = [name for name in ("pdfplumber", "pdfminer.six", "camelot-py") if _installed(name)]
    print(f"Python {platform.python_version()},", ", ".join(f"{name} {version(name)}" for name in readers), "\n")
    measure(list(articles(options.folder)), options.score, "Articles")
    if options.review:
        measure(list(articles(options.review)), options.score, "Review")
    if options.memory:
        memory()


def _installed(name: str) -> bool:
    return importlib.util.find_spec({"camelot-py": "camelot", "pdfminer.six": "pdfminer"}.get(name, name)) is not None


if __name__ == "__main__":
    main()
