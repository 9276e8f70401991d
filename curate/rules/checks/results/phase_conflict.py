"""Trials with two phases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.statements import Stated, conflict, grouped, stated
from extract.citations.in_text import citings
from extract.claims.trial_phase import PHASE, TrialPhase, phase_name
from extract.records import Document, Extraction, Reference, Span
from extract.text.locator import Locator

EXTRACTOR = "reference"
_TITLE_PHASE = re.compile(rf"\b[Pp]hase[\s-](?P<phase>{PHASE})(?![\w/])")


@RULES.register("phase-conflict")
def phase_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find trials whose phase differs between text, tables and the title of the paper that a row cites.

    Phases that share a number agree: I/II is both I and II, Ib is I, 2 is II. The title of a reference counts where it
    names one phase and the row that gives trial and phase cites that reference alone. A trial with one stated phase
    is not applicable.

    Example: ALTA is phase I/II in a table, phase III in the text.
    """
    titles = dict(_titles(extraction))
    for trial, group in sorted(grouped(stated(extraction, TrialPhase), lambda said: said.trial).items()):
        rows = [(one.evidence.cell.table, one.evidence.cell.row) for one in group if one.evidence.cell]
        cited = [titles[row] for row in dict.fromkeys(rows) if row in titles]
        yield conflict([*group, *cited], _differ, partial(_doubt, extraction.document, trial))


def _differ(one: Stated[TrialPhase], other: Stated[TrialPhase]) -> bool:
    return not _numbers(one.said.phase) & _numbers(other.said.phase)


def _numbers(phase: str) -> set[str]:
    return set(re.findall(r"[1-4]", phase))


def _titles(extraction: Extraction) -> Iterator[tuple[tuple[int, int], Stated[TrialPhase]]]:
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
        said = TrialPhase(trial="", phase=phase_name(found["phase"]))
        yield row, Stated(said, evidence, f"the title of reference {reference.number}")


def _title_phase(reference: Reference | None) -> re.Match[str] | None:
    found = list(_TITLE_PHASE.finditer(reference.title)) if reference else []
    return found[0] if len({phase_name(match["phase"]) for match in found}) == 1 else None


def _doubt(document: Document, trial: str, one: Stated[TrialPhase], other: Stated[TrialPhase]) -> Doubt:
    mine, yours = one.said.phase, other.said.phase
    here, there = one.place(document), other.place(document)
    return Doubt(
        severity=Severity.WARNING,
        subject=trial,
        message=f"{trial} is a phase {mine} trial in {here} but phase {yours} in {there}.",
        key=(trial.casefold(), *sorted((mine, yours))),
        places=(
            Place(role=f"phase {mine}", evidence=one.evidence),
            Place(role=f"phase {yours}", evidence=other.evidence),
        ),
    )
