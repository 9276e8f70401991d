"""The gold of an article in a style: its tables, sentences and references in the forms that the scorers read."""

from __future__ import annotations

import json
import re
from pathlib import Path

from press.article import Article, Table
from press.style import Style
from press.wording import cell_runs, list_order, plain, runs_of, table_label

Rows = list[list[str]]
_ENDS_WITH_MARK = re.compile(r"\{[\d,\-]+\}[.;]?$")


def rows_of(table: Table, article: Article, style: Style) -> Rows:
    """Return a table's cell texts; what a span covers is empty."""
    return [[plain(cell_runs(cell.text, article, style)) if cell else "" for cell in row.cells] for row in table.rows]


def tables_of(article: Article, style: Style) -> list[dict[str, object]]:
    """Return the tables as `tables.json` has them."""
    return [
        {
            "label": table_label(style, table.number),
            "caption": plain(runs_of(table.caption, article, style)),
            "note": plain(runs_of(table.note, article, style)),
            "header_rows": table.head,
            "rows": rows_of(table, article, style),
        }
        for table in article.tables
    ]


def sentences_of(article: Article, style: Style) -> list[str]:
    """Return the sentences as `sentences.json` has them.

    A mark on the line is part of what stands there, and readers differ in whether they keep it: a sentence with one
    in its midst is left out, one that ends with a mark ends before it. Raised marks are no part of any sentence.
    """
    raised = style.citation.startswith("raised")
    out = []
    for section in article.sections:
        for sentence in (one for paragraph in section.paragraphs for one in paragraph):
            text = sentence if raised else _ENDS_WITH_MARK.sub("", sentence)
            runs = runs_of(text, article, style)
            if raised or not any(run.mark for run in runs):
                out.append(plain(runs, marks=False))
    return out


def references_of(article: Article, style: Style) -> list[dict[str, object]]:
    """Return the references as `references.json` has them; the DOI only where it is printed."""
    printed = style.reference_doi != "no"
    return [
        {
            "number": number,
            "first_author": one.family,
            "year": one.year,
            "doi": one.doi if printed else "",
            "pmid": "",
        }
        for number, one in enumerate(list_order(article, style), start=1)
    ]


def write_gold(article: Article, style: Style, folder: Path) -> None:
    """Write `tables.json`, `sentences.json` and `references.json` to a folder."""
    gold = {
        "tables": tables_of(article, style),
        "sentences": sentences_of(article, style),
        "references": references_of(article, style),
    }
    for name, content in gold.items():
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
