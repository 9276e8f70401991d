import builders
import pytest

from curate.errors import DecisionError, StoreError
from curate.records import Status, Verdict
from curate.review.decisions import curator_name, decide, undo
from curate.store import Store

FLAG = builders.Ids().conflict


def status(store: Store) -> Status:
    flag = store.flag(FLAG)
    assert flag is not None
    return flag.status


REFUSED = [
    ({"target_kind": "table"}, "cannot be decided; there are: claim, flag, mention"),
    ({"target_id": "nonsense"}, "there is no flag 'nonsense'"),
    ({"target_kind": "claim"}, "there is no claim"),
    ({"verdict": Verdict.CORRECT}, "needs the right value"),
    ({"verdict": Verdict.CORRECT, "value": "  "}, "needs the right value"),
    ({"value": "53"}, "only a correction has a value"),
    ({"verdict": Verdict.REOPEN}, "is open already"),
    ({"curator": " "}, "who decides"),
]


@pytest.mark.parametrize(("changes", "cause"), REFUSED)
def test_a_decision_that_makes_no_sense_is_refused_and_nothing_is_written(
    store: Store, changes: dict[str, str], cause: str
) -> None:
    arguments = {"target_kind": "flag", "target_id": FLAG, "verdict": Verdict.CONFIRM, "curator": "A", **changes}
    with pytest.raises(DecisionError, match=cause):
        decide(store, **arguments)  # type: ignore[arg-type]
    assert list(store.decisions()) == []
    assert status(store) is Status.OPEN


@pytest.mark.parametrize(
    ("verdict", "value", "becomes"),
    [
        (Verdict.CONFIRM, "", Status.CONFIRMED),
        (Verdict.DISMISS, "", Status.DISMISSED),
        (Verdict.CORRECT, "53", Status.CORRECTED),
    ],
)
def test_the_status_follows_the_decision(store: Store, verdict: Verdict, value: str, becomes: Status) -> None:
    decide(store, "flag", FLAG, verdict, value=value, curator="A")
    assert status(store) is becomes


def test_a_decision_is_kept_as_it_was_made(store: Store) -> None:
    made = decide(
        store, "flag", FLAG, Verdict.CORRECT, value=" 53 ", reason="Table 1", curator="A", at="2024-05-06T07:08:09Z"
    )
    assert (made.value, made.reason, made.curator, made.decided_at) == ("53", "Table 1", "A", "2024-05-06T07:08:09Z")
    assert list(store.decisions()) == [made]
    assert made.supersedes is None


def test_each_decision_supersedes_the_curators_current_one_of_its_target(store: Store) -> None:
    first = decide(store, "flag", FLAG, Verdict.CONFIRM, curator="A")
    other = decide(store, "flag", builders.Ids().spelling, Verdict.DISMISS, curator="A")
    beside = decide(store, "flag", FLAG, Verdict.CORRECT, value="53", curator="B")
    second = decide(store, "flag", FLAG, Verdict.DISMISS, curator="A")
    assert [one.supersedes for one in (first, other, beside, second)] == [None, None, None, first.id]
    assert status(store) is Status.DISMISSED
    assert list(store.decisions()) == [first, other, beside, second]


def test_the_same_decision_at_the_same_moment_is_another(store: Store) -> None:
    times = [decide(store, "flag", FLAG, Verdict.CONFIRM, curator="A", at="2024-01-01T00:00:00Z") for _ in range(2)]
    assert times[0].id != times[1].id


def test_undo_is_a_decision_that_brings_back_what_stood_before(store: Store) -> None:
    decide(store, "flag", FLAG, Verdict.CORRECT, value="53", reason="Table 1", curator="A")
    second = decide(store, "flag", FLAG, Verdict.DISMISS, curator="A")
    undone = undo(store, second, curator="A")
    assert (undone.verdict, undone.value, undone.reason) == (Verdict.CORRECT, "53", "Table 1")
    assert status(store) is Status.CORRECTED
    assert len(list(store.decisions())) == 3


def test_undo_of_a_first_decision_reopens(store: Store) -> None:
    undo(store, decide(store, "flag", FLAG, Verdict.CONFIRM, curator="A"), curator="A")
    assert status(store) is Status.OPEN


def test_undo_of_what_was_decided_again_is_refused(store: Store) -> None:
    mine = decide(store, "flag", FLAG, Verdict.CONFIRM, curator="A")
    with Store.open(store.path) as elsewhere:
        decide(elsewhere, "flag", FLAG, Verdict.DISMISS, curator="A")
    with pytest.raises(DecisionError, match="decided again meanwhile"):
        undo(store, mine, curator="A")
    assert status(store) is Status.DISMISSED


def test_undo_leaves_what_another_decided_meanwhile(store: Store) -> None:
    mine = decide(store, "flag", FLAG, Verdict.CONFIRM, curator="A")
    with Store.open(store.path) as theirs:
        decide(theirs, "flag", FLAG, Verdict.DISMISS, curator="B")
    undo(store, mine, curator="A")
    assert status(store) is Status.DISMISSED


def test_a_flag_that_no_longer_arises_can_still_be_decided(store: Store) -> None:
    decide(store, "flag", FLAG, Verdict.CONFIRM, curator="A")
    builders.save(store, flags=builders.without_flags(builders.checked()))
    decide(store, "flag", FLAG, Verdict.DISMISS, curator="A")
    assert status(store) is Status.DISMISSED


def test_a_store_that_cannot_be_written_refuses_a_decision(store: Store) -> None:
    with Store.open(store.path, read_only=True) as reader, pytest.raises(StoreError, match="is read-only"):
        decide(reader, "flag", FLAG, Verdict.CONFIRM, curator="A")


def test_the_curator_is_the_one_named_then_the_environment_then_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITCURATE_CURATOR", "From the environment")
    monkeypatch.setenv("LOGNAME", "login")
    assert curator_name("Named") == "Named"
    assert curator_name(None) == "From the environment"
    monkeypatch.delenv("LITCURATE_CURATOR")
    assert curator_name(None) == "login"
