"""Tables and figures that the text refers to and the paper does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.subjects.overprint import overprinted
from curate.subjects.wording import place_name
from extract.context import PROSE_KINDS, Context
from extract.places import Locator
from extract.records import BlockKind, Document, Extraction, Span

EXTRACTOR = "cross-reference"
MOST = 2  # numbers that are absent; with more, captions were not read

_REFERRED = re.compile(
    r"(?<![\w-])(?P<kind>[Tt]ables?|TABLES?|[Ff]ig(?:ure)?s?\.?|FIGURES?|FIG\.?)\s?"
    r"(?P<numbers>\d{1,2}[A-Za-z]?(?:\s?(?:,|and|&|[-–—]|to)\s?\d{1,2}[A-Za-z]?(?![\w.%]))*)(?![\w]|[.,]\d|\s?%)"
)
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:and|or|to|for|in|of|is|are|was|were|shows?|gives?|lists?|also|below|above)\b)[a-z]"
)
_NUMBER = re.compile(r"(\d{1,2})[A-Za-z]?(?:\s?(?:[-–—]|to)\s?(\d{1,2}))?")
_CAPTION = re.compile(
    r"\s*(?:(?i:supplement\w*)\s+)?(?P<kind>(?i:tables?|fig(?:ure)?s?))\.?\s*(?P<number>\d{1,2})\b(?!\s+[a-z])"
)
_CAPTION_GOES_ON = re.compile(r"\s*(?:[.:|(]|[A-Z0-9]|\n|$)")
_ELSEWHERE_BEFORE = re.compile(
    r"\b(?:supp(?:l(?:ement(?:ary|al)?)?)?|suppl|additional|appendix|online|extended\s+data|e-?|S|their|web)[\s.,;:(]*$",
    re.IGNORECASE,
)
_ELSEWHERE_AFTER = re.compile(
    r"(?:(?:,|\s*and|,\s+and)\s+(?:tables?|fig(?:ure)?s?\.?)\s+S?\d+[a-z]?){0,3}"
    r"\s*(?:[,;(]\s*)?(?:(?:of|in|from)\s+(?:the\s+)?(?:ref|supp|online|appendix|original|additional|\[|their|[A-Z][\w-]+\s+et\s+al)"
    r"|supp|online|available|in\s+[A-Z]\w+\s+et\s+al|\[)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Referred:
    """A table or figure that the text refers to, and where."""

    kind: str
    number: int
    span: Span


@RULES.register("table-or-figure-absent")
def table_or_figure_absent(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find references of the text to a table or figure that the paper does not have.

    Compares the numbers in the text with those of the captions, kind by kind, where these run from 1 without a hole.
    Leaves alone supplementary, online and appendix material, tables and figures 'of' or 'in' another paper, kinds
    without any caption, papers with pages that could not be read or hold text over text, and more than two absent
    numbers of a kind: captions were not read then.

    Example: '(Table 4)' in a paper with Tables 1 to 3.
    """
    document = extraction.document
    captions = {kind: _captioned(document, kind) for kind in ("table", "figure")}
    broken = any(page.gap and not page.words for page in document.pages) or bool(overprinted(document))
    referred = list(_references(Context(document, ())))
    for kind, present in captions.items():
        absent = {one.number for one in referred if one.kind == kind} - present
        whole = present == set(range(1, len(present) + 1)) and present
        for one in referred:
            if one.kind != kind:
                continue
            if one.number in present:
                yield Outcome.CONSISTENT
            elif broken or not whole or len(absent) > MOST:
                yield Outcome.NOT_APPLICABLE
            else:
                yield _doubt(extraction, one, len(present))


def _captioned(document: Document, kind: str) -> set[int]:
    """Return the numbers of a kind that a label, or the start of any block but running text, has."""
    labels = [table.label for table in document.tables]
    starts = [document.text[block.span.start : block.span.start + 40] for block in document.blocks]
    # Words drawn into a page may hold a caption that was taken for something else: at the start of any line.
    lines = [match[0] for match in re.finditer(r"(?m)^.{0,40}", document.text)]
    matches = (_CAPTION.match(text) for text in (*labels, *starts, *lines))
    return {int(match["number"]) for match in matches if match and _kind(match["kind"]) == kind}


def _kind(word: str) -> str:
    return "table" if word.casefold().startswith("t") else "figure"


def _references(context: Context) -> Iterator[_Referred]:
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
                yield _Referred(_kind(match["kind"]), number, Span(start=match.start(), end=match.end()))


def _own_numbers(text: str, match: re.Match[str]) -> str:
    """Return the numbers of a reference without one that counts what follows: 'as Fig. 1, 59 patients were ...'."""
    numbers = match["numbers"]
    first, comma, last = numbers.rpartition(",")
    counts = comma and last.strip().isdigit() and not match["kind"].lower().rstrip(".").endswith("s")
    return first if counts and _COUNTED_AFTER.match(text, match.end()) else numbers


def _numbers(text: str) -> Iterator[int]:
    for first, last in _NUMBER.findall(text):
        yield from range(int(first), int(last or first) + 1)


def _doubt(extraction: Extraction, one: _Referred, last: int) -> Doubt:
    context, locator = Context(extraction.document, ()), Locator(extraction.document)
    evidence = locator.evidence(one.span, extractor=EXTRACTOR, within=context.sentence(one.span))
    name = f"{one.kind.capitalize()} {one.number}"
    has = f"only one {one.kind}" if last == 1 else f"only {one.kind}s 1 to {last}"
    where = place_name(extraction.document, evidence)
    return Doubt(
        severity=Severity.WARNING,
        subject=name,
        message=f"{where[0].upper()}{where[1:]} refers to {name}, but the paper has {has}.",
        key=(name,),
        places=(Place(role="reference to it", evidence=evidence),),
    )
