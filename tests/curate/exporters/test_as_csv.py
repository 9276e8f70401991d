import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.export.formats.as_csv import as_csv, guarded, unguarded


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x","y")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "＝1+1",
        "- a list entry",
        "-5%",
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert guarded(f"'{text}") == f"''{text}"


@pytest.mark.parametrize("text", ["-5", "+0.5", "-1.2e-3", "-.5", "5", "", "ALK", "p=0.05", "'quoted", "a-b"])
def test_numbers_and_plain_text_are_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_cells_hold_text_numbers_nothing_and_json() -> None:
    record = {"a": 'a "quoted", long\ntext', "b": None, "c": 0.5, "d": [{"page": 1}], "e": "="}
    text = "".join(as_csv(["a", "b", "c", "d", "e", "missing"], [record]))
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert header == ["a", "b", "c", "d", "e", "missing"]
    assert row == ['a "quoted", long\ntext', "", "0.5", '[{"page": 1}]', "'=", ""]


_TEXTS = st.one_of(st.text(), st.text("'=+-@\t1", max_size=6))


@given(st.lists(st.lists(_TEXTS, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    text = "".join(as_csv(["a", "b"], ({"a": a, "b": b} for a, b in rows)))
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [[unguarded(cell) for cell in row] for row in read] == rows


@given(_TEXTS)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("=", "@", "\t", "\r", "\n"))
    assert not cell.startswith(("+", "-")) or cell == text


def test_no_record_is_a_header_alone() -> None:
    assert "".join(as_csv(["id", "text"], [])) == "id,text\r\n"
