"""Lines of a page -> regions of lines that stand under each other in one style, in reading order.

The order is that of T. M. Breuel, 'High performance document layout analysis' (2003): of two regions that
overlap from side to side the upper one comes first; of two that do not, the left one, unless a region that
lies over both stands between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.page.lines import Line
from extract.records import Box

# Names of sections that stand alone on their line.
SECTION = re.compile(
    r"(?:\d{1,2}\.?\s*|[IVX]{1,4}\.\s*)?(?:abstract|summary|keywords?|(?:introduction|background)|results?|discussion|"
    r"(?:materials?|patients|subjects)?(?:\s*(?:and|&)\s*)?methods?|results and discussion|conclusions?|"
    r"acknowledge?ments?|references?(?:\s+and\s+notes?)?|bibliography|literature(?:\s+cited)?|abbreviations|funding|appendix)\s*:?",
    re.IGNORECASE,
)

KEYWORDS = re.compile(r"(?:key\s?words?|abbreviations)\b\s*:?", re.IGNORECASE)

# Shares of the type size.
LEADING = 1.75  # baselines further apart are not one region's
REACH = 4.0  # stacks that end higher above a line are not looked at again
HANGING = 4.0  # how far a line may start left of or right of the region's edge
OVERHANG = 1.2  # how far a line may end right of the lines above it
HEADS = 2.0  # a heading stands no further above what it heads
BROAD = 0.15  # the share of the page's text width that a region must have to part those above and below it
MANY = 300  # regions; above it (a figure's lettering) the order is by height alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Lines that stand under each other, in one size and weight."""

    lines: tuple[Line, ...]
    box: Box

    @property
    def size(self) -> float:
        """The type size in points."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """The lines, joined by spaces."""
        return " ".join(line.text for line in self.lines)

    @property
    def heavy(self) -> bool:
        """Whether every word is bold."""
        return all(line.heavy for line in self.lines)

    @property
    def slanted(self) -> bool:
        """Whether every word is italic."""
        return all(line.slanted for line in self.lines)


def region_of(lines: Sequence[Line]) -> Region:
    """Make a region of lines of one page, from top to bottom."""
    return Region(
        lines=tuple(lines),
        box=Box(
            page=lines[0].box.page,
            x0=min(line.box.x0 for line in lines),
            top=min(line.box.top for line in lines),
            x1=max(line.box.x1 for line in lines),
            bottom=max(line.box.bottom for line in lines),
        ),
    )


def regions_of(lines: Sequence[Line]) -> list[Region]:
    """Return the regions of one page's lines in reading order."""
    ordered = sorted(lines, key=lambda line: (line.baseline, line.box.x0))
    levels = [line.baseline for line in ordered]
    stacks: list[list[Line]] = []
    near: list[list[Line]] = []  # the stacks that end close enough above to take a line
    for line in ordered:
        near = [stack for stack in near if line.baseline - stack[-1].baseline <= REACH * stack[-1].size]
        above = [stack for stack in near if _stands_under(stack, line)]
        between = (
            ordered[bisect_left(levels, above[0][-1].baseline) : bisect_left(levels, line.baseline)] if above else []
        )
        if len(above) == 1 and not _interposed(above[0][-1], line, between):
            above[0].append(line)
        else:
            stacks.append([line])
            near.append(stacks[-1])
    return in_order([region_of(stack) for stack in stacks])


def _stands_under(stack: Sequence[Line], line: Line) -> bool:
    last = stack[-1]
    size = max(last.size, line.size)
    if not 0.5 * size < line.baseline - last.baseline <= LEADING * size:
        return False
    alike = abs(last.size - line.size) <= 0.06 * size or last.styles & line.styles
    if not alike or last.heavy != line.heavy or _parted(last, line):
        return False
    if min(last.box.x1, line.box.x1) <= max(last.box.x0, line.box.x0):
        return False
    x0 = min(other.box.x0 for other in stack)
    x1 = max(other.box.x1 for other in stack)
    if len(stack) > 1 and (line.box.x1 > x1 + OVERHANG * size or line.box.x0 < x0 - HANGING * size):
        return False
    if len(stack) > 1:
        usual = stack[-1].baseline - stack[-2].baseline
        return line.baseline - last.baseline <= 1.3 * usual + 0.1 * size
    return abs(line.box.x0 - last.box.x0) < HANGING * size or _centred(last, line)


def _parted(last: Line, line: Line) -> bool:
    """Say whether one of two lines is a heading by its name, or by a font that the other does not have."""
    if SECTION.fullmatch(last.text.strip()) or SECTION.fullmatch(line.text.strip()):
        return True
    if KEYWORDS.match(line.text):
        return True
    if last.box.x1 > line.box.x1 - 2 * last.size and not last.text.endswith((".", ":", "?", "!")):
        return False  # a full line in the middle of a sentence: the next one is set in italics, no heading
    upper = line.text[0].isupper() or line.text[0].isdigit()
    return upper and not last.fonts & line.fonts and last.text[-1] not in ".,;:-"


def _centred(last: Line, line: Line) -> bool:
    return abs((last.box.x0 + last.box.x1) - (line.box.x0 + line.box.x1)) < last.size


def _interposed(last: Line, line: Line, lines: Sequence[Line]) -> bool:
    """Say whether a third line stands between two, over both from side to side."""
    return any(
        last.baseline + 0.3 * last.size < other.baseline < line.baseline - 0.3 * line.size
        and min(other.box.x1, line.box.x1, last.box.x1) > max(other.box.x0, line.box.x0, last.box.x0)
        for other in lines
    )


def in_order(regions: Sequence[Region]) -> list[Region]:
    """Return the regions of one page in reading order."""
    found = sorted(regions, key=lambda region: (region.box.top, region.box.x0))
    if len(found) > MANY:
        return found
    width = max((r.box.x1 for r in found), default=0.0) - min((r.box.x0 for r in found), default=0.0)
    broad = [region for region in found if region.box.x1 - region.box.x0 > BROAD * width]
    boxes = [_with_what_it_heads(region, found) for region in found]
    before: list[set[int]] = [set() for _ in found]  # the regions that must come before each
    for b in range(len(found)):
        for a in range(len(found)):
            if a != b and _comes_before(boxes[a], boxes[b], broad):
                before[b].add(a)
    order: list[Region] = []
    left = list(range(len(found)))
    while left:
        # A circle of 'before' is broken at the region that stands highest.
        nxt = next((at for at in left if not before[at]), left[0])
        order.append(found[nxt])
        left.remove(nxt)
        for at in left:
            before[at].discard(nxt)
    return order


def _with_what_it_heads(region: Region, regions: Sequence[Region]) -> Box:
    """Return the box of a region; that of a heading is as wide as what stands right below it.

    The heading of a list that runs over all columns stands over all of them, though its words do not.
    """
    first = region.lines[0]
    if len(region.lines) > 1 or not (region.heavy or region.slanted or SECTION.fullmatch(first.text.strip())):
        return region.box
    below = [
        other
        for other in regions
        if other is not region
        and -1 < other.box.top - region.box.bottom < HEADS * region.size
        and other.box.x0 < region.box.x1
        and other.box.x1 > region.box.x0
    ]
    if len(below) != 1:
        return region.box
    box = below[0].box
    return replace(region.box, x0=min(region.box.x0, box.x0), x1=max(region.box.x1, box.x1))


def _comes_before(a: Box, b: Box, broad: Sequence[Region]) -> bool:
    slack = 2.0
    if a.x0 < b.x1 - slack and b.x0 < a.x1 - slack:
        return a.top + a.bottom < b.top + b.bottom
    if a.x0 >= b.x0:
        return False
    upper, lower = min(a.bottom, b.bottom), max(a.top, b.top)
    for region in broad:
        c = region.box
        if c.x0 < a.x1 - slack and c.x1 > b.x0 + slack and upper - slack <= c.top and c.bottom <= lower + slack:
            return False
    return True
