import lzma
import shutil
import sqlite3
from pathlib import Path

import builders
import pytest

from curate.errors import DecisionError, StoreError
from curate.records import Decision, Role, Status, Verdict
from curate.review.decisions import decide, undo
from curate.store import Store
from curate.store.schema import VERSION

IDS = builders.Ids()
# A store that version 1 of the schema wrote: A confirmed one flag and B replaced that by a correction; A confirmed
# the other and B reopened it; A dismissed a claim.
STORES = Path(__file__).parents[1] / "data" / "store"


def unpacked(version: int, path: Path) -> Path:
    with lzma.open(STORES / f"version-{version}.db.xz") as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return path


@pytest.fixture
def older(path: Path) -> Path:
    return unpacked(1, path)


def status(store: Store, flag_id: str = IDS.conflict) -> Status:
    flag = store.flag(flag_id)
    assert flag is not None
    return flag.status


def by(curator: str, verdict: str, value: str = "", role: Role = Role.REVIEW) -> dict[str, object]:
    return {"curator": curator, "verdict": Verdict(verdict), "value": value, "role": role}


SETTLING = Role.ADJUDICATION
COURSES: list[tuple[list[dict[str, object]], str]] = [
    ([by("A", "confirm"), by("B", "dismiss")], "dismissed"),
    ([by("A", "confirm"), by("B", "dismiss"), by("A", "correct", "53")], "corrected"),
    ([by("A", "confirm"), by("B", "dismiss"), by("B", "reopen")], "confirmed"),
    ([by("A", "confirm"), by("A", "reopen")], "open"),
    ([by("A", "confirm"), by("B", "dismiss"), by("C", "confirm", role=SETTLING)], "confirmed"),
    ([by("C", "confirm", role=SETTLING), by("A", "dismiss")], "confirmed"),
    ([by("A", "dismiss"), by("C", "confirm", role=SETTLING), by("C", "reopen", role=SETTLING)], "dismissed"),
    ([by("C", "confirm", role=SETTLING), by("D", "dismiss", role=SETTLING)], "dismissed"),
]


@pytest.mark.parametrize(("course", "becomes"), COURSES)
def test_the_status_follows_the_newest_adjudication_else_the_newest_review(
    store: Store, course: list[dict[str, object]], becomes: str
) -> None:
    for step in course:
        decide(store, "flag", IDS.conflict, **step)  # type: ignore[arg-type]
    assert status(store) == becomes
    standing = store.standing_decision("flag", IDS.conflict)
    assert (standing is None) == (becomes == "open")
    builders.save(store)  # a re-extraction derives it anew
    assert status(store) == becomes


def test_a_curator_who_also_adjudicates_keeps_their_own_review(store: Store) -> None:
    own = decide(store, "flag", IDS.conflict, Verdict.DISMISS, curator="A")
    settled = decide(store, "flag", IDS.conflict, Verdict.CONFIRM, curator="A", role=SETTLING)
    assert (own.supersedes, settled.supersedes) == (None, None)
    assert store.current_decision("flag", IDS.conflict, curator="A") == own
    assert store.current_decision("flag", IDS.conflict, curator="A", role=SETTLING) == settled
    assert list(store.decisions_on("flag", IDS.conflict))[-1] == settled


def test_only_the_own_decision_is_taken_back(store: Store) -> None:
    theirs = decide(store, "flag", IDS.conflict, Verdict.CONFIRM, curator="A")
    with pytest.raises(DecisionError, match=r"for B the flag .* is open already"):
        decide(store, "flag", IDS.conflict, Verdict.REOPEN, curator="B")
    with pytest.raises(DecisionError, match="a decision of A, who alone can undo it"):
        undo(store, theirs, curator="B")
    assert list(store.decisions()) == [theirs]


def test_no_program_can_replace_the_decision_of_another(store: Store) -> None:
    theirs = decide(store, "flag", IDS.conflict, Verdict.CONFIRM, curator="A")
    raw = sqlite3.connect(store.path, isolation_level=None)
    insert = (
        "INSERT INTO decisions (id, target_kind, target_id, verdict, value, reason, curator, decided_at, supersedes) "
        "VALUES ('x', 'flag', ?, 'dismiss', '', '', 'B', '2024-01-01T00:00:00Z', ?)"
    )
    with pytest.raises(sqlite3.IntegrityError, match="its curator and target"):
        raw.execute(insert, (IDS.conflict, theirs.id))
    raw.execute(insert, (IDS.conflict, None))
    assert status(store) is Status.DISMISSED


# -- migration ------------------------------------------------------------------------------------------------


def test_a_store_of_version_1_is_migrated_and_nothing_of_it_changes(older: Path) -> None:
    raw = sqlite3.connect(older)
    assert raw.execute("PRAGMA user_version").fetchone() == (1,)
    before = raw.execute("SELECT id, verdict, value, reason, curator, decided_at, supersedes FROM decisions").fetchall()
    assert len(before) == 5
    raw.close()
    with Store.open(older) as store:
        after = [(d.id, d.verdict, d.value, d.reason, d.curator, d.decided_at, d.supersedes) for d in store.decisions()]
        assert after == before
        assert {d.role for d in store.decisions()} == {Role.REVIEW}
        assert [status(store), status(store, IDS.spelling)] == ["corrected", "open"]
        builders.save(store)
        assert [status(store), status(store, IDS.spelling)] == ["corrected", "open"]
    raw = sqlite3.connect(older)
    assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_after_the_migration_curators_decide_independently(older: Path) -> None:
    with Store.open(older) as store:
        # What B replaced under version 1 stays replaced: A begins anew, and B's correction stands beside it.
        anew = decide(store, "flag", IDS.conflict, Verdict.DISMISS, curator="A")
        again = decide(store, "flag", IDS.conflict, Verdict.CONFIRM, curator="B")
        assert anew.supersedes is None
        replaced = store.decision(again.supersedes or "")
        assert isinstance(replaced, Decision)
        assert (replaced.curator, replaced.verdict) == ("B", "correct")
        assert status(store) is Status.CONFIRMED


def test_an_older_store_opened_for_reading_says_what_brings_it_up_to_date(older: Path) -> None:
    with pytest.raises(StoreError, match="written by an older litcurate; `litcurate check --store"):
        Store.open(older, read_only=True)


def test_a_store_of_version_6_keeps_all_and_derives_a_status_that_another_program_set(path: Path) -> None:
    raw = sqlite3.connect(unpacked(6, path), isolation_level=None)
    assert raw.execute("PRAGMA user_version").fetchone() == (6,)
    tables = ("decisions", "additions", "flags", "claims", "mentions", "flag_evidence", "extractions")
    before = {table: raw.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}
    assert [len(before[table]) for table in tables[:5]] == [6, 2, 2, 3, 3]
    raw.execute("UPDATE flags SET status = 'open'")
    raw.close()
    with Store.open(path) as store:
        assert [status(store), status(store, IDS.spelling)] == ["dismissed", "corrected"]
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert {table: raw.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables} == before
    raw.close()
