"""Kinds of mention: what a curator calls one, its key and colours, and how a text asserts it.

A kind is registered beside its recogniser, in the same file. Marking, colours, assertion and abbreviations ask
`ENTITY_KINDS`, so that a new kind is known to all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extract.registry import DuplicateNameError, Registry


class Judged(StrEnum):
    """What a trigger of ConText can say something of: a finding, an agent or a gene; a number stands as it is."""

    FINDING = "finding"
    AGENT = "agent"
    GENE = "gene"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityKind:
    """A kind of mention.

    `key` is the letter that marks one, empty where nobody marks it by hand; `light` and `dark` are the grounds of its
    words as CSS colours, on which the page's ink is read. `long_form` says how telling the kind is as what an
    abbreviation stands for, 1 the most; 0 where it is none. `names` is whether a word of this kind is a name that
    cannot be a trial's at the same time.
    """

    key: str = ""
    light: str = "#dcdfe4"
    dark: str = "#3c424c"
    judged: Judged = Judged.NOTHING
    long_form: int = 0
    names: bool = False
    order: int = 100


ENTITY_KINDS: Registry[EntityKind] = Registry("kind of mention", package="extract.mentions.recognizers")


def marked_kinds() -> tuple[str, ...]:
    """Return the kinds that a person can mark, the most usual first.

    Raises `DuplicateNameError` where two kinds have one key.
    """
    kinds = sorted((kind.order, name) for name, kind in ENTITY_KINDS.items() if kind.key)
    by_key: dict[str, str] = {}
    for _, name in kinds:
        other = by_key.setdefault(ENTITY_KINDS[name].key, name)
        if other != name:
            raise DuplicateNameError(f"the kinds of mention {other!r} and {name!r} have one key")
    return tuple(name for _, name in kinds)


def long_forms() -> tuple[str, ...]:
    """Return the kinds that the long form of an abbreviation may name, the most telling first."""
    return tuple(
        name for _, name in sorted((kind.long_form, name) for name, kind in ENTITY_KINDS.items() if kind.long_form)
    )


def judged_as(*classes: Judged) -> frozenset[str]:
    """Return the kinds whose mentions are judged as one of some classes."""
    return frozenset(name for name, kind in ENTITY_KINDS.items() if kind.judged in classes)
