"""Work on one document that many ask for, done once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


def for_the_last(function: Callable[[Argument], Result]) -> Callable[[Argument], Result]:
    """Let a function of one frozen record remember its result for the record that it was last called with.

    The record is known by identity: to hash or compare a document costs as much as the work. One record is kept
    alive until the next is asked for.
    """
    last: list[tuple[Argument, Result]] = []

    @wraps(function)
    def remembered(argument: Argument) -> Result:
        for known, result in last:
            if known is argument:
                return result
        result = function(argument)
        last[:] = [(argument, result)]
        return result

    return remembered
