"""Abbreviations: this short form stands for these words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement
from extract.mentions.abbreviations import definitions
from extract.records import Abbreviation, Arguments, BlockKind, Document, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import PROSE_KINDS

EXTRACTOR = "abbreviation"
CAPITALS = 2  # or figures, that a short form has at least: words that begin a sentence have one


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion(Arguments):
    """A short form and the words that it stands for, in the spelling and the case of their first place."""

    short: str
    long: str


_ENTRY = re.compile(
    r"(?:^|[;:.,]\s)(?P<short>(?=(?:[a-z/-]*[A-Z0-9]){2})[A-Za-z][A-Za-z0-9/-]{1,9})(?P<joint>\s?[:=]\s?|,\s|\s)"
    r"(?P<long>[A-Za-z][A-Za-zα-ω0-9 /'’‐-]{3,70}?)(?=\s?[;.,(]|$)"
)
_NO_SHORT_FORMS = frozenset("NOTE NOTES SOURCE KEY LEGEND TABLE FIGURE".split())
_CAPITALS = re.compile(r"[A-Z0-9]")
_LIST = re.compile(r"(?:list\s+of\s+)?abbreviations?\b", re.IGNORECASE)
_HEADING = re.compile(r"(?:list\s+of\s+)?abbreviations(?:\s+used)?[\s:.]*", re.IGNORECASE)
_NEW_SENTENCE = re.compile(r"\s(?=[A-Z][a-z]+\s)")
_INITIAL = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]")


def find(reading: Reading) -> Iterator[Statement]:
    """Yield what a document gives its abbreviations for: in its text, its legends and its list of abbreviations.

    In the text, 'long form (SHORT)' is taken as scispaCy's detector found it, in plain text by the same algorithm
    (Schwartz & Hearst 2003). Legends and lists say 'SHORT: long form', 'SHORT = long form', 'SHORT, long form' or
    'SHORT long form'; taken are those whose long form begins with the first letter of the short one and holds the
    others in their order, where nothing but a space stands between as the initials of its words.
    """
    locator = Locator(reading.document)
    spelled: dict[tuple[str, str], Expansion] = {}
    for short, long, span in (*_in_text(reading), *_in_lists(reading.document)):
        expansion = spelled.setdefault((short, long.casefold()), Expansion(short=short, long=long))
        yield Statement(arguments=expansion, evidence=locator.evidence(span, extractor=EXTRACTOR))


def _in_text(reading: Reading) -> Iterator[tuple[str, str, Span]]:
    for form in reading.abbreviations or _defined(reading.document):
        if len(_CAPITALS.findall(form.short)) < CAPITALS or form.long.count("(") != form.long.count(")"):
            continue
        yield form.short, form.long, _with_long_form(reading.document.text, form)


def _defined(document: Document) -> Iterator[Abbreviation]:
    for block in document.blocks:
        if block.kind in PROSE_KINDS:
            text = document.text[block.span.start : block.span.end]
            for short, long, at in definitions(text):
                start = block.span.start + at
                yield Abbreviation(
                    short=short, long=" ".join(long.split()), span=Span(start=start, end=start + len(short))
                )


def _with_long_form(text: str, form: Abbreviation) -> Span:
    """Return the place of a short form with its long form, where they stand side by side."""
    long = r"\s+".join(map(re.escape, form.long.split()))
    window = max(0, form.span.start - 2 * len(form.long) - 20)
    before = re.search(rf"{long}\s*[(\[]\s*$", text[window : form.span.start])
    after = re.compile(rf"\s*[(\[]\s*{long}").match(text, form.span.end)
    start = window + before.start() if before else form.span.start
    return Span(start=start, end=after.end() if after and not before else form.span.end)


def _in_lists(document: Document) -> Iterator[tuple[str, str, Span]]:
    under = False
    for block in document.blocks:
        text = document.text[block.span.start : block.span.end]
        if block.kind is not BlockKind.PARAGRAPH:
            under = _HEADING.fullmatch(text) is not None
        if block.kind in (BlockKind.NOTE, BlockKind.CAPTION) or under or _LIST.match(text):
            yield from _entries(text, block.span.start)


def _entries(text: str, offset: int) -> Iterator[tuple[str, str, Span]]:
    at = 0
    while match := _ENTRY.search(text, at):
        long = _first_sentence(match["short"], match["long"])
        fits = _spells if match["joint"].isspace() else _abbreviates
        if match["short"] not in _NO_SHORT_FORMS and fits(match["short"], long):
            start, at = match.start("short"), match.start("long") + len(long)
            yield match["short"], " ".join(long.split()), Span(start=offset + start, end=offset + at)
        else:
            at = match.start("short") + 1


def _first_sentence(short: str, long: str) -> str:
    """Return a long form without what follows it unpunctuated: the end of a list runs into the next paragraph."""
    for sentence in _NEW_SENTENCE.finditer(long):
        if _spells(short, long[: sentence.start()]):
            return long[: sentence.start()]
    return long


def _abbreviates(short: str, long: str) -> bool:
    """Say whether a long form begins with the first letter of a short form and holds its others in order."""
    letters = [letter for letter in short.casefold().removesuffix("s") if letter.isalpha()]
    rest = iter(long.casefold())
    return long[0].casefold() == letters[0] and all(letter in rest for letter in letters)


def _spells(short: str, long: str) -> bool:
    """Say whether the letters of a short form are the initials of its long form's words, small words aside."""
    letters = [letter for letter in short.casefold().removesuffix("s") if letter.isalnum()]
    rest = iter(letters)
    initials = [initial.casefold() for initial in _INITIAL.findall(long)]
    return len(letters) > 1 and _abbreviates(short, long) and sum(one in rest for one in initials) == len(letters)


CLAIM_KINDS.register("abbreviation")(ClaimKind(Expansion, find))
