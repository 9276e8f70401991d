"""Statements held against each other: on records made by hand."""

from __future__ import annotations

import builders
import pytest

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules.shared.statements import Stated, conflict, grouped
from extract.claims.trial_phase import TrialPhase
from extract.records import Evidence


def evidence() -> Evidence:
    return builders.trial_result().evidence[0]


def phases(*said: str) -> list[Stated[TrialPhase]]:
    return [Stated(TrialPhase(trial="ALEX", phase=phase), evidence()) for phase in said]


def differ(one: Stated[TrialPhase], other: Stated[TrialPhase]) -> bool:
    return one.said.phase != other.said.phase


def doubt(one: Stated[TrialPhase], other: Stated[TrialPhase]) -> Doubt:
    places = (Place(role="a", evidence=one.evidence), Place(role="b", evidence=other.evidence))
    key = (one.said.phase, other.said.phase)
    return Doubt(severity=Severity.WARNING, subject="ALEX", message="differ", key=key, places=places)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), Outcome.NOT_APPLICABLE),
        (("3",), Outcome.NOT_APPLICABLE),
        (("3", "3"), Outcome.CONSISTENT),
        (("3", "2"), ("3", "2")),
        (("3", "3", "2", "1"), ("3", "2")),
        (("1", "2", "1"), ("1", "2")),
    ],
)
def test_the_first_two_that_differ_are_doubted(said: tuple[str, ...], expected: Outcome | tuple[str, str]) -> None:
    answer = conflict(phases(*said), differ, doubt)
    assert (answer.key if isinstance(answer, Doubt) else answer) == expected


def test_statements_are_grouped_in_their_order() -> None:
    members = [*phases("3"), Stated(TrialPhase(trial="ALTA", phase="2"), evidence()), *phases("1")]
    groups = grouped(members, lambda said: said.trial)
    assert {name: [one.said.phase for one in group] for name, group in groups.items()} == {
        "ALEX": ["3", "1"],
        "ALTA": ["2"],
    }
