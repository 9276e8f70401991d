"""How names of drugs stand to each other: codes a keystroke apart, and two entries that are one agent."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.distance import OSA

from corpus.drugs import Drug, drug
from corpus.resources import unpunctuated
from extract.claims.drug_alias import is_code

_PARTS = re.compile(r"([a-z]+)0*(\d+)([a-z]*\d*)")
LONG = 5  # figures of a code, from which on one figure more, less or other is likelier a slip than another compound


def same_agent(one: Drug, other: Drug) -> bool:
    """Say whether two entries are one agent: their names, or one within the other (a salt, a conjugate's antibody)."""
    if one.name == other.name or (one.unii and one.unii == other.unii):
        return True
    mine, yours = set(one.name.split()), set(other.name.split())
    return mine <= yours or yours <= mine


def sponsor_codes(agent: Drug) -> tuple[str, ...]:
    """Return the development codes of an agent, without the NSC numbers of the screening programme."""
    return tuple(name for name in (agent.name, *agent.names) if is_code(name) and not name.startswith("nsc"))


def same_code(one: str, other: str) -> bool:
    """Say whether two codes are one but for dashes, zeros before the number and letters after it."""
    mine, yours = (_PARTS.fullmatch(unpunctuated(code)) for code in (one, other))
    if mine is None or yours is None:
        return unpunctuated(one) == unpunctuated(other)
    return mine.group(1, 2) == yours.group(1, 2)


def swapped(one: str, other: str) -> bool:
    """Say whether two names differ in two letters or two figures that changed places."""
    mine, yours = unpunctuated(one), unpunctuated(other)
    apart = [(a, b) for a, b in zip(mine, yours, strict=False) if a != b]
    return len(mine) == len(yours) and len(apart) == 2 and apart[0] == apart[1][::-1]


def one_keystroke_apart(one: str, other: str) -> bool:
    """Say whether two names are not one, and one letter or figure apart or with two that changed places."""
    if same_code(one, other):
        return False
    return swapped(one, other) or OSA.distance(unpunctuated(one), unpunctuated(other)) == 1


def likely_slip(one: str, other: str) -> bool:
    """Say whether two codes that are a keystroke apart are likelier one code than those of two compounds.

    Makers number their compounds one by one, so that a short number may differ in one figure by right.
    """
    if not one_keystroke_apart(one, other):
        return False
    mine, yours = (re.sub(r"\D", "", name) for name in (one, other))
    return swapped(one, other) or mine == yours or min(len(mine), len(yours)) >= LONG


def known_as(agent: str, name: str) -> bool:
    """Say whether the reference data know an agent by a name."""
    named, meant = drug(agent), drug(name)
    return named is not None and meant is not None and same_agent(named, meant)


def difference(one: str, other: str) -> str:
    """Return in words in what two names differ that are a keystroke apart: 'one letter', 'two swapped figures'."""
    mine, yours = unpunctuated(one), unpunctuated(other)
    apart = {letter for pair in zip(mine, yours, strict=False) if pair[0] != pair[1] for letter in pair}
    if len(mine) != len(yours):
        apart = set((Counter(mine) - Counter(yours)) + (Counter(yours) - Counter(mine)))
    kind = "figure" if all(letter.isdigit() for letter in apart) else "letter"
    return f"two swapped {kind}s" if swapped(one, other) else f"one {kind}"
