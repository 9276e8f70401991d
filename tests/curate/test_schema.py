import hashlib
import re
import sqlite3
from dataclasses import fields
from pathlib import Path

import builders
import pytest
from sqlite_utils import Migrations

from curate.records import Verdict
from curate.review.decisions import decide
from curate.store import Store
from curate.store.migrations import RECORDS, SET, scripts
from curate.store.schema import CLAIM_COLUMNS, LABEL_COLUMNS, add_arguments, view_of
from extract.claims import CLAIM_KINDS

DOCS = Path(__file__).parent.parent.parent / "docs"
FROZEN = Path(__file__).parent.parent / "data" / "store" / "migrations.sha256"


@pytest.fixture
def raw(store: Store) -> sqlite3.Connection:
    """Another program's connection to the store, without any of litcurate's care."""
    return sqlite3.connect(store.path, isolation_level=None)


def tables(raw: sqlite3.Connection) -> set[str]:
    found = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {name for name in found if "_fts" not in name and name != RECORDS}


def test_every_table_has_a_label_that_is_a_column(raw: sqlite3.Connection) -> None:
    assert tables(raw) == set(LABEL_COLUMNS) | {"extractions"}
    for table, label in LABEL_COLUMNS.items():
        columns = {row[1] for row in raw.execute(f"PRAGMA table_xinfo({table})")}
        assert label in columns, table


def test_every_table_and_column_is_in_the_docs(raw: sqlite3.Connection) -> None:
    text = (DOCS / "store.md").read_text(encoding="utf-8")
    of_all = set(re.findall(r"`(\w+)`", text.partition("| table |")[0]))
    listed = [re.findall(r"`(\w+)`", line) for line in text.splitlines() if line.startswith("| `")]
    told = {table: {*columns, *of_all} for table, *columns in listed}
    assert tables(raw) == set(told)
    for table in tables(raw):
        columns = {row[1] for row in raw.execute(f"PRAGMA table_xinfo({table})")}
        assert (CLAIM_COLUMNS if table == "claims" else columns) <= told[table], table


def test_every_table_is_strict(raw: sqlite3.Connection) -> None:
    strict = {row[1] for row in raw.execute("PRAGMA table_list") if row[5]}
    assert tables(raw) <= strict


def test_a_decision_is_never_changed_or_deleted_by_any_program(store: Store, raw: sqlite3.Connection) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="A")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw.execute("UPDATE decisions SET curator = 'B'")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        raw.execute("DELETE FROM decisions")


def test_a_released_migration_is_never_changed() -> None:
    frozen = dict(line.split()[::-1] for line in FROZEN.read_text(encoding="utf-8").splitlines())
    assert frozen
    for name, script in scripts().items():
        assert hashlib.sha256(script.encode()).hexdigest() == frozen[f"{name}.sql"], name


def test_the_record_of_migrations_is_that_of_sqlite_utils() -> None:
    assert Migrations.migrations_table == RECORDS


def test_a_store_says_which_migrations_it_has_had(raw: sqlite3.Connection) -> None:
    recorded = [row[0] for row in raw.execute(f"SELECT name FROM {RECORDS} WHERE migration_set = ?", (SET,))]
    assert recorded == list(scripts())
    assert raw.execute("PRAGMA user_version").fetchone() == (len(recorded),)


def test_each_kind_of_claim_has_a_view_of_its_arguments(store: Store, raw: sqlite3.Connection) -> None:
    store.begin_run("extract", version="0", settings="{}")
    views = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert {view_of(kind) for kind in CLAIM_KINDS} <= views
    kinds = {row[0] for row in raw.execute("SELECT DISTINCT kind FROM claims")}
    assert kinds
    for kind in kinds:
        columns = {row[1] for row in raw.execute(f"PRAGMA table_info({view_of(kind)})")}
        assert {one.name for one in fields(CLAIM_KINDS[kind].arguments)} <= columns
        counted = raw.execute("SELECT count(*) FROM claims WHERE kind = ?", (kind,)).fetchone()
        assert raw.execute(f"SELECT count(*) FROM {view_of(kind)}").fetchone() == counted


TABLES = ("decisions", "additions")


@pytest.mark.parametrize("recursive", [False, True])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("key", ["id", "rowid", "no number"])
def test_what_was_appended_is_never_replaced_by_any_program(
    store: Store, raw: sqlite3.Connection, table: str, key: str, recursive: bool
) -> None:
    builders.add(store)
    builders.add(store, "62%", curator="grace")
    raw.execute(f"PRAGMA recursive_triggers = {recursive:d}")
    names = [row[1] for row in raw.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
    columns = ", ".join(f'"{name}"' for name in names)
    before = raw.execute(f"SELECT rowid, {columns} FROM {table} ORDER BY rowid").fetchall()
    assert len(before) == 2
    number, *row = before[0]
    row[names.index("curator")] = "mallory"
    row[names.index("supersedes" if table == "decisions" else "quote")] = None if table == "decisions" else "forged"
    if key == "rowid":
        row[names.index("id")] = "another"
    if table == "additions" and key != "id":
        row[names.index("decision_id")] = raw.execute("SELECT id FROM decisions LIMIT 1").fetchone()[0]
    numbered = {"id": None, "rowid": number, "no number": -1}[key]
    if key == "no number":
        row[names.index("id")] = "another"
    values = ", ".join("?" * (len(names) + 1))
    for verb in ("REPLACE", "INSERT OR REPLACE"):
        with pytest.raises(sqlite3.IntegrityError):
            raw.execute(f"{verb} INTO {table} (rowid, {columns}) VALUES ({values})", (numbered, *row))
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(f"UPDATE OR REPLACE {table} SET rowid = 1 WHERE rowid = 2")
    assert raw.execute(f"SELECT rowid, {columns} FROM {table} ORDER BY rowid").fetchall() == before


@pytest.mark.parametrize(
    ("table", "column"), [("flags", "status"), ("claims", "review_status"), ("mentions", "review_status")]
)
def test_a_status_is_set_by_decisions_alone(store: Store, raw: sqlite3.Connection, table: str, column: str) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="A")
    stood = raw.execute(f"SELECT id, {column} FROM {table} ORDER BY id").fetchall()
    assert stood
    for status in ("open", "confirmed", "dismissed", "corrected"):
        for identity, now in stood:
            change = f"UPDATE {table} SET {column} = ? WHERE id = ?"
            if status == now:
                raw.execute(change, (status, identity))
                continue
            with pytest.raises(sqlite3.IntegrityError, match="follows from the decisions"):
                raw.execute(change, (status, identity))
    names = ", ".join(f'"{row[1]}"' for row in raw.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0)
    chosen = names.replace(f'"{column}"', "'dismissed'")
    with pytest.raises(sqlite3.IntegrityError, match="follows from the decisions"):
        raw.execute(f"REPLACE INTO {table} ({names}) SELECT {chosen} FROM {table}")
    assert raw.execute(f"SELECT id, {column} FROM {table} ORDER BY id").fetchall() == stood


ROW = ("x1", "flag", builders.Ids().conflict, "confirm", "", "", "B", "2024-01-01T00:00:00Z", None)
INSERT = (
    "INSERT INTO decisions (id, target_kind, target_id, verdict, value, reason, curator, decided_at, supersedes) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def test_a_decision_cannot_leave_out_the_one_it_supersedes(store: Store, raw: sqlite3.Connection) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.DISMISS, curator="B")
    with pytest.raises(sqlite3.IntegrityError, match="supersedes the current one"):
        raw.execute(INSERT, ROW)


def test_the_status_follows_a_decision_of_any_program(store: Store, raw: sqlite3.Connection) -> None:
    raw.execute(INSERT, ROW)
    assert [flag.status.value for flag in store.flags()] == ["confirmed", "open"]


@pytest.mark.parametrize(
    ("column", "value"),
    [(3, "perhaps"), (1, "table"), (6, ""), (3, "correct")],
    ids=["verdict", "kind", "who", "value"],
)
def test_a_decision_that_makes_no_sense_is_refused(raw: sqlite3.Connection, column: int, value: str) -> None:
    row = [*ROW]
    row[column] = value
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        raw.execute(INSERT, row)


def search(raw: sqlite3.Connection, table: str, words: str) -> int:
    query = f"SELECT count(*) FROM {table} WHERE rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)"
    return int(raw.execute(query, (words,)).fetchone()[0])


def test_blocks_and_flags_are_found_by_their_words(store: Store, raw: sqlite3.Connection) -> None:
    assert search(raw, "blocks", "objective response") == 1
    assert search(raw, "flags", "objective") == 2
    builders.save(store)
    assert search(raw, "blocks", "objective response") == 1
    assert search(raw, "blocks", "nonsense") == 0


def test_the_search_survives_a_vacuum_by_another_program(store: Store, raw: sqlite3.Connection) -> None:
    builders.save(store, builders.extraction(builders.document(identity="c" * 64, doi="")))
    builders.save(store)  # the first document's rows move behind the second's and leave a hole
    store.close()
    raw.execute("VACUUM")
    for words, number in (("objective response", 2), ("brigatinib", 2)):
        assert search(raw, "blocks", words) == number
    raw.execute("INSERT INTO blocks_fts(blocks_fts, rank) VALUES ('integrity-check', 1)")


def test_an_argument_cannot_take_the_name_of_a_column_of_the_store(raw: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="'kind'"):
        add_arguments(raw, ["kind"])


def test_a_new_kind_of_claim_adds_its_columns_and_keeps_the_rest(raw: sqlite3.Connection) -> None:
    add_arguments(raw, ["trial", "made_up", "made_up"])
    rows = raw.execute("SELECT trial, made_up FROM claims WHERE kind = 'trial_result'").fetchall()
    assert rows == [("ALTA", None)]


def test_opening_an_up_to_date_store_writes_nothing(store: Store, path: Path) -> None:
    store.close()
    before = path.read_bytes()
    Store.open(path).close()
    assert path.read_bytes() == before
