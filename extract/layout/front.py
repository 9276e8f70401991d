"""The front matter of the first page: title, authors, affiliations, dates, correspondence, licence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.layout.kinds import ABSTRACT, FRONT, Piece, Style, is_prose
from extract.layout.regions import Region
from extract.records import BlockKind


def front_matter(pieces: Sequence[Piece], style: Style) -> list[Piece]:
    """Mark the title and the front matter of the first page; the abstract and the text stay as they are.

    What comes before the abstract (or, without one, before the text) is front matter, and so is what names
    authors, dates, rights or addresses in a type that is not the text's.
    """
    title = title_piece(pieces)
    start = _start(pieces)
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece is title:
            out.append(replace(piece, kind=BlockKind.TITLE))
        elif piece.kind is BlockKind.CAPTION:
            out.append(piece)
        elif at < start or _is_front(piece, style):
            out.append(replace(piece, kind=BlockKind.FRONT_MATTER))
        else:
            out.append(piece)
    return out


def title_piece(pieces: Sequence[Piece]) -> Piece | None:
    """Return the piece with the largest type that has the length of a title."""
    fit = [piece for piece in pieces if _could_be_title(piece.region)]
    return max(fit, key=lambda piece: (round(piece.region.size, 1), -piece.region.box.top), default=None)


def _could_be_title(region: Region) -> bool:
    text = region.text
    return len(text) >= 20 and len(text.split()) >= 3 and len(region.lines) <= 8


def _start(pieces: Sequence[Piece]) -> int:
    """Return where the abstract or the text begins."""
    for at, piece in enumerate(pieces):
        text = piece.region.lines[0].text
        if ABSTRACT.match(text) and (
            piece.kind is BlockKind.HEADING or len(piece.region.lines) > 2 or len(text) < 20
        ):
            return at
    for at, piece in enumerate(pieces):
        prose = piece.kind is BlockKind.PARAGRAPH and is_prose(piece.region) and len(piece.region.lines) >= 4
        if prose and not FRONT.search(piece.region.text[:200]):
            return at
    return 0


def _is_front(piece: Piece, style: Style) -> bool:
    region = piece.region
    if abs(region.size - style.body) <= 0.3 and piece.kind is BlockKind.PARAGRAPH:
        return False
    return FRONT.search(region.text[:300]) is not None and not ABSTRACT.match(region.text)
