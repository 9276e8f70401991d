"""Statements of one kind at all their places, and the holding of those on one thing against each other.

The shape is that of INDRA's assemblers (Gyori et al., Mol Syst Biol 2017;13:954): statements are grouped by what they
are on, and two of a group contradict each other or not. A rule keeps what is its own: by what it groups, when two
differ, and the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from curate.records import Doubt, Outcome
from curate.rules.shared.wording import place_name
from extract.records import Arguments, Document, Evidence, Extraction

A = TypeVar("A", bound=Arguments)
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Stated(Generic[A]):
    """What a claim says at one of its places; `where` are words for a place that is no part of the text or a table."""

    said: A
    evidence: Evidence
    where: str = ""

    def place(self, document: Document) -> str:
        """Return the place in the words of a message: 'Table 1', 'the text on page 3'."""
        return self.where or place_name(document, self.evidence)


def stated(extraction: Extraction, kind: type[A]) -> Iterator[Stated[A]]:
    """Yield each place of each claim whose arguments are of a kind, in the order of the claims."""
    for claim in extraction.claims:
        if isinstance(claim.arguments, kind):
            for evidence in claim.evidence:
                yield Stated(claim.arguments, evidence)


def grouped(statements: Iterable[Stated[A]], by: Callable[[A], K]) -> dict[K, list[Stated[A]]]:
    """Return statements by what they are on, each group in their order."""
    groups: dict[K, list[Stated[A]]] = defaultdict(list)
    for one in statements:
        groups[by(one.said)].append(one)
    return dict(groups)


def conflict(
    group: Iterable[Stated[A]],
    differ: Callable[[Stated[A], Stated[A]], bool],
    doubt: Callable[[Stated[A], Stated[A]], Doubt],
) -> Doubt | Outcome:
    """Return the doubt of the first two statements of a group that differ, by the later of them.

    A group of one has nothing to be held against: not applicable.
    """
    members = list(group)
    if len(members) < 2:
        return Outcome.NOT_APPLICABLE
    pairs = sorted(combinations(range(len(members)), 2), key=lambda pair: (pair[1], pair[0]))
    for first, second in pairs:
        if differ(members[first], members[second]):
            return doubt(members[first], members[second])
    return Outcome.CONSISTENT
