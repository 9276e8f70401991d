"""References that the paper never cites."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.overprinted_pages import overprinted
from curate.rules.shared.sound_references import is_sound
from extract.citations.in_text import citings, numbers_in
from extract.records import Document, Extraction, Reference
from extract.text.locator import Locator

EXTRACTOR = "reference"
MOST = 8  # more uncited references than these are a list for further reading, or citations that were not read


@RULES.register("reference-never-cited")
def reference_never_cited(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find entries of a numbered reference list that neither text nor tables cite.

    Looks at each reference, where the list is numbered without holes and all but one entry or a tenth is cited; ranges
    ('[17-22]') cite all between. Does not apply where citations are by author and year, where a table is a picture,
    where pages hold text over text, or where the number stands anywhere as a superscript that was not read as a
    citation.

    Example: reference 50 of 158, when 1 to 49 and 51 to 158 are cited.

    Source: ICMJE Recommendations, section on references.
    """
    document = extraction.document
    cited = citings(document)
    named = {number for citing in cited for number in citing.numbers}
    uncited = [reference for reference in document.references if reference.number not in named]
    raised = _raised(document) if uncited else frozenset()
    sound = is_sound(document, cited) and len(uncited) <= MOST and not (uncited and overprinted(document))
    for reference in document.references:
        if not sound or (reference.number not in named and reference.number in raised):
            yield Outcome.NOT_APPLICABLE
        elif reference.number in named:
            yield Outcome.CONSISTENT
        else:
            yield _doubt(document, reference)


def _raised(document: Document) -> frozenset[int]:
    """Return the numbers that stand as superscripts anywhere on the pages, cited or not."""
    words = (word.text for page in document.pages for word in page.words if word.superscript)
    return frozenset(number for text in words for number in numbers_in(text))


def _doubt(document: Document, reference: Reference) -> Doubt:
    who = f" ({reference.first_author}, {reference.year})" if reference.first_author and reference.year else ""
    return Doubt(
        severity=Severity.NOTICE,
        subject=f"reference {reference.number}",
        message=f"Reference {reference.number}{who} stands in the reference list but is cited nowhere in the paper.",
        key=(reference.doi or reference.text[:80].casefold(),),
        places=(
            Place(
                role="reference",
                evidence=Locator(document).evidence(reference.span, extractor=EXTRACTOR, within=reference.span),
            ),
        ),
    )
