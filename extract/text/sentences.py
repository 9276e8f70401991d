"""Sentences of scientific prose, as spans.

A rule-based splitter in the manner of the Golden Rules of pySBD (Sadvilkar & Neumann 2020), cut to what
articles need: it never splits inside brackets, numbers, initials or after the abbreviations that papers use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.records import Span

LONGEST = 1500
"""Characters after which an open bracket no longer holds a sentence together: it was never closed."""

ENDLESS = 5000
"""Characters after which a sentence is cut at a space or a comma: it is a list or no prose at all, and what looks at a
sentence as a whole must not take as long as the square of it."""

# Plain text has lost the height of superscript citations: 'was active.3,4 Then'.
_END = re.compile(
    r"""[.!?](?:['"’”)\]]*|(?:(?<=[A-Za-z]{3}\.)|(?<=[)\]%]\.))(?P<cited>\d{1,3}(?:\s?[,–-]\s?\d{1,3})*))(?=\s)"""
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[])(?:"
    r"(?:et\s+al|vs|i\.e|e\.g|cf|ca|approx|resp|Figs?|Tabs?|Refs?|Eqs?|Nos?|Vol|pp?|Dr|Prof|Mr|Mrs|Ms|St|"
    r"Suppl|Inc|Ltd|Corp|Co|spp?|var|max|min|incl|excl|viz|al|wt)"
    r"|(?:[A-Z]\.)*[A-Z])\.$",
)
# What a capital letter names: 'in cohort A.' ends its sentence, 'by A.' does not.
_LETTERED = re.compile(
    r"\b(?:cohorts?|arms?|groups?|parts?|panels?|types?|class|stage|vitamin|hepatitis|protein|schedule|regimen)"
    r"\s[A-Z]\.$",
    re.IGNORECASE,
)
_START = re.compile(r"""\s+['"‘“(\[]*[A-Z0-9Α-Ω]""")
_START_CITED = re.compile(r"""\s+['"‘“(\[]*[A-ZΑ-Ω]""")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the spans of the sentences of `text[start:end]`, without the white space around them."""
    end = len(text) if end is None else end
    begin = start
    for match in _END.finditer(text, start, end):
        cited = match["cited"] or ""
        if _splits(text, begin, match.end(), end, cited=len(cited)):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    yield from _trimmed(text, begin, end)


def _splits(text: str, begin: int, stop: int, end: int, *, cited: int = 0) -> bool:
    """Say whether a sentence that began at `begin` ends at `stop`, after citations of so many characters."""
    ahead = text[stop : min(stop + 8, end)]
    if not (_START_CITED if cited else _START).match(ahead):
        return False
    sentence = text[max(begin, stop - LONGEST) : stop - cited]
    if sentence.endswith(".") and _ABBREVIATED.search(sentence[-24:]) and not _closes(sentence, ahead):
        return False
    return stop - begin > LONGEST or _depth(sentence) <= 0


def _closes(sentence: str, ahead: str) -> bool:
    """Say whether an abbreviation ends the sentence all the same: 'et al.' before a capital does not."""
    if not re.match(r"\s+[A-Z][a-z]", ahead):
        return False
    return sentence.endswith(" etc.") or _LETTERED.search(sentence[-24:]) is not None


def _depth(sentence: str) -> int:
    return sentence.count("(") - sentence.count(")") + sentence.count("[") - sentence.count("]")


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > ENDLESS:
        cut = max(text.rfind(" ", start, start + ENDLESS), text.rfind(",", start, start + ENDLESS)) + 1
        cut = cut if cut > start else start + ENDLESS
        yield from _trimmed(text, start, cut)
        start = cut
    if start < end:
        yield Span(start=start, end=end)
