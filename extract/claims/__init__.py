"""Claims: one kind a file, each a function from what was read to the claims of that kind.

The arguments of a kind are a frozen dataclass in its file, so that a new kind is one file; its fields
are the columns of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from extract.records import Abbreviation, Arguments, Document, Evidence, How, HowFound, Mention
from extract.registry import DuplicateNameError, Registry, UnknownNameError

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


def told(evidence: Evidence, **how: How) -> Evidence:
    """Return a place with how each argument was found there, by its name."""
    return replace(evidence, found=tuple(HowFound(argument=name, how=found) for name, found in sorted(how.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What claims are formed from: the document with everything recognised in it."""

    document: Document
    mentions: tuple[Mention, ...]
    abbreviations: tuple[Abbreviation, ...] = ()


class Offers(StrEnum):
    """What a field of a form offers to choose from, beside names of mentions and fixed choices."""

    NAMES = "names"
    ENDPOINTS = "endpoints"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """An argument that a curator gives when marking a claim: its label and what it may be.

    `offers` names of mentions of `kinds` (of a variant its gene, where `entity` is asked for), endpoints, or the
    numbers near the mark; a field of numbers fills value, unit, interval and status at once. `choices` are fixed
    values; what is `typed` must stand in the paper.
    """

    name: str
    label: str
    kinds: tuple[str, ...] = ()
    offers: Offers = Offers.NAMES
    choices: tuple[str, ...] = ()
    many: bool = False
    typed: bool = False
    near: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of claim: the record of its arguments, the function that finds its statements, its title and its form.

    `title` says in a few words what a claim says; a kind without its own lists the arguments that it has. A kind
    without a form cannot be added by hand. `order` puts the kinds that curators work with most first.
    """

    arguments: type[Arguments]
    find: Callable[[Reading], Iterable[Statement]]
    title: Callable[..., str] | None = None
    form: tuple[FormField, ...] = ()
    order: int = 100


class ClaimKinds(Registry[ClaimKind]):
    """The kinds of claim by name; the record of arguments belongs to one kind alone."""

    def register(self, name: str) -> Callable[[ClaimKind], ClaimKind]:
        """Return a decorator that registers a kind; raises `DuplicateNameError` where its name or record is taken.

        It does so too where a form has two fields of one name, or one that is no argument of the kind.
        """
        add = super().register(name)

        def decorate(kind: ClaimKind) -> ClaimKind:
            record = kind.arguments.__name__
            taken = next((other for other, known in self._items.items() if known.arguments is kind.arguments), None)
            if taken is not None:
                raise DuplicateNameError(f"two kinds of claim, {taken!r} and {name!r}, have the arguments {record}")
            asked = [one.name for one in kind.form]
            unknown = set(asked) - {one.name for one in fields(kind.arguments)}
            if len(set(asked)) < len(asked):
                raise DuplicateNameError(f"the form of {name!r} asks for one argument twice")
            if unknown:
                raise UnknownNameError(
                    f"the form of {name!r} asks for {', '.join(sorted(unknown))}, which {record} lacks"
                )
            return add(kind)

        return decorate


def title(arguments: Arguments) -> str:
    """Return what a claim says in a few words: by its kind's own title, or the arguments that it has."""
    own = next((kind.title for _, kind in CLAIM_KINDS.items() if kind.arguments is type(arguments)), None)
    if own is not None:
        return own(arguments)
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


CLAIM_KINDS = ClaimKinds("kind of claim", package="extract.claims")
