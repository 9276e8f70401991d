"""The front matter of the first page: title, authors, affiliations, dates, correspondence, licence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.blocks.kinds import ABSTRACT, FRONT, Piece, Style, is_prose
from extract.blocks.regions import KEYWORDS, Region
from extract.records import BlockKind


def front_matter(pieces: Sequence[Piece], style: Style) -> list[Piece]:
    """Mark the title and the front matter of the first page; abstract and text stay as they are.

    What comes before the abstract (or, without one, before the text) or stands above it is front matter, and
    so is what names authors, dates, rights or addresses in a type that is not the text's. A first page
    without a title (an excerpt) has only the latter.
    """
    title = title_piece(pieces, style)
    foot = 0.9 * max((piece.region.box.bottom for piece in pieces), default=0.0)
    start = _start(pieces) if title is not None else 0
    named = title is not None and re.match(r"abstract|summary", pieces[start].region.text, re.IGNORECASE) is not None
    top = pieces[start].region.box.top if title is not None and start < len(pieces) else 0.0
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        before = (at < start or piece.region.box.bottom < top) and (named or not _is_abstract(piece))
        if piece is title:
            out.append(replace(piece, kind=BlockKind.TITLE))
        elif piece.kind is not BlockKind.CAPTION and (before or _is_front(piece, style, foot)):
            out.append(replace(piece, kind=BlockKind.FRONT_MATTER))
        else:
            out.append(piece)
    return out


def title_piece(pieces: Sequence[Piece], style: Style) -> Piece | None:
    """Return the piece with the largest type that has the length of a title."""
    fit = [piece for piece in pieces if _could_be_title(piece.region, style)]
    return max(fit, key=lambda piece: (round(piece.region.size, 1), -piece.region.box.top), default=None)


def _could_be_title(region: Region, style: Style) -> bool:
    text = region.text
    larger = region.size > 1.15 * style.body or (region.heavy and region.size > style.body)
    return larger and len(text) >= 20 and len(text.split()) >= 3 and len(region.lines) <= 8


def _is_abstract(piece: Piece) -> bool:
    region = piece.region
    prose = piece.kind is BlockKind.PARAGRAPH and is_prose(region) and len(region.lines) >= 4
    return prose and not FRONT.search(region.text[:200]) and "@" not in region.text


def _start(pieces: Sequence[Piece]) -> int:
    """Return where the abstract or the text begins."""
    for at, piece in enumerate(pieces):
        text = piece.region.lines[0].text
        if ABSTRACT.match(text) and (piece.kind is BlockKind.HEADING or len(piece.region.lines) > 2 or len(text) < 20):
            return at
    for at, piece in enumerate(pieces):
        if _is_abstract(piece):
            return at
    return 0


def _is_front(piece: Piece, style: Style, foot: float) -> bool:
    region = piece.region
    if KEYWORDS.match(region.text):
        return True
    at_foot = region.box.top > foot and len(region.lines) <= 3
    if not at_foot and abs(region.size - style.body) <= 0.3 and piece.kind is BlockKind.PARAGRAPH:
        return False
    reach = 80 if is_prose(region) and len(region.lines) >= 5 else 300
    return FRONT.search(region.text[:reach]) is not None and not ABSTRACT.match(region.text)
