import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from extract.cli import annotate

TEXT = "😀 ALK G1202R confers resistance to crizotinib."


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(annotate, arguments, input=stdin)


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_plain_text_gives_mentions_with_code_points_of_the_input() -> None:
    found = rows(run("-", stdin=TEXT))
    assert [(row["kind"], row["text"], row["normalized"]) for row in found] == [
        ("gene", "ALK", "ALK"),
        ("variant", "G1202R", "p.Gly1202Arg"),
        ("drug", "crizotinib", "crizotinib"),
    ]
    assert [(row["start"], row["end"]) for row in found] == [(2, 5), (6, 12), (35, 45)]
    assert [TEXT[row["start"] : row["end"]] for row in found] == [row["text"] for row in found]
    assert found[1]["entity"] == "ALK"
    assert all("id" not in row for row in found)


def test_windows_line_ends_and_a_byte_order_mark_do_not_shift_offsets(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("\ufeffOne line.\r\nKRAS G12C is next.".encode())
    text = "One line.\r\nKRAS G12C is next."
    assert [text[row["start"] : row["end"]] for row in rows(run(str(path)))] == ["KRAS", "G12C"]


def test_json_lines_keep_their_ids() -> None:
    lines = [
        {"id": "a", "text": "KRAS G12C was found."},
        {"id": 7, "text": "Nothing was found."},
        {"id": "b", "text": "BRAF V600E was found."},
    ]
    found = rows(run("--format", "jsonl", stdin="\n".join(json.dumps(line) for line in lines) + "\n\n"))
    assert [(row["id"], row["text"]) for row in found] == [
        ("a", "KRAS"),
        ("a", "G12C"),
        ("b", "BRAF"),
        ("b", "V600E"),
    ]


def test_claims_are_printed_with_their_arguments_and_offsets() -> None:
    (row,) = rows(run("--claims", stdin=json.dumps({"id": "x", "text": TEXT})))
    assert row == {
        "id": "x",
        "kind": "variant_response",
        "gene": "ALK",
        "variants": ["G1202R"],
        "drugs": ["crizotinib"],
        "direction": "resistance",
        "start": 6,
        "end": 45,
        "citations": [],
        "found": {"direction": "said", "drug": "said", "variants": "said"},
    }


def test_a_claim_has_the_numbers_that_the_text_cites_for_it() -> None:
    (row,) = rows(run("--claims", stdin="ALK G1202R conferred resistance to crizotinib [12, 14-16]."))
    assert row["citations"] == [12, 14, 15, 16]


def test_a_claim_of_another_kind_has_its_own_arguments() -> None:
    (row,) = rows(run("--claims", stdin="In the ALTA trial, the ORR of brigatinib was 53%."))
    assert (row["kind"], row["trial"], row["endpoint"], row["value"], row["unit"]) == (
        "trial_result",
        "ALTA",
        "ORR",
        53.0,
        "%",
    )


def test_a_number_is_printed_with_its_quantity() -> None:
    (row,) = rows(run(stdin="The rate was 53% (95% CI, 43-63)."))
    assert row["quantity"] == {
        "measure": "percent",
        "value": 53.0,
        "unit": "%",
        "low": 43.0,
        "high": 63.0,
        "interval": "95% CI",
        "decimals": 0,
    }


@pytest.mark.parametrize("empty", ["", "\n", "   \n\n"])
def test_empty_input_gives_nothing(empty: str) -> None:
    assert rows(run(stdin=empty)) == []


def test_a_json_line_that_is_broken_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": 1, "text": "KRAS G12C"}\n{"id": 2, "text": \n', encoding="utf-8")
    result = run(str(path))
    assert result.exit_code == 1
    assert "lines.jsonl, line 2: is not JSON" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_json_line_without_a_text_is_named() -> None:
    result = run(stdin='{"id": 1, "text": "KRAS"}\n{"id": 2, "body": "KRAS"}\n')
    assert result.exit_code == 1
    assert 'line 2: has no "text"' in result.stderr


def test_what_is_not_utf_8_is_said_with_its_place() -> None:
    result = run(stdin=b"KRAS \xff")
    assert result.exit_code == 1
    assert "is not UTF-8 text (byte 5); save it as UTF-8" in result.stderr


def test_a_model_that_is_not_installed_is_one_line() -> None:
    result = run("--ner-model", "en_ner_nowhere_md", stdin=TEXT)
    assert result.exit_code == 1
    assert "'en_ner_nowhere_md' is not installed" in result.stderr
    assert "Traceback" not in result.output


def test_a_file_that_is_not_there_is_a_wrong_use() -> None:
    assert run("no-such-file.txt").exit_code == 2


def test_text_that_begins_with_a_brace_is_text() -> None:
    assert [row["text"] for row in rows(run(stdin="{KRAS G12C}"))] == ["KRAS", "G12C"]


@pytest.mark.parametrize("text", ["{}", '{{"id": {}, "text": "ALK G1202R"}}', '{{"text": {}}}'])
def test_json_that_is_nested_without_end_is_one_line_or_text(text: str) -> None:
    nested = "[" * 100_000 + "]" * 100_000
    found = run(stdin=text.format(nested))
    if text == "{}":
        assert rows(found) == []
    else:
        assert found.exit_code == 1
        assert re.fullmatch(r"Error: [^\n]+, line 1: is JSON that is nested too deeply\n", found.stderr)


def test_half_a_letter_in_an_id_or_a_text_is_kept_as_its_escape() -> None:
    found = run(stdin='{"id": "a\\ud800", "text": "\\udfff ALK G1202R \\ud83d\\ude00"}')
    assert [(row["id"], row["text"]) for row in rows(found)] == [("a\ud800", "ALK"), ("a\ud800", "G1202R")]
    assert "\\ud800" in found.stdout
