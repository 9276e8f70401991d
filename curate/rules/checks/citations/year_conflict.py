"""Years that the cited reference, or another sentence, does not bear out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.same_name import folded, tokens
from curate.rules.shared.wording import place_name
from extract.citations.in_text import Citing, citings
from extract.claims.dated_statement import DatedStatement
from extract.records import Document, Evidence, Extraction, Reference
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "citation"
SLACK = 1  # years between what is told and what is printed: online and print, meeting and paper

REPORTED = frozenset(
    """
    described discovered identified reported cloned isolated detected recognized characterized demonstrated observed
    shown found published presented synthesized sequenced proposed
    """.split()
)
"""What is in print when it has happened; a drug is developed or approved before or after the papers on it."""

INTRODUCED = frozenset({"introduced", "developed"})
"""What is in print when it first happens, but for drugs: those come to the clinic long after the first papers."""

APPROVED = frozenset({"approved", "licensed", "authorized"})


@dataclass(frozen=True, slots=True)
class _Stated:
    """A dated statement at one of its places, with the references that its clause and its sentence cite."""

    statement: DatedStatement
    evidence: Evidence
    direct: tuple[Reference, ...]
    nearby: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class _Finding:
    """What is wrong with a year: the reference that shows it, how the message goes on, what would be right."""

    reference: Reference
    says: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class _Cited:
    """The references of a document by number, and its citations in the order of the text."""

    by_number: dict[int, Reference]
    citings: tuple[Citing, ...]


@RULES.register("year-conflict")
def year_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find years of a discovery, report or approval that the cited reference or another sentence contradicts.

    Looks at statements such as 'first described in 2004 [3]'. A reference that is two or more years older than the
    report that it is cited for, in the same clause, cannot be its source; nor can something be described for the first
    time after a cited reference whose title is on it. Where the sentence names the author, the cited paper by that
    author must be of the year. A reference that is younger than the event is a review of it, and is left alone; so are
    approvals, unless the reference's title speaks of the approval. Two sentences that date the first report, or the
    approval by one agency for one use, of the same thing two or more years apart conflict.
    'Name et al., year [n]' is left to citation-author-year.

    Example: 'ALK was first described in 2004 [3]', where reference 3 is of 1994.

    Source: de Lacey, Record & Wade, BMJ 1985;291:884 (references that do not bear out what they are cited for).
    """
    document = extraction.document
    cited = _Cited(
        {reference.number: reference for reference in document.references if reference.year.isdigit()},
        tuple(citing for citing in citings(document) if citing.cell is None),
    )
    context = Context(document, ())
    stated = [
        _stated(context, cited, claim.arguments, evidence)
        for claim in extraction.claims
        if isinstance(claim.arguments, DatedStatement)
        for evidence in claim.evidence
    ]
    drugs = {mention.normalized.casefold() for mention in extraction.mentions if mention.kind == "drug"}
    for one in stated:
        answer = _against_references(document, one, drug=bool(drugs & tokens(one.statement.subject)))
        if isinstance(answer, _Finding):
            yield _doubt(extraction, one, answer)
        elif answer is not None:
            yield answer
    yield from _against_each_other(extraction, stated)


REACH = 80  # characters between the event and a citation for it
_CLAUSE_END = re.compile(
    r"[;:]|,(?!\s(?:et\sal|respectively|by\b|in\b|and\scolleagues))|\.\s|\b(?:which|while|whereas|but|using|via|based"
    r"|compared|similar|because|although|after|before|since|that|when|where|with)\b"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AUTHORED = re.compile(r"(?:\bet\sal\.?|\b(?:colleagues|co-?workers|associates))\s?$")


def _stated(context: Context, cited: _Cited, statement: DatedStatement, evidence: Evidence) -> _Stated:
    text, span = context.document.text, evidence.span
    sentence = context.sentence(span)
    end = _CLAUSE_END.search(text, span.end, sentence.end)
    last = min(end.start() if end else sentence.end, span.end + REACH)
    near = [one for one in cited.citings if span.start <= one.anchor <= sentence.end]
    direct = [
        one
        for one in near
        if span.end <= one.anchor <= last or (one.anchor < last and _AUTHORED.search(text[span.start : one.anchor]))
    ]
    return _Stated(statement, evidence, _references(cited, direct), _references(cited, near))


def _references(cited: _Cited, found: Sequence[Citing]) -> tuple[Reference, ...]:
    numbers = dict.fromkeys(number for one in found for number in one.numbers)
    return tuple(cited.by_number[number] for number in numbers if number in cited.by_number)


def _against_references(document: Document, one: _Stated, *, drug: bool) -> _Finding | Outcome | None:
    """Return what the cited references say of a year, None where none is cited."""
    statement, direct = one.statement, one.direct
    if statement.event in APPROVED:
        direct = tuple(
            reference for reference in direct if re.search(r"approv|licen[sc]|authori", reference.title, re.I)
        )
    elif statement.event not in REPORTED and not (statement.event in INTRODUCED and statement.first and not drug):
        return None
    on_it = tuple(reference for reference in one.nearby if statement.first and _is_on(reference, statement))
    if not direct and not on_it:
        return Outcome.NOT_APPLICABLE if one.nearby else None
    if any(_is_of(reference, statement.year) for reference in (*direct, *on_it)):
        return Outcome.CONSISTENT
    early = [reference for reference in on_it if _year(reference) < statement.year]
    if early:
        oldest = min(early, key=_year)
        says = f"reference {oldest.number} on it, which it cites, is of {oldest.year}"
        return _Finding(oldest, says, f"{oldest.year} or earlier")
    if direct and all(_year(reference) < statement.year for reference in direct):
        newest = max(direct, key=_year)
        return _Finding(newest, f"reference {newest.number}, which it cites for that, is of {newest.year}")
    return _against_author(document, statement, direct)


def _against_author(document: Document, statement: DatedStatement, direct: Sequence[Reference]) -> _Finding | Outcome:
    """Compare with the cited paper by the author that the sentence names, and look for one of the year."""
    name = folded(statement.by)
    own = [reference for reference in direct if name and folded(reference.first_author) == name]
    if len(own) != 1:
        return Outcome.NOT_APPLICABLE
    fitting = [
        reference.number
        for reference in document.references
        if folded(reference.first_author) == name and reference.year == str(statement.year)
    ]
    hint = f"; reference {fitting[0]} by {statement.by} is of {statement.year}" if len(fitting) == 1 else ""
    says = f"reference {own[0].number} by {statement.by}, which it cites, is of {own[0].year}{hint}"
    return _Finding(own[0], says, f"reference {fitting[0]}" if len(fitting) == 1 else own[0].year)


def _year(reference: Reference) -> int:
    return int(reference.year)


def _is_of(reference: Reference, year: int) -> bool:
    """Say whether a reference is of a year or the one before or after it, in any of the years that it prints."""
    printed = {_year(reference), *map(int, _YEAR.findall(reference.text))}
    return any(abs(other - year) <= SLACK for other in printed)


def _is_on(reference: Reference, statement: DatedStatement) -> bool:
    """Say whether a reference's title names the subject, and a word of what it was described in, if that is said."""
    title = tokens(reference.title)
    scope = {word for word in tokens(statement.scope) if len(word) > 4}
    return tokens(statement.subject) <= title and (not scope or bool(scope & title))


def _against_each_other(extraction: Extraction, stated: list[_Stated]) -> Iterator[Doubt | Outcome]:
    """Compare the years of one event of one thing in two sentences."""
    groups: dict[tuple[str, ...], list[_Stated]] = defaultdict(list)
    for one in stated:
        statement = one.statement
        scope = " ".join(sorted(tokens(statement.scope)))
        if statement.first and statement.event in REPORTED:
            groups["reported", statement.subject.casefold(), "", scope].append(one)
        elif statement.event in APPROVED and statement.by and (scope or statement.first):
            first = "first" if statement.first else ""
            groups["approved", statement.subject.casefold(), statement.by + first, scope].append(one)
    for group in groups.values():
        for index, one in enumerate(group):
            for other in group[:index]:
                if abs(one.statement.year - other.statement.year) > SLACK:
                    yield _conflict(extraction, other, one)
                elif one.evidence.span != other.evidence.span:
                    yield Outcome.CONSISTENT


def _what(statement: DatedStatement) -> str:
    first = "first " if statement.first else ""
    by = f" by the {statement.by}" if statement.by.isupper() and len(statement.by) < 5 else ""
    scope = f" {'for' if statement.event in APPROVED else 'in'} {statement.scope}" if statement.scope else ""
    return f"{statement.subject.replace('::', '-')} was {first}{statement.event}{by}{scope}"


def _conflict(extraction: Extraction, one: _Stated, other: _Stated) -> Doubt:
    document = extraction.document
    where, there = place_name(document, one.evidence), place_name(document, other.evidence)
    years = sorted((str(one.statement.year), str(other.statement.year)))
    return Doubt(
        severity=Severity.WARNING,
        subject=one.statement.subject,
        message=f"{_upper(where)} says that {_what(one.statement)} in {one.statement.year}, but {there} says that it "
        f"was in {other.statement.year}.",
        key=(one.statement.subject.casefold(), one.statement.event, *years),
        places=(Place(role="year", evidence=one.evidence), Place(role="other year", evidence=other.evidence)),
    )


def _doubt(extraction: Extraction, one: _Stated, finding: _Finding) -> Doubt:
    document, reference = extraction.document, finding.reference
    where = place_name(document, one.evidence)
    listing = Locator(document).evidence(reference.span, extractor=EXTRACTOR, within=reference.span)
    return Doubt(
        severity=Severity.WARNING,
        subject=one.statement.subject,
        message=f"{_upper(where)} says that {_what(one.statement)} in {one.statement.year}, but {finding.says}.",
        expected=finding.expected,
        key=(one.statement.subject.casefold(), one.statement.event, str(one.statement.year), str(reference.number)),
        places=(
            Place(role="year", evidence=one.evidence),
            Place(role=f"reference {reference.number}", evidence=listing),
        ),
    )


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
