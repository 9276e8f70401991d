"""Ids of flags, mentions and parts of a document, as the store keeps them.

Flags and claims are known by what they say about which paper, never by where they stand, so that a
decision on one finds it again after a new extraction, in a new release or in another copy of the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

from extract.content_id import content_id, paper_identity
from extract.records import CellRef, Document, Mention

# How many characters of text on each side tell one mention of a name from another.
CONTEXT = 24


def paper_of(document: Document) -> str:
    """Return the identity of the document's paper."""
    return paper_identity(document.doi, document.id)


def flag_id(rule: str, key: tuple[str, ...], paper: str) -> str:
    """Return the id of the doubt that `rule` has about `key` in `paper`."""
    return content_id("flag", paper, rule, *key)


def distinct_id(identity: str, document_id: str) -> str:
    """Return the id that a claim or flag has in a second document printed under the same DOI."""
    return content_id("distinct", document_id, identity)


def part_id(part: str, document_id: str, ordinal: int) -> str:
    """Return the id of the document's page, block, table or reference of that ordinal."""
    return content_id(part, document_id, str(ordinal))


def cell_id(document_id: str, cell: CellRef) -> str:
    """Return the id of a table's cell."""
    return content_id("cell", document_id, str(cell.table), str(cell.row), str(cell.column))


def mention_ids(document: Document, mentions: tuple[Mention, ...], paper: str) -> Iterator[str]:
    """Yield the id of each mention: what it is and the words around it, then a count among equals."""
    seen: Counter[tuple[str, ...]] = Counter()
    for mention in mentions:
        what = _what(document, mention)
        yield content_id("mention", paper, *what, str(seen[what]))
        seen[what] += 1


def marked_ids(document: Document, mention: Mention, paper: str) -> Iterator[str]:
    """Yield the ids that a mention which a curator marks may have, without end; the first that is free is taken.

    It is the id that the tool gives the same mention where it finds it, so that the decision on it is found again.
    """
    what = _what(document, mention)
    for number in count():
        yield content_id("mention", paper, *what, str(number))


def _what(document: Document, mention: Mention) -> tuple[str, ...]:
    start, end = mention.span.start, mention.span.end
    return (
        mention.kind,
        mention.text,
        mention.normalized,
        " ".join(document.text[max(0, start - CONTEXT) : start].split()),
        " ".join(document.text[end : end + CONTEXT].split()),
    )
