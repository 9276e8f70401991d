"""What is the label of a table, and what only looks like one."""

from __future__ import annotations

import pytest
from papers import paper, prose, table

from extract.page.captions import CAPTION, table_label

LABELS = (
    "Table 1. Patients",
    "TABLE II | Patients",
    "Tab. 3 | Patients",
    "eTable 1. Patients",
    "Extended Data Table 2 | Patients",
    "Online Table 1: Patients",
    "Appendix Table 4 Patients",
    "Supplementary Table S1. Patients",
    "Supplemental Table 2A. Patients",
    "Exhibit 9. Patients",
    "Table-2: Patients",
    "Continued Table 1",
    "Table 1 (continued)",
)
OTHERS = ("Tables are read", "The table 1", "Tablets 20 mg", "Exhibition 3", "Tabulated 5 times", "Figure 1. A table")


@pytest.mark.parametrize("text", LABELS)
def test_a_label_of_a_table(text: str) -> None:
    assert table_label(text)
    assert CAPTION.match(text)


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_label_of_a_table(text: str) -> None:
    assert table_label(text) == ""


@pytest.mark.parametrize("label", ["eTable 2", "Extended Data Table 2", "Online Table 2", "Tab. 2", "Exhibit 2"])
def test_the_caption_of_a_second_table_ends_the_first(label: str) -> None:
    rows = [["Trial", "ORR (%)"], ["ALEX", "82.9"], ["CROWN", "76.0"], ["FLAURA", "80.0"]]
    more = [["Trial", "PFS (months)"], ["ALEX", "34.8"], ["CROWN", "60.1"], ["FLAURA", "18.9"]]
    found = paper(prose("Two tables follow."), table("Table 1", "Responses", rows), table(label, "Survival", more))
    assert [len(one.rows) for one in found.document.tables] == [4, 4]
    assert [[cell.text for cell in row] for row in found.document.tables[1].rows] == more


def test_a_caption_without_a_table_is_a_gap() -> None:
    rows = [["Trial", "ORR (%)"], ["ALEX", "82.9"], ["CROWN", "76.0"], ["FLAURA", "80.0"]]
    pictured = "#block[*Table 2.* Survival of the patients]\n#rect(width: 60%, height: 30mm, fill: aqua)\n"
    found = paper(prose("Two tables follow."), table("Table 1", "Responses", rows), pictured, prose("They agree."))
    assert len(found.document.tables) == 1
    assert [gap for gap in found.gaps if "no table was found" in gap] == [
        "page 1: no table was found for the caption 'Table 2'"
    ]
