"""Authors and years that the cited reference does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.same_name import folded
from curate.rules.shared.statements import Stated
from curate.rules.shared.wording import capitalized, listed, place_name
from extract.claims.citation import SourceCitation
from extract.records import Document, Extraction, Reference
from extract.text.locator import Locator

EXTRACTOR = "citation"

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MISSPELLED = 2  # keystrokes between a name and the author's, for the author to be what was meant


@RULES.register("citation-author-year")
def citation_author_year(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find citations whose author or year is not that of the reference with that number.

    Looks at 'Name et al., year [n]' and 'Name and colleagues [n]' in text and cells. The name must stand in the entry,
    without regard to accents, hyphens and case; a stated year must be one of those of the entry. A wrong name and
    a year that is off by two or more are warnings; a year off by one is a notice (print and online publication differ).
    Where another entry has name and year, it is given as expected. Leaves alone lists of authors, references whose
    authors were not read, and names without 'et al.'.

    Example: 'Shaw et al., 2013 [12]', where reference 12 is by Camidge and Shaw's paper of 2013 is reference 9.
    """
    document = extraction.document
    by_number = {reference.number: reference for reference in document.references}
    for claim in extraction.claims:
        stated = claim.arguments
        if not isinstance(stated, SourceCitation) or not stated.author:
            continue
        cited = [by_number[number] for number in stated.numbers if number in by_number]
        for place in claim.evidence:
            if not cited or not all(reference.first_author for reference in cited):
                yield Outcome.NOT_APPLICABLE
            else:
                yield _judge(extraction, Stated(stated, place), cited)


def _judge(extraction: Extraction, stated: Stated[SourceCitation], cited: Sequence[Reference]) -> Doubt | Outcome:
    named = [reference for reference in cited if _names(reference, stated.said.author)]
    if not named:
        return _wrong_author(extraction, stated, cited)
    if not stated.said.year or any(_dated(reference, stated.said.year) for reference in named):
        return Outcome.CONSISTENT
    if not all(reference.year.isdigit() for reference in named):
        return Outcome.NOT_APPLICABLE
    return _wrong_year(extraction, stated, named[0])


def _names(reference: Reference, name: str) -> bool:
    """Say whether an entry has a family name, as its author or anywhere: a consortium can be named by its title."""
    return folded(name) in folded(reference.text)


def _dated(reference: Reference, year: str) -> bool:
    return year == reference.year or year in _YEAR.findall(reference.text)


def _fitting(document: Document, said: SourceCitation) -> list[Reference]:
    """Return the entries whose first author and year are the stated ones."""
    return [
        reference
        for reference in document.references
        if folded(reference.first_author) == folded(said.author) and (not said.year or _dated(reference, said.year))
    ]


def _wrong_author(extraction: Extraction, stated: Stated[SourceCitation], cited: Sequence[Reference]) -> Doubt:
    numbers = listed(str(reference.number) for reference in cited)
    by = listed(reference.first_author for reference in cited)
    fitting = _fitting(extraction.document, stated.said)
    expected = f"reference {listed((str(reference.number) for reference in fitting), 'or')}" if fitting else ""
    hint = f"; {expected} would fit" if expected else ""
    if not expected and len(cited) == 1 and OSA.distance(folded(stated.said.author), folded(by)) <= MISSPELLED:
        expected = by
    return _doubt(extraction, stated, cited, Severity.WARNING, expected, f"reference {numbers} is by {by}{hint}")


def _wrong_year(extraction: Extraction, stated: Stated[SourceCitation], reference: Reference) -> Doubt:
    apart = abs(int(reference.year) - int(stated.said.year))
    near = ", one year apart, as online and print publication can be" if apart == 1 else ""
    others = [other for other in _fitting(extraction.document, stated.said) if other.number != reference.number]
    expected = f"reference {others[0].number}" if len(others) == 1 else reference.year
    hint = f"; {expected} would fit" if len(others) == 1 else ""
    says = f"reference {reference.number} is of {reference.year}{near}{hint}"
    severity = Severity.NOTICE if apart == 1 else Severity.WARNING
    return _doubt(extraction, stated, [reference], severity, expected, says)


def _doubt(
    extraction: Extraction,
    stated: Stated[SourceCitation],
    cited: Sequence[Reference],
    severity: Severity,
    expected: str,
    says: str,
) -> Doubt:
    document = extraction.document
    name = f"{stated.said.author} et al."
    dated = f"{name}, {stated.said.year}" if stated.said.year else name
    numbers = ",".join(str(number) for number in stated.said.numbers)
    where = place_name(document, stated.evidence)
    locator = Locator(document)
    return Doubt(
        severity=severity,
        subject=f"{dated} [{numbers}]",
        message=f"{capitalized(where)} cites {dated} as [{numbers}], but {says}.",
        expected=expected,
        key=(folded(stated.said.author), stated.said.year, numbers),
        places=(
            Place(role="citation", evidence=stated.evidence),
            *(
                Place(
                    role=f"reference {reference.number}",
                    evidence=locator.evidence(reference.span, extractor=EXTRACTOR, within=reference.span),
                )
                for reference in cited
            ),
        ),
    )
