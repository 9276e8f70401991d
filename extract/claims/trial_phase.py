"""Phases of trials: this trial is of this phase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement
from extract.records import Arguments, CellRef, Mention, Span, Table
from extract.text.locator import Locator
from extract.text.neighbourhood import PROSE_KINDS, Context

EXTRACTOR = "trial_phase"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPhase(Arguments):
    """The phase of a trial in Arabic figures: '3', '1/2', '1b'."""

    trial: str
    phase: str


def title_of(arguments: TrialPhase) -> str:
    """Return a phase as 'PROFILE 1014, phase 3'."""
    return f"{arguments.trial}, phase {arguments.phase}"


PHASE = r"(?:IV|I{1,3}|[1-4])[ABab]?(?:\s?[/–-]\s?(?:IV|I{1,3}|[1-4])[ABab]?)?"
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_PART = re.compile(r"(?P<number>IV|I{1,3}|[1-4])(?P<letter>[ABab]?)")
_HEADER = re.compile(r"(?:study\s+|trial\s+|clinical\s+)?phase", re.IGNORECASE)
_CELL = re.compile(rf"\s*(?:[Pp]hase\s+)?(?P<phase>{PHASE})\s*")
_ADJECTIVES = (
    r"(?:(?:randomi[sz]ed|open-label|multicent(?:er|re)|global|single-arm|double-blind|placebo-controlled|pivotal|ongoing"
    r"|registrational|international|confirmatory|prospective|two-arm|head-to-head|first-line|expansion|clinical|dose-escalation"
    r"|controlled|comparative|the)[\s,]+){0,6}"
)
_BEFORE = re.compile(
    rf"\b[Pp]hase[\s-](?P<phase>{PHASE})[\s,]+{_ADJECTIVES}(?:(?:trial|study)\s*[(,]?\s*(?:called\s+|named\s+)?)?$"
)
_AFTER = re.compile(
    rf"(?:\s+(?:trial|study))?\s*(?:[(,]\s*|\s(?:is|was)\s+)?(?:an?\s+|the\s+)?{_ADJECTIVES}[Pp]hase[\s-](?P<phase>{PHASE})"
    r"(?=\s+(?:trial|study|clinical|randomi)|\s*[),;.])"
)
# 'After SOLAR-1, a phase II study began' speaks of another trial; 'In SOLAR-1, a phase III trial, ...' does not.
_OTHER_TRIAL = re.compile(
    r"\b(?:after|following|since|unlike|besides|before|beyond|despite|given|like|with|than|to|by|for)\s+[^,;]{0,40}$",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the phases of a document's trials, from rows and sentences.

    A row gives it where one column is headed 'Phase' and another names one trial. A sentence gives it where nothing but
    words on the design ('randomised', 'open-label') stands between 'phase III' and the trial's name.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    for number, table in enumerate(reading.document.tables):
        yield from _from_table(context, locator, number, table)
    for mention in context.of_kind("trial"):
        block = context.block(mention.span.start)
        if mention.cell is None and not mention.entity and block is not None and block.kind in PROSE_KINDS:
            yield from _from_prose(context, locator, mention)


def phase_name(text: str) -> str:
    """Return a phase in Arabic figures: '1/2' for 'I-II', '1b' for 'IB'."""
    return "/".join(
        _ROMAN.get(part["number"], part["number"]) + part["letter"].lower() for part in _PART.finditer(text)
    )


def _from_table(context: Context, locator: Locator, number: int, table: Table) -> Iterator[Statement]:
    if not table.header_rows:
        return
    headers = [context.header(CellRef(table=number, row=0, column=column)) for column in range(len(table.rows[0]))]
    columns = [column for column, header in enumerate(headers) if _HEADER.fullmatch(header.strip())]
    for row in table.rows[table.header_rows :] if len(columns) == 1 else ():
        cell = row[columns[0]]
        stated = _CELL.fullmatch(cell.text)
        trials = [trial for other in row for trial in context.within(other.span, "trial") if not trial.entity]
        if stated and len({trial.normalized for trial in trials}) == 1:
            ref = CellRef(table=number, row=cell.row, column=cell.column)
            yield Statement(
                arguments=TrialPhase(trial=trials[0].normalized, phase=phase_name(stated["phase"])),
                evidence=locator.evidence(cell.span, extractor=EXTRACTOR, cell=ref, within=cell.span),
            )


def _from_prose(context: Context, locator: Locator, mention: Mention) -> Iterator[Statement]:
    sentence = context.sentence(mention.span)
    text = context.document.text
    before = _BEFORE.search(text[sentence.start : mention.span.start])
    after = _AFTER.match(text[mention.span.end : sentence.end])
    if before and not context.within(Span(start=sentence.start + before.start(), end=mention.span.start), "trial"):
        span = Span(start=sentence.start + before.start(), end=mention.span.end)
        phase = before["phase"]
    elif after and not _OTHER_TRIAL.search(text[sentence.start : mention.span.start]):
        span = Span(start=mention.span.start, end=mention.span.end + after.end())
        phase = after["phase"]
    else:
        return
    yield Statement(
        arguments=TrialPhase(trial=mention.normalized, phase=phase_name(phase)),
        evidence=locator.evidence(span, extractor=EXTRACTOR, within=sentence),
    )


CLAIM_KINDS.register("trial_phase")(ClaimKind(TrialPhase, find, title_of))
