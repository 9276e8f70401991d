"""Entries that stand twice in one list."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Severity
from curate.rules import RULES
from curate.rules.shared.name_lists import Entry, Listing, listings, place
from curate.rules.shared.wording import place_name
from extract.records import Extraction
from extract.text.neighbourhood import Context

LEAST_ENTRIES = 3


@RULES.register("repeated-entry")
def repeated_entry(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find variants and drugs that stand twice in one list of a cell or a sentence.

    Looks at lists of three or more names with commas, semicolons, 'and' or 'or' between them. A name is the same in any
    notation (G12D, Gly12Asp). Parts of compounds and regimens ('A + B', 'A/B', 'A and B or A and C') are no entries
    of their own, and two lists of one cell, each with its heading, are two lists.

    Example: D1203N twice among the resistance mutations of one drug.
    """
    context = Context(extraction.document, extraction.mentions)
    for listing in listings(context):
        whole = [entry for entry in listing.entries if entry.whole]
        if len(listing.entries) < LEAST_ENTRIES or not whole or _of_regimens(listing):
            yield Outcome.NOT_APPLICABLE
            continue
        repeated = list(_repeated(whole))
        if not repeated:
            yield Outcome.CONSISTENT
        for entries in repeated:
            yield _doubt(context, listing, entries)


def _of_regimens(listing: Listing) -> bool:
    """Say whether a list of drugs is one of combinations: 'A and B or A and C'."""
    return listing.kind == "drug" and any(gap.strip() in ("and", "or", "&") for gap in listing.gaps[:-1])


def _repeated(entries: list[Entry]) -> Iterator[list[Entry]]:
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(entry.mention.normalized.casefold(), []).append(entry)
    yield from (same for same in by_name.values() if len(same) > 1)


def _doubt(context: Context, listing: Listing, entries: list[Entry]) -> Doubt:
    places = tuple(
        place(context, entry.mention, role)
        for entry, role in zip(entries, ("entry", *["again"] * len(entries)), strict=False)
    )
    name = entries[0].mention.text
    times = "twice" if len(entries) == 2 else f"{len(entries)} times"
    others = [entry.mention.normalized for entry in listing.entries if entry not in entries]
    return Doubt(
        severity=Severity.NOTICE,
        subject=name,
        message=f"{name} stands {times} in one list of {len(listing.entries)} {listing.kind}s in "
        f"{place_name(context.document, places[0].evidence)}.",
        key=(entries[0].mention.normalized.casefold(), *others[:3]),
        places=places,
    )
