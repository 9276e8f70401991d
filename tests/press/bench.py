"""Set an article in a style, read it, and measure what was read against the gold."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from press.article import Article
from press.comparing import compare_references, compare_sentences, compare_tables
from press.gold import references_of, sentences_of, tables_of
from press.reading import Read, read
from press.setters import write_article
from press.style import Style

MEASURES = ("found", "cells", "rows", "sentences", "references")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Shares from 0 to 1: tables found, cells (F1), rows whole, sentences whole, references right; and the flags.

    `error` says why a PDF could not be made or read; all shares are 0 then. A measure of which the article has
    nothing (no sentences known, say) is None.
    """

    found: float | None = 0.0
    cells: float | None = 0.0
    rows: float | None = 0.0
    sentences: float | None = 0.0
    references: float | None = 0.0
    flags: frozenset[str] = frozenset()
    error: str = ""

    @property
    def mean(self) -> float:
        """The mean of cells, rows, sentences and references, by which styles are ranked."""
        known = [part for part in (self.cells, self.rows, self.sentences, self.references) if part is not None]
        return sum(known) / max(1, len(known))


def measure(article: Article, style: Style, *, scorers: Path | None = None) -> Figures:
    """Set an article in a style and measure its reading, by scorers from a folder or by the press's own comparison."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pdf = write_article(article, style, folder)
        return figures_of(read(pdf), article, style, folder, scorers)


def figures_of(
    found: Read, article: Article, style: Style, folder: Path | None = None, scorers: Path | None = None
) -> Figures:
    """Return the figures of what was read; `folder` has the gold files where scorers are given."""
    if scorers is not None and folder is not None:
        shares = _scored(found, folder, scorers)
    else:
        shares = {
            **compare_tables(tables_of(article, style), found.tables),
            "sentences": compare_sentences(sentences_of(article, style), found.blocks),
            "references": compare_references(references_of(article, style), found.references),
        }
    has = {"sentences": article.sections, "references": article.references}
    known: dict[str, float | None] = {
        name: share if has.get(name, article.tables) else None for name, share in shares.items()
    }
    return Figures(
        found=known["found"],
        cells=known["cells"],
        rows=known["rows"],
        sentences=known["sentences"],
        references=known["references"],
        flags=found.flags,
    )


def _scored(found: Read, folder: Path, scorers: Path) -> dict[str, float]:
    answers = {"tables": found.tables, "text": found.blocks, "references": found.references}
    gold = {"tables": "tables", "text": "sentences", "references": "references"}
    scores: dict[str, dict[str, float]] = {}
    for kind, answer in answers.items():
        path = folder / f"{kind}.read.json"
        path.write_text(json.dumps(answer), encoding="utf-8")
        command = [sys.executable, str(scorers / f"{kind}.py"), str(folder / f"{gold[kind]}.json"), str(path)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        scores[kind] = json.loads(run.stdout.strip().splitlines()[-1])
    tables = scores["tables"]
    return {
        "found": tables["found"] / max(1, tables["tables"]),
        "cells": tables["cells"],
        "rows": tables["rows"],
        "sentences": scores["text"]["whole"],
        "references": scores["references"]["right"],
    }
