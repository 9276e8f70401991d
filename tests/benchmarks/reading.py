# ruff: noqa: T201 - a report for people
"""Measure the reader on a folder of articles, beside pdfplumber (and camelot, where it is installed).

    python tests/benchmarks/reading.py FOLDER --score SCOREDIR [--review DIR]

FOLDER holds one folder an article with `article.pdf`, `tables.json`, `sentences.json` and `references.json`;
SCOREDIR holds the scorers `tables.py`, `text.py` and `references.py`, run on exported JSON as they stand.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from extract.reading import read_document
from extract.records import Document

SCORES = {"tables": "tables.json", "text": "sentences.json", "references": "references.json"}


@dataclass(frozen=True, slots=True)
class Article:
    """A gold folder and its PDF."""

    name: str
    folder: Path
    pdf: Path


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


def camelot_tables(path: Path) -> list[dict[str, object]]:
    """Return the tables that camelot's stream flavour finds."""
    camelot = importlib.import_module("camelot")
    return [{"rows": table.df.values.tolist()} for table in camelot.read_pdf(str(path), pages="all", flavor="stream")]


def score(scorer: Path, pairs: Sequence[tuple[Path, Path]]) -> dict[str, float]:
    """Run a scorer on pairs of gold and exported files."""
    arguments = [str(path) for pair in pairs for path in pair]
    run = subprocess.run([sys.executable, str(scorer), *arguments], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return figures


def measure(found: Sequence[Article], scorers: Path, title: str) -> None:
    """Print the figures of each article and of all, and the speed."""
    pairs: dict[str, list[tuple[Path, Path]]] = {}
    pages, ours, theirs = 0, 0.0, 0.0
    with tempfile.TemporaryDirectory() as scratch:

        def keep(kind: str, article: Article, scorer: str, answer: object) -> None:
            path = Path(scratch) / f"{article.name}.{kind}.json"
            path.write_text(json.dumps(answer), encoding="utf-8")
            pairs.setdefault(kind, []).append((article.folder / SCORES[scorer], path))

        for article in found:
            count, plain = timed(lambda article=article: plain_words(article.pdf))
            read, seconds = timed(lambda article=article: read_document(article.pdf)[0])
            assert isinstance(read, Document)
            assert isinstance(count, int)
            pages, ours, theirs = pages + count, ours + seconds, theirs + plain
            for kind, answer in exported(read).items():
                keep(kind, article, kind, answer)
            keep("pdfplumber text", article, "text", plain_text(article.pdf))
            if importlib.util.find_spec("camelot"):
                keep("camelot tables", article, "tables", camelot_tables(article.pdf))
            figures = {kind: score(scorers / f"{kind}.py", [pairs[kind][-1]]) for kind in SCORES}
            print(f"{article.name:14}", *(f"{kind} {figures[kind]}" for kind in SCORES))
        print(f"== {title}: {len(found)} articles, {pages} pages")
        for kind, each in pairs.items():
            scorer = next(name for name in SCORES if kind.endswith(name))
            print(f"   {kind}: {score(scorers / f'{scorer}.py', each)}")
    print(
        f"   pages a second: {pages / ours:.1f}, pdfplumber's extract_words {pages / theirs:.1f};"
        f" time {ours / theirs:.2f} of its"
    )


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--review", type=Path, help="one more folder, measured by itself")
    options = parser.parse_args()
    measure(list(articles(options.folder)), options.score, "articles")
    if options.review:
        measure(list(articles(options.review)), options.score, "review")


if __name__ == "__main__":
    main()
