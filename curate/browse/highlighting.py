"""A text cut where mentions begin and end, so that each part can be shown in the colour of what it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from curate.browse.page_records import MarkRow, Part


def parts_of(text: str, start: int, marks: Sequence[MarkRow]) -> tuple[Part, ...]:
    """Return the parts of a text that stands at the offset `start` of its document; together they are the text.

    Mentions may overlap and nest; a part names all that cover it, the shortest first. A mention that begins before
    the text, or ends after it, covers what lies within; one that lies elsewhere covers nothing.
    """
    end = start + len(text)
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    edges = {start, end}.union(
        *({max(start, mark.start), min(end, mark.end)} for mark in inside),
    )
    cuts = sorted(edges)
    return tuple(_part(text, start, here, there, inside) for here, there in pairwise(cuts))


def _part(text: str, start: int, here: int, there: int, marks: Sequence[MarkRow]) -> Part:
    over = [mark for mark in marks if mark.start <= here and there <= mark.end]
    return Part(
        text=text[here - start : there - start],
        marks=tuple(sorted(over, key=lambda mark: (mark.end - mark.start, mark.start, mark.id))),
        begins=tuple(mark for mark in over if max(start, mark.start) == here),
    )
