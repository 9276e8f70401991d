"""Agreement of curators: Cohen's kappa by rule, and what they differ on.

Cohen J. A coefficient of agreement for nominal scales. Educ Psychol Meas 1960;20:37-46. Two curators rate the
flags that both reviewed; the categories are the verdicts confirm, dismiss and correct. What was taken back and
what adjudicates is no rating. Two corrections to different values are one category, as kappa knows no values, but
they are listed as a difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from curate.records import Decision, Role, Verdict
from curate.store.read_documents import Reader
from curate.store.stored import StoredFlag

ALL_RULES = "all rules"
CATEGORIES = (Verdict.CONFIRM, Verdict.DISMISS, Verdict.CORRECT)

Ratings: TypeAlias = Mapping[tuple[Verdict, Verdict], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two curators agree on the flags of a rule that both reviewed.

    `observed` and `expected` are proportions of `flags`; `kappa` is None where both gave one and the same
    category throughout, so that chance alone explains all.
    """

    rule: str
    curators: tuple[str, str]
    flags: int
    observed: float
    expected: float
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A flag on which curators differ, with what each decided and the adjudication that settles it, if any."""

    flag: StoredFlag
    decisions: tuple[Decision, ...]
    settled: Decision | None


def cohen_kappa(ratings: Ratings) -> tuple[float, float, float | None]:
    """Return the observed and the expected agreement and kappa of (first, second) ratings with their numbers.

    Kappa is None where the expected agreement is 1. Raises `ValueError` for no ratings.
    """
    total = sum(ratings.values())
    if not total:
        raise ValueError("no ratings")
    agreed = sum(number for (first, second), number in ratings.items() if first is second)
    first_of = Counter[Verdict]()
    second_of = Counter[Verdict]()
    for (first, second), number in ratings.items():
        first_of[first] += number
        second_of[second] += number
    # In whole numbers, so that rounding never decides whether chance explains all.
    chance = sum(first_of[category] * second_of[category] for category in CATEGORIES)
    if chance == total * total:
        return agreed / total, 1.0, None
    return agreed / total, chance / total**2, (agreed * total - chance) / (total * total - chance)


def agreements(store: Reader) -> tuple[Agreement, ...]:
    """Return the agreement of each pair of curators, over all rules and then by rule.

    Memory holds the counts alone, not the flags.
    """
    counts: dict[tuple[tuple[str, str], str], Counter[tuple[Verdict, Verdict]]] = {}
    for flag, decisions in store.paired_reviews():
        for one, other in combinations(decisions, 2):
            pair = (one.curator, other.curator)
            for rule in (ALL_RULES, flag.rule):
                counts.setdefault((pair, rule), Counter())[one.verdict, other.verdict] += 1
    ordered = sorted(counts, key=lambda key: (key[0], key[1] != ALL_RULES, key[1]))
    return tuple(_agreement(rule, pair, counts[pair, rule]) for pair, rule in ordered)


def _agreement(rule: str, pair: tuple[str, str], ratings: Ratings) -> Agreement:
    observed, expected, kappa = cohen_kappa(ratings)
    return Agreement(
        rule=rule,
        curators=pair,
        flags=sum(ratings.values()),
        observed=observed,
        expected=expected,
        kappa=kappa,
    )


def differences(store: Reader, *, unsettled: bool = False) -> Iterator[Difference]:
    """Yield the flags on which curators differ in verdict or value; with `unsettled` those without adjudication."""
    for flag, decisions in store.paired_reviews():
        if len({(decision.verdict, decision.value) for decision in decisions}) == 1:
            continue
        standing = store.standing_decision("flag", flag.id)
        settled = standing if standing and standing.role is Role.ADJUDICATION else None
        if not (unsettled and settled):
            yield Difference(flag=flag, decisions=decisions, settled=settled)
