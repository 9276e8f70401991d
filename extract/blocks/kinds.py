"""What each region of a page is: title, heading, paragraph, caption, note, front matter, figure text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.blocks.regions import Region
from extract.page.captions import CAPTION
from extract.page.lines import Line
from extract.records import BlockKind, Box

FRONT = re.compile(
    r"correspond(?:ence|ing)\b|e-?mail|\S@\S|\b(?:received|accepted|revised|published)\b|©|\bcopyright\b|"
    r"\blicen[sc]e|creative commons|\b(?:department|division|institute|school|faculty|university)\b|"
    r"\b(?:hospital|college|orcid|issn)\b|\bedit(?:ed|or)\b|\breviewed by\b|doi\.org|\bhow to cite\b|"
    r"^citation\b|^key ?words?\b|^doi\b|\bopen access\b|\bconflicts? of interest\b|"
    r"\bcompeting interests\b|^funding\b|all rights reserved",
    re.IGNORECASE,
)
ABSTRACT = re.compile(
    r"(?:\d+\.?\s*)?(?:abstract|summary|synopsis|background|introduction|objectives?)\b", re.IGNORECASE
)
NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.|[A-H]\.)\s+\S")
REFERENCES = re.compile(
    r"(?:\d+\.?\s*|[IVX]+\.\s*)?(?:references?(?:\s+and\s+notes?)?|bibliography|literature(?:\s+cited)?|"
    r"works cited|cited literature|reference list)\s*:?",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:doi:?\s*)?(?:https?://|www\.|10\.\d{4})\S+", re.IGNORECASE)  # alone on its line
END = re.compile(r"[.!?:;]['\"”’)\]]*(?:\s?\[\d[\d,–-]*\])?$")  # a citation may follow the full stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The type that the document's text is set in: its size, and the styles that carry sentences."""

    body: float
    prose: frozenset[tuple[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A region with what it is."""

    kind: BlockKind
    region: Region


def style_of(lines: Iterable[Line]) -> Style:
    """Find the body size and the styles of prose: those that hold a fair share of all long lines.

    The body size is not that of the references, of which a review may have more than of text.
    """
    found = [line for line in lines if len(line.words) >= 5 or REFERENCES.fullmatch(line.text.strip())]
    ends = [at for at, line in enumerate(found) if REFERENCES.fullmatch(line.text.strip())]
    text = found[: ends[-1]] if ends and ends[-1] > 0.2 * len(found) else found
    sizes: Counter[float] = Counter()
    for line in text:
        sizes[_half(line.size)] += len(line.text)
    styles: Counter[tuple[str, float]] = Counter()
    for line in found:
        styles[line.font, _half(line.size)] += len(line.text)
    total = sum(styles.values())
    return Style(
        body=sizes.most_common(1)[0][0] if sizes else 10.0,
        prose=frozenset(style for style, count in styles.items() if count > 0.02 * total),
    )


def _half(size: float) -> float:
    return round(size * 2) / 2


def kinds_of(regions: Sequence[Region], images: Sequence[Box], style: Style) -> list[Piece]:
    """Say what each region of one page is; regions are in reading order."""
    pieces = []
    for at, region in enumerate(regions):
        after = regions[at + 1] if at + 1 < len(regions) else None
        kind = _kind(region, images, style)
        if kind is not BlockKind.CAPTION and after is not None and _heads(region, after):
            kind = BlockKind.HEADING
        if kind is BlockKind.HEADING and after is not None and _inside_sentence(region, after, style):
            kind = BlockKind.PARAGRAPH
        pieces.append(Piece(kind=kind, region=region))
    return pieces


def _inside_sentence(region: Region, after: Region, style: Style) -> bool:
    """Say whether what is set apart in the text's own size runs on below in lower case: it heads nothing."""
    gap = after.lines[0].baseline - region.lines[-1].baseline
    return after.text[0].islower() and region.size <= 1.08 * style.body and 0 < gap < 2 * region.size


def _heads(region: Region, after: Region) -> bool:
    """Say whether a short region in another font than the text right below it is the heading of that text."""
    text, first = region.text, after.lines[0]
    gap = first.baseline - region.lines[-1].baseline
    return (
        len(region.lines) <= 2
        and 3 <= len(text) < 120
        and (text[0].isupper() or NUMBERED.match(text) is not None)
        and text[-1] not in ".,;:-"
        and region.size >= first.size - 0.3
        and abs(region.box.x0 - first.box.x0) < 2 * first.size
        and 0 < gap < 3 * region.size
        and len(after.lines) >= 2
        and all(not line.fonts & first.fonts for line in region.lines)
        and not first.text[0].islower()
        and is_prose(after)
    )


def _kind(region: Region, images: Sequence[Box], style: Style) -> BlockKind:
    if is_caption(region, style):
        return BlockKind.CAPTION
    if is_heading(region, style):
        return BlockKind.HEADING
    if ADDRESS.fullmatch(region.text.strip()):
        return BlockKind.NOTE
    prosaic = is_prose(region)
    if any(_within(region.box, image) for image in images) and not (prosaic and _in_style(region, style)):
        return BlockKind.FIGURE_TEXT
    if not prosaic and not _in_style(region, style):
        return BlockKind.FIGURE_TEXT
    return BlockKind.PARAGRAPH


def _in_style(region: Region, style: Style) -> bool:
    return any((line.font, _half(line.size)) in style.prose for line in region.lines)


def _within(box: Box, image: Box) -> bool:
    return image.x0 <= (box.x0 + box.x1) / 2 <= image.x1 and image.top <= (box.top + box.bottom) / 2 <= image.bottom


def is_prose(region: Region) -> bool:
    """Say whether a region reads as sentences: lines of several words, most of them lower-case."""
    words = region.text.split()
    lower = sum(1 for word in words if word[0].islower())
    return len(words) >= 5 * len(region.lines) and len(words) >= 8 and lower > 0.4 * len(words)


def is_caption(region: Region, style: Style) -> bool:
    """Say whether a region begins with the label of a figure or table that is set off as a label."""
    text = region.lines[0].text
    label = CAPTION.match(text)
    if label is None:
        return False
    rest = text[label.end() :].lstrip()
    if not rest or rest[0] in ".:|–—(" or rest[0].isupper():
        return True
    first = region.lines[0]
    labelled = first.words[0].font != first.font or first.heavy
    return labelled or region.size < style.body - 0.4


def is_heading(region: Region, style: Style) -> bool:
    """Say whether a region is a heading: short, set off by size, weight, slant, capitals or number."""
    text = region.text
    letters = [letter for letter in text if letter.isalpha()]
    if len(region.lines) > 3 or len(text) > 200 or len(letters) < 3 or text.endswith((".", ",", ";")):
        return bool(REFERENCES.fullmatch(text.strip()))
    if not (text[0].isupper() or text[0].isdigit() or NUMBERED.match(text)):
        return False
    sizes = [size for line in region.lines for _, size in line.styles]
    larger = min(sizes, default=region.size) > 1.08 * style.body
    capitals = all(letter.isupper() for letter in letters) and len(letters) > 4
    same = region.size >= 0.9 * style.body
    if larger or (same and (region.heavy or (capitals and len(region.lines) == 1))):
        return True
    if same and region.slanted:
        return len(region.lines) <= 2
    return bool(REFERENCES.fullmatch(text.strip()))
