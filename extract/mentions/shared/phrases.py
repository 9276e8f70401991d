"""Phrases of a lexicon where they stand in a text: one pass of an Aho-Corasick automaton (Aho & Corasick, 1975)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

# Dashes and the apostrophe that typesetters put for plain ones.
_PLAIN = (("‐", "-"), ("‑", "-"), ("–", "-"), ("−", "-"), ("’", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase of a lexicon at its place in a text: offsets of code points, and the phrase in lower case."""

    start: int
    end: int
    phrase: str


@lru_cache(maxsize=2)
def lowered(text: str) -> str:
    """Return the text in lower case with plain hyphens and apostrophes, each character in its place.

    The last texts are kept, as several recognisers ask for the same passage.
    """
    plain = text
    for typeset, typed in () if text.isascii() else _PLAIN:
        plain = plain.replace(typeset, typed)
    low = plain.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in plain)


def automaton(phrases: Iterable[str]) -> ahocorasick.Automaton:
    """Return the automaton of a lexicon, whose phrases are in lower case with plain hyphens."""
    built = ahocorasick.Automaton()
    for phrase in phrases:
        built.add_word(phrase, phrase)
    built.make_automaton()
    return built


def longest(built: ahocorasick.Automaton, low: str) -> Iterator[Phrase]:
    """Yield the phrases that stand as whole words in a lowered text, in order; of those that overlap the longest."""
    best: dict[int, int] = {}
    for last, phrase in built.iter(low):
        start, end = last - len(phrase) + 1, last + 1
        if (start == 0 or not low[start - 1].isalnum()) and (end == len(low) or not low[end].isalnum()):
            best[start] = max(best.get(start, 0), end)
    reached = 0
    for start in sorted(best):
        if start >= reached:
            reached = best[start]
            yield Phrase(start=start, end=reached, phrase=low[start:reached])
