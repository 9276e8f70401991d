"""Articles from folders of gold (`tables.json`, `sentences.json`, `references.json`): their words in other styles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from press.article import Article, Cell, Reference, Row, Section, Table

SENTENCES_OF_A_PARAGRAPH = 5
PARAGRAPHS_OF_A_SECTION = 3
HEADINGS = ("Introduction", "Methods", "Results", "Discussion", "Conclusion")


def articles_in(folder: Path) -> list[Article]:
    """Return the article of a folder, or those of the folders in it."""
    inner = (folder, *sorted(path for path in folder.iterdir() if path.is_dir()))
    return [article_of(path) for path in inner if (path / "sentences.json").exists()]


def article_of(folder: Path) -> Article:
    """Return an article with the gold of a folder; what the gold does not say (titles of references) is made up."""
    tables = _load(folder / "tables.json")
    sentences = tuple(map(_plain, cast(list[str], json.loads((folder / "sentences.json").read_text(encoding="utf-8")))))
    references = _load(folder / "references.json")
    set_tables = tuple(_table(number, one) for number, one in enumerate(tables, start=1) if _grid(one))
    return Article(
        name=folder.name,
        title=f"The article of the folder {folder.name} in another style",
        authors=("First Author", "Second Author"),
        affiliation="Institute of the Folder",
        journal="Journal of Other Styles",
        doi=f"10.5555/press.{re.sub(r'[^a-z0-9]+', '.', folder.name.casefold())}",
        abstract=("The words of this article are those of its gold.",),
        sections=_sections(sentences, len(set_tables), len(references)),
        tables=set_tables,
        figures=(),
        references=tuple(_reference(one) for one in sorted(references, key=lambda one: int(str(one["number"])))),
    )


def _load(path: Path) -> list[Mapping[str, object]]:
    return cast(list[Mapping[str, object]], json.loads(path.read_text(encoding="utf-8"))) if path.exists() else []


def _plain(text: str) -> str:
    """Return a text that has none of the press's markup."""
    return re.sub(r"\s+", " ", text.replace("{", "(").replace("}", ")")).strip()


def _sections(sentences: Sequence[str], tables: int, references: int) -> tuple[Section, ...]:
    """Lay sentences out in paragraphs, cite the references and name the tables in short sentences of their own."""
    size = SENTENCES_OF_A_PARAGRAPH
    paragraphs = [list(sentences[at : at + size]) for at in range(0, len(sentences), size)] or [[]]
    for number in range(1, tables + 1):
        at = min(len(paragraphs) - 1, number * len(paragraphs) // (tables + 1))
        paragraphs[at].append(f"More is shown in {{T{number}}}.")
    for number in range(1, references + 1):
        paragraph = paragraphs[(number - 1) * len(paragraphs) // references]
        paragraph.append(f"Others have seen this, too{{{number}}}.")
    per = max(1, min(PARAGRAPHS_OF_A_SECTION, len(paragraphs) // len(HEADINGS) or 1))
    parts = [paragraphs[at : at + per] for at in range(0, len(paragraphs), per)]
    return tuple(
        Section(heading=HEADINGS[min(at, len(HEADINGS) - 1)], paragraphs=tuple(map(tuple, part)))
        for at, part in enumerate(parts)
    )


def _grid(table: Mapping[str, object]) -> list[list[str]]:
    rows = [[_plain(cell or "") for cell in row] for row in cast(list[list[str]], table["rows"])]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows if any(row)]


def _table(number: int, source: Mapping[str, object]) -> Table:
    grid = _grid(source)
    head = int(str(source.get("header_rows", 1)))
    return Table(
        number=number,
        caption=_plain(str(source.get("caption", ""))),
        note=_plain(str(source.get("note", ""))),
        head=head,
        rows=tuple(_rows(grid, head)),
    )


def _rows(grid: Sequence[Sequence[str]], head: int) -> Iterator[Row]:
    """Yield rows; in a header above another, an empty cell goes with the title left of it if titles stand below."""
    for at, texts in enumerate(grid):
        group = at >= head and bool(texts[0]) and len(texts) > 1 and not any(texts[1:])
        cells: list[Cell | None] = [Cell(text=text) for text in texts]
        if at + 1 < head:
            for column in range(len(texts) - 1, 0, -1):
                right = cells[column]
                left = cells[column - 1]
                if (
                    right
                    and left
                    and not right.text
                    and left.text
                    and grid[at + 1][column]
                    and grid[at + 1][column - 1]
                ):
                    cells[column - 1] = Cell(text=left.text, columns=right.columns + 1)
                    cells[column] = None
        yield Row(cells=tuple(cells), group=group)


def _reference(source: Mapping[str, object]) -> Reference:
    number = int(str(source["number"]))
    family = _plain(str(source["first_author"]).split(",")[0]) or "Anonymous"
    return Reference(
        authors=(f"{family} A", "Second B"),
        year=str(source["year"]),
        title=f"What was found in study {number}",
        journal="J Other Styles",
        volume=str(1 + number % 90),
        pages=f"{number * 7}-{number * 7 + 6}",
        doi=str(source.get("doi", "")),
    )
