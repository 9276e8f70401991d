"""List entries without a separator between them."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Severity
from curate.rules import RULES
from curate.rules.shared.name_lists import BLANK, Listing, listings, place
from curate.rules.shared.wording import place_name
from extract.records import Extraction
from extract.text.neighbourhood import Context

LEAST_SEPARATED = 3


@RULES.register("list-separator")
def list_separator(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find two entries of a list in a cell that have nothing but a space between them.

    Looks at lists of variants or drugs in table cells whose other entries are parted by commas or semicolons, at
    least three times and four times as often as not. What stands there may be two entries or one compound: a curator
    cannot tell. Leaves alone cells that set each entry on a line of its own.

    Example: 'G1269A I1151Tins, L1152P, L1152R, F1174C'.
    """
    context = Context(extraction.document, extraction.mentions)
    for listing in listings(context):
        blank = [index for index, gap in enumerate(listing.gaps) if BLANK.fullmatch(gap)]
        parted = len(listing.gaps) - len(blank)
        if listing.cell is None or parted < LEAST_SEPARATED or len(blank) * 4 > parted:
            yield Outcome.NOT_APPLICABLE
            continue
        if not blank:
            yield Outcome.CONSISTENT
        for index in blank:
            yield _doubt(context, listing, index)


def _doubt(context: Context, listing: Listing, index: int) -> Doubt:
    one, other = listing.entries[index].mention, listing.entries[index + 1].mention
    places = (place(context, one, "entry"), place(context, other, "next entry"))
    where = place_name(context.document, places[0].evidence)
    return Doubt(
        severity=Severity.NOTICE,
        subject=f"{one.text} {other.text}",
        message=(
            f"{one.text} and {other.text} stand in a list in {where} without "
            "a separator between them: they can be two entries or one compound."
        ),
        expected=f"{one.text}, {other.text}",
        key=(one.normalized.casefold(), other.normalized.casefold()),
        places=places,
    )
