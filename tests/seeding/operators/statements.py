"""Errors in numbers of things and in years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seeding.editing import Edit
from seeding.operators import OPERATORS

from curate.rules.checks.numbers.count_conflict import MARKETED
from extract.claims.count import Count
from extract.claims.dated_statement import DatedStatement
from extract.records import Extraction, Span

_WORDS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
_CITED = re.compile(r"[^.;]{0,60}\[\d{1,3}(?:[,–-]\d{1,3})*\]")


@OPERATORS.register("count-conflict")
def count_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Add one to a number of things that the sentence lists, that a table has or that a citation stands for."""
    text = extraction.document.text
    for claim in extraction.claims:
        stated = claim.arguments
        if not isinstance(stated, Count) or stated.comparison:
            continue
        for evidence in claim.evidence:
            cited = stated.thing == "trial" and re.match(r"\s?\[\d+[,–-]", text[evidence.span.end :][:8])
            again = stated.said in MARKETED and len(claim.evidence) > 1
            number = evidence.quote.split()[0]
            listed = stated.items and stated.count in (len(stated.items), len(set(stated.items)))
            tabled = stated.table and stated.thing != "other"  # 'the two groups are compared in Table 1'
            if (listed or tabled or cited or again) and number.casefold() in (
                *_WORDS[:-1],
                str(stated.count),
            ):
                yield Edit(
                    Span(start=evidence.span.start, end=evidence.span.start + len(number)), _next(number, stated.count)
                )


def _next(number: str, count: int) -> str:
    if number.isdigit():
        return str(count + 1)
    word = _WORDS[_WORDS.index(number.casefold()) + 1]
    return word.capitalize() if number[0].isupper() else word


@OPERATORS.register("year-conflict")
def year_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Put the year of an event that a reference is cited for seven years later."""
    text = extraction.document.text
    for claim in extraction.claims:
        if isinstance(claim.arguments, DatedStatement):
            for evidence in claim.evidence:
                at = evidence.quote.find(str(claim.arguments.year))
                start = evidence.span.start + at
                if _CITED.match(text, start + 4):
                    yield Edit(Span(start=start, end=start + 4), str(claim.arguments.year + 7))
