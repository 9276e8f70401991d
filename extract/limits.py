"""Limits of time: work that takes longer is broken off, whatever it is at.

The clock is the process's interval timer, whose signal reaches pure Python code anywhere, also in a library.
It works in a process's main thread on POSIX systems; elsewhere a limit is only looked at when the work ends.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

AGAIN = 0.5  # seconds: the signal comes again where a library caught the exception and went on


class OutOfTimeError(BaseException):
    """The time given to a piece of work is over.

    No `Exception`: libraries that catch all exceptions of a broken file must not catch it. `limit` is the
    one that is over, in seconds.
    """

    def __init__(self, limit: float) -> None:
        super().__init__(f"took longer than {limit:g} s")
        self.limit = limit


@dataclass(slots=True)
class _Deadline:
    """When a limit ends, by the monotonic clock."""

    limit: float
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.at = time.monotonic() + self.limit

    def check(self) -> None:
        if time.monotonic() >= self.at:
            raise OutOfTimeError(self.limit)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Break off the work inside after a time, with `OutOfTimeError`; 0 sets no limit.

    Limits nest: the inner one is over when the outer one is, and then the error names the outer one, which
    is raised on the way out of the inner one again.
    """
    if seconds <= 0:
        yield
        return
    deadline = _Deadline(seconds)
    if not _has_timer():
        yield
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
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if rest:
            left = rest - (time.monotonic() - start)
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001), AGAIN)


def _has_timer() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
