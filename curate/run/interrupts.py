"""Ctrl-C that is not lost: Python drops a KeyboardInterrupt that is raised inside a callback or a finaliser."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def kept_interrupts() -> Iterator[Callable[[], None]]:
    """Yield a function that raises the `KeyboardInterrupt` again that came since, if nothing else has ended the work.

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
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield again
    finally:
        signal.signal(signal.SIGINT, before)
