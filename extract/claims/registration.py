"""Registrations: this trial, or a trial of this, has this registry number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement, describing
from extract.records import Arguments, Mention, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import PROSE_KINDS, Context

EXTRACTOR = "registration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(Arguments):
    """A registry number with the trial's name and what is tried in it, as far as the place says.

    `intervention` joins the drugs by ' + ' in alphabetical order; where the place names none, `targets` joins what the
    inhibitors it speaks of inhibit.
    """

    number: str
    trial: str = ""
    intervention: str = ""
    targets: str = describing()


_NAMED_BEFORE = re.compile(
    r"\s*(?:,\s+(?:an?|the)\s+)?(?:(?:clinical|phase\s+[IV1-4/ab]+|randomi[sz]ed|pivotal|ongoing)\s+){0,3}(?:trials?|study|studies)?[\s,;:]*[(\[]?"
    r"(?:[A-Za-z.]*(?:ClinicalTrials|Clinical\s?Trials)[\s.a-z]*(?:identifier|number|registration)?[\s,:;]*)?"
)
_EARLIER = re.compile(
    r"\b(?:prior|previous(?:ly)?|pre-?treated|treated\s+with|after|following|na[iï]ve\s+to|resistant\s+to|refractory\s+to|"
    r"resistance\s+to|progress\w*\s+on|failure\s+of|versus|vs\.?|compared\s+(?:with|to)|than)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_TARGET = r"[A-Z][A-Z0-9]{1,6}(?:-?\d)?"
_INHIBITORS = re.compile(
    rf"\b(?P<targets>{_TARGET}(?:\s*(?:,|/|&|\+|\band\b|,\s*and\b)\s*{_TARGET})*)[-\s]+"
    r"(?:TKIs?|(?:tyrosine\s+kinase\s+|kinase\s+)?inhibitors?|antagonists?|degraders?|antibod(?:y|ies))\b"
)
# What goes before a full stop, a semicolon or one of these words is said of something else than the number after it.
_TURN = re.compile(r"[;:]|\b(?:whereas|while|but|and\s+(?:another|a|an|the)|another|however)\b", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the registry numbers of a document's sentences and table rows, with the trial and its drugs.

    In a sentence, the trial is the name right before the number; the drugs are those between it and the number
    before, or the turn of the sentence ('whereas', 'and another'), but for earlier treatments and comparators. In a
    row with one number, they are those of the cells to its left.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    for mention in context.of_kind("trial"):
        if not mention.entity or mention.normalized != mention.entity:
            continue
        within, arguments = _in_cell(context, mention) if mention.cell else _in_prose(context, mention)
        if within is not None:
            evidence = locator.evidence(mention.span, extractor=EXTRACTOR, cell=mention.cell, within=within)
            yield Statement(arguments=arguments, evidence=evidence)


def _in_prose(context: Context, mention: Mention) -> tuple[Span | None, Registration]:
    block = context.block(mention.span.start)
    nothing = Registration(number=mention.normalized)
    if block is None or block.kind not in PROSE_KINDS:
        return None, nothing
    sentence = context.sentence(mention.span)
    before = Span(start=sentence.start, end=mention.span.start)
    trials = context.within(before, "trial")
    numbers = [trial for trial in trials if trial.entity]
    start = max([sentence.start, *(trial.span.end for trial in numbers)])
    turns = [start + turn.end() for turn in _TURN.finditer(context.document.text[start : mention.span.start])]
    name = _name(context, mention, [trial for trial in trials if not trial.entity])
    clause = Span(start=max([start, *turns]), end=mention.span.start)
    drugs = _drugs(context, clause)
    targets = "" if drugs else _targets(context.text(clause))
    return sentence, Registration(number=mention.normalized, trial=name, intervention=drugs, targets=targets)


def _name(context: Context, mention: Mention, names: list[Mention]) -> str:
    """Return the trial's name where nothing but 'trial', brackets and the registry's name stand before the number."""
    if not names:
        return ""
    between = context.document.text[names[-1].span.end : mention.span.start]
    return names[-1].normalized if _NAMED_BEFORE.fullmatch(between) else ""


def _drugs(context: Context, clause: Span) -> str:
    text = context.document.text
    named = (
        drug.normalized
        for drug in context.within(clause, "drug")
        if not _EARLIER.search(text[max(clause.start, drug.span.start - 60) : drug.span.start])
    )
    return " + ".join(sorted(set(named)))


def _targets(text: str) -> str:
    """Return what the inhibitors that a text speaks of inhibit, joined by ' + ' in alphabetical order."""
    found = {
        target
        for match in _INHIBITORS.finditer(text)
        if not _EARLIER.search(text[max(0, match.start() - 60) : match.start()])
        for target in re.findall(_TARGET, match["targets"])
    }
    return " + ".join(sorted(found))


def _in_cell(context: Context, mention: Mention) -> tuple[Span | None, Registration]:
    nothing = Registration(number=mention.normalized)
    if mention.cell is None or mention.cell.row < context.table(mention.cell).header_rows:
        return None, nothing
    row = context.row(mention.cell)
    trials = [trial for cell in row for trial in context.within(cell.span, "trial")]
    names = {trial.normalized for trial in trials if not trial.entity}
    numbers = {trial.normalized for trial in trials if trial.entity}
    left = [_drugs(context, cell.span) for cell in row[: mention.cell.column]]
    alone = len(numbers) == 1
    drugs = next((drugs for drugs in reversed(left) if drugs), "")
    targets = next((found for cell in reversed(row[: mention.cell.column]) if (found := _targets(cell.text))), "")
    registration = Registration(
        number=mention.normalized,
        trial=names.pop() if len(names) == 1 and alone else "",
        intervention=drugs if alone else "",
        targets=targets if alone and not drugs else "",
    )
    return row[mention.cell.column].span, registration


CLAIM_KINDS.register("registration")(ClaimKind(Registration, find))
