"""Compound changes: two or more on one allele, joined by '+', '/', ';' in brackets, or words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.hgvs.notation import changes
from extract.mentions.shared.found import Found

_JOINT = re.compile(r"\s?\+\s?|\s?/\s?|:|[-‐‑–](?!\s)|\s(?:plus|with|and)\s(?=[^.;()]{0,40}\bin\scis\b)")
_BRACKET_BEFORE = re.compile(r"p\.\[$")
FEWEST = 2


def compounds(text: str, finds: Sequence[Found]) -> Iterator[Found]:
    """Yield a find over each run of single protein changes at different positions that are joined."""
    run: list[Found] = []
    for find in finds:
        if run and not (_is_single(find) and _joined(text, run, find)):
            yield from _compound(text, run)
            run = []
        if _is_single(find):
            run.append(find)
    yield from _compound(text, run)


def _is_single(find: Found) -> bool:
    if len(find.names) != 1 or find.kind != "variant":
        return False
    read = changes(find.names[0])
    return len(read) == 1 and read[0].edit != "residue" and read[0].alternative != "Xaa"


def _joined(text: str, run: Sequence[Found], after: Found) -> bool:
    before = run[-1]
    gap = text[before.end : after.start]
    if gap.strip() == ";":
        return _BRACKET_BEFORE.search(text, max(0, run[0].start - 3), run[0].start) is not None
    if len(gap) > len(" plus p."):
        return False
    return _JOINT.fullmatch(text, before.end, after.start) is not None or (
        _JOINT.match(text, before.end) is not None and gap.strip() in ("plus", "with", "and")
    )


def _compound(text: str, run: Sequence[Found]) -> Iterator[Found]:
    parts = [changes(find.names[0])[0] for find in run]
    if len(parts) < FEWEST or len({part.position for part in parts}) < len(parts):
        return
    start, end = run[0].start, run[-1].end
    bracket = _BRACKET_BEFORE.search(text, max(0, start - 3), start)
    if bracket:
        start = bracket.start()
        end += text[end : end + 1] == "]"
    # HGVS lists the changes of an allele by position: however it is written, a compound has one name.
    ordered = sorted(run, key=lambda find: changes(find.names[0])[0].position)
    names = ";".join(find.names[0].removeprefix("p.") for find in ordered)
    yield Found(start=start, end=end, names=(f"p.[{names}]",), score=min(find.score for find in run), gene=run[0].gene)
