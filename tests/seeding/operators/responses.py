"""Errors in lists of variants and drugs, and in what the variants do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from seeding.editing import Edit
from seeding.operators import OPERATORS
from seeding.places import SUBSTITUTION, context_of

from curate.rules.shared.name_lists import listings
from extract.claims.variant_response import VariantResponse
from extract.records import Extraction, Span


@OPERATORS.register("repeated-entry")
def repeated_entry(extraction: Extraction) -> Iterator[Edit]:
    """Put the first entry of a list in the place of its third."""
    for listing in listings(context_of(extraction)):
        whole = [entry.mention for entry in listing.entries if entry.whole]
        if len(whole) >= 3 and whole[0].text != whole[2].text and not any("or" in gap for gap in listing.gaps[:-1]):
            yield Edit(whole[2].span, whole[0].text)


@OPERATORS.register("list-separator")
def list_separator(extraction: Extraction) -> Iterator[Edit]:
    """Take a comma out of a list of five or more in a cell."""
    for listing in listings(context_of(extraction)):
        if listing.cell is not None and len(listing.entries) >= 6 and all("," in gap for gap in listing.gaps):
            one, other = listing.entries[1].mention, listing.entries[2].mention
            yield Edit(Span(start=one.span.end, end=other.span.start), " ")


@OPERATORS.register("response-conflict")
def response_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Put a variant of resistance to a drug in the place of one of sensitivity to it."""
    context = context_of(extraction)
    by_drug: dict[tuple[str, str], dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for claim in extraction.claims:
        response = claim.arguments
        if isinstance(response, VariantResponse) and len(response.variants) == 1:
            by_drug[response.gene, response.drug][response.direction].extend(
                evidence.span for evidence in claim.evidence if evidence.cell is not None
            )
    for directions in by_drug.values():
        if len(directions) == 2:
            one, other = (directions[name] for name in sorted(directions))
            for span, into in zip(one, other, strict=False):
                if all(SUBSTITUTION.fullmatch(context.text(place)) for place in (span, into)):
                    yield Edit(into, context.text(span))
