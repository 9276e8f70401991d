"""Trial results: in this trial, this arm had this value of this endpoint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from extract.claims import CLAIM_KINDS, ClaimKind, FormField, Offers, Reading, Statement, trial_phase
from extract.claims.trial_result.arguments import TrialResult, title_of
from extract.claims.trial_result.from_report import from_report
from extract.claims.trial_result.from_report_tables import from_report_tables
from extract.claims.trial_result.from_sentences import from_sentences
from extract.claims.trial_result.from_tables import from_tables
from extract.claims.trial_result.groups import named_arms
from extract.claims.trial_result.study import own_study
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

__all__ = ["TrialResult", "find"]


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the trial results of a document's tables and sentences.

    A table row gives them where a column names the trial and another an endpoint; 'a vs. b' gives one
    result an arm. A sentence gives them where it names a trial, an endpoint and a value of the
    endpoint's kind of unit; of several trials, a value goes to the one that follows it with 'in'. The trial's phase
    may stand anywhere in the document.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    phases = _phases(reading)
    of_trials = [*from_tables(context, locator), *from_sentences(context, locator)]
    study, named = own_study(context), named_arms(context)
    of_trials.extend(from_report_tables(context, locator, study, named))
    for statements in (of_trials, from_report(context, locator, study, named, _stated(of_trials))):
        for statement in statements:
            found = statement.arguments
            if isinstance(found, TrialResult) and found.trial.casefold() in phases:
                statement = replace(statement, arguments=replace(found, phase=phases[found.trial.casefold()]))
            yield statement


def _stated(statements: list[Statement]) -> frozenset[tuple[int, float | None]]:
    """Return where each value ends that is a result already, with the value."""
    return frozenset(
        (one.evidence.span.end, one.arguments.value) for one in statements if isinstance(one.arguments, TrialResult)
    )


def _phases(reading: Reading) -> dict[str, str]:
    """Return the phases of the trials that the document gives one phase only."""
    found: dict[str, set[str]] = defaultdict(set)
    for statement in trial_phase.find(reading):
        if isinstance(statement.arguments, trial_phase.TrialPhase):
            found[statement.arguments.trial.casefold()].add(statement.arguments.phase)
    return {trial: phases.pop() for trial, phases in found.items() if len(phases) == 1}


FORM = (
    FormField(name="trial", label="trial", kinds=("trial",)),
    FormField(name="endpoint", label="endpoint", offers=Offers.ENDPOINTS),
    FormField(name="value", label="value", offers=Offers.NUMBERS),
    FormField(name="arm", label="arm", kinds=("drug",), required=False),
    FormField(name="population", label="population", typed=True, required=False),
)

CLAIM_KINDS.register("trial_result")(ClaimKind(TrialResult, find, title_of, FORM, order=2))
