"""Trials that the cited reference is not about, while another reference is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.subjects.wording import listed, place_name
from extract.capture import TRIAL_HEADER
from extract.cited import REFERENCES_HEADER
from extract.citing import Citing, citings
from extract.context import Context
from extract.places import Locator
from extract.records import CellRef, Extraction, Mention, Reference, Span

EXTRACTOR = "citation"

# What may stand between a trial's name and the citation of its report.
_DIRECT = re.compile(
    r"\s*(?:(?:phase\s[IVab1-4/-]{1,5}|clinical|randomi[sz]ed)\s)?(?:trials?|stud(?:y|ies))?\s*(?:\([^()]{0,60}\))?[\s,;.(]*"
)
# A sentence with one of these may cite a paper on something else beside the trial that it names.
_BESIDE = re.compile(
    r"\b(?:similar\w*|consistent|compar\w*|like|unlike|previous\w*|earlier|contrast|confirm\w*|agree\w*|accord\w*|other|another"
    r"|analog\w*|correspond\w*|than|whereas|while|although|however|also|both|criteria|guidelines?|recommend\w*|protocol|design"
    r"|scale|questionnaire|method\w*|defin\w*|describ\w*|review\w*|meta-analys\w+|pooled|sub-?stud\w+|extension|biomarker\w*"
    r"|based\s+on|in\s+line|support\w*|led\s+to)\b",
    re.IGNORECASE,
)
_AFTER_IT = re.compile(
    r"\b(?:after|before|since|following|given|despite|with)\s(?:the\s)?(?:\w+\s){0,2}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A trial that a place names, with the numbers cited for it there."""

    trial: Mention
    numbers: tuple[int, ...]
    span: Span
    cell: CellRef | None = None


@RULES.register("citation-subject")
def citation_subject(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find trials whose cited reference is about another trial, while another reference is about the one that is named.

    Looks at rows of tables that name one trial and cite references in that cell or in a column of references, at
    names of trials with a citation right behind them, and at sentences with one trial and one citation; a sentence
    without a citation goes with the next, if that names no trial. The entry of each cited reference must name other
    trials only, and another entry of the list must name the trial. Leaves alone references whose entry names no
    trial, for it proves nothing; names that hold one another ('ALTA', 'ALTA-1L'); sentences that compare, or that
    speak of methods, extensions or reviews; registry numbers against names.

    Example: 'the SOLAR-1 trial [12]', where reference 12 is 'Results of BYLieve' and reference 9 names SOLAR-1.
    """
    document = extraction.document
    context = Context(document, extraction.mentions)
    about = {reference.number: _trials_of(context, reference) for reference in document.references}
    if not any(about.values()):
        return
    by_number = {reference.number: reference for reference in document.references}
    for named in (*_in_rows(context), *_in_prose(context)):
        cited = [by_number[number] for number in named.numbers if number in by_number]
        if cited:
            yield _judge(extraction, named, cited, about)


def _judge(
    extraction: Extraction, named: _Named, cited: Sequence[Reference], about: Mapping[int, frozenset[str]]
) -> Doubt | Outcome:
    trial = _folded(named.trial.normalized)
    if any(trial in about[reference.number] for reference in cited):
        return Outcome.CONSISTENT
    others = frozenset(name for reference in cited for name in about[reference.number])
    silent = any(not about[reference.number] for reference in cited)
    if silent or any(trial in name or name in trial for name in others):
        return Outcome.NOT_APPLICABLE
    fitting = [reference for reference in extraction.document.references if trial in about[reference.number]]
    return _doubt(extraction, named, cited, fitting) if fitting else Outcome.NOT_APPLICABLE


def _trials_of(context: Context, reference: Reference) -> frozenset[str]:
    """Return the trials that the entry of a reference names, folded; registry numbers are left out."""
    return frozenset(_folded(trial.normalized) for trial in context.within(reference.span, "trial") if not trial.entity)


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _in_rows(context: Context) -> Iterator[_Named]:
    """Yield the rows that name one trial, with what their cell of it and their columns of references cite."""
    citing_at: dict[CellRef, list[Citing]] = {}
    for citing in citings(context.document):
        if citing.cell is not None:
            citing_at.setdefault(citing.cell, []).append(citing)
    for number, table in enumerate(context.document.tables):
        for row in table.rows[table.header_rows :]:
            refs = [CellRef(table=number, row=cell.row, column=cell.column) for cell in row]
            heads = [context.header(ref) for ref in refs]
            named = [cell for cell, head in zip(row, heads, strict=True) if TRIAL_HEADER.search(head)]
            trials = _names(trial for cell in named for trial in context.within(cell.span, "trial"))
            if len({trial.normalized for trial in trials}) != 1:
                continue
            beside = [
                citing
                for ref, head in zip(refs, heads, strict=True)
                if REFERENCES_HEADER.search(head) or TRIAL_HEADER.search(head)
                for citing in citing_at.get(ref, ())
            ]
            if beside:
                numbers = tuple(dict.fromkeys(number for citing in beside for number in citing.numbers))
                yield _Named(trials[0], numbers, beside[0].span, beside[0].cell)


def _in_prose(context: Context) -> Iterator[_Named]:
    by_sentence: dict[Span, list[Citing]] = {}
    for citing in citings(context.document):
        if citing.cell is None and context.block(citing.span.start) is not None:
            by_sentence.setdefault(context.sentence(citing.span), []).append(citing)
    last: Span | None = None
    for sentence in context.prose():
        cited = by_sentence.get(sentence, [])
        trials = _names(context.within(sentence, "trial"))
        if not trials and last is not None and last not in by_sentence and last.end + 1 == sentence.start:
            trials = _names(context.within(last, "trial"))
            yield from _alone(context, trials, cited, Span(start=last.start, end=sentence.end))
        else:
            yield from _direct(context, trials, cited)
            yield from _alone(context, trials, cited, sentence)
        last = sentence


def _direct(context: Context, trials: Sequence[Mention], cited: Sequence[Citing]) -> Iterator[_Named]:
    """Yield the trials that one reference is cited right behind."""
    for citing in cited if len(cited) > 1 or len({trial.normalized for trial in trials}) > 1 else ():
        before = [trial for trial in trials if trial.span.end <= citing.anchor]
        if before and len(citing.numbers) == 1 and _is_behind(context, before[-1], citing):
            yield _Named(before[-1], citing.numbers, citing.span)


def _is_behind(context: Context, trial: Mention, citing: Citing) -> bool:
    return _DIRECT.fullmatch(context.document.text, trial.span.end, citing.anchor) is not None


def _alone(context: Context, trials: Sequence[Mention], cited: Sequence[Citing], passage: Span) -> Iterator[_Named]:
    """Yield the one trial of a passage with its one citation."""
    if len(cited) != 1 or len({trial.normalized for trial in trials}) != 1:
        return
    citing = cited[0]
    before = [trial for trial in trials if trial.span.end <= citing.anchor]
    if not before:
        return
    led = context.document.text[max(passage.start, before[0].span.start - 40) : before[0].span.start]
    beside = _BESIDE.search(context.text(passage)) or _AFTER_IT.search(led)
    if not beside or (len(citing.numbers) == 1 and _is_behind(context, before[-1], citing)):
        yield _Named(before[-1], citing.numbers, citing.span)


def _names(trials: Iterator[Mention] | Sequence[Mention]) -> list[Mention]:
    return [trial for trial in trials if not trial.entity]


def _doubt(extraction: Extraction, named: _Named, cited: Sequence[Reference], fitting: Sequence[Reference]) -> Doubt:
    document = extraction.document
    locator = Locator(document)
    start = named.span.start if named.cell is not None else min(named.trial.span.start, named.span.start)
    place = locator.evidence(Span(start=start, end=named.span.end), extractor=EXTRACTOR, cell=named.cell)
    trial = named.trial.normalized
    numbers = ",".join(str(reference.number) for reference in cited)
    context = Context(document, extraction.mentions)
    other = listed(
        dict.fromkeys(
            mention.normalized for reference in cited for mention in _names(context.within(reference.span, "trial"))
        )
    )
    expected = f"reference {listed((str(reference.number) for reference in fitting), 'or')}"
    where = place_name(document, place)
    is_about = f"reference {numbers} names" if len(cited) == 1 else f"references {numbers} name"
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{trial} [{numbers}]",
        message=(
            f"{where[0].upper()}{where[1:]} cites [{numbers}] for {trial}, but {is_about} {other}; "
            f"{expected} names {trial}."
        ),
        expected=expected,
        key=(_folded(trial), numbers),
        places=(
            Place(role="citation", evidence=place),
            *(
                Place(
                    role=f"reference {reference.number}",
                    evidence=locator.evidence(reference.span, extractor=EXTRACTOR, within=reference.span),
                )
                for reference in (*cited, *fitting[:2])
            ),
        ),
    )
