"""The page that finds words in the text of all documents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curate.browse.access import ensure_reading
from curate.browse.flags import matching
from curate.browse.hosting import Database, Datasette, Request
from curate.browse.pages import PAGE_SIZE, number_of, page, quietly, store_of

# What stands around a word that was found; a text layer has no such characters, and where it has, nothing but the
# marking is wrong.
_BEFORE, _AFTER = "\x02", "\x03"
_AROUND = 30  # words of the excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A block that holds the words: an excerpt in parts, each marked or not."""

    document_id: str
    document: str
    section: str
    page: int | None
    parts: tuple[tuple[str, bool], ...]


@quietly
async def search(datasette: Datasette, request: Request) -> object:
    """Show the blocks that hold all the words, in the order in which they were stored."""
    database = store_of(datasette, request)
    await ensure_reading(datasette, request, database.name, ("blocks", "documents"))
    words = (request.args.get("words") or "").strip()
    number = number_of(request)
    found = await find(database, words, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    context = {"words": words, "found": found[:PAGE_SIZE], "more": len(found) > PAGE_SIZE, "page": number}
    return await page(datasette, request, "litcurate_search.html", database, context)


async def find(database: Database, words: str, *, limit: int, offset: int) -> list[Found]:
    """Return blocks that hold each of the words, or words that begin so; none where there are no words.

    They are not ranked: that would read every one of them.
    """
    wanted = matching(words)
    if not wanted:
        return []
    rows = await database.execute(
        "SELECT blocks.document_id, blocks.section, blocks.page, documents.label AS document, "  # noqa: S608
        f"snippet(blocks_fts, 0, :before, :after, '…', {_AROUND}) AS excerpt "
        "FROM blocks_fts JOIN blocks ON blocks.rowid = blocks_fts.rowid "
        "JOIN documents ON documents.id = blocks.document_id "
        "WHERE blocks_fts MATCH :words LIMIT :limit OFFSET :offset",
        {"words": wanted, "before": _BEFORE, "after": _AFTER, "limit": limit, "offset": offset},
    )
    return [
        Found(
            document_id=row["document_id"],
            document=row["document"],
            section=row["section"],
            page=row["page"],
            parts=_parts(row["excerpt"]),
        )
        for row in rows.rows
    ]


def _parts(excerpt: str) -> tuple[tuple[str, bool], ...]:
    pieces = re.split(f"{_BEFORE}(.*?){_AFTER}", excerpt, flags=re.DOTALL)
    return tuple((piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece)
