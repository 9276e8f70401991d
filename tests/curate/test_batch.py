import hashlib
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import builders
import pytest

from curate.records import RuleCount
from curate.run.batch import Progress, Readout, find_pdfs, run_batch, settings_text
from curate.store import Store
from extract.pipeline import Settings

# Readers that stand in for a document's fate by its name; they are functions of a module, as workers need.


def by_name(path: Path, settings: Settings) -> Readout:
    del settings
    if path.stem.startswith("dies"):
        os._exit(9)
    if path.stem.startswith("bad"):
        return Readout(path=path, failure=f"{path}: is encrypted; save a copy without its password")
    if path.stem.startswith("hangs"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})  # as in a library's own machine code
        time.sleep(600)
    document = builders.document(identity=identity(path), doi="10.1000/xyz" if path.stem.startswith("copy") else "")
    if path.stem.startswith("huge"):
        document = replace(document, references=(replace(document.references[0], number=10**30),))
    checked = builders.checked(document)
    if path.stem.startswith("rule"):
        counts = (RuleCount(rule="unit-mismatch", failed=1, error="KeyError: 'arm'"),)
        checked = type(checked)(flags=checked.flags, counts=counts)
    extraction = builders.extraction(document)
    if path.stem.startswith("copy"):
        extraction = builders.extraction(document, claims=(builders.trial_result(), builders.response()))
    if path.stem.startswith("copy-broken"):
        extraction = replace(extraction, claims=())
    if path.stem.startswith("copy-cut"):
        extraction = replace(extraction, gaps=(*extraction.gaps, "page 3 and those after it cannot be found: cut"))
    if path.stem.startswith("slow"):
        extraction = replace(extraction, gaps=("page 1 could not be read: it took longer than 60 s",))
    return Readout(path=path, extraction=extraction, checked=checked)


def identity(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(name)
    return [folder / name for name in names]


def run(store: Store, paths: list[Path], *, jobs: int = 2, force: bool = False) -> list[Progress]:
    number = store.begin_run("extract", version="1", settings="{}")
    settings = Settings()
    return list(
        run_batch(store, paths, run=number, version="1", settings=settings, jobs=jobs, force=force, reader=by_name)
    )


def outcomes(done: list[Progress]) -> dict[str, str]:
    return {progress.path.name: progress.outcome for progress in done}


def test_a_worker_that_dies_loses_no_other_document(empty: Store, tmp_path: Path) -> None:
    paths = files(tmp_path, "a.pdf", "dies.pdf", "b.pdf", "c.pdf", "bad.pdf", "d.pdf", "e.pdf")
    done = run(empty, paths)
    assert {name for name, outcome in outcomes(done).items() if outcome == "stored"} == {
        "a.pdf",
        "b.pdf",
        "c.pdf",
        "d.pdf",
        "e.pdf",
    }
    lines = {progress.path.name: progress.line for progress in done}
    assert "the process that read it died" in lines["dies.pdf"]
    assert lines["bad.pdf"] == f"{tmp_path / 'bad.pdf'}: is encrypted; save a copy without its password"
    assert len(list(empty.documents())) == 5


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals cannot be held back here")
def test_a_worker_that_no_signal_reaches_is_ended(empty: Store, tmp_path: Path) -> None:
    paths = files(tmp_path, "a.pdf", "hangs.pdf", "b.pdf")
    number = empty.begin_run("extract", version="1", settings="{}")
    limits = Settings(document_seconds=0.4)
    done = list(run_batch(empty, paths, run=number, version="1", settings=limits, jobs=2, reader=by_name))
    assert outcomes(done) == {"a.pdf": "stored", "hangs.pdf": "failed", "b.pdf": "stored"}


def test_limits_of_time_do_not_make_a_stored_reading_another(empty: Store, tmp_path: Path) -> None:
    whole, cut = files(tmp_path, "a.pdf", "slow.pdf")
    number = empty.begin_run("extract", version="1", settings=settings_text(Settings()))

    def again(limits: Settings) -> dict[str, str]:
        batch = run_batch(empty, [whole, cut], run=number, version="1", settings=limits, jobs=1, reader=by_name)
        return outcomes(list(batch))

    assert again(Settings()) == {"a.pdf": "stored", "slow.pdf": "stored"}
    assert again(Settings(page_seconds=5, document_seconds=0)) == {"a.pdf": "skipped", "slow.pdf": "stored"}


def test_what_is_stored_unchanged_is_skipped(empty: Store, tmp_path: Path) -> None:
    (path,) = files(tmp_path, "a.pdf")
    number = empty.begin_run("extract", version="1", settings='{"ner_model": null}')
    arguments = {"run": number, "version": "1", "settings": Settings(), "jobs": 1, "reader": by_name}
    assert [done.outcome for done in run_batch(empty, [path], **arguments)] == ["stored"]  # type: ignore[arg-type]
    assert [done.outcome for done in run_batch(empty, [path], **arguments)] == ["skipped"]  # type: ignore[arg-type]
    forced = run_batch(empty, [path], force=True, **arguments)  # type: ignore[arg-type]
    assert [done.outcome for done in forced] == ["stored"]
    path.write_text("another file of the same name")
    assert [done.outcome for done in run_batch(empty, [path], **arguments)] == ["stored"]  # type: ignore[arg-type]


def test_one_file_under_two_names_is_read_once(empty: Store, tmp_path: Path) -> None:
    one, two = files(tmp_path, "a.pdf", "b.pdf")
    two.write_bytes(one.read_bytes())
    assert outcomes(run(empty, [one, two], jobs=1)) == {"a.pdf": "stored", "b.pdf": "skipped"}


def test_a_rule_that_failed_is_named_and_its_document_is_stored(empty: Store, tmp_path: Path) -> None:
    (done,) = run(empty, files(tmp_path, "rule.pdf"), jobs=1)
    assert done.outcome == "failed"
    assert done.line.endswith("rule.pdf: stored, but rule unit-mismatch failed: KeyError: 'arm'")
    assert len(list(empty.documents())) == 1


def test_a_document_that_a_rule_failed_on_is_read_again(empty: Store, tmp_path: Path) -> None:
    (path,) = files(tmp_path, "rule.pdf")
    number = empty.begin_run("extract", version="1", settings='{"ner_model": null}')
    for _ in range(2):
        (done,) = run_batch(empty, [path], run=number, version="1", settings=Settings(), jobs=1, reader=by_name)
        assert done.outcome == "failed"


def test_a_number_beyond_what_sqlite_holds_costs_its_document_only(empty: Store, tmp_path: Path) -> None:
    done = run(empty, files(tmp_path, "huge.pdf", "a.pdf"), jobs=1)
    assert outcomes(done) == {"huge.pdf": "failed", "a.pdf": "stored"}
    assert "huge.pdf: OverflowError" in done[0].line
    assert [document.id for document in empty.documents()] == [identity(tmp_path / "a.pdf")]


def test_a_copy_says_whose_place_it_takes_and_the_older_counts_as_stored(empty: Store, tmp_path: Path) -> None:
    older, newer = files(tmp_path, "copy1.pdf", "copy2.pdf")
    number = empty.begin_run("extract", version="1", settings='{"ner_model": null}')

    def again() -> list[Progress]:
        batch = run_batch(empty, [older, newer], run=number, version="1", settings=Settings(), jobs=1, reader=by_name)
        return list(batch)

    first, second = again()
    assert "another copy" not in first.line
    assert second.line.splitlines()[0].endswith(f"; in the place of {older}, another copy of the paper")
    assert [(done.outcome, done.document_id) for done in again()] == [("skipped", identity(newer))] * 2


def test_a_file_that_is_gone_is_named(empty: Store, tmp_path: Path) -> None:
    done = run(empty, [tmp_path / "gone.pdf", *files(tmp_path, "a.pdf")], jobs=1)
    assert outcomes(done) == {"gone.pdf": "failed", "a.pdf": "stored"}
    assert done[0].line.endswith("cannot be read (No such file or directory)")


def test_documents_are_stored_in_the_order_given(empty: Store, tmp_path: Path) -> None:
    paths = files(tmp_path, *(f"{letter}.pdf" for letter in "fcabed"))
    assert [progress.path for progress in run(empty, paths)] == paths


def test_folders_are_searched_for_pdfs(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep.pdf").mkdir(parents=True)
    (tmp_path / "none").mkdir()
    files(tmp_path, "b.PDF", "a.pdf", "notes.txt", "._a.pdf")
    files(tmp_path / "in", "c.pdf")
    found, empty = find_pdfs([tmp_path / "notes.txt", tmp_path, tmp_path / "none", tmp_path / "a.pdf"])
    assert [path.name for path in found] == ["notes.txt", "a.pdf", "b.PDF", "c.pdf"]
    assert empty == (f"{tmp_path / 'none'}: holds no PDF",)


def test_a_file_name_forges_no_line_of_output(empty: Store, tmp_path: Path) -> None:
    names = [f"{kind}\nfailed: other.pdf: \x1b[2Jgone\u202e.pdf" for kind in ("a", "bad", "rule", "dies")]
    done = run(empty, files(tmp_path, *names)) + run(empty, [tmp_path / "none\nfailed: x.pdf"])
    assert [one.outcome for one in done] == ["stored", "failed", "failed", "failed", "failed"]
    for one in done:
        shown = [line for line in one.line.split("\n") if not line.startswith("  gap: ")]
        assert len(shown) == 1
        assert all(letter.isprintable() for letter in shown[0])


@pytest.mark.parametrize(
    ("worse", "lacks"), [("copy-broken.pdf", "0 claims, not 2"), ("copy-cut.pdf", "2 gaps, not 1")]
)
@pytest.mark.parametrize("first", ["good", "worse"])
def test_of_two_files_of_a_paper_the_better_reading_stays_whichever_came_first(
    empty: Store, tmp_path: Path, worse: str, lacks: str, first: str
) -> None:
    good, bad = files(tmp_path, "copy1.pdf", worse)
    number = empty.begin_run("extract", version="1", settings=settings_text(Settings()))

    def extract(*paths: Path, **more: bool) -> list[Progress]:
        batch = run_batch(empty, paths, run=number, version="1", settings=Settings(), jobs=1, reader=by_name, **more)  # type: ignore[arg-type]
        return list(batch)

    done = extract(*((good, bad) if first == "good" else (bad, good)))
    assert [document.path for document in empty.documents()] == [str(good)]
    if first == "good":
        assert [one.outcome for one in done] == ["stored", "skipped"]
        assert done[1].line == (
            f"{bad}: is a copy of {good}, which is read better and stays (this one: {lacks}); --replace takes this one"
        )
    else:
        assert f"in the place of {bad}, another copy" in done[1].line
    again = extract(good, bad)
    assert [one.outcome for one in again] == ["skipped", "skipped"]
    assert again[1].line == f"{bad}: stored unchanged as a copy of {good}, which is read in its place"
    (chosen,) = extract(bad, replace=True)
    assert f"in the place of {good}, another copy" in chosen.line
    assert [document.path for document in empty.documents()] == [str(bad)]
    (back,) = extract(good, replace=True)
    assert f"in the place of {bad}, another copy" in back.line
