"""Events of exons, fusions by notation, and copy-number changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.recognizers.grammar.found import Found

_EXON = re.compile(
    r"(?<![A-Za-z0-9])(?P<word>[Ee]xons?|[Ee]x)[\s-]?(?P<number>\d{1,2})(?:\s?(?:-|–|to|and|/)\s?(?P<last>\d{1,2}))?"
    r"[\s-]?(?:in-frame\s|inframe\s|frameshift\s|small\s)?"
    r"(?P<edit>deletions?/insertions?|deletion-insertion|deletions?|del|insertions?|ins|duplications?|skipping"
    r"|mutations?|indels?)(?![A-Za-z0-9])"
)
_EXON_AFTER = re.compile(
    r"(?<![A-Za-z0-9])(?P<edit>[Dd]eletions?|[Ii]nsertions?|[Dd]uplications?|[Ss]kipping)\s(?:in|of)\s(?:the\s)?"
    r"exons?\s(?P<number>\d{1,2})(?:\s?(?:-|–|to|and)\s?(?P<last>\d{1,2}))?(?![A-Za-z0-9])"
)
# A few bases lost within an exon are not the loss of it.
_COUNTED = re.compile(
    r"(?:bp|base-?\s?pairs?|basepairs?|nucleotides?|nt|kb|single-base|point)[\s-](?:in-?frame\s|frameshift\s)?$"
)
# '19del', 'Del19', 'ex20ins': the shorthand of the clinic for the exons that kinases are altered in.
_SHORT = re.compile(
    r"(?<![A-Za-z0-9.,-])(?:(?P<number>(?:1\d|2[0-5]))[\s-]?(?P<edit>del|ins|dup|DEL|INS)"
    r"|(?P<edit2>[Dd]el|[Ii]ns)[\s-]?(?P<number2>1\d|2[0-5]))(?![A-Za-z0-9]|\s?(?:bp|kb|nt)|-\d)"
)
_EDITS = {"del": "deletion", "ins": "insertion", "dup": "duplication", "ski": "skipping", "mut": "mutation"}


def events(text: str) -> Iterator[Found]:
    """Yield exon-level events, named 'exon 19 deletion'."""
    for match in _SHORT.finditer(text):
        number, edit = match["number"] or match["number2"], match["edit"] or match["edit2"]
        yield Found(start=match.start(), end=match.end(), names=(f"exon {number} {_EDITS[edit.lower()]}",), score=0.8)
    for pattern in (_EXON, _EXON_AFTER):
        for match in pattern.finditer(text):
            if _COUNTED.search(text, max(0, match.start() - 24), match.start()):
                continue
            edit = match["edit"].lower()
            name = "deletion-insertion" if "/" in edit or "-" in edit or edit.startswith("indel") else _EDITS[edit[:3]]
            number = match["number"] + (f"-{match['last']}" if match["last"] else "")
            yield Found(start=match.start(), end=match.end(), names=(f"exon {number} {name}",), score=0.9)
