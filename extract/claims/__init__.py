"""Claims: one kind a file, each a function from what was read to the claims of that kind.

The arguments of a kind are a frozen dataclass in its file, so that a new kind is one file; its fields
are the columns of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

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


CLAIM_KINDS: Registry[ClaimKind] = Registry("kind of claim", package="extract.claims")
