"""Trials with two phases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import place_name
from extract.citations.in_text import citings
from extract.claims.trial_phase import PHASE, TrialPhase, phase_name
from extract.records import Evidence, Extraction, Reference, Span
from extract.text.locator import Locator

EXTRACTOR = "reference"
_TITLE_PHASE = re.compile(rf"\b[Pp]hase[\s-](?P<phase>{PHASE})(?![\w/])")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A phase at one of its places, with the words for the place."""

    phase: str
    evidence: Evidence
    where: str


@RULES.register("phase-conflict")
def phase_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find trials whose phase differs between text, tables and the title of the paper that a row cites.

    Phases that share a number agree: I/II is both I and II, Ib is I, 2 is II. The title of a reference counts where it
    names one phase and the row that gives trial and phase cites that reference alone. A trial with one stated phase
    is not applicable.

    Example: ALTA is phase I/II in a table, phase III in the text.
    """
    by_trial: dict[str, list[_Stated]] = defaultdict(list)
    for claim in extraction.claims:
        if isinstance(claim.arguments, TrialPhase):
            for evidence in claim.evidence:
                where = place_name(extraction.document, evidence)
                by_trial[claim.arguments.trial].append(_Stated(claim.arguments.phase, evidence, where))
    titles = dict(_titles(extraction))
    for trial, stated in sorted(by_trial.items()):
        rows = [(one.evidence.cell.table, one.evidence.cell.row) for one in stated if one.evidence.cell]
        stated.extend(titles[row] for row in dict.fromkeys(rows) if row in titles)
        yield _judge(trial, stated)


def _judge(trial: str, stated: list[_Stated]) -> Doubt | Outcome:
    if len(stated) < 2:
        return Outcome.NOT_APPLICABLE
    for index, one in enumerate(stated):
        for other in stated[:index]:
            if not _numbers(one.phase) & _numbers(other.phase):
                return _doubt(trial, other, one)
    return Outcome.CONSISTENT


def _numbers(phase: str) -> set[str]:
    return set(re.findall(r"[1-4]", phase))


def _titles(extraction: Extraction) -> Iterator[tuple[tuple[int, int], _Stated]]:
    """Yield, by table and row, the phase in the title of the only reference that the row cites."""
    document = extraction.document
    cited: dict[tuple[int, int], set[int]] = defaultdict(set)
    for citing in citings(document):
        if citing.cell is not None:
            cited[citing.cell.table, citing.cell.row].update(citing.numbers)
    by_number = {reference.number: reference for reference in document.references}
    locator = Locator(document)
    for row, numbers in cited.items():
        reference = by_number.get(next(iter(numbers))) if len(numbers) == 1 else None
        found = _title_phase(reference)
        if reference is None or found is None:
            continue
        start = reference.span.start + document.text[reference.span.start : reference.span.end].find(found[0])
        span = Span(start=start, end=start + len(found[0])) if start >= reference.span.start else reference.span
        evidence = locator.evidence(span, extractor=EXTRACTOR, within=reference.span)
        yield row, _Stated(phase_name(found["phase"]), evidence, f"the title of reference {reference.number}")


def _title_phase(reference: Reference | None) -> re.Match[str] | None:
    found = list(_TITLE_PHASE.finditer(reference.title)) if reference else []
    return found[0] if len({phase_name(match["phase"]) for match in found}) == 1 else None


def _doubt(trial: str, one: _Stated, other: _Stated) -> Doubt:
    return Doubt(
        severity=Severity.WARNING,
        subject=trial,
        message=f"{trial} is a phase {one.phase} trial in {one.where} but phase {other.phase} in {other.where}.",
        key=(trial.casefold(), *sorted((one.phase, other.phase))),
        places=(
            Place(role=f"phase {one.phase}", evidence=one.evidence),
            Place(role=f"phase {other.phase}", evidence=other.evidence),
        ),
    )
