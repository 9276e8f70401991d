"""Where the text refers to the paper's own tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.records import BlockKind, Span
from extract.text.neighbourhood import PROSE_KINDS, Context

_REFERRED = re.compile(
    r"(?<![\w-])(?P<kind>[Tt]ables?|TABLES?|[Ff]ig(?:ure)?s?\.?|FIGURES?|FIG\.?)\s?"
    r"(?P<numbers>\d{1,2}[A-Za-z]?(?:\s?(?:,|and|&|[-–—]|to)\s?\d{1,2}[A-Za-z]?(?![\w.%]))*)(?![\w]|[.,]\d|\s?%)"
)
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:and|or|to|for|in|of|is|are|was|were|shows?|gives?|lists?|also|below|above)\b)[a-z]"
)
_NUMBER = re.compile(r"(\d{1,2})[A-Za-z]?(?:\s?(?:[-–—]|to)\s?(\d{1,2}))?")
_CAPTION_GOES_ON = re.compile(r"\s*(?:[.:|(]|[A-Z0-9]|\n|$)")
_ELSEWHERE_BEFORE = re.compile(
    r"\b(?:supp(?:l(?:ement(?:ary|al)?)?)?|suppl|additional|appendix|online|extended\s+data|e-?|S|SI|ESM|their|web)[\s.,;:()]*$",
    re.IGNORECASE,
)
_ELSEWHERE_AFTER = re.compile(
    r"(?:(?:,|\s*and|,\s+and)\s+(?:tables?|fig(?:ure)?s?\.?)\s+S?\d+[a-z]?){0,3}"
    r"\s*(?:[,;(]\s*)?(?:(?:of|in|from)\s+(?:the\s+)?(?:ref|supp|online|appendix|original|additional|\[|their|[A-Z][\w-]+\s+et\s+al)"
    r"|supp|online|available|in\s+[A-Z]\w+\s+et\s+al|\[)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Referred:
    """A table or figure (`kind`) that the text refers to, and where."""

    kind: str
    number: int
    span: Span


def references(context: Context) -> Iterator[Referred]:
    """Yield what the paragraphs refer to, each number of 'Tables 1 and 2' on its own.

    Supplementary, online and appendix material is left out, and what another paper has.
    """
    text = context.document.text
    for block in context.document.blocks:
        if block.kind not in PROSE_KINDS or block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            continue
        for match in _REFERRED.finditer(text, block.span.start, block.span.end):
            if _ELSEWHERE_BEFORE.search(text[max(block.span.start, match.start() - 24) : match.start()]):
                continue
            if _ELSEWHERE_AFTER.match(text[match.end() : min(block.span.end, match.end() + 40)]):
                continue
            if match.start() == block.span.start and _CAPTION_GOES_ON.match(text, match.end()):
                continue  # a caption that was taken for a paragraph
            for number in _numbers(_own_numbers(text, match)):
                yield Referred(kind_of(match["kind"]), number, Span(start=match.start(), end=match.end()))


def _own_numbers(text: str, match: re.Match[str]) -> str:
    """Return the numbers of a reference without one that counts what follows: 'as Fig. 1, 59 patients were ...'."""
    numbers = match["numbers"]
    first, comma, last = numbers.rpartition(",")
    counts = comma and last.strip().isdigit() and not match["kind"].lower().rstrip(".").endswith("s")
    return first if counts and _COUNTED_AFTER.match(text, match.end()) else numbers


def kind_of(word: str) -> str:
    """Return 'table' or 'figure' for a printed word for either."""
    return "table" if word.casefold().startswith("t") else "figure"


def _numbers(text: str) -> Iterator[int]:
    for first, last in _NUMBER.findall(text):
        yield from range(int(first), int(last or first) + 1)
