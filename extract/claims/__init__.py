"""Claims: one kind a file, each a function from what was read to the claims of that kind.

The arguments of a kind are a frozen dataclass in its file, so that a new kind is one file; its fields
are the columns of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import singledispatch

from extract.records import Abbreviation, Arguments, Document, Evidence, Mention
from extract.registry import Registry

# The key of the metadata of an argument that only describes what the others identify: it is no part of the claim's id.
DESCRIBES = "describes"


def describing() -> str:
    """Return the field of an argument that is a text, empty by default, and only describes what the others identify."""
    text: str = field(default="", metadata={DESCRIBES: True})
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One place that asserts something: the arguments in normal form and where they stand."""

    arguments: Arguments
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What claims are formed from: the document with everything recognised in it."""

    document: Document
    mentions: tuple[Mention, ...]
    abbreviations: tuple[Abbreviation, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of claim: the record of its arguments and the function that finds its statements."""

    arguments: type[Arguments]
    find: Callable[[Reading], Iterable[Statement]]


@singledispatch
def title(arguments: Arguments) -> str:
    """Return what a claim says in a few words: the arguments that it has.

    A kind of claim whose arguments need words between them registers its own in its file.
    """
    return ", ".join(said for one in fields(arguments) if (said := _said(getattr(arguments, one.name))))


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " + ".join(str(item) for item in value)
    return "" if value is None or value is False else str(value)


def figure(value: float, unit: str = "") -> str:
    """Return a number as a paper prints it, without a needless '.0', with its unit: '53%', '15.6 months'."""
    return f"{value:.10g}" + (unit if unit == "%" else f" {unit}" if unit else "")


def bounds(low: float | None, high: float | None, kind: str, decimals: int | None = None) -> str:
    """Return an interval in brackets after its value, ' (95% CI 43 to 63)', empty where there is none.

    `decimals` are the printed decimal places, None where they are not known.
    """
    if low is None and high is None:
        return ""
    printed = (
        "…" if end is None else figure(end) if decimals is None else f"{end:.{decimals}f}" for end in (low, high)
    )
    ends = " to ".join(printed)
    return f" ({kind} {ends})" if kind else f" ({ends})"


CLAIM_KINDS: Registry[ClaimKind] = Registry("kind of claim", package="extract.claims")
