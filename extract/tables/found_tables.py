"""What the table finder hands on: tables as words in cells, before the document's text is laid out."""

from __future__ import annotations

from dataclasses import dataclass

from extract.records import Box, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCell:
    """The words of one logical cell, in reading order."""

    row: int
    column: int
    words: tuple[Word, ...]
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """A table as words: each word of its areas stands in one cell, label, caption, note or `stray`.

    `boxes` are its areas, one or more a page it runs over; `rows` is rectangular. `image` marks a caption
    whose table is a picture: it has no rows.
    """

    label: tuple[Word, ...]
    caption: tuple[Word, ...]
    note: tuple[Word, ...]
    rows: tuple[tuple[FoundCell, ...], ...]
    header_rows: int
    boxes: tuple[Box, ...]
    confidence: float
    stray: tuple[Word, ...] = ()
    image: bool = False
