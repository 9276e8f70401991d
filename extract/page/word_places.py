"""Where a word stands on its page, as a key."""

from __future__ import annotations

from extract.records import Word

# Where a word stands on the page: copies of a word (a table may hold one) have the same place.
Place = tuple[int, float, float, float, float, str]


def place(word: Word) -> Place:
    """Return where a word stands, which no other word of the document shares."""
    return (word.box.page, word.box.x0, word.box.top, word.box.x1, word.box.bottom, word.text)
