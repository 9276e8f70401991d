"""Anticancer agents, and what is given with them, by INN, brand name, code or salt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from corpus.drug_names import parent_name, spellings, stems
from corpus.resources import dashed, read_text, rows

__all__ = ["Drug", "code_letters", "drug", "listed_codes", "names", "stems"]

_CODE = re.compile(r"([a-z]{2,7})-?\d{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """An agent: its INN in lower case, FDA's UNII (empty where it has none), its classes, its other names."""

    name: str
    unii: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]


def drug(name: str) -> Drug | None:
    """Return the agent of that name, whatever the case, dash or salt; None where no agent is known by it."""
    key = " ".join(dashed(name).casefold().split())
    return names().get(key) or names().get(parent_name(key))


@cache
def names() -> Mapping[str, Drug]:
    """Return every casefolded name with its agent, for a lexicon; codes stand in each way of writing them."""
    agents = tuple(_agents())
    found = {agent.name: agent for agent in agents}
    for agent in agents:
        for name in (agent.name, *agent.names):
            for spelled in spellings(name.casefold()):
                found.setdefault(spelled, agent)
    return MappingProxyType(found)


@cache
def listed_codes() -> frozenset[str]:
    """Return the names with figures of the supplement as they are spelled there: short codes that mean nothing else."""
    others = (name for _, _, joined in rows(read_text("supplement.tsv")) for name in _split(joined))
    return frozenset(name for name in others if any(map(str.isdigit, name)))


@cache
def code_letters() -> frozenset[str]:
    """Return the letters that begin development codes of three figures or more, in lower case."""
    codes = (_CODE.match(name) for name in names())
    return frozenset(code[1] for code in codes if code)


def _agents() -> Iterator[Drug]:
    supplement = {name: (kinds, others) for name, kinds, others in rows(read_text("supplement.tsv"))}
    for name, unii, kinds, others in rows(read_text("drugs.tsv.xz")):
        more_kinds, more_names = supplement.pop(name, ("", ""))
        # What the supplement says of an agent comes first.
        yield Drug(
            name=name,
            unii=unii,
            kinds=_split(more_kinds or kinds),
            names=tuple(dict.fromkeys(_split(more_names) + _split(others))),
        )
    for name, (kinds, others) in supplement.items():
        yield Drug(name=name, unii="", kinds=_split(kinds), names=_split(others))


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()
