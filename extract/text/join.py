"""Words -> text, with the place of each word in it: spaces, line ends, hyphens, superscript citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from extract.page.passages import ends_line
from extract.page.raised_citations import citation_end, citation_of
from extract.records import Citation, Span, Word
from extract.text.hyphenation import LINKS, Vocabulary

DASHES = "–—-−"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A text, where each of its words stands in it (None for a citation), and the citations taken out."""

    text: str
    spans: tuple[Span | None, ...]
    citations: tuple[Citation, ...] = ()


class Raised(Enum):
    """What becomes of superscript citations: all taken out, bracketed ones left in (cells), all left in."""

    OUT = "out"
    BRACKETED_IN = "bracketed in"
    IN = "in"


def join(words: Sequence[Word], known: Vocabulary, *, raised: Raised = Raised.OUT) -> Joined:
    """Join the words of one block or cell, in reading order.

    Offsets are into the text returned. A superscript citation that stays in the text stands apart from the
    figure before it; other superscripts are glued to the word that they stand at.
    """
    text = ""
    spans: list[Span | None] = []
    citations: list[Citation] = []
    at = 0
    after_citation = False
    while at < len(words):
        end = citation_end(words, at, text) if raised is not Raised.IN else at
        if end > at:
            group = words[at:end]
            citations.append(citation_of(group, len(text)))
            if raised is Raised.BRACKETED_IN and group[0].text[0] in "[(":
                text += " "
                for word in group:
                    spans.append(Span(start=len(text), end=len(text) + len(word.text)))
                    text += word.text
            else:
                spans.extend([None] * len(group))
            at, after_citation = end, True
            continue
        word = words[at]
        if text:
            last = words[at - 1]
            breaks = ends_line(last, word)
            if breaks and not after_citation and text.endswith("-") and _hyphen_goes(words, at, text, known):
                text = text[:-1]
                previous = spans[-1]
                if previous is not None:
                    spans[-1] = Span(start=min(previous.start, len(text)), end=len(text))
            elif _space(text, word, breaks=breaks, after_citation=after_citation):
                text += " "
        spans.append(Span(start=len(text), end=len(text) + len(word.text)))
        text += word.text
        after_citation = False
        at += 1
    return Joined(text=text, spans=tuple(spans), citations=tuple(citations))


def _space(text: str, word: Word, *, breaks: bool, after_citation: bool) -> bool:
    if breaks:
        return not _runs_on(text.rsplit(None, 1)[-1], word.text)
    if after_citation and not word.spaced:
        return word.text[0].isalnum()
    return word.spaced


def _runs_on(token: str, following: str) -> bool:
    """Say whether a token goes on in the next line without a space: after '/', a dash, within an address."""
    if following[0] == "/" or (len(token) > 1 and token[-1] in "/–—" and token[-2] not in DASHES):
        return True
    if token.endswith("-"):
        return len(token) > 1 and following[0].isalnum() and following not in LINKS
    address = "://" in token or re.match(r"(?:doi:)?10\.\d{4}|www\.", token) is not None
    figures = any(letter.isdigit() for letter in following)
    return address and (token[-1] in "_=?&" or (token[-1] == "." and figures and following[0].isalnum()))


def _hyphen_goes(words: Sequence[Word], at: int, text: str, known: Vocabulary) -> bool:
    right = words[at].text
    for word in words[at + 1 :]:
        if word.spaced or ends_line(words[at], word):
            break
        right += word.text
    return known.joins(text.rsplit(None, 1)[-1][:-1], right)
