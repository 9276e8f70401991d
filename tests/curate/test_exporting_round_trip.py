"""Every export of every kind is read back and compared with what went in, text that means harm included."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import builders
import pytest
from click.testing import CliRunner

from curate.cli import main
from curate.export.exports import KINDS
from curate.export.formats import Record
from curate.export.formats.as_csv import unguarded
from curate.records import Checked, Role, Verdict
from curate.review.decisions import decide
from curate.store import Store

HOSTILE = (
    '=HYPERLINK("http://example.org","x")',
    "'=already guarded",
    "''",
    'a "quote", a comma;\tand a tab',
    "two\r\nlines\nand\ra return",
    "-5",
    "+not a number",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "\u2028 line separator \u0085 \ufeff mark",
    "résumé → ＝1 𝔸",
    "null",
    "",
)


@pytest.fixture(params=range(len(HOSTILE)), ids=lambda index: f"text{index}")
def hostile(request: pytest.FixtureRequest, empty: Store) -> tuple[Store, str]:
    """A store where every text of one's own choice is a hostile one."""
    text = HOSTILE[request.param]
    paper = builders.document(title=text or "untitled")
    (table,) = paper.tables
    (reference,) = paper.references
    paper = replace(
        paper,
        tables=(replace(table, caption=text, note=text, label=text),),
        references=(replace(reference, title=text, authors=text, first_author=text),),
    )
    extraction = builders.extraction(paper, claims=(builders.trial_result(), builders.response()))
    drug, number = extraction.mentions
    extraction = replace(extraction, mentions=(replace(drug, text=text, normalized=text), number))
    checked = builders.checked(paper)
    flags = tuple(
        replace(flag, doubt=replace(flag.doubt, message=text, subject=text, expected=text)) for flag in checked.flags
    )
    builders.save(empty, extraction, Checked(flags=flags, counts=()))
    target = builders.Ids().conflict
    for curator in ("=Ada", "Ben"):
        decide(empty, "flag", target, Verdict.DISMISS, curator=curator, reason=text)
        decide(empty, "flag", target, Verdict.CORRECT, value=text.strip() or "53", curator=curator)
    decide(empty, "flag", target, Verdict.CONFIRM, curator="Cy", role=Role.ADJUDICATION)
    decide(empty, "claim", builders.response().id, Verdict.DISMISS, curator="Ada", reason=text)
    return empty, text


def exported(store: Store, tmp_path: Path, *arguments: str) -> str:
    output = tmp_path / "out"
    done = CliRunner().invoke(main, ["export", *arguments, "--store", str(store.path), "--output", str(output)])
    assert done.exit_code == 0, done.output
    return output.read_bytes().decode()


def read_json(text: str) -> list[Record]:
    return list(json.loads(text))


def read_jsonl(text: str) -> list[Record]:
    assert text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


READERS: dict[str, Callable[[str], list[Record]]] = {"json": read_json, "jsonl": read_jsonl}


@pytest.mark.parametrize("form", sorted(READERS))
def test_json_and_json_lines_are_read_back(hostile: tuple[Store, str], tmp_path: Path, form: str) -> None:
    store, _ = hostile
    builders.add(store, curator="=Ada")
    for kind in sorted(KINDS):
        got = READERS[form](exported(store, tmp_path, kind, "--format", form))
        assert got, kind
        assert got == list(KINDS[kind].records(store)), kind


def test_csv_is_read_back(hostile: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = hostile
    builders.add(store, curator="=Ada")
    for kind in sorted(KINDS):
        text = exported(store, tmp_path, kind, "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        records = list(KINDS[kind].records(store))
        assert len(rows) == len(records)
        for row, record in zip(rows, records, strict=True):
            for column, cell in row.items():
                value = record.get(column)
                if value is None:
                    assert cell == ""
                elif isinstance(value, str):
                    assert unguarded(cell) == value
                else:
                    assert json.loads(cell) == value


def test_the_hostile_text_itself_comes_back(hostile: tuple[Store, str], tmp_path: Path) -> None:
    store, text = hostile
    (table,) = read_json(exported(store, tmp_path, "tables"))
    flag, _ = read_json(exported(store, tmp_path, "flags"))
    assert (table["caption"], flag["message"], flag["expected"]) == (text, text, text)
    reasons = [decision["reason"] for decision in read_json(exported(store, tmp_path, "decisions"))]
    assert reasons == [text.strip(), "", text.strip(), "", "", text.strip()]


def test_the_history_says_what_each_decision_replaces(hostile: tuple[Store, str], tmp_path: Path) -> None:
    store, text = hostile
    history = read_json(exported(store, tmp_path, "decisions", "--history"))
    assert history == read_json(exported(store, tmp_path, "history"))
    assert [(one["curator"], one["verdict"], one["role"], one["current"]) for one in history] == [
        ("=Ada", "dismiss", "review", False),
        ("=Ada", "correct", "review", True),
        ("Ben", "dismiss", "review", False),
        ("Ben", "correct", "review", True),
        ("Cy", "confirm", "adjudication", True),
        ("Ada", "dismiss", "review", True),
    ]
    first, second, *_, claim = history
    assert first["replaces"] is None
    assert second["replaces"] == {
        name: first[name] for name in ("id", "verdict", "value", "reason", "curator", "decided_at")
    }
    assert (first["kind"], first["about"], first["document"]) == ("claim-conflict", f"{text}: {text}", "a" * 64)
    assert (claim["kind"], claim["arises"]) == ("variant_response", True)


def test_a_flag_that_arises_no_more_keeps_its_history(store: Store, tmp_path: Path) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="Ada")
    builders.save(store, flags=Checked(flags=(), counts=()))
    (one,) = read_json(exported(store, tmp_path, "history"))
    assert (one["arises"], one["kind"]) == (False, "claim-conflict")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["flags", "--history"], "--history goes with decisions"),
        (["flags", "--format", "bioc-json"], "the format bioc-json is for mentions, not for flags"),
        (["tables", "--format", "civic-sheet"], "the format civic-sheet is for claims, not for tables"),
        (["decisions", "--history", "--format", "web-annotation"], "is for claims, not for history"),
    ],
)
def test_what_does_not_go_together_is_a_usage_error(store: Store, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["export", *arguments, "--store", str(store.path)])
    assert done.exit_code == 2
    assert said in done.stderr
