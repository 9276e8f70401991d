import os
import pty
import select
import sys
import termios
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import builders
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.cli import main
from curate.records import Role, Severity, Status, Verdict
from curate.review.decisions import decide
from curate.review.terminal import LineKeys, Review, screen
from curate.store import Store
from curate.store.stored import StoredFlag, StoredPlace
from curate.terminal_text import printable

IDS = builders.Ids()


@pytest.fixture
def press(store: Store, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """Type lines at a review; return what it printed."""

    def typed(lines: str) -> str:
        Review(store=store, keys=LineKeys(iter(lines.splitlines(keepends=True))), curator="A").run()
        return capsys.readouterr().out

    return typed


def statuses(store: Store) -> list[str]:
    return [flag.status.value for flag in store.flags()]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("c\nd\n", ["confirmed", "dismissed"]),
        ("e 53\ns\n", ["corrected", "open"]),
        ("e\n53\nq\n", ["corrected", "open"]),
        ("e\n\nc\n", ["confirmed", "open"]),
        ("s\nc\n", ["open", "confirmed"]),
        ("s\nb\nc\n", ["confirmed", "open"]),
        ("b\nb\nc\n", ["confirmed", "open"]),
        ("c\nu\nd misread\n", ["dismissed", "open"]),
        ("c\nb\nd misread\n", ["dismissed", "open"]),
        ("r misread\nd\nd\n", ["dismissed", "dismissed"]),
        # To dismiss an error goes against the tool: without a reason nothing is decided, and no key is lost.
        ("d\nc\n", ["confirmed", "open"]),
        ("d  \nd\n", ["open", "open"]),
        ("q\nc\n", ["open", "open"]),
        ("x\n?\n\nC\n", ["confirmed", "open"]),
        ("", ["open", "open"]),
    ],
)
def test_keys_decide(store: Store, press: Callable[[str], str], keys: str, expected: list[str]) -> None:
    press(keys)
    assert statuses(store) == expected


def test_the_most_severe_flag_comes_first_with_both_places(press: Callable[[str], str]) -> None:
    lines = press("q\n").splitlines()
    assert lines[0] == "1 of 2  ERROR  claim-conflict  alta.pdf"
    assert "expected: 53" in lines
    assert "table, page 1" in lines
    assert "prose, page 1" in lines
    assert any("rate was «62%» in arm B." in line for line in lines)
    assert lines[-1] == "0 decided in this review, 2 open."


def test_a_reason_goes_with_the_next_decision_only(store: Store, press: Callable[[str], str]) -> None:
    press("r see Table 1\nc\nd\n")
    assert [decision.reason for decision in store.decisions()] == ["see Table 1", ""]


def test_dismissing_an_error_asks_why(store: Store, press: Callable[[str], str]) -> None:
    assert "Not decided. Dismissing an error needs a reason." in press("d\nq\n")
    press("d the table gives arm A\nq\n")
    assert [decision.reason for decision in store.decisions()] == ["the table gives arm A"]


def test_the_next_document_is_one_key_away(store: Store, press: Callable[[str], str]) -> None:
    other = replace(builders.document(identity="b" * 64), doi="10.1000/other", file_name="other.pdf", title="Other")
    builders.save(store, builders.extraction(other))
    first, second = store.open_flags()[:2]
    press("n\nc\nq\n")
    assert [decision.target_id for decision in store.decisions()] == [second]
    assert first != second
    assert "No flag of another document comes after this one." in press("s\ns\nn\nq\n")


def test_a_value_is_kept_with_the_curator(store: Store, press: Callable[[str], str]) -> None:
    press("e 53 %\nq\n")
    (decision,) = store.decisions()
    assert (decision.verdict, decision.value, decision.curator) == (Verdict.CORRECT, "53 %", "A")


def test_the_next_review_goes_on_where_this_one_stopped(press: Callable[[str], str]) -> None:
    press("c\nq\n")
    assert press("q\n").splitlines()[0] == "1 of 1  NOTICE  spelling-variant  alta.pdf"
    press("d\n")
    assert press("") == "No open flags.\n"


def test_undo_twice_has_nothing_left_to_undo(press: Callable[[str], str]) -> None:
    assert "Nothing to undo in this review." in press("c\nu\nu\nq\n")


def test_undo_of_what_was_decided_elsewhere_meanwhile_says_so(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    class Meddled(LineKeys):
        def key(self) -> str:
            key = super().key()
            if key == "u":
                decide(store, "flag", IDS.conflict, Verdict.DISMISS, curator="A")
            return key

    Review(store=store, keys=Meddled(iter(["c", "u", "q"])), curator="A").run()
    assert "was decided again meanwhile" in capsys.readouterr().out
    assert statuses(store)[0] == "dismissed"


def test_an_independent_review_shows_what_one_has_not_decided_and_nothing_of_others(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(store, "flag", IDS.conflict, Verdict.CONFIRM, curator="B", reason="secret of B")
    decide(store, "flag", IDS.spelling, Verdict.DISMISS, curator="A")
    Review(store=store, keys=LineKeys(iter(["d misread", "q"])), curator="A", independent=True).run()
    shown = capsys.readouterr().out
    assert shown.splitlines()[0] == "1 of 1  ERROR  claim-conflict  alta.pdf"
    assert "confirmed" not in shown
    assert "secret" not in shown
    assert shown.splitlines()[-1] == "1 decided in this review, 0 left."
    assert [(one.curator, one.supersedes) for one in store.decisions()] == [("B", None), ("A", None), ("A", None)]


def test_an_independent_review_leaves_out_what_is_settled(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    for flag in (IDS.conflict, IDS.spelling):
        decide(store, "flag", flag, Verdict.CONFIRM, curator="C", role=Role.ADJUDICATION)
    Review(store=store, keys=LineKeys(iter([])), curator="A", independent=True).run()
    assert capsys.readouterr().out == "No flags that A has not decided.\n"


def test_an_undone_decision_comes_back_to_an_independent_review(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    Review(store=store, keys=LineKeys(iter(["c", "u", "b", "q"])), curator="A", independent=True).run()
    assert capsys.readouterr().out.splitlines()[-1] == "0 decided in this review, 2 left."
    assert len(store.unreviewed_flags("A")) == 2


def test_keys_of_a_pipe_are_read_from_lines(store: Store) -> None:
    done = CliRunner().invoke(main, ["review", "--store", str(store.path), "--curator", "A"], input="c\nq\n")
    assert done.exit_code == 0, done.output
    assert statuses(store) == ["confirmed", "open"]


def _until(master: int, text: str) -> str:
    seen = ""
    while text not in seen:
        ready, _, _ = select.select([master], [], [], 20)
        assert ready, f"no {text!r} in {seen!r}"
        seen += os.read(master, 4096).decode()
    return seen


def _press(master: int, keys: bytes, *, single: bool = True) -> None:
    """Type when the review listens: what is typed before it shows a flag is not taken for a decision on it."""
    for _ in range(2000):
        if bool(termios.tcgetattr(master)[3] & termios.ICANON) is not single:
            os.write(master, keys)
            return
        time.sleep(0.01)
    pytest.fail("the review does not listen")


def test_one_key_without_enter_decides_in_a_terminal(store: Store) -> None:
    child, master = pty.fork()
    if child == 0:
        os.chdir(Path(__file__).parents[2])
        os.environ["TERM"] = "xterm"
        arguments = ["-m", "curate.cli", "review", "--store", str(store.path), "--curator", "A"]
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606
    _until(master, "[?] help")
    _press(master, b"c")
    # The decision is in the store before the next flag is shown, so a kill now loses nothing.
    assert "2 of 2" in _until(master, "[?] help")
    assert statuses(store) == ["confirmed", "open"]
    _press(master, b"e")
    _until(master, "the right value")
    _press(master, b"brigatinib\r", single=False)
    _until(master, "0 open")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert statuses(store) == ["confirmed", "corrected"]


# -- the screen -----------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(), max_size=40) | st.integers(1, 300).map(lambda number: "long " * number)
PLACES = st.builds(
    StoredPlace,
    role=WORDS,
    quote=WORDS,
    prefix=WORDS,
    suffix=WORDS,
    page=st.none() | st.integers(1, 2000),
    boxes=st.just(()),
    cell_id=st.just(""),
    extractor=st.just(""),
)
FLAGS = st.builds(
    StoredFlag,
    id=st.just("1"),
    document_id=st.just("a"),
    file_name=WORDS,
    rule=WORDS,
    severity=st.sampled_from(Severity),
    subject=WORDS,
    message=WORDS,
    expected=WORDS,
    status=st.sampled_from(Status),
    stale=st.booleans(),
)


@settings(max_examples=60)
@given(flag=FLAGS, places=st.lists(PLACES, max_size=9), reason=WORDS)
def test_any_flag_fits_a_plain_terminal(flag: StoredFlag, places: list[StoredPlace], reason: str) -> None:
    lines = screen(flag, tuple(places), "100000 of 100000", reason=reason)
    assert len(lines) <= 22  # two are left for what the review says and for a prompt
    assert all(len(line) < 80 for line in lines)
    assert "".join(lines).isprintable()
    assert lines[-1].endswith("[?] help")


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x07", "\u202e", "\x9b31m", "\ud800"])
def test_what_would_steer_a_terminal_is_shown_as_a_mark(hostile: str) -> None:
    assert printable(f"a{hostile}b").isprintable()
    assert printable(f"a{hostile}b").startswith("a\ufffd")


def test_places_that_do_not_fit_are_counted() -> None:
    place = StoredPlace(
        role="prose", quote="q " * 300, prefix="", suffix="", page=1, boxes=(), cell_id="", extractor=""
    )
    flag = StoredFlag(
        id="1",
        document_id="a",
        file_name="a.pdf",
        rule="rule",
        severity=Severity.ERROR,
        subject="s",
        message="m",
        expected="",
        status=Status.OPEN,
        stale=False,
    )
    assert any(line.strip().endswith("more") for line in screen(flag, (place,) * 20, "1 of 1"))
