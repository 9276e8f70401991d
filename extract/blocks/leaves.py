"""One page's words -> its lines and regions, with the words of tables and the furniture set aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extract.blocks.front_matter import front_matter
from extract.blocks.kinds import Piece, Style, kinds_of, style_of
from extract.blocks.regions import Region, region_of, regions_of
from extract.page.hidden_text import hidden_words
from extract.page.lines import Line, line_of, lines_of
from extract.page.running_heads import line_numbers, running_heads
from extract.page.word_places import Place, place
from extract.pdf.reader import Sheet
from extract.records import BlockKind, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page parted into lines of text, running heads, turned words, line numbers and words under others."""

    sheet: Sheet
    lines: tuple[Line, ...]
    heads: tuple[Line, ...]
    turned: tuple[Word, ...]
    numbers: tuple[Word, ...]
    hidden: tuple[Word, ...] = ()


def leaves_of(sheets: Sequence[Sheet], taken: Collection[Place]) -> list[Leaf]:
    """Part each page; `taken` holds the places of the words that tables have."""
    under = hidden_words(sheets)
    found: list[tuple[Sheet, list[Line], list[Word], list[Word], list[Word]]] = []
    for sheet in sheets:
        free = [(n, word) for n, word in enumerate(sheet.page.words) if place(word) not in taken]
        words = [word for n, word in free if (sheet.page.number, n) not in under]
        hidden = [word for n, word in free if (sheet.page.number, n) in under]
        counted = line_numbers(words)
        numbers = [word for word in words if id(word) in counted]
        turned = [word for word in words if not word.upright]
        lines = lines_of(word for word in words if word.upright and id(word) not in counted)
        found.append((sheet, lines, turned, numbers, hidden))
    heads = running_heads([(sheet.page, lines) for sheet, lines, *_ in found])
    return [
        Leaf(
            sheet=sheet,
            lines=tuple(line for line in lines if id(line) not in heads),
            heads=tuple(line for line in lines if id(line) in heads),
            turned=tuple(turned),
            numbers=tuple(numbers),
            hidden=tuple(hidden),
        )
        for sheet, lines, turned, numbers, hidden in found
    ]


def pieces_of(leaves: Sequence[Leaf]) -> tuple[list[Piece], Style]:
    """Return the regions of all pages in reading order, each with its kind, and the style of the text."""
    style = style_of(line for leaf in leaves for line in leaf.lines)
    pieces: list[Piece] = []
    for leaf in leaves:
        regions = regions_of(leaf.lines)
        own = kinds_of(regions, leaf.sheet.images, style)
        if leaf.sheet.page.number == 1:
            own = front_matter(own, style)
        pieces.extend(_aside(leaf.heads, BlockKind.RUNNING_HEAD))
        pieces.extend(own)
        if leaf.numbers:
            pieces.append(_words(leaf.numbers, BlockKind.RUNNING_HEAD))
        if leaf.turned:
            pieces.append(_words(leaf.turned, BlockKind.FIGURE_TEXT))
        if leaf.hidden:
            pieces.append(_words(leaf.hidden, BlockKind.FIGURE_TEXT))
    return pieces, style


def _aside(lines: Sequence[Line], kind: BlockKind) -> list[Piece]:
    return [Piece(kind=kind, region=region_of([line])) for line in lines]


def _words(words: Sequence[Word], kind: BlockKind) -> Piece:
    region: Region = region_of([line_of([word]) for word in words])
    return Piece(kind=kind, region=region)
