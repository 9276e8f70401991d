"""Ctrl-C that is not lost: Python drops a KeyboardInterrupt that is raised inside a callback or a finaliser.

SIGTERM, by which services and shells end a program, ends it in the same good order: the store is closed.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def kept_interrupts() -> Iterator[Callable[[], None]]:
    """Yield a function that raises the `KeyboardInterrupt` again that came since, if nothing else has ended the work.

    SIGTERM counts as one, too.

    In another thread than the main one, where no signal arrives, the function does nothing.
    """
    came = threading.Event()

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        came.set()
        raise KeyboardInterrupt

    def again() -> None:
        if came.is_set():
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield again
        return
    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield again
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def terminated_as_interrupted() -> Iterator[None]:
    """Let SIGTERM raise `KeyboardInterrupt`, as SIGINT does, in the main thread; elsewhere change nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def terminated(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, terminated)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
