"""Tables of small PDFs, each typeset for one fault of layout, against the rows that a reader sees."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TypedDict

import pytest
import typst

from extract.pdf.reader import Sheet, read_sheets
from extract.records import Word
from extract.tables import FoundTable, find_tables

DATA = Path(__file__).parent.parent / "data" / "tables"
CASES = sorted(path.stem for path in DATA.glob("*.typ"))


class Expected(TypedDict, total=False):
    label: str
    caption: str
    note: str
    header_rows: int
    rows: list[list[str]]
    image: bool


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Sheet, ...]]:
    folder = tmp_path_factory.mktemp("tables")
    read = {}
    for name in CASES:
        path = folder / f"{name}.pdf"
        typst.compile(DATA / f"{name}.typ", output=path)
        read[name] = tuple(read_sheets(path))
    return read


def text_of(words: tuple[Word, ...]) -> str:
    return "".join((" " if word.spaced else "") + word.text for word in words).strip()


def all_words(table: FoundTable) -> list[Word]:
    cells = [word for row in table.rows for cell in row for word in cell.words]
    return [*table.label, *table.caption, *table.note, *cells, *table.stray]


@pytest.mark.parametrize("name", CASES)
def test_rows_are_those_that_a_reader_sees(name: str, pages: dict[str, tuple[Sheet, ...]]) -> None:
    expected: list[Expected] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    found = [
        {
            "label": text_of(table.label),
            "caption": text_of(table.caption),
            "note": text_of(table.note),
            "header_rows": table.header_rows,
            "image": table.image,
            "rows": [[text_of(cell.words) for cell in row] for row in table.rows],
        }
        for table in find_tables(pages[name])
    ]
    assert found == [{"image": False, **table} for table in expected]


@pytest.mark.parametrize("name", CASES)
def test_no_word_is_lost_or_used_twice(name: str, pages: dict[str, tuple[Sheet, ...]]) -> None:
    sheets = pages[name]
    tables = find_tables(sheets)
    used = Counter(word for table in tables for word in all_words(table))
    on_page = Counter(word for sheet in sheets for word in sheet.page.words)
    assert not used - on_page
    for table in tables:
        for box in table.boxes if not table.image else ():
            inside = [
                word
                for word in sheets[box.page - 1].page.words
                if box.x0 <= (word.box.x0 + word.box.x1) / 2 <= box.x1
                and box.top <= (word.box.top + word.box.bottom) / 2 <= box.bottom
            ]
            assert not Counter(inside) - used


@pytest.mark.parametrize("name", CASES)
def test_rows_are_rectangular_and_cells_know_their_place(name: str, pages: dict[str, tuple[Sheet, ...]]) -> None:
    for table in find_tables(pages[name]):
        assert len({len(row) for row in table.rows}) <= 1
        assert 0.0 <= table.confidence <= 1.0
        for n, row in enumerate(table.rows):
            assert [(cell.row, cell.column) for cell in row] == [(n, m) for m in range(len(row))]
