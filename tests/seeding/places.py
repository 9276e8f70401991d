"""Places of a document that several operators look for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.records import BlockKind, Extraction, Mention, Span
from extract.text.neighbourhood import PROSE_KINDS, Context

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
SUBSTITUTION = re.compile(r"([A-Z])(\d{2,4})([A-Z])")


def context_of(extraction: Extraction) -> Context:
    return Context(extraction.document, extraction.mentions)


def measured(extraction: Extraction) -> Iterator[Mention]:
    for mention in extraction.mentions:
        block = context_of_block(extraction, mention)
        if mention.quantity is not None and (mention.cell is not None or block in PROSE_KINDS):
            yield mention


def context_of_block(extraction: Extraction, mention: Mention) -> BlockKind | None:
    return next((b.kind for b in extraction.document.blocks if b.span.start <= mention.span.start < b.span.end), None)


def numbers(mention: Mention) -> list[Span]:
    """Return the places of the figures of a measurement, without the level of its interval."""
    levels = {match.start() for match in re.finditer(r"\d+(?:\.\d)?(?=\s?%\s?CI)", mention.text)}
    return [
        Span(start=mention.span.start + match.start(), end=mention.span.start + match.end())
        for match in _NUMBER.finditer(mention.text)
        if match.start() not in levels
    ]
