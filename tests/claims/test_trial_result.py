import re
from collections.abc import Iterator
from pathlib import Path

import papers
import pytest

from extract.claims.trial_result import TrialResult
from extract.records import Extraction

DATA = Path(papers.__file__).parent / "data" / "claims"


def cases(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each sentence of a list with the lines below it."""
    lines = [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    starts = [number for number, line in enumerate(lines) if line.startswith(">")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start][1:].strip(), tuple(lines[start + 1 : end])


def value(result: TrialResult) -> str:
    """Return a value as the lists print it."""
    if result.status:
        return result.status
    unit = result.unit if result.unit == "%" else f" {result.unit}"
    interval = "" if result.low is None else f" ({result.low}-{result.high})"
    return f"{result.value}{unit}{interval}"


def results(extraction: Extraction, *, population: bool = True) -> list[str]:
    found = [claim.arguments for claim in extraction.claims if isinstance(claim.arguments, TrialResult)]
    return [
        " | ".join((one.trial, one.endpoint, one.arm, value(one), *((one.population,) if population else ())))
        for one in found
    ]


def same(line: str, *, fields: int) -> tuple[str, ...]:
    """Return the fields of a line with its numbers as floats print them."""
    parts = [part.strip() for part in line.split("|")]
    number = re.match(r"\d+(?:\.\d+)?(?=\D|$)", parts[3])
    if number:
        parts[3] = f"{float(number[0])}{parts[3][number.end() :]}"
    return tuple(parts[:fields])


ACCEPTED = list(cases("trial_result_accept.txt"))
REJECTED = list(cases("trial_result_reject.txt"))
REPORTED = list(cases("report_accept.txt"))
NOT_REPORTED = list(cases("report_reject.txt"))


def test_there_are_forty_cases_of_each_kind() -> None:
    assert len(ACCEPTED) >= 40
    assert len(REJECTED) >= 40
    assert REPORTED
    assert NOT_REPORTED


@pytest.mark.parametrize(("sentence", "expected"), ACCEPTED)
def test_a_sentence_gives_the_results_that_it_states(sentence: str, expected: tuple[str, ...]) -> None:
    found = {same(line, fields=5) for line in results(papers.text(sentence))}
    assert found == {same(line, fields=5) for line in expected}


@pytest.mark.parametrize(("sentence", "wrong"), REJECTED)
def test_a_sentence_gives_no_result_that_it_does_not_state(sentence: str, wrong: tuple[str, ...]) -> None:
    found = {same(line, fields=4) for line in results(papers.text(sentence))}
    assert not (found if wrong == ("*",) else found & {same(line, fields=4) for line in wrong})


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_a_report_gives_the_results_of_its_own_study(text: str, expected: tuple[str, ...]) -> None:
    found = {same(line, fields=4) for line in results(papers.text(text), population=False)}
    assert found == {same(line, fields=4) for line in expected}


@pytest.mark.parametrize(("text", "wrong"), NOT_REPORTED)
def test_a_report_gives_no_result_that_it_does_not_state(text: str, wrong: tuple[str, ...]) -> None:
    assert wrong == ("*",)
    assert results(papers.text(text)) == []


def test_a_row_with_versus_gives_one_result_an_arm() -> None:
    table = papers.table(
        "Table 1",
        "Trials of olaparib",
        [
            ["Trial", "Treatment", "Comparator", "PFS (months) (95% CI)", "ORR (%)"],
            ["OlympiAD", "Olaparib", "vs. chemotherapy", "7.0 (5.7-8.3) vs. 4.2 (2.8-4.3)", "59.9 vs. 28.8"],
            ["SOLO-2", "Olaparib", "vs. placebo", "19.1 vs. 5.5", "NR"],
        ],
    )
    assert results(papers.paper(table), population=False) == [
        "OlympiAD | PFS | olaparib | 7.0 months (5.7-8.3)",
        "OlympiAD | PFS | chemotherapy | 4.2 months (2.8-4.3)",
        "OlympiAD | ORR | olaparib | 59.9%",
        "OlympiAD | ORR | chemotherapy | 28.8%",
        "SOLO-2 | PFS | olaparib | 19.1 months",
        "SOLO-2 | PFS | placebo | 5.5 months",
    ]


ARMS_BY_ROWS = papers.table(
    "Table 1",
    "Trials of BRAF and MEK inhibitors",
    [
        ["Trial", "Arm", "ORR (%)", "PFS (mo)", "HR for PFS (95% CI)", "P value"],
        ["Phase 3 trials"],
        ["COMBI-d", "Dabrafenib + trametinib", "69", "11.0", "0.67 (0.53-0.84)", "0.002"],
        ["", "Dabrafenib", "53", "8.8", "", ""],
        ["BRIM-3", "Vemurafenib", "48", "5.3", "0.26 (0.20-0.33)", "0.001"],
        ["", "Dacarbazine", "5", "1.6", "", ""],
    ],
)


def test_an_empty_first_column_carries_the_trial_down() -> None:
    assert results(papers.paper(ARMS_BY_ROWS), population=False) == [
        "COMBI-d | ORR | dabrafenib + trametinib | 69.0%",
        "COMBI-d | PFS | dabrafenib + trametinib | 11.0 months",
        "COMBI-d | ORR | dabrafenib | 53.0%",
        "COMBI-d | PFS | dabrafenib | 8.8 months",
        "BRIM-3 | ORR | vemurafenib | 48.0%",
        "BRIM-3 | PFS | vemurafenib | 5.3 months",
        "BRIM-3 | ORR | dacarbazine | 5.0%",
        "BRIM-3 | PFS | dacarbazine | 1.6 months",
    ]


def test_a_ratio_of_arms_is_no_value_of_an_endpoint() -> None:
    assert not [line for line in results(papers.paper(ARMS_BY_ROWS)) if "0.67" in line or "0.002" in line]


def test_a_group_row_gives_no_result_and_ends_what_is_carried_down() -> None:
    table = papers.table(
        "Table 1",
        "Trials by gene",
        [
            ["Study", "Drug", "ORR (%)", "OS (months)"],
            ["KRAS G12C"],
            ["KRYSTAL-1", "Adagrasib", "19", "19.8"],
            ["BRAF V600E"],
            ["", "Vemurafenib", "5", "7.7"],
        ],
    )
    assert results(papers.paper(table), population=False) == [
        "KRYSTAL-1 | ORR | adagrasib | 19.0%",
        "KRYSTAL-1 | OS | adagrasib | 19.8 months",
    ]


def test_a_label_of_an_arm_in_a_cell_is_kept() -> None:
    table = papers.table(
        "Table 1",
        "Dose cohorts",
        [
            ["Trial", "Drug", "ORR (%)"],
            ["ALTA", "Brigatinib", "Arm A: 48 vs. Arm B: 53"],
            ["ASCEND-8", "Ceritinib", "78"],
        ],
    )
    found = [claim.arguments for claim in papers.paper(table).claims if isinstance(claim.arguments, TrialResult)]
    assert [(one.trial, one.arm, one.population, one.value) for one in found] == [
        ("ALTA", "brigatinib", "Arm A", 48.0),
        ("ALTA", "brigatinib", "Arm B", 53.0),
        ("ASCEND-8", "ceritinib", "", 78.0),
    ]


def test_a_result_of_a_table_has_its_cell_and_boxes() -> None:
    extraction = papers.paper(ARMS_BY_ROWS)
    claim = next(claim for claim in extraction.claims if getattr(claim.arguments, "value", None) == 8.8)
    (evidence,) = claim.evidence
    assert evidence.cell is not None
    table = extraction.document.tables[evidence.cell.table]
    assert table.rows[evidence.cell.row][evidence.cell.column].text == evidence.quote == "8.8"
    assert evidence.boxes


def test_the_unit_printed_in_a_cell_is_kept_against_the_column() -> None:
    table = papers.table(
        "Table 1",
        "Trials",
        [["Trial", "Drug", "PFS (months)"], ["ALEX", "Alectinib", "34.8"], ["CROWN", "Lorlatinib", "39%"]],
    )
    assert results(papers.paper(table), population=False) == [
        "ALEX | PFS | alectinib | 34.8 months",
        "CROWN | PFS | lorlatinib | 39.0%",
    ]
