import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import builders
import pytest
import typst
from click.testing import CliRunner, Result

from curate.cli import main
from curate.commands.export import EXPORT_FORMATS, EXPORT_KINDS
from curate.export.exports import KINDS
from curate.export.formats import EXPORTERS
from curate.store import Store

ROOT = Path(__file__).parents[2]
ARTICLE = r"""
#set page(width: 12cm, height: 16cm)
#set document(title: "A trial of two agents", date: none)
#text(size: 16pt)[A trial of two agents]

= Results
ALK G1202R conferred resistance to crizotinib. In the ALTA trial brigatinib had an objective response rate
of 53% in arm B.
"""


@pytest.fixture(scope="session")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound PDF of one page with a text layer."""
    path = tmp_path_factory.mktemp("articles") / "article.pdf"
    path.write_bytes(typst.compile(ARTICLE.encode()))
    return path


@pytest.fixture
def run() -> Callable[..., Result]:
    def invoke(*arguments: object, **settings: str) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], **settings)

    return invoke


# -- bad input ------------------------------------------------------------------------------------------------


def one_line(done: Result, status: int, *, names: object, says: str) -> None:
    assert done.exit_code == status, done.output
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Error")]
    assert str(names) in line
    assert says in line


@pytest.mark.parametrize("command", [["check"], ["review"], ["browse", "--no-open"], ["export", "flags"]])
def test_a_store_that_is_none_is_one_line_and_status_1(
    run: Callable[..., Result], path: Path, command: list[str]
) -> None:
    one_line(run(*command, "--store", path), 1, names=path, says="there is no such store")
    assert not path.exists()
    path.write_text("not a database at all")
    one_line(run(*command, "--store", path), 1, names=path, says="is not a SQLite file")
    assert path.read_text() == "not a database at all"


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "x.pdf"],
        ["extract", "--store", "c.db"],
        ["extract", "/nowhere/x.pdf", "--store", "c.db"],
        ["extract", ".", "--store", "c.db", "--jobs", "0"],
        ["check", "--store", "c.db", "--fail-on", "everything"],
        ["export", "sentences", "--store", "c.db"],
        ["export", "flags", "--store", "c.db", "--format", "xml"],
        ["nonsense"],
    ],
)
def test_wrong_use_is_status_2(run: Callable[..., Result], arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Usage:" in done.stderr


def test_a_folder_without_a_pdf_is_one_line_and_makes_no_store(run: Callable[..., Result], tmp_path: Path) -> None:
    one_line(run("extract", tmp_path, "--store", tmp_path / "c.db"), 1, names=tmp_path, says="holds no PDF")
    assert not (tmp_path / "c.db").exists()


def test_a_model_that_is_not_installed_is_one_line_and_makes_no_store(
    run: Callable[..., Result], article: Path, path: Path
) -> None:
    one_line(
        run("extract", article, "--store", path, "--ner-model", "en_ner_nonsense"),
        1,
        names="en_ner_nonsense",
        says="install",
    )
    assert not path.exists()


def test_an_export_never_writes_over_the_store(run: Callable[..., Result], store: Store) -> None:
    done = run("export", "flags", "--store", store.path, "--output", store.path)
    assert done.exit_code == 2
    assert len(list(store.flags())) == 2


def test_an_export_to_nowhere_is_one_line(run: Callable[..., Result], store: Store, tmp_path: Path) -> None:
    output = tmp_path / "nowhere" / "flags.csv"
    one_line(run("export", "flags", "--store", store.path, "--output", output), 1, names=output, says="No such file")


# -- extract --------------------------------------------------------------------------------------------------


def test_a_folder_with_one_bad_pdf_stores_the_good_ones_and_says_so(
    run: Callable[..., Result], article: Path, tmp_path: Path
) -> None:
    folder, store_path = tmp_path / "papers", tmp_path / "c.db"
    folder.mkdir()
    (folder / "good.pdf").write_bytes(article.read_bytes())
    (folder / "bad.pdf").write_text("not a PDF")
    done = run("extract", folder, "--store", store_path, "--jobs", 2)
    assert done.exit_code == 1
    assert "1 read, 0 skipped, 1 failed" in done.stderr.splitlines()
    failed = [line for line in done.stderr.splitlines() if line.startswith("failed: ")]
    assert len(failed) == 1
    assert str(folder / "bad.pdf") in failed[0]
    with Store.open(store_path) as store:
        assert [document.file_name for document in store.documents()] == ["good.pdf"]
        (record,) = store.runs()
        assert (record.documents_read, record.documents_failed) == (1, 1)
        assert record.finished_at


def test_a_second_extract_skips_and_force_does_not(run: Callable[..., Result], article: Path, path: Path) -> None:
    told = [
        run("extract", article, "--store", path, "--jobs", 1, *more).stderr.splitlines()[-1]
        for more in ([], [], ["--force"])
    ]
    assert told == ["1 read, 0 skipped, 0 failed", "0 read, 1 skipped, 0 failed", "1 read, 0 skipped, 0 failed"]


def test_what_was_extracted_is_exported_as_pure_json(run: Callable[..., Result], article: Path, path: Path) -> None:
    assert run("extract", article, "--store", path, "--jobs", 1).exit_code == 0
    blocks = json.loads(run("export", "blocks", "--store", path).stdout)
    assert any("ALK G1202R conferred resistance to crizotinib" in block["text"] for block in blocks)
    mentions = json.loads(run("export", "mentions", "--store", path).stdout)
    assert {"ALK", "G1202R", "ALTA", "53%"} <= {mention["text"] for mention in mentions}


# -- check ----------------------------------------------------------------------------------------------------


def test_check_runs_the_rules_on_what_is_stored_without_the_pdf(run: Callable[..., Result], store: Store) -> None:
    done = run("check", "--store", store.path)
    assert done.exit_code == 0, done.output
    # The flags of the builders come from no rule over its text, so a new check finds none of them.
    assert list(store.flags()) == []
    assert [run.command for run in store.runs()] == ["extract", "check"]
    assert {row["rule"] for row in store.select("SELECT rule FROM rule_counts WHERE run_id = 2")} >= {"unit-mismatch"}


def test_fail_on_counts_what_is_severe_enough(
    run: Callable[..., Result], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.rules.run.check", lambda _: builders.without_errors(builders.checked()))
    fails = {
        severity: run("check", "--store", store.path, "--fail-on", severity).exit_code
        for severity in ("error", "warning", "notice")
    }
    assert fails == {"error": 0, "warning": 0, "notice": 1}


def test_a_rule_that_fails_is_named_with_status_1(
    run: Callable[..., Result], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.rules.run.check", lambda _: builders.with_failed_rule(builders.checked()))
    done = run("check", "--store", store.path)
    assert done.exit_code == 1
    assert "failed: alta.pdf: rule unit-mismatch failed: KeyError: 'arm'" in done.stderr.splitlines()


# -- export ---------------------------------------------------------------------------------------------------


def test_the_choices_of_the_command_are_all_there_are() -> None:
    assert set(EXPORT_KINDS) == set(KINDS)
    assert set(EXPORT_FORMATS) == set(EXPORTERS)


@pytest.mark.parametrize("kind", [kind for kind in EXPORT_KINDS if kind not in ("decisions", "history")])
def test_all_formats_hold_the_same_records(run: Callable[..., Result], store: Store, tmp_path: Path, kind: str) -> None:
    builders.add(store)
    outputs = {}
    for form in ("csv", "json", "jsonl"):
        outputs[form] = tmp_path / f"{kind}.{form}"
        done = run("export", kind, "--store", store.path, "--format", form, "--output", outputs[form])
        assert done.exit_code == 0, done.output
        assert done.stdout == ""
    records = json.loads(outputs["json"].read_text("utf-8"))
    assert records
    assert [json.loads(line) for line in outputs["jsonl"].read_text("utf-8").splitlines()] == records
    with outputs["csv"].open(newline="", encoding="utf-8") as file:
        cells = list(csv.DictReader(file))
    assert [row["document"] for row in cells] == [record["document"] for record in records]


# -- the command line as a whole ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(set(main.commands) - {"annotate"}))
def test_the_help_of_each_command_holds_an_example(run: Callable[..., Result], command: str) -> None:
    help_text = run(command, "--help").stdout
    lines = help_text.splitlines()
    example = lines.index("  Example:")
    assert lines[example + 1].startswith(f"    litcurate {command}")


def test_the_catalogue_names_each_rule_with_what_it_says(run: Callable[..., Result]) -> None:
    from curate.rules import RULES

    lines = run("rules").stdout.splitlines()
    for name, rule in RULES.items():
        assert name in lines
        assert f"    {(rule.__doc__ or '').splitlines()[0]}" in lines


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from curate.cli import main; "
        "CliRunner().invoke(main, ['--help']); "
        "print(*sorted({'spacy', 'pdfplumber', 'datasette', 'sqlite3', 'rich', 'extract.pipeline'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("command", ["export", "review"])
def test_reviewers_and_exporters_do_not_wait_for_the_reader(store: Store, command: str) -> None:
    arguments = [command, *(["flags"] if command == "export" else []), "--store", str(store.path)]
    code = (
        "import sys; from click.testing import CliRunner; from curate.cli import main; "
        f"done = CliRunner().invoke(main, {arguments!r}, input='q'); assert done.exit_code == 0, done.output; "
        "print(*sorted({'spacy', 'pdfplumber', 'datasette', 'numpy', 'extract.pipeline'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_reader_that_stops_early_is_no_fault(store: Store) -> None:
    command = f"{sys.executable} -m curate.cli export mentions --store {store.path} | head -c 10"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr


def test_an_interrupt_keeps_what_was_stored_and_shows_no_traceback(article: Path, tmp_path: Path) -> None:
    papers, path = tmp_path / "papers", tmp_path / "c.db"
    papers.mkdir()
    for number in range(60):
        # Bytes after the end of a PDF are no part of it: the same article in sixty files.
        (papers / f"{number:02}.pdf").write_bytes(article.read_bytes() + b"\n%%%d\n" % number)
    command = [sys.executable, "-m", "curate.cli", "extract", str(papers), "--store", str(path), "--jobs", "2"]
    with subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stderr.read()
    assert "1 page, " in first
    assert process.returncode == 1
    assert "Traceback" not in rest
    assert "Interrupted: " in rest
    with Store.open(path) as store:
        stored = [document.id for document in store.documents()]
        assert 1 <= len(stored) < 60
        for identity in stored:
            assert store.extraction(identity).document.id == identity
        (record,) = store.runs()
        assert record.finished_at == ""
