import contextlib
import os
import signal
import threading

import pytest

from curate.run.interrupts import kept_interrupts


def test_an_interrupt_that_was_swallowed_is_raised_again() -> None:
    with kept_interrupts() as raise_again:
        raise_again()
        with contextlib.suppress(KeyboardInterrupt):  # as a callback or a finaliser swallows it
            os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            raise_again()


def test_the_handler_of_before_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with kept_interrupts():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_a_thread_that_gets_no_signals_is_left_alone() -> None:
    raised: list[BaseException] = []

    def work() -> None:
        try:
            with kept_interrupts() as raise_again:
                raise_again()
        except (ValueError, KeyboardInterrupt) as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert raised == []
