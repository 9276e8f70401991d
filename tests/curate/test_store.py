import multiprocessing
import os
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import builders
import pytest

from curate.errors import StoreError
from curate.records import Checked, Status, Verdict
from curate.review.decisions import decide
from curate.store import Store
from extract.records import Document, Extraction, Mention, Quantity

TABLES = (
    "documents",
    "pages",
    "refs",
    "blocks",
    "tables",
    "cells",
    "mentions",
    "claims",
    "claim_evidence",
    "flags",
    "flag_evidence",
)


def rows(path: Path, table: str) -> list[dict[str, object]]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    found = [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")]
    connection.close()
    return found


def dump(path: Path) -> dict[str, list[dict[str, object]]]:
    """Everything of a store but the run that a document was read in."""
    return {
        table: [{key: value for key, value in row.items() if key != "run_id"} for row in rows(path, table)]
        for table in TABLES
    }


# -- what is not a store is refused and left as it is -------------------------------------------------------


def not_sqlite(path: Path) -> None:
    path.write_text("a letter to the editor, long enough to be taken for something")


def cut_short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\x10\x00")


def of_another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    connection.close()


def of_a_newer_version(path: Path) -> None:
    Store.open(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def a_folder(path: Path) -> None:
    path.mkdir()


REFUSED = [
    (not_sqlite, "is not a SQLite file"),
    (cut_short, "is not a SQLite file|is damaged"),
    (of_another_program, "is a SQLite file but not a litcurate store"),
    (of_a_newer_version, "was written by a newer litcurate"),
    (a_folder, "is a folder"),
]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(("make", "cause"), REFUSED)
def test_what_is_not_a_store_is_refused_in_one_line_and_left_alone(
    path: Path, make: Callable[[Path], None], cause: str, read_only: bool
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=cause) as refusal:
        Store.open(path, create=True, read_only=read_only)
    assert str(refusal.value).startswith(f"{path}: ")
    assert "\n" not in str(refusal.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_missing_store_is_not_made_unless_asked(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store"):
        Store.open(path)
    assert not path.exists()


def test_a_store_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist; make it first"):
        Store.open(tmp_path / "nowhere" / "c.db", create=True)


def test_an_empty_file_becomes_a_store_only_when_asked(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="is empty"):
        Store.open(path)
    Store.open(path, create=True).close()
    Store.open(path).close()


def _as_nobody(folder: Path, connection: "multiprocessing.connection.Connection") -> None:
    if os.getuid() == 0:
        os.setuid(65534)
    said = []
    for read_only in (False, True):
        try:
            with Store.open(folder / "c.db", read_only=read_only) as store:
                said.append(f"{len(list(store.flags()))} flags")
        except StoreError as error:
            said.append(str(error))
    connection.send(said)


def test_a_read_only_store_is_refused_for_writing_and_can_be_read() -> None:
    # A root user may write anywhere, so the test becomes nobody in a process of its own.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "c.db", create=True) as store:
            builders.save(store)
        (folder / "c.db").chmod(0o444)
        folder.chmod(0o555)
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=_as_nobody, args=(folder, theirs))
        process.start()
        process.join(20)
        folder.chmod(0o755)
        writing, reading = ours.recv()
    assert writing.startswith(f"{folder / 'c.db'}: is read-only")
    assert reading == "2 flags"


def test_a_reader_cannot_write(store: Store) -> None:
    with Store.open(store.path, read_only=True) as reader, pytest.raises(StoreError, match="is read-only"):
        reader.begin_run("extract", version="0", settings="{}")


# -- what is written ------------------------------------------------------------------------------------------


def test_an_extraction_comes_back_as_it_was_saved(store: Store) -> None:
    saved = builders.extraction(claims=(builders.trial_result(), builders.response()))
    assert store.extraction("a" * 64) == saved


def test_the_columns_of_the_design_hold_what_was_read(store: Store) -> None:
    (document,) = rows(store.path, "documents")
    assert document["title"] == "Brigatinib in ALTA"
    assert document["doi"] == "10.1000/xyz"
    assert (document["file_name"], document["page_count"]) == ("alta.pdf", 2)
    (reference,) = rows(store.path, "refs")
    assert (reference["number"], reference["first_author"], reference["year"]) == (1, "Kim", "2017")
    blocks = {row["kind"]: row for row in rows(store.path, "blocks")}
    assert blocks["paragraph"]["text"] == "The objective response rate was 62% in arm B."
    assert blocks["paragraph"]["section"] == "Results > Response"
    assert blocks["paragraph"]["page"] == 1
    cells = {(row["row"], row["column"]): row["text"] for row in rows(store.path, "cells")}
    assert cells == {(0, 0): "Trial", (0, 1): "ORR (%)", (1, 0): "ALTA", (1, 1): "53"}
    mention = {row["text"]: row for row in rows(store.path, "mentions")}["53"]
    assert (mention["value"], mention["unit"], mention["low"]) == (53.0, "%", 43.0)
    assert {row["page"]: row["gap"] for row in rows(store.path, "pages")} == {
        1: None,
        2: "page 2 could not be read: damaged",
    }


def test_claims_have_a_column_an_argument(store: Store) -> None:
    claims = {row["kind"]: row for row in rows(store.path, "claims")}
    assert claims["trial_result"]["trial"] == "ALTA"
    assert claims["trial_result"]["value"] == 53.0
    assert claims["variant_response"]["variants"] == '["G1202R", "L1196M"]'
    assert claims["variant_response"]["trial"] is None
    assert claims["variant_response"]["summary"] == ("variant response: ALK, G1202R + L1196M, brigatinib, resistance")


def test_a_place_leads_to_its_cell_and_its_boxes(store: Store) -> None:
    table, prose = store.flag_places(builders.Ids().conflict)
    (cell,) = [row for row in rows(store.path, "cells") if row["id"] == table.cell_id]
    assert (cell["text"], table.role, table.quote, table.page) == ("53", "table", "53", 1)
    assert prose.boxes == (builders.BOX, builders.LOWER)
    assert prose.prefix + prose.quote + prose.suffix == " rate was 62% in arm B."


def test_text_that_utf8_cannot_hold_is_stored_with_a_mark(empty: Store) -> None:
    document = builders.document(title="A \ud835\udc00 title\x00")
    builders.save(empty, replace(builders.extraction(), document=document))
    (row,) = rows(empty.path, "documents")
    assert row["title"] == "A \ufffd\ufffd title\x00"
    assert empty.extraction(document.id).document == document


def test_a_count_that_sqlite_cannot_hold_costs_no_document(empty: Store) -> None:
    some = builders.extraction()
    quantity = Quantity(measure="count", count=10**30, total=7)
    huge = replace(some, mentions=(some.mentions[0], replace(some.mentions[1], quantity=quantity)))
    builders.save(empty, huge)
    assert [(row["count"], row["total"]) for row in rows(empty.path, "mentions") if row["measure"]] == [(None, 7)]
    assert empty.extraction("a" * 64) == huge


def test_every_foreign_key_leads_somewhere(store: Store) -> None:
    connection = sqlite3.connect(store.path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


# -- a second reading -----------------------------------------------------------------------------------------


def test_extracting_twice_gives_the_same_rows(store: Store) -> None:
    before = dump(store.path)
    builders.save(store)
    assert dump(store.path) == before


def test_two_stores_get_the_same_rows(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other.db", create=True) as other:
        builders.save(other)
    assert dump(tmp_path / "other.db") == dump(store.path)


def test_decisions_stay_when_a_document_is_read_again(store: Store) -> None:
    flag = builders.Ids().conflict
    decide(store, "flag", flag, Verdict.CORRECT, value="53", curator="A")
    decide(store, "claim", builders.response().id, Verdict.DISMISS, curator="A")
    builders.save(store)
    found = store.flag(flag)
    assert found is not None
    assert (found.status, found.stale) == (Status.CORRECTED, False)
    claims = {row["kind"]: row["review_status"] for row in rows(store.path, "claims")}
    assert claims == {"trial_result": "open", "variant_response": "dismissed"}


def test_a_decided_flag_that_no_longer_arises_is_kept_and_marked(store: Store) -> None:
    ids = builders.Ids()
    decide(store, "flag", ids.conflict, Verdict.CONFIRM, curator="A")
    builders.save(store, flags=Checked(flags=(), counts=()))
    assert [(flag.id, flag.status, flag.stale) for flag in store.flags()] == [(ids.conflict, Status.CONFIRMED, True)]
    assert len(store.flag_places(ids.conflict)) == 2
    assert store.open_flags() == ()


def test_a_flag_that_arises_again_is_no_longer_marked(store: Store) -> None:
    ids = builders.Ids()
    decide(store, "flag", ids.conflict, Verdict.CONFIRM, curator="A")
    builders.save(store, flags=Checked(flags=(), counts=()))
    builders.save(store)
    assert [(flag.id, flag.status, flag.stale) for flag in store.flags()] == [
        (ids.conflict, Status.CONFIRMED, False),
        (ids.spelling, Status.OPEN, False),
    ]


def test_what_was_not_decided_and_no_longer_arises_goes(store: Store) -> None:
    builders.save(store, builders.extraction(claims=()), Checked(flags=(), counts=()))
    assert rows(store.path, "flags") == rows(store.path, "claims") == rows(store.path, "flag_evidence") == []


def test_a_decided_mention_that_is_gone_is_kept_and_marked(store: Store) -> None:
    drug = next(row for row in rows(store.path, "mentions") if row["kind"] == "drug")
    decide(store, "mention", str(drug["id"]), Verdict.DISMISS, curator="A")
    some = builders.extraction()
    builders.save(store, replace(some, mentions=some.mentions[1:]))
    kept = {row["kind"]: (row["review_status"], row["stale"]) for row in rows(store.path, "mentions")}
    assert kept == {"drug": ("dismissed", 1), "measurement": ("open", 0)}


# -- copies of a paper ----------------------------------------------------------------------------------------


def copy(**changes: str) -> Extraction:
    document = builders.document(**{"identity": "b" * 64, **changes})
    return builders.extraction(document, claims=(builders.trial_result(), builders.response()))


def test_another_copy_of_a_paper_takes_its_place_with_the_decisions(store: Store) -> None:
    flag = builders.Ids().conflict
    decide(store, "flag", flag, Verdict.CONFIRM, curator="A")
    builders.save(store, copy())
    assert [document.id for document in store.documents()] == ["b" * 64]
    found = store.flag(flag)
    assert found is not None
    assert (found.document_id, found.status) == ("b" * 64, Status.CONFIRMED)
    assert len(list(store.flags())) == 2


def test_an_older_copy_counts_as_stored(store: Store) -> None:
    builders.save(store, copy())
    assert store.is_current("a" * 64, version="0.1.0", settings="{}")
    assert store.is_current("b" * 64, version="0.1.0", settings="{}")


def test_a_supplement_with_the_same_doi_is_kept_beside_the_paper(store: Store) -> None:
    before = [flag.id for flag in store.flags()]
    supplement = copy(title="Supplementary appendix")
    builders.save(store, supplement)
    assert {document.id for document in store.documents()} == {"a" * 64, "b" * 64}
    assert [flag.id for flag in store.flags(document_id="a" * 64)] == before
    assert len(list(store.flags(document_id="b" * 64))) == 2
    after = dump(store.path)
    builders.save(store)
    builders.save(store, supplement)
    assert dump(store.path) == after


# -- what is skipped ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identity", "version", "settings", "current"),
    [
        ("a" * 64, "0.1.0", "{}", True),
        ("a" * 64, "0.2.0", "{}", False),
        ("a" * 64, "0.1.0", '{"ner_model": "x"}', False),
        ("c" * 64, "0.1.0", "{}", False),
    ],
)
def test_a_document_is_current_in_its_version_and_settings(
    store: Store, identity: str, version: str, settings: str, current: bool
) -> None:
    assert store.is_current(identity, version=version, settings=settings) is current


# -- whole or not at all --------------------------------------------------------------------------------------


def broken(document: Document) -> Extraction:
    """An extraction whose last mention names a cell that is not there."""
    some = builders.extraction(document)
    lost = some.mentions[1].cell
    assert lost is not None
    return replace(some, mentions=(*some.mentions, replace(some.mentions[1], cell=replace(lost, row=9))))


def test_a_document_that_cannot_be_stored_leaves_what_was_there(store: Store) -> None:
    before = dump(store.path)
    with pytest.raises(StoreError, match="refuses what was to be written: FOREIGN KEY"):
        builders.save(store, broken(builders.document()))
    assert dump(store.path) == before


def _save_forever(path: Path) -> None:
    with Store.open(path) as store:
        while True:
            builders.save(store, replace(builders.extraction(), mentions=builders.extraction().mentions * 300))


def test_a_kill_while_writing_leaves_each_document_whole(store: Store) -> None:
    process = multiprocessing.get_context("fork").Process(target=_save_forever, args=(store.path,))
    process.start()
    time.sleep(0.5)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with Store.open(store.path) as again:
        mentions = again.extraction("a" * 64).mentions
        assert len(rows(store.path, "mentions")) == len(mentions)
        assert len(mentions) in (2, 600)
    connection = sqlite3.connect(store.path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def _save_others(path: Path, letter: str) -> None:
    with Store.open(path) as store:
        for number in range(10):
            document = builders.document(identity=f"{letter}{number}".ljust(64, "0"), doi="")
            builders.save(store, builders.extraction(document))


def test_two_writers_both_succeed(store: Store) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_save_others, args=(store.path, letter)) for letter in "ef"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(list(store.documents())) == 21


def test_mentions_stand_in_the_order_of_the_reading(store: Store) -> None:
    some = builders.extraction()
    many: tuple[Mention, ...] = tuple(reversed(some.mentions))
    builders.save(store, replace(some, mentions=many))
    found = store.select("SELECT text FROM mentions ORDER BY document_id, ordinal")
    assert [row["text"] for row in found] == ["53", "Brigatinib"]


def test_a_run_says_what_it_did(store: Store) -> None:
    store.finish_run(1, read=3, skipped=2, failures=("x.pdf: is empty",), at="2024-01-02T03:05:00Z")
    (run,) = store.runs()
    assert (run.command, run.version, run.finished_at) == ("extract", "0.1.0", "2024-01-02T03:05:00Z")
    assert (run.documents_read, run.documents_skipped, run.failures) == (3, 2, ("x.pdf: is empty",))
    counts = rows(store.path, "rule_counts")
    assert [(row["rule"], row["consistent"], row["not_applicable"]) for row in counts] == [("claim-conflict", 4, 2)]
