"""The terminal review: the open flags one by one, most severe first, one key a decision.

Each decision is committed before the next flag is shown, so that nothing is lost when the review is killed;
what was decided is no longer in the queue, so that the next review goes on where this one stopped.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

import click

from curate.errors import DecisionError
from curate.records import Decision, Status, Verdict
from curate.review.decisions import decide, status_of, undo
from curate.review.reasons_required import against_flag
from curate.store import Store
from curate.store.stored import StoredFlag, StoredPlace
from curate.terminal_text import wrapped

HELP = (
    "c confirm    the flag is right",
    "d dismiss    the flag is wrong or does not matter; of an error or a warning, say why",
    "e correct    type the value that is right",
    "r reason     type a reason that goes with your next decision on this flag",
    "s skip       leave it open, show the next",
    "b back       show the one before",
    "n next       show the first flag of another document",
    "u undo       take back your last decision",
    "q quit       decisions are kept; the next review goes on here",
)
KEYS = "[c]onfirm [d]ismiss [e] correct [r]eason [s]kip [b]ack [n]ext document [u]ndo [q]uit [?] help"


class Keys(Protocol):
    """Where keys come from: a terminal, or lines of a file."""

    def key(self) -> str:
        """Return the next key, `q` at the end of the input."""

    def ask(self, prompt: str, *, at_once: bool = False) -> str:
        """Return a line of text, empty where none is given; lines of a file give `at_once` what stands on the key's."""


class TerminalKeys:
    """Single keys from the terminal."""

    def key(self) -> str:
        """Return the key that is pressed; the end of the input and Ctrl-C are `q`."""
        try:
            return click.getchar().lower()
        except (EOFError, KeyboardInterrupt):
            return "q"

    def ask(self, prompt: str, *, at_once: bool = False) -> str:  # noqa: ARG002 - a person can always be asked
        """Return what is typed up to Enter; Ctrl-C is an empty answer."""
        try:
            return str(click.prompt(prompt, default="", show_default=False)).strip()
        except (click.Abort, EOFError):
            click.echo()
            return ""


class LineKeys:
    """Keys from lines: the first letter is the key, the rest (else the next line) its text."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = ""

    def key(self) -> str:
        """Return the first letter of the next line that is not blank."""
        for line in self._lines:
            if line.strip():
                self._rest = line.strip()[1:].strip()
                return line.strip()[0].lower()
        return "q"

    def ask(self, prompt: str, *, at_once: bool = False) -> str:  # noqa: ARG002 - nobody is there to be asked
        """Return the rest of the key's line, else the next line unless `at_once`: that may be another key."""
        text, self._rest = self._rest, ""
        if at_once:
            return text
        return text or next(self._lines, "").strip()


@dataclass(kw_only=True)
class Review:
    """One sitting at the queue: where it stands, what was decided, the reason typed for the flag shown.

    An `independent` one goes through what its curator has not decided, and does not show what others have.
    """

    store: Store
    keys: Keys
    curator: str
    clear: bool = False
    independent: bool = False
    queue: tuple[str, ...] = ()
    at: int = 0
    reason: str = ""
    said: str = ""
    made: list[tuple[int, Decision]] = field(default_factory=list)

    def run(self) -> None:
        """Show the open flags until the queue ends or `q` is pressed, then say what was decided."""
        self.queue = self._left()
        if not self.queue:
            click.echo(f"No flags that {self.curator} has not decided." if self.independent else "No open flags.")
            return
        while self.at < len(self.queue):
            if not self._step():
                break
        left = len(self._left()) if self.independent else self.store.count_flags(status=Status.OPEN)
        click.echo(f"{len(self.made)} decided in this review, {left} {'left' if self.independent else 'open'}.")

    def _left(self) -> tuple[str, ...]:
        return self.store.unreviewed_flags(self.curator) if self.independent else self.store.open_flags()

    def _step(self) -> bool:
        flag = self.store.flag(self.queue[self.at])
        if flag is None:
            # An extraction has replaced it meanwhile.
            self._move(1)
            return True
        self._show(flag)
        self.said = ""
        key = self.keys.key()
        if key == "q":
            return False
        if key in _VERDICTS:
            self._decide(flag, _VERDICTS[key])
        elif key == "e":
            value = self.keys.ask("the right value")
            if value:
                self._decide(flag, Verdict.CORRECT, value)
            else:
                self.said = "Not corrected: no value was given."
        elif key == "r":
            self.reason = self.keys.ask("reason")
        elif key == "s":
            self._move(1)
        elif key == "b":
            self._move(-1)
        elif key == "n":
            self._next_document(flag)
        elif key == "u":
            self._undo()
        elif key == "?":
            self.said = "\n".join(HELP)
        else:
            self.said = f"{key!r} is not a key here; ? shows the keys."
        return True

    def _next_document(self, here: StoredFlag) -> None:
        for at in range(self.at + 1, len(self.queue)):
            flag = self.store.flag(self.queue[at])
            if flag is not None and flag.document_id != here.document_id:
                self._move(at - self.at)
                return
        self.said = "No flag of another document comes after this one."

    def _decide(self, flag: StoredFlag, verdict: Verdict, value: str = "") -> None:
        why = against_flag(flag.severity).get(verdict)
        if why and not self.reason:
            self.reason = self.keys.ask("why", at_once=True)
            if not self.reason:
                self.said = f"Not decided. {why}"
                return
        decision = decide(self.store, "flag", flag.id, verdict, value=value, reason=self.reason, curator=self.curator)
        self.made.append((self.at, decision))
        self._move(1)

    def _undo(self) -> None:
        if not self.made:
            self.said = "Nothing to undo in this review."
            return
        at, decision = self.made[-1]
        try:
            undo(self.store, decision, curator=self.curator)
        except DecisionError as error:
            self.said = str(error)
            return
        finally:
            self.made.pop()
        self._move(at - self.at)
        self.said = f"Undone: {decision.verdict.value}."

    def _move(self, steps: int) -> None:
        self.at = max(0, self.at + steps)
        self.reason = ""

    def _show(self, flag: StoredFlag) -> None:
        size = shutil.get_terminal_size((80, 24))
        if self.clear:
            click.clear()
        place = f"{self.at + 1} of {len(self.queue)}"
        if self.independent:
            flag = replace(flag, status=self._own_status(flag.id))
        for line in screen(
            flag,
            self.store.flag_places(flag.id),
            place,
            width=size.columns,
            height=size.lines,
            reason=self.reason,
        ):
            click.echo(line)
        if self.said:
            click.echo(self.said)

    def _own_status(self, flag_id: str) -> Status:
        """Return where the flag stands by the curator's own decision: what others decided would lead them."""
        return status_of(self.store.current_decision("flag", flag_id, curator=self.curator))


_VERDICTS = {"c": Verdict.CONFIRM, "d": Verdict.DISMISS}


def screen(
    flag: StoredFlag,
    places: tuple[StoredPlace, ...],
    place: str,
    *,
    width: int = 80,
    height: int = 24,
    reason: str = "",
) -> list[str]:
    """Return the lines that show a flag, no more than a terminal of that size holds.

    Two lines are left free: for what the review says and for a prompt.
    """
    width = max(20, width - 1)
    head = wrapped(f"{place}  {flag.severity.value.upper()}  {flag.rule}  {flag.file_name}", width=width, lines=1)
    status = "" if flag.status is Status.OPEN else f"  [{flag.status.value}]"
    head += wrapped(f"{flag.subject}{status}", width=width, lines=1)
    head += ["", *wrapped(flag.message, width=width, lines=5)]
    if flag.expected:
        head += wrapped(f"expected: {flag.expected}", width=width, lines=2)
    foot = [""]
    if reason:
        foot += wrapped(f"reason: {reason}", width=width, lines=2)
    foot += wrapped(KEYS, width=width, lines=2)
    room = height - 2 - len(head) - len(foot)
    return [*head, *_quotes(places, width=width, room=room), *foot]


def _quotes(places: tuple[StoredPlace, ...], *, width: int, room: int) -> list[str]:
    """Return as many places as fit, each with its role and page above its quote; say how many do not."""
    lines: list[str] = []
    each = max(1, room // max(1, len(places)) - 2)
    for number, place in enumerate(places):
        page = f"page {place.page}" if place.page is not None else "no page"
        block = ["", *wrapped(f"{place.role}, {page}", width=width, lines=1)]
        quoted = f"{place.prefix}«{place.quote}»{place.suffix}"
        block += wrapped(quoted, width=width, lines=each, indent="  ")
        left = len(places) - number
        if len(lines) + len(block) + (left > 1) > room:
            return [*lines, f"  … and {left} more"]
        lines += block
    return lines


def review(store: Store, *, curator: str, independent: bool = False) -> None:
    """Go through the open flags of the store; keys come from the terminal or, without one, from lines.

    With `independent`, go through those that the curator has not decided, whatever others decided.
    """
    terminal = sys.stdin.isatty()
    keys: Keys = TerminalKeys() if terminal else LineKeys(iter(sys.stdin))
    clear = terminal and sys.stdout.isatty()
    Review(store=store, keys=keys, curator=curator, clear=clear, independent=independent).run()
