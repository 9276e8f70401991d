"""Work in processes that can be ended from outside: a task that dies, or takes too long, costs nothing but itself.

Each worker has one task at a time and says when it begins it, so that it is known whose fault the end of a worker is,
and so that the time it takes to start is not counted against its task.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from curate.memory import limit_memory
from extract.limits import BROKEN_OFF

T = TypeVar("T")
R = TypeVar("R")

LATE = 1.0  # seconds that a task may take beyond its limit, in which it can end itself and say more
STARTING = 300.0  # seconds in which a worker has to begin
TOO_MUCH = "takes more memory than is allowed; give it more with --document-megabytes"
_BEGUN = "begun"
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Why a task has no result."""

    why: str


@dataclass(eq=False, slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    connection: Connection
    task: tuple[int, T] | None = None
    deadline: float = field(default=float("inf"))

    def begin(self, task: tuple[int, T]) -> None:
        self.task, self.deadline = task, time.monotonic() + STARTING
        with suppress(OSError):  # it died while it was idle: the connection says so when it is read
            self.connection.send(task[1])

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def results(
    tasks: Sequence[T], work: Callable[[T], R], *, jobs: int, seconds: float = 0.0, megabytes: int = 0
) -> Iterator[tuple[T, R | Ended]]:
    """Yield each task with its result, in their order; at most `2 * jobs` are worked ahead.

    `work` is a function of a module, and what it returns can be pickled. A task that takes longer than `seconds`
    (0: no limit) is ended with its process, and so is all that runs when the iterator is closed. `megabytes` limits the
    memory of each process (0: no limit).
    """
    waiting = deque(enumerate(tasks))
    jobs = max(1, min(jobs, len(tasks)))
    workers: list[_Worker[T]] = []
    done: dict[int, R | Ended] = {}
    following = 0
    try:
        while following < len(tasks):
            while waiting and waiting[0][0] < following + 2 * jobs:
                idle = next((worker for worker in workers if worker.task is None), None)
                if idle is None:
                    if len(workers) == jobs:
                        break
                    idle = _started(work, megabytes)
                    workers.append(idle)
                idle.begin(waiting.popleft())
            if following in done:
                yield tasks[following], done.pop(following)
                following += 1
            else:
                _gather(workers, done, seconds)
    finally:
        for worker in workers:
            worker.end()


def _gather(workers: list[_Worker[T]], done: dict[int, R | Ended], seconds: float) -> None:
    """Wait until something happens, and put down the results that there are, and the ends."""
    busy = [worker for worker in workers if worker.task is not None]
    left = min(worker.deadline for worker in busy) - time.monotonic()
    ready = wait([worker.connection for worker in busy], None if left == float("inf") else max(left, 0))
    for worker in busy:
        assert worker.task is not None  # noqa: S101 - it is busy
        number = worker.task[0]
        if worker.connection in ready:
            try:
                said = worker.connection.recv()
            except (EOFError, OSError):
                worker.process.join(LATE)
                done[number] = Ended(why=_died(worker.process.exitcode))
            else:
                if said == _BEGUN:
                    worker.deadline = time.monotonic() + seconds + LATE if seconds else float("inf")
                    continue
                done[number] = said
                worker.task, worker.deadline = None, float("inf")
                continue
        elif time.monotonic() >= worker.deadline:
            done[number] = Ended(why=f"{BROKEN_OFF} {seconds:g} s; give it more with --document-seconds")
        else:
            continue
        worker.end()
        workers.remove(worker)


def _died(code: int | None) -> str:
    how = f"signal {-code}" if code is not None and code < 0 else f"status {code}"
    return f"the process that read it died ({how}: out of memory, or a fault in a library)"


def _started(work: Callable[[T], R], megabytes: int) -> _Worker[T]:
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_serve, args=(its, work, megabytes), daemon=True)
    process.start()
    its.close()  # so that its end is seen on this side
    return _Worker(process=process, connection=mine)


def _serve(connection: Connection, work: Callable[[T], R], megabytes: int) -> None:
    """Do what is asked for until the asker is gone. Ctrl-C ends it silently: the asker says what is stored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _end_with_parent()
    limit_memory(megabytes)
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        connection.send(_BEGUN)
        try:
            connection.send(work(task))
        except MemoryError:
            connection.send(Ended(why=TOO_MUCH))


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended, and whatever this one is at."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - it runs in a worker
    if sys.platform == "linux":
        # The kernel does it, also while a library's machine code keeps every thread of Python from running.
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent.pid:
            os._exit(1)
    threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(parent: int) -> None:
    wait([parent])
    os._exit(1)
