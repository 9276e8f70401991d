"""Events of exons, fusions by notation, and copy-number changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.recognizers.grammar.found import Found

_EXON = re.compile(
    r"(?<![A-Za-z0-9])(?P<word>[Ee]xons?|[Ee]x)[\s-]?(?P<number>\d{1,2})(?:\s?(?:-|–|to|and|/)\s?(?P<last>\d{1,2}))?"
    r"[\s-](?:in-frame\s|inframe\s|frameshift\s|small\s)?"
    r"(?P<edit>deletions?/insertions?|deletion-insertion|deletions?|del|insertions?|ins|duplications?|skipping"
    r"|mutations?|indels?)(?![A-Za-z0-9])"
)
_EXON_AFTER = re.compile(
    r"(?<![A-Za-z0-9])(?P<edit>[Dd]eletions?|[Ii]nsertions?|[Dd]uplications?|[Ss]kipping)\s(?:in|of)\s(?:the\s)?"
    r"exons?\s(?P<number>\d{1,2})(?:\s?(?:-|–|to|and)\s?(?P<last>\d{1,2}))?(?![A-Za-z0-9])"
)
_EDITS = {"del": "deletion", "ins": "insertion", "dup": "duplication", "ski": "skipping", "mut": "mutation"}


def events(text: str) -> Iterator[Found]:
    """Yield exon-level events, named 'exon 19 deletion'."""
    for pattern in (_EXON, _EXON_AFTER):
        for match in pattern.finditer(text):
            edit = match["edit"].lower()
            if "/" in edit or "-" in edit or edit.startswith("indel"):
                name = "deletion-insertion"
            else:
                name = _EDITS[edit[:3]]
            number = match["number"] + (f"-{match['last']}" if match["last"] else "")
            yield Found(start=match.start(), end=match.end(), names=(f"exon {number} {name}",), score=0.9)
