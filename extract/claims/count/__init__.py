"""Counts: so many drugs, trials or mutations; which ones, where the sentence lists them; the table that has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement
from extract.claims.count.counted import COUNTED, comparison_before, counts_all, number_of, singular, thing_of
from extract.claims.count.enumerated import items_after
from extract.records import Arguments, BlockKind, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "count"
VAGUE = frozenset({"disease", "other"})
"""Things that are worth a claim only where the sentence lists them or names a table: 'two groups' says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Arguments):
    """So many of something, as a sentence states it.

    `subject` is the counted noun with the words before it, in the singular and lower case ('second-generation
    inhibitor'); `thing` what the noun stands for: drug, trial, article, variant, gene, disease or other. `said` is
    what the sentence says of all of them ('approved'). `comparison` is what makes the number a bound or an estimate
    ('at least') or what it is a part of ('of these', 'of the five'). `items` are those that the sentence then lists
    in full; `table` is the number of the table that it says has them all.
    """

    count: int
    subject: str
    thing: str
    said: str = ""
    comparison: str = ""
    items: tuple[str, ...] = ()
    table: str = ""


def title_of(count: Count) -> str:
    """Return the number and what it counts: 'at least 5 × ALK inhibitor, approved'."""
    number = f"{count.count} {count.comparison}" if count.comparison.startswith("of ") else str(count.count)
    bound = f"{count.comparison} " if count.comparison and number == str(count.count) else ""
    said = f", {count.said}" if count.said else ""
    listed = f": {', '.join(count.items)}" if count.items else f" (Table {count.table})" if count.table else ""
    return f"{bound}{number} × {count.subject}{said}{listed}"


_SHOWS = (
    r"(?:lists?|summari[sz]e[sd]?|shows?|gives?|presents?|contains?|includes?|describes?|provides?|details?|displays?|reports?"
    r"|compiles?|outlines?|compares?|listed|showed|presented|described)"
)
_TABLE = r"(?<!\w)[Tt](?:able|ABLE)\s?(?P<table>\d{1,2})(?!\w|\.\d)"
_TABLE_BEFORE = re.compile(
    rf"{_TABLE}\s(?:also\s)?{_SHOWS}\s(?:the\s)?(?:(?:(?:[a-z]+\s){{0,3}}[a-z]+)\s(?:of|for|from)\s)?(?:(?:the|all|these|our)\s){{0,2}}$"
)
_TABLE_AFTER = re.compile(
    r"(?:\s[\w-]+){0,6}?(?:\s(?:are|were|is|was|(?:have|has)\sbeen))(?:\s[a-z]+){0,2}?"
    r"\s(?:listed|summari[sz]ed|shown|presented|given|described|detailed|provided|displayed|compiled|outlined|collected|tabulated)"
    rf"(?:\sin\sdetail)?\sin\s\(?{_TABLE}",
)
_CAPTION = re.compile(
    rf"{_TABLE}\s?[.:|–-]?\s(?:.{{0,60}}\b(?:characteristics|summary|list|overview|details|description|features|properties)\sof\s)?"
    r"(?:(?:the|all)\s)?$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\b(?:supp\w*\.?|additional|appendix|online|extended\s+data|e-?|S)[\s.,;:(]*$", re.IGNORECASE)
_VERDICT = (
    r"(?P<said>approved|available|licensed|marketed|authori[sz]ed|included|eligible|excluded|identified|known|registered"
    r"|ongoing|recruiting|selected|retrieved|analy[sz]ed|completed|published)"
)
_SAID_AFTER = re.compile(
    rf"(?P<scope>(?:\s[\w/-]+){{0,7}}?)\s(?:are|were|(?:have|has|had)\sbeen)\s(?:(?:[a-z]+ly|now|also|thus|therefore)\s){{0,2}}{_VERDICT}\b"
)
_SAID_AT_ONCE = re.compile(rf"\s(?:[a-z]+ly\s)?{_VERDICT}\s(?:by|in|for|as)\b")
_SAID_BEFORE = re.compile(rf"\b{_VERDICT}\b")


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the counts of drugs, trials, articles, mutations, genes and the like that a document's sentences state.

    A number counts the first plural noun after it, with at most four words between. Figures that are labels
    ('exon 20 mutations'), numbers that point back ('these two drugs'), numbers of people, and groups, types and
    tumours that are not listed are left alone.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    for sentence in context.prose():
        yield from _of_sentence(context, locator, sentence)
    for block in reading.document.blocks:
        if block.kind is BlockKind.CAPTION:
            yield from _of_sentence(context, locator, block.span)


def _of_sentence(context: Context, locator: Locator, sentence: Span) -> Iterator[Statement]:
    text = context.document.text
    for match in COUNTED.finditer(text, sentence.start, sentence.end):
        comparison = comparison_before(text, match.start(), sentence.start)
        comparison = comparison or " ".join((match["part"] or "").casefold().split())
        if (not comparison or match["part"]) and not counts_all(text, match.start(), match["count"], sentence.start):
            continue
        count = number_of(match["count"])
        if count < 2:
            continue
        thing = thing_of(match["noun"])
        said = _said(text, match, sentence)
        items, table = items_after(context, match.end(), sentence.end, thing), _table(text, match, sentence)
        if thing in VAGUE and not (items or table):
            continue
        words = [word for word in match["modifiers"].casefold().split() if word != said]
        yield Statement(
            arguments=Count(
                count=count,
                subject=" ".join((*words, singular(match["noun"]))),
                thing=thing,
                said=said,
                comparison=comparison,
                items=items,
                table=table,
            ),
            evidence=locator.evidence(Span(start=match.start(), end=match.end()), extractor=EXTRACTOR, within=sentence),
        )


def _said(text: str, match: re.Match[str], sentence: Span) -> str:
    """Return what is said of all that is counted, empty where no such word stands at them."""
    found = (
        _SAID_BEFORE.search(match["modifiers"].casefold())
        or _SAID_AFTER.match(text, match.end(), sentence.end)
        or _SAID_AT_ONCE.match(text, match.end(), sentence.end)
    )
    return found["said"].casefold() if found else ""


def _table(text: str, match: re.Match[str], sentence: Span) -> str:
    """Return the number of the table that is said to have all that is counted, empty without one."""
    before = text[max(sentence.start, match.start() - 120) : match.start()]
    found = (
        _CAPTION.match(before) or _TABLE_BEFORE.search(before) or _TABLE_AFTER.match(text, match.end(), sentence.end)
    )
    if found is None:
        return ""
    start = found.string.rfind("able", 0, found.start("table")) - 1
    return "" if _ELSEWHERE.search(found.string[max(0, start - 24) : start]) else found["table"]


CLAIM_KINDS.register("count")(ClaimKind(Count, find, title_of))
