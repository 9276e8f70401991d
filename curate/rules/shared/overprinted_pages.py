"""Pages on which text is printed over text: what stands there was read letter by letter from two layers."""

from __future__ import annotations

from collections.abc import Iterator

from extract.records import Box, Document, Page

LEAST_SHARE = 0.02  # of a page's words; single words overlap where accents or fractions are set over letters


def overprinted(document: Document) -> tuple[int, ...]:
    """Return the numbers of the pages on which a noticeable share of the words lies over other words."""
    return tuple(
        page.number for page in document.pages if sum(1 for _ in _covered(page)) > LEAST_SHARE * len(page.words)
    )


def _covered(page: Page) -> Iterator[Box]:
    """Yield the boxes of the words that lie half over a word set before them on the page."""
    boxes = sorted(
        (word.box for word in page.words if word.upright and not (word.superscript or word.subscript)),
        key=lambda box: (box.top, box.x0),
    )
    open_boxes: list[Box] = []
    for box in boxes:
        open_boxes = [other for other in open_boxes if other.bottom > box.top]
        if any(_overlap(box, other) for other in open_boxes):
            yield box
        open_boxes.append(box)


def _overlap(one: Box, other: Box) -> bool:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    narrower, lower = min(one.x1 - one.x0, other.x1 - other.x0), min(one.bottom - one.top, other.bottom - other.top)
    return width > 0.5 * narrower and height > 0.6 * lower
