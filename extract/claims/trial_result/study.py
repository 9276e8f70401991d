"""The paper's own study: which trial a primary report is of, and the arms that it names.

A result without a named trial belongs to the paper's own study, unless the paper is a review: then it has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from extract.claims.shared.endpoints import find_endpoints
from extract.records import BlockKind, Document, Mention, Span
from extract.text.neighbourhood import Context

_REVIEW_TITLE = re.compile(
    r"\b(?:review|meta-?\s?analys[ei]s|guidelines?|consensus|overview|perspectives?|pooled\s+analysis|commentary|editorial"
    r"|mechanisms\s+of|landscape|state\s+of\s+the\s+art|current\s+status|recommendations?)\b",
    re.IGNORECASE,
)
# What only the authors of a study say of it.
_REPORTS = re.compile(
    r"\b(?:were|was)\s+(?:\w+ly\s+)?(?:randomi[sz]ed|assigned|allocated|enrolled|recruited|included|divided|entered|treated|studied|registered\s+in)\b|\b[Rr]andomi[sz](?:ed|ation)\b"
    r"|\b[Ww]e\s+(?:\w+ly\s+)?(?:randomi[sz]ed|assigned|allocated|enrolled|recruited|included|conducted|analy[sz]ed|treated"
    r"|evaluated|performed|did)\b"
    r"|\b[Tt]his\s+(?:[\w-]+,?\s+){0,8}?(?:trial|study)\s+(?:is|was|has|compared|evaluated|assessed|enrolled|investigated|included)"
    r"|\b(?:registered|registration)\b[^.]{0,60}\b(?:NCT\d|ISRCTN|EudraCT|ClinicalTrials)",
)
_MANY_TRIALS = 4
# A study of people says so at once, a paper more than once; one of plants, mice or cell lines does not.
_PEOPLE = re.compile(
    r"\b(?:patients?|wom[ae]n|participants?|volunteers?|survivors?|children|infants|individuals|subjects)\b",
    re.IGNORECASE,
)
_FRONT = 6000  # characters of a paper in which its abstract stands
_SHORT = 3000  # of an abstract alone
_NUMBER = re.compile(r"(?:NCT\d|ISRCTN|EudraCT|UMIN|ChiCTR|JPRN|CTRI|ACTRN|DRKS)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """The study that a paper reports: its name, else its registry number, else empty; `reports` where it says so.

    `named` marks another trial, which a sentence names.
    """

    name: str = ""
    reports: bool = False
    named: bool = False


def own_study(context: Context) -> Study | None:
    """Return the study that a paper is the report of; None for a review, whose results are those of others."""
    document = context.document
    title = document.title or document.text[:200].split(". ")[0]
    reports = bool(_REPORTS.search(document.text)) and _of_people(document.text)
    named = Counter(mention.normalized for mention in context.of_kind("trial") if not _in_references(context, mention))
    names = [name for name in named if not _NUMBER.match(name)]
    if _REVIEW_TITLE.search(title) and not re.search(r"\btrial\b", title, re.IGNORECASE):
        return None
    if len(names) >= _MANY_TRIALS and not reports:
        return None
    return Study(name=_name(context, title, named), reports=reports)


def _of_people(text: str) -> bool:
    return len(_PEOPLE.findall(text[:_FRONT])) >= (1 if len(text) <= _SHORT else 4)


def _in_references(context: Context, mention: Mention) -> bool:
    block = context.block(mention.span.start)
    return block is not None and block.kind is BlockKind.REFERENCE


def _name(context: Context, title: str, named: Counter[str]) -> str:
    """Return the name of the study: the one trial of the title, else the one that the abstract says it is of."""
    in_title = [mention.normalized for mention in _in_title(context.document, context, title)]
    acronyms = [
        name for name in dict.fromkeys(in_title) if not _NUMBER.match(name) and next(find_endpoints(name), None) is None
    ]
    if len(acronyms) == 1:
        return acronyms[0]
    names = [name for name in named if not _NUMBER.match(name) and next(find_endpoints(name), None) is None]
    if len(names) == 1 and named[names[0]] > 1:
        return names[0]
    numbers = [name for name in named if _NUMBER.match(name)]
    return numbers[0] if len(numbers) == 1 and not names else ""


def _in_title(document: Document, context: Context, title: str) -> Iterator[Mention]:
    blocks = [block.span for block in document.blocks if block.kind is BlockKind.TITLE]
    for span in blocks or [Span(start=0, end=len(title))]:
        yield from context.within(span, "trial")
