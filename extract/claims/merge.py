"""Statements -> claims: one claim for what one or more places say, known by its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import Field, fields, replace

from extract.claims import DESCRIBES, Statement
from extract.content_id import content_id
from extract.records import Arguments, Claim, Evidence


def form(paper: str, kind: str, statements: Iterable[Statement]) -> Iterator[Claim]:
    """Yield one claim for all the statements of the same thing, in the order of their first place.

    Statements whose describing arguments do not contradict each other are one claim, with what any of them says: the
    phase that a table gives also belongs to the sentence that gives none.
    """
    same: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        same[_identity(statement.arguments)].append(statement)
    for stated in same.values():
        merged = _merged([statement.arguments for statement in stated])
        if merged is not None:
            yield _claim(paper, kind, merged, stated)
            continue
        apart: dict[Arguments, list[Statement]] = defaultdict(list)
        for statement in stated:
            apart[statement.arguments].append(statement)
        for arguments, group in apart.items():
            yield _claim(paper, kind, arguments, group, described=True)


def claim_id(paper: str, kind: str, arguments: Arguments, *, described: bool = False) -> str:
    """Return the id of a claim, from its kind, its arguments and the paper's identity alone.

    Arguments that only describe what the others identify are left out, so that a release that reads more of them
    leaves the ids, and the decisions on them, as they are; with `described` those that say something are put in.
    """
    return content_id("claim", paper, kind, *_identity(arguments), *(_described(arguments) if described else ()))


def _claim(
    paper: str, kind: str, arguments: Arguments, stated: Sequence[Statement], *, described: bool = False
) -> Claim:
    evidence: tuple[Evidence, ...] = tuple(dict.fromkeys(statement.evidence for statement in stated))
    identity = claim_id(paper, kind, arguments, described=described)
    return Claim(id=identity, kind=kind, arguments=arguments, evidence=evidence)


def _merged(stated: Sequence[Arguments]) -> Arguments | None:
    """Return arguments with all that any of the statements describes, None where two of them differ."""
    said: dict[str, object] = {}
    for arguments in dict.fromkeys(stated):
        for field in _describing(arguments):
            value = getattr(arguments, field.name)
            if value != field.default and said.setdefault(field.name, value) != value:
                return None
    return replace(stated[0], **said)


def _identity(arguments: Arguments) -> tuple[str, ...]:
    return tuple(
        f"{field.name}={_normal(getattr(arguments, field.name))}"
        for field in fields(arguments)
        if not field.metadata.get(DESCRIBES)
    )


def _described(arguments: Arguments) -> tuple[str, ...]:
    return tuple(
        f"{field.name}={_normal(value)}"
        for field in _describing(arguments)
        if (value := getattr(arguments, field.name)) != field.default
    )


def _describing(arguments: Arguments) -> tuple[Field[object], ...]:
    return tuple(field for field in fields(arguments) if field.metadata.get(DESCRIBES))


def _normal(value: object) -> str:
    if isinstance(value, tuple):
        return "\x1e".join(_normal(item) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value).casefold()
