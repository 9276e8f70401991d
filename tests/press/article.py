"""The neutral article: what stands in a paper, without any layout.

Texts have a small markup: `{3,5-7}` cites references, `{T1}` and `{F1}` name a table or a figure, `^{a}` is raised.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
LEFT, ABOVE, GROUP = "<", "^", "= "


class ArticleError(Exception):
    """An article's source cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell with the columns and rows that it spans; None stands in its row's tuple where another cell covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; `group` marks one whose first cell names the rows below it."""

    cells: tuple[Cell | None, ...]
    group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: `head` counts its header rows, `number` from 1."""

    number: int
    caption: str
    note: str
    head: int
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        return len(self.rows[0].cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its paragraphs, each a tuple of sentences."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An entry of the list; `authors` are family names with initials ('Okafor AB')."""

    authors: tuple[str, ...]
    year: str
    title: str
    journal: str
    volume: str
    pages: str
    doi: str

    @property
    def family(self) -> str:
        """The first author's family name."""
        return re.sub(r"\s+\S+$", "", self.authors[0]) if self.authors else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """All that stands in a paper."""

    name: str
    title: str
    authors: tuple[str, ...]
    affiliation: str
    journal: str
    doi: str
    abstract: tuple[str, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    figures: tuple[str, ...]
    references: tuple[Reference, ...]
    closing: tuple[Section, ...] = field(default=())


def table_of(number: int, caption: str, note: str, head: int, source: str) -> Table:
    """Return a table from lines of cells between bars: `<` goes on from the left, `^` from above, `= ` begins a group.

    Raises `ArticleError` where the lines differ in width or a span has nowhere to begin.
    """
    grid = [[cell.strip() for cell in line.split("|")] for line in source.strip().splitlines()]
    width = max(map(len, grid))
    rows = []
    for at, line in enumerate(grid):
        group = line[0].startswith(GROUP)
        if group and len(line) == 1:
            line = [line[0].removeprefix(GROUP), *[""] * (width - 1)]
            grid[at] = line
        if len(line) != width:
            raise ArticleError(f"table {number}, line {at + 1}: {len(line)} cells, not {width}: {' | '.join(line)}")
        cells = tuple(_cell(grid, at, column) for column in range(width))
        rows.append(Row(cells=cells, group=group))
    return Table(number=number, caption=caption, note=note, head=head, rows=tuple(rows))


def _cell(grid: Sequence[Sequence[str]], row: int, column: int) -> Cell | None:
    if grid[row][column] in (LEFT, ABOVE):
        if (grid[row][column] == LEFT and not column) or (grid[row][column] == ABOVE and not row):
            raise ArticleError(f"row {row + 1}, column {column + 1}: a span without a beginning")
        return None
    columns = rows = 1
    while column + columns < len(grid[row]) and grid[row][column + columns] == LEFT:
        columns += 1
    while row + rows < len(grid) and len(grid[row + rows]) > column and grid[row + rows][column] == ABOVE:
        rows += 1
    return Cell(text=grid[row][column], columns=columns, rows=rows)


def paragraphs_of(source: str) -> tuple[tuple[str, ...], ...]:
    """Return paragraphs: a line is a sentence, an empty line ends a paragraph."""
    return tuple(tuple(part.strip().splitlines()) for part in re.split(r"\n\s*\n", source.strip()) if part.strip())


def load(name: str) -> Article:
    """Return one of the press's own articles; raises `ArticleError` where there is none of that name."""
    path = ARTICLES / f"{name}.toml"
    if not path.exists():
        raise ArticleError(f"{name}: no such article; there are {', '.join(names())}")
    with path.open("rb") as file:
        source = tomllib.load(file)
    return Article(
        name=name,
        title=source["title"],
        authors=tuple(source["authors"]),
        affiliation=source["affiliation"],
        journal=source["journal"],
        doi=source["doi"],
        abstract=tuple(source["abstract"].strip().splitlines()),
        sections=_sections(source["section"]),
        tables=tuple(
            table_of(number, one["caption"], one.get("note", ""), one["head"], one["rows"])
            for number, one in enumerate(source["table"], start=1)
        ),
        figures=tuple(source.get("figures", ())),
        references=tuple(map(reference_of, source["references"].strip().splitlines())),
        closing=_sections(source.get("closing", ())),
    )


def _sections(source: Iterable[dict[str, str]]) -> tuple[Section, ...]:
    return tuple(Section(heading=one["heading"], paragraphs=paragraphs_of(one["text"])) for one in source)


def reference_of(line: str) -> Reference:
    """Return a reference from 'authors; ... | year | title | journal | volume | pages | doi'."""
    authors, year, title, journal, volume, pages, doi = (part.strip() for part in line.split("|"))
    names_of = tuple(name.strip() for name in authors.split(";"))
    return Reference(authors=names_of, year=year, title=title, journal=journal, volume=volume, pages=pages, doi=doi)


def names() -> list[str]:
    """Return the names of the press's own articles."""
    return sorted(path.stem for path in ARTICLES.glob("*.toml"))
