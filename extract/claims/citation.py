"""Citations that say what they cite: this trial, or this author and year, by these references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.citations.in_text import Citing, citings
from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement
from extract.claims.sources import REFERENCES_HEADER
from extract.mentions.capture import TRIAL_HEADER
from extract.records import Arguments, CellRef, Document, Mention, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "citation"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCitation(Arguments):
    """What a place says that it cites, a trial or an author with the year if it prints one, and the numbers cited."""

    trial: str = ""
    author: str = ""
    year: str = ""
    numbers: tuple[int, ...] = ()


def title_of(arguments: SourceCitation) -> str:
    """Return who is cited and by which references."""
    who = f"{arguments.author} et al." if arguments.author else arguments.trial
    dated = f"{who}, {arguments.year}" if arguments.year else who
    return f"{dated} [{','.join(str(number) for number in arguments.numbers)}]"


# -- authors -----------------------------------------------------------------------------------------------

_NAME = r"(?<![A-Za-zÀ-ÿ])(?:(?:[Vv]an|[Dd]e[rnl]?|[Dd]i|[Ll]a|[Ll]e|[Vv]on|[Tt]e[nr]?)\s+){0,2}[A-ZÀ-ÖØ-Þ][\w'’‐-]+"
_STATED = re.compile(
    rf"(?P<name>{_NAME})(?:\s+[A-Z]{{1,3}})?(?:\s+et\s+al\s*\.?|\s+and\s+(?:colleagues|co-?workers|associates))"
    r"[\s,]*(?:\(?(?P<year>(?:19|20)\d\d)\)?)?[\s,.]*$"
)
_NAMED_WITH_OTHERS = re.compile(
    rf"{_NAME}(?:\s+[A-Z]{{1,3}})?\s+et\s+al\s*\.?[\s,]*(?:\(?(?:19|20)\d\d\)?)?[\s,;]*(?:and|,|;|&)\s*$"
)
REACH = 60


def _authors(document: Document) -> Iterator[Statement]:
    locator = Locator(document)
    for citing in citings(document):
        before = document.text[max(0, citing.anchor - REACH) : citing.anchor]
        # A citation that is itself the author and the year says nothing else that could be compared.
        match = None if citing.named else _STATED.search(before)
        if match is not None and not _NAMED_WITH_OTHERS.search(before[: match.start()]):
            said = SourceCitation(author=match["name"], year=match["year"] or "", numbers=citing.numbers)
            yield _statement(locator, said, citing.span, citing.cell)


# -- trials ------------------------------------------------------------------------------------------------

# What may stand between a trial's name and the citation of its report.
_BEHIND = re.compile(
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


def _in_rows(context: Context) -> Iterator[Statement]:
    """Yield the rows that name one trial, with what their cell of it and their columns of references cite."""
    locator = Locator(context.document)
    citing_at: dict[CellRef, list[Citing]] = {}
    for citing in citings(context.document):
        if citing.cell is not None:
            citing_at.setdefault(citing.cell, []).append(citing)
    for number, table in enumerate(context.document.tables):
        for row in table.rows[table.header_rows :]:
            refs = [CellRef(table=number, row=cell.row, column=cell.column) for cell in row]
            heads = [context.header(ref) for ref in refs]
            named = [cell for cell, head in zip(row, heads, strict=True) if TRIAL_HEADER.search(head)]
            trials = _names([trial for cell in named for trial in context.within(cell.span, "trial")])
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
                said = SourceCitation(trial=trials[0].normalized, numbers=numbers)
                yield _statement(locator, said, beside[0].span, beside[0].cell)


def _in_prose(context: Context) -> Iterator[Statement]:
    locator = Locator(context.document)
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
            found = _alone(context, trials, cited, Span(start=last.start, end=sentence.end))
        else:
            found = (*_listed(context, trials, cited), *_alone(context, trials, cited, sentence))
        for trial, citing in found:
            said = SourceCitation(trial=trial.normalized, numbers=citing.numbers)
            place = Span(start=min(trial.span.start, citing.span.start), end=citing.span.end)
            yield _statement(locator, said, place)
        last = sentence


_Found = tuple[tuple[Mention, Citing], ...]


def _listed(context: Context, trials: Sequence[Mention], cited: Sequence[Citing]) -> _Found:
    """Return the trials of a sentence of several that one reference is cited right behind."""
    if len(cited) < 2 and len({trial.normalized for trial in trials}) < 2:
        return ()
    pairs = ((trial, citing) for citing in cited if len(citing.numbers) == 1 for trial in _last(trials, citing))
    return tuple((trial, citing) for trial, citing in pairs if _is_behind(context, trial, citing))


def _alone(context: Context, trials: Sequence[Mention], cited: Sequence[Citing], passage: Span) -> _Found:
    """Return the one trial of a passage with its one citation."""
    if len(cited) != 1 or len({trial.normalized for trial in trials}) != 1:
        return ()
    (citing,) = cited
    led = context.document.text[max(passage.start, trials[0].span.start - 40) : trials[0].span.start]
    beside = _BESIDE.search(context.text(passage)) or _AFTER_IT.search(led)
    return tuple(
        (trial, citing)
        for trial in _last(trials, citing)
        if not beside or (len(citing.numbers) == 1 and _is_behind(context, trial, citing))
    )


def _last(trials: Sequence[Mention], citing: Citing) -> Sequence[Mention]:
    """Return the last trial before a citation, if there is one."""
    return [trial for trial in trials if trial.span.end <= citing.anchor][-1:]


def _is_behind(context: Context, trial: Mention, citing: Citing) -> bool:
    return _BEHIND.fullmatch(context.document.text, trial.span.end, citing.anchor) is not None


def _names(trials: Sequence[Mention]) -> list[Mention]:
    """Return the trials that are named: a registry number is no name."""
    return [trial for trial in trials if not trial.entity]


def _statement(locator: Locator, said: SourceCitation, place: Span, cell: CellRef | None = None) -> Statement:
    evidence = locator.evidence(place, extractor=EXTRACTOR, cell=cell)
    return Statement(arguments=said, evidence=replace(evidence, citations=said.numbers))


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the citations of a document that say what they cite.

    An author: 'Name et al., year [n]', 'Name and colleagues [n]', in text and cells. A trial: a row that names one and
    cites in that cell or in a column of references; a name with a citation right behind it; a sentence with one
    trial and one citation, or one without a citation before one that names no trial. Sentences that compare, or that
    speak of methods, extensions or reviews, may cite something else beside the trial and are left out. Other citations
    are kept with the claims that they are cited for.
    """
    yield from _authors(reading.document)
    context = Context(reading.document, reading.mentions)
    yield from _in_rows(context)
    yield from _in_prose(context)


CLAIM_KINDS.register("citation")(ClaimKind(SourceCitation, find, title_of))
