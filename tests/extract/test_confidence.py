"""What a table's confidence falls for: rows that were taken for one, or for two."""

from __future__ import annotations

from extract.records import Box, Word
from extract.tables.confidence import confidence_of
from extract.tables.found_tables import FoundCell
from extract.tables.grid import Grid

COLUMN, LINE = 80.0, 12.0


def cell(row: int, column: int, text: str, top: float) -> FoundCell:
    """Return a cell whose lines are parted by '|'."""
    words = []
    for n, line in enumerate(text.split("|") if text else ()):
        foot = top + LINE * n + 8
        x = COLUMN * column
        for part in line.split():
            box = Box(page=1, x0=x, top=foot - 8, x1=x + 4 * len(part), bottom=foot)
            words.append(Word(text=part, box=box, font="Serif", size=8, baseline=foot - 2))
            x = box.x1 + 2
    return FoundCell(row=row, column=column, words=tuple(words))


def confidence(*rows: str) -> float:
    """Return the confidence of a table of one header row; cells are parted by ';'."""
    texts = [row.split(";") for row in rows]
    found = []
    top = 0.0
    for n, row in enumerate(texts):
        found.append(tuple(cell(n, m, text, top) for m, text in enumerate(row)))
        top += LINE * max(text.count("|") + 1 for text in row)
    words = sum(len(cell.words) for row in found for cell in row)
    return confidence_of(Grid(tuple(found), 1, ()), words=words, stray=0)


CLEAR = ("Drug;Count;Share", "Alpha;12;3.5", "Beta;14;4.5", "Gamma;15;5.5", "Delta;16;6.5")


def test_a_clear_table_is_trusted() -> None:
    assert confidence(*CLEAR) == 1.0


def test_two_values_in_a_cell_of_a_column_of_single_ones_cost_trust() -> None:
    assert confidence(*CLEAR[:3], "Gamma|Delta;15|16;5.5|6.5", "Epsilon;17;7.5") < 0.8


def test_a_column_that_sets_two_values_everywhere_is_as_good_as_one_that_sets_one() -> None:
    assert confidence("Drug;Before and after", "Alpha;12|13", "Beta;14|15", "Gamma;16|17") == 1.0


def test_a_row_that_begins_in_the_middle_of_a_text_costs_trust() -> None:
    whole = confidence("Drug;Remark;Count", "Alpha;Not reached when|the data were cut;1", "Beta;None;2", "Gamma;None;3")
    split = confidence(
        "Drug;Remark;Count", "Alpha;Not reached when;1", ";the data were cut;", "Beta;None;2", "Gamma;None;3"
    )
    assert whole == 1.0
    assert split < 0.7


def test_words_that_stand_in_no_cell_cost_trust() -> None:
    rows = tuple(tuple(cell(n, m, f"{n}{m}", LINE * n) for m in range(2)) for n in range(4))
    assert confidence_of(Grid(rows, 1, ()), words=8, stray=0) == 1.0
    assert confidence_of(Grid(rows, 1, ()), words=8, stray=4) == 0.5


def test_a_label_on_another_rows_line_costs_trust_however_long_the_table() -> None:
    rows = tuple(tuple(cell(n, m, f"{n}{m}", LINE * n) for m in range(2)) for n in range(50))
    assert confidence_of(Grid(rows, 1, (), labels_off=1, rows_off=1), words=100, stray=0) < 0.8
    assert 0.8 < confidence_of(Grid(rows, 1, (), labels_off=0, rows_off=1), words=100, stray=0) < 1.0
