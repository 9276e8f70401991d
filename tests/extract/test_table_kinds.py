"""Kinds of tables that were read wrong once, each set by two producers, against the rows that a reader sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from label_heights import labels_off
from table_pdfs import PRODUCERS, TablePdf, rows_of, write

from extract.document import read_document
from extract.records import Document

# fmt: off
RECEPTORS = [
    ["Characteristic", "Arm A (62)", "Arm B (60)", "P"],
    ["ER+", "41 (66.1)", "39 (65.0)", "0.90"],
    ["HER2+", "12 (19.4)", "13 (21.7)", "0.75"],
    ["PD-L1+", "20 (32.3)", "17 (28.3)", "0.64"],
    ["PD-L1–", "42 (67.7)", "43 (71.7)", "0.61"],
    ["50≤", "48 (77.4)", "49 (81.7)", "0.56"],
    ["GSTM1 –/–", "31 (50.0)", "30 (50.0)", "0.99"],
    ["GSTM1 +/–", "19 (30.6)", "18 (30.0)", "0.93"],
    ["KIT,", "5 (8.1)", "6 (10.0)", "0.70"],
    ["Alive with", "7 (11.3)", "8 (13.3)", "0.75"],
]
STAGES = [
    ["Stage", "Patients", "Survival (months)", "Hazard ratio"],
    ["pT1a", "14", "71.2", "1.00"], ["pT1b", "22", "64.0", "1.31"], ["pT2", "35", "41.8", "2.05"],
    ["cd", "18", "30.3", "2.66"], ["icd", "9", "21.9", "3.10"], ["mean", "11", "18.4", "3.48"],
    ["of whom N1", "6", "12.7", "4.02"],
]
# fmt: on
SHAPES = {
    "tight": {"pad": (3.0, 0.4), "leading": 9.0},
    "as tight as lines of a cell": {"pad": (3.0, 0.0), "leading": 9.0},
    "loose": {"pad": (6.0, 3.0), "leading": 9.6},
    "narrow first column": {"pad": (3.0, 0.4), "leading": 9.0, "widths": (58.0, 70.0, 80.0, 60.0)},
}
LABELS = {
    f"{name}, {shape}": TablePdf(rows=rows, **setting)  # type: ignore[arg-type]
    for name, rows in (("signs at the end", RECEPTORS), ("small letters", STAGES))
    for shape, setting in SHAPES.items()
}


def read(table: TablePdf, producer: str, folder: Path) -> Document:
    return read_document(write(table, producer, folder / "table.pdf"))[0]


def only_table(document: Document) -> list[list[str]]:
    assert len(document.tables) == 1
    return [[cell.text.replace("-", "–") for cell in row] for row in document.tables[0].rows]


def dashed(rows: list[list[str]]) -> list[list[str]]:
    return [[cell.replace("-", "–") for cell in row] for row in rows]


@pytest.mark.parametrize("producer", PRODUCERS)
@pytest.mark.parametrize("name", LABELS)
def test_a_label_stays_with_the_values_on_its_line(name: str, producer: str, tmp_path: Path) -> None:
    document = read(LABELS[name], producer, tmp_path)
    assert only_table(document) == dashed(rows_of(LABELS[name]))
    assert labels_off(document) == []


@pytest.mark.parametrize("producer", PRODUCERS)
def test_the_rest_of_a_label_beside_other_values_costs_the_tables_trust(producer: str, tmp_path: Path) -> None:
    rows = [
        ["Trial", "Arm", "Patients", "Dose (mg)"],
        ["Chua and others|(2010)", "Drug|Placebo", "47|48", "150|0"],
        ["Shirinova and others|(2014)", "Drug|Placebo", "43|41", "200|0"],
        ["Xie and others|(2007)", "Drug|Placebo", "25|25", "100|0"],
    ]
    table = TablePdf(rows=rows, pad=(3.0, 0.3), leading=9.0, rules=(0, 1, -1), widths=(78.0, 60.0, 60.0, 60.0))
    document = read(table, producer, tmp_path)
    assert all(off.confidence < 0.8 for off in labels_off(document))
    assert labels_off(document) == [] or document.tables[0].confidence < 0.8


@pytest.mark.parametrize("producer", PRODUCERS)
def test_labels_centred_over_their_rows_stand_in_the_first(producer: str, tmp_path: Path) -> None:
    rows = [
        ["Characteristic", "Level", "Tested", "Not tested"],
        ["Age, years", "Below 65", "376", "67"],
        ["^", "65 to 79", "610", "194"],
        ["^", "80 or more", "254", "155"],
        ["Sex", "Female", "573", "175"],
        ["^", "Male", "667", "241"],
        ["Smoking", "Never", "168", "28"],
        ["^", "Former", "651", "217"],
        ["^", "Current", "421", "171"],
    ]
    table = TablePdf(rows=rows, cells_at="middle", pad=(6.0, 1.5))
    document = read(table, producer, tmp_path)
    assert only_table(document) == rows_of(table)
    assert [row[0].row_span for row in document.tables[0].rows if row[0].text] == [1, 3, 2, 3]
    assert document.tables[0].confidence > 0.8


@pytest.mark.parametrize("producer", PRODUCERS)
def test_a_citation_on_a_line_of_its_own_closes_its_cell(producer: str, tmp_path: Path) -> None:
    rows = [
        ["Drug", "Mutations", "Way out"],
        ["Crizotinib", "On target: one, two and three|Off target: amplification", "Combined with an inhibitor|[50]"],
        ["Ceritinib", "On target: four and five|Off target: transition", "Combined with afatinib|[51]"],
        ["Alectinib", "On target: six|Off target: none", "Combined with another|[52]"],
    ]
    table = TablePdf(rows=rows, widths=(80.0, 140.0, 140.0))
    assert only_table(read(table, producer, tmp_path)) == [[cell.replace("|", " ") for cell in row] for row in rows]
