"""Tables and figures that the text refers to and the paper does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.overprinted_pages import overprinted
from curate.rules.shared.own_references import Referred, kind_of, references
from curate.rules.shared.wording import capitalized, place_name
from extract.records import Document, Extraction
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "cross-reference"
MOST = 2  # numbers that are absent; with more, captions were not read

_CAPTION = re.compile(
    r"\s*(?:(?i:supplement\w*)\s+)?(?P<kind>(?i:tables?|fig(?:ure)?s?))\.?\s*(?P<number>\d{1,2})\b(?!\s+[a-z])"
)


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
    referred = list(references(Context(document, ())))
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
    return {int(match["number"]) for match in matches if match and kind_of(match["kind"]) == kind}


def _doubt(extraction: Extraction, one: Referred, last: int) -> Doubt:
    context, locator = Context(extraction.document, ()), Locator(extraction.document)
    evidence = locator.evidence(one.span, extractor=EXTRACTOR, within=context.sentence(one.span))
    name = f"{one.kind.capitalize()} {one.number}"
    has = f"only one {one.kind}" if last == 1 else f"only {one.kind}s 1 to {last}"
    where = place_name(extraction.document, evidence)
    return Doubt(
        severity=Severity.WARNING,
        subject=name,
        message=f"{capitalized(where)} refers to {name}, but the paper has {has}.",
        key=(name,),
        places=(Place(role="reference to it", evidence=evidence),),
    )
