"""Limits of time: work that takes longer is broken off, whatever it is at.

The clock is the process's interval timer, whose signal reaches pure Python code anywhere, also in a library.
It works in a process's main thread on POSIX systems; elsewhere a limit is only looked at when the work ends.
"""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

BROKEN_OFF = "took longer than"  # what the gap or the failure of such work says
AGAIN = 0.5  # seconds: the signal comes again where a library caught the exception and went on


class OutOfTimeError(BaseException):
    """The time given to a piece of work is over.

    No `Exception`: libraries that catch all exceptions of a broken file must not catch it.
    """

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(f"{BROKEN_OFF} {deadline.seconds:g} s")
        self.deadline = deadline


@dataclass(eq=False, slots=True)
class Deadline:
    """When a limit of so many seconds ends, by the monotonic clock."""

    seconds: float
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.at = time.monotonic() + self.seconds

    def check(self) -> None:
        """Raise `OutOfTimeError` where the time is over."""
        if time.monotonic() >= self.at:
            raise OutOfTimeError(self)

    def is_spared_by(self, error: BaseException) -> bool:
        """Say whether it was an outer limit, not this one or a fault, that ended the work inside."""
        return isinstance(error, OutOfTimeError) and error.deadline is not self


@contextmanager
def within(seconds: float) -> Iterator[Deadline]:
    """Break off the work inside after a time, with `OutOfTimeError`; 0 sets no limit.

    Limits nest: where the outer one is over first, the error is the outer one's.
    """
    deadline = Deadline(seconds if seconds > 0 else math.inf)
    if seconds <= 0:
        yield deadline
        return
    if not _has_timer():
        yield deadline
        deadline.check()
        return
    armed = True

    def ring(number: int, frame: FrameType | None) -> None:
        del number, frame
        if armed:
            deadline.check()
        if callable(before):
            before(signal.SIGALRM, None)

    start = time.monotonic()
    rest, _ = signal.getitimer(signal.ITIMER_REAL)
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, rest or seconds), AGAIN)
    try:
        yield deadline
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if rest:
            left = rest - (time.monotonic() - start)
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001), AGAIN)


def _has_timer() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
