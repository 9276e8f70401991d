"""The one place where a fault in a part of the reading costs that part and not the document.

Each part of the way from a page to a claim is attempted here. What raises is named in a gap, with what it said; what it
would have given is replaced by less. Interrupts and limits of time are no `Exception` and pass, as do a want of memory
and what is said of the document or its settings as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from extract.errors import DocumentError
from extract.ner.spacy_pipelines import ModelNotInstalledError

T = TypeVar("T")

BUG = "this is a bug in litcurate; please report it"
_LONGEST = 200  # characters of what an error says


class Parts:
    """Attempts parts, and keeps what went wrong."""

    def __init__(self) -> None:
        self._faults: Counter[tuple[str, str]] = Counter()

    def attempt(self, part: str, work: Callable[[], T], instead: Callable[[], T]) -> T:
        """Return what the work gives, or what `instead` gives where it raises; a gap then names the part."""
        try:
            return work()
        except (MemoryError, DocumentError, ModelNotInstalledError):
            raise
        except RecursionError:
            self._faults[part, "it is nested too deeply"] += 1
        except Exception as error:  # noqa: BLE001 - it costs this part alone; it is counted and shown
            said = " ".join(str(error).split())[:_LONGEST]
            name = type(error).__name__
            self._faults[part, f"{name}: {said} ({BUG})" if said else f"{name} ({BUG})"] += 1
        return instead()

    @property
    def gaps(self) -> tuple[str, ...]:
        """What was not read, one line a part and fault, in the order in which they came."""
        return tuple(
            f"{part} could not be read: {fault}" if number == 1 else f"{part} could not be read {number} times: {fault}"
            for (part, fault), number in self._faults.items()
        )
