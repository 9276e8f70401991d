"""Lists of variants or drugs in cells and sentences: runs of names with nothing but separators between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from curate.records import Place
from extract.records import CellRef, Mention
from extract.text.locator import Locator
from extract.text.neighbourhood import Context, outermost

KINDS = ("variant", "drug")

# What may stand between two entries; a sign that makes a compound ('+', '/') joins parts of one entry.
SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:and|or|&)?|\band\b|\bor\b|&)\s*(?:the\s+)?(?:p\.)?")
BLANK = re.compile(r"\s+")
# What makes a name part of a compound, or of a regimen, by kind: after it and before it.
_JOINED = {
    "variant": (re.compile(r"\s*[+/]|\s+plus\b"), re.compile(r"(?:[+/]|\bplus|(?:del|ins|dup)[A-Z]*;)\s*(?:p\.)?$")),
    "drug": (
        re.compile(r"\s*[+/]|\s+(?:plus|with)\b|\s*-\s*(?:based|resistant|sensitive)|\s+[(\[]"),
        re.compile(r"(?:[+/]|\b(?:plus|with))\s*$"),
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list; `whole` says that it is a single name, no part of a compound or a regimen."""

    mention: Mention
    whole: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of names of one kind. `gaps[i]` is the text between entry i and the next."""

    kind: str
    entries: tuple[Entry, ...]
    gaps: tuple[str, ...]
    cell: CellRef | None


def listings(context: Context) -> Iterator[Listing]:
    """Yield the lists of two or more names of one kind, in cells and in sentences."""
    for kind in KINDS:
        run: list[Mention] = []
        for mention in outermost(context.of_kind(kind)):
            if run and not _continues(context, run[-1], mention):
                yield from _listing(context, kind, run)
                run = []
            run.append(mention)
        yield from _listing(context, kind, run)


def place(context: Context, mention: Mention, role: str) -> Place:
    """Return the place of an entry."""
    locator = Locator(context.document)
    return Place(role=role, evidence=locator.evidence(mention.span, extractor=mention.recognizer, cell=mention.cell))


_LEGEND = re.compile(
    r"\b(?:[Aa]bbreviations?|[Dd]efinitions?|[Kk]ey|[Ll]egend)\s?:|\w[\w/-]*,\s[^;,]{3,60};\s\w[\w/-]*,\s[^;,]{3,60};"
)


def _in_legend(context: Context, mention: Mention) -> bool:
    """Say whether a name stands in the legend of a table or figure, which pairs short forms with what they mean."""
    block = context.block(mention.span.start)
    if block is None:
        return False
    return bool(_LEGEND.search(context.text(block.span)[: mention.span.end - block.span.start + 80]))


def _continues(context: Context, last: Mention, mention: Mention) -> bool:
    if last.cell != mention.cell:
        return False
    gap = context.document.text[last.span.end : mention.span.start]
    if _in_legend(context, last):
        return False
    return SEPARATOR.fullmatch(gap) is not None or (last.cell is not None and BLANK.fullmatch(gap) is not None)


def _listing(context: Context, kind: str, run: Sequence[Mention]) -> Iterator[Listing]:
    if len(run) < 2:
        return
    text = context.document.text
    gaps = tuple(text[one.span.end : other.span.start] for one, other in pairwise(run))
    glued = [gap == ";" for gap in gaps]
    # Beside wider separators a semicolon without a space joins the changes of one allele: 'L747_E749del;A750P, L858R'.
    joined = glued if kind == "variant" and not all(glued) else [False] * len(gaps)
    sides = zip([False, *joined], [*joined, False], run, strict=True)
    entries = tuple(
        Entry(mention, not (before or after) and _is_whole(text, mention)) for before, after, mention in sides
    )
    yield Listing(kind, entries, gaps, run[0].cell)


def _is_whole(text: str, mention: Mention) -> bool:
    after, before = _JOINED[mention.kind]
    start = mention.span.start
    return not (after.match(text, mention.span.end) or before.search(text[max(0, start - 12) : start]))
