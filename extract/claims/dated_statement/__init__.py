"""Dated statements: this was described, discovered, approved or published in that year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement, describing
from extract.claims.dated_statement.dated_forms import FIRST, FORMS, NOTED, WHEN, doers, event_of, scope_of
from extract.records import Arguments, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "dated_statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStatement(Arguments):
    """What happened to what in a year.

    `subject` is the noun phrase without its article, in lower case, or the standard name of the one drug, gene, fusion
    or variant that it is. `event` is a past participle: described, discovered, approved ... `first` says that the
    sentence calls it the first time. `by` is the agency (FDA, EMA ...) or the family name of the author that it names,
    `scope` its words on what for or in what, in lower case.
    """

    subject: str
    event: str
    year: int
    first: bool = False
    by: str = describing()
    scope: str = describing()


def title_of(stated: DatedStatement) -> str:
    """Return what happened to what and when: 'imatinib first approved by FDA in 2001 (leukaemia)'."""
    first = "first " if stated.first else ""
    by = f" by {stated.by}" if stated.by else ""
    scope = f" ({stated.scope})" if stated.scope else ""
    return f"{stated.subject} {first}{stated.event}{by} in {stated.year}{scope}"


_DATED = re.compile(rf"\b{WHEN}")
_ARTICLE = re.compile(r"\s*(?:and\s)?(?:(?:the|an?)\s)?", re.IGNORECASE)
# What goes before a noun phrase in its clause.
_LEADS = re.compile(
    r".*\b(?:but|that|while|whereas|since|because|when|although|though|which|who|where|as|after|before|however|if|so)\s",
    re.IGNORECASE | re.DOTALL,
)
# Words that stand for something said before, or for people and papers: nothing that can be compared.
_NOT_A_SUBJECT = re.compile(
    r"^(?:by|in|at|with|of|from|to|on|as|for|into|it|this|these|that|those|they|he|she|we|which|who|there|one|both|all|each|such|some|another|the\s(?:first|same|latter|former))\b"
    r"|\b(?:patients?|participants?|subjects|cases|individuals|people|women|men|children|samples?|studies|study|trials?|articles?|papers?"
    r"|guidelines?|data|records?|results?|surveys?|reports?|analys[ie]s|review|authors?"
    r"|questionnaires?|programmes?|programs?|protocols?|that|which|who|respondents?)$|\s(?:is|are|was|were|not|reported)\s",
    re.IGNORECASE,
)
# What happens to things of these kinds, with the nouns that say again what a name is: 'the ALK gene'.
_KINDS = {
    "fusion": re.compile(r"\s(?:fusions?|fusion\sgenes?|rearrangements?|translocations?)$"),
    "drug": re.compile(r"\s(?:drugs?|monotherapy|therapy)$"),
    "gene": re.compile(r"\s(?:genes?|oncogenes?|proteins?|kinases?)$"),
    "variant": re.compile(r"\s(?:mutations?|variants?|substitutions?)$"),
}
_RELATED = re.compile(r"\s(?:of|to|with|by|against|between|and|or|in|for|over|from|than)\s")


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the dated statements of a document's sentences.

    A sentence gives one where a word for the event ('was described', 'approval of', 'In 2007, ... identified') stands
    with 'in' and a year in one clause. Spans of years, what happened to patients or papers, and what a pronoun stands
    for are left alone.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    text = reading.document.text
    for sentence in context.prose():
        if not _DATED.search(text, sentence.start, sentence.end):
            continue
        taken: set[int] = set()
        for form in FORMS:
            for match in form.finditer(text, sentence.start, sentence.end):
                statement = None if match.start("year") in taken else _statement(context, match)
                if statement is not None:
                    taken.add(match.start("year"))
                    parts = [match.start("verb"), match.end("verb"), match.start("year"), match.end("year")]
                    span = Span(start=min(parts), end=max(parts))
                    evidence = locator.evidence(span, extractor=EXTRACTOR, within=sentence)
                    yield Statement(arguments=statement, evidence=evidence)


def _statement(context: Context, match: re.Match[str]) -> DatedStatement | None:
    """Return what a match of one of the forms states, None where it states nothing of a thing that it names."""
    subject = _subject(context, match)
    if not subject:
        return None
    said = match.groupdict()
    rest = f"{said.get('rest') or ''} {said.get('after') or ''}"
    return DatedStatement(
        subject=subject,
        event=event_of(match["verb"]),
        year=int(match["year"]),
        first=_is_first(match),
        by=doers(f"{said.get('agent') or ''} {rest}"),
        scope=scope_of(rest),
    )


def _subject(context: Context, match: re.Match[str]) -> str:
    """Return what it happened to, empty where the sentence names nothing that another could name likewise."""
    printed = match["subject"]
    lead = _LEADS.match(printed)
    article = _ARTICLE.match(printed, lead.end() if lead else 0)
    cut = article.end() if article else 0
    start, phrase = match.start("subject") + cut, printed[cut:].rstrip()
    if _NOT_A_SUBJECT.search(phrase) or len(phrase) < 2 or not re.search(r"[A-Za-z]", phrase):
        return ""
    for kind, nouns in _KINDS.items():
        behind = nouns.search(phrase)
        bare = Span(start=start, end=start + (behind.start() if behind else len(phrase)))
        for mention in context.within(bare, kind):
            ends = mention.span.end == bare.end and not _RELATED.search(
                context.document.text, bare.start, mention.span.start
            )
            if mention.span == bare or (kind == "drug" and ends):
                return mention.normalized
    named = context.within(Span(start=start, end=start + len(phrase)), *_KINDS, "disease", "trial")
    noted = event_of(match["verb"]) in NOTED and len(phrase.split()) <= 2
    return " ".join(phrase.casefold().split()) if named or noted or _is_first(match) else ""


def _is_first(match: re.Match[str]) -> bool:
    """Say whether the statement calls it the first time."""
    said = match.groupdict()
    return bool(FIRST.search(f"{said.get('adverbs') or ''} {said.get('order') or ''}"))


CLAIM_KINDS.register("dated_statement")(ClaimKind(DatedStatement, find, title_of))
