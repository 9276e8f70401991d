"""Events of exons, fusions by notation, and copy-number changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.shared.found import Found, found_at, near

_EXON = re.compile(
    r"(?<![A-Za-z0-9])(?P<word>[Ee]xons?|[Ee]x)[\s-]?(?P<number>\d{1,2})(?:\s?(?:-|–|to|and|/)\s?(?P<last>\d{1,2}))?"
    r"[\s-]?(?:in-frame\s|inframe\s|frameshift\s|small\s)?"
    r"(?P<edit>deletions?/insertions?|deletion-insertion|deletions?|dels?|insertions?|ins|inss|duplications?|dups?|skipping"
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
    r"(?<![A-Za-z0-9.,-])(?:E?(?P<number>(?:1\d|2[0-5]))[\s-]?(?P<edit>[Dd]el|[Ii]ns|[Dd]up|DEL|INS|DUP)s?"
    r"|(?P<edit2>[Dd]el|[Ii]ns)[\s-]?(?P<number2>1\d|2[0-5]))(?![A-Za-z0-9]|\s?(?:bp|kb|nt)|-\d)"
)
# Rearrangements of chromosomes in the notation of cytogenetics (ISCN): t(9;22)(q34;q11), inv(2)(p21p23).
_BAND = r"[pq](?:\d{1,2}(?:\.\d{1,3})?)?"
_REARRANGED = re.compile(
    r"(?<![A-Za-z0-9])(?:t\s?\(\s?(?:\d{1,2}|X|Y)(?:\s?;\s?(?:\d{1,2}|X|Y|v|\?)){1,2}\s?\)|inv\s?\(\s?(?:\d{1,2}|X)\s?\))"
    rf"(?:\s?\(\s?{_BAND}(?:\s?[;~-]?\s?{_BAND}){{1,2}}\s?\))?"
)
# 'codon 12 mutation', 'mutations in codons 12 and 13': which residue it became is not said.
_CODON = re.compile(
    r"(?<![A-Za-z0-9])[Cc]odons?[\s-](?P<number>[1-9]\d{0,3})(?P<more>(?:\s?(?:,|/|and|or|,\sand|,\sor)\s?[1-9]\d{0,3}(?![\d.%]))*)"
    r"[\s-](?:(?:point|missense|somatic|activating|hotspot|hot-spot)\s)?(?:mutations?|mutants?|mutated|substitutions?)(?![A-Za-z])"
)
_CODON_AFTER = re.compile(
    r"(?<![A-Za-z0-9])[Mm]utations?\s(?:(?:in|at|of|affecting)\s)(?:the\s)?(?:[A-Za-z0-9-]{2,10}\s(?:gene\s)?)?[Cc]odons?\s"
    r"(?P<number>[1-9]\d{0,3})(?P<more>(?:\s?(?:,|/|and|or|,\sand|,\sor)\s?[1-9]\d{0,3}(?![\d.%]))*)(?![\d.%]|\s?\()"
)
_NUMBER = re.compile(r"\d+")
_SHORT_ANCHORS = ("del", "ins", "dup", "DEL", "INS", "DUP", "Del", "Ins", "Dup")
_EXON_ANCHORS = ("xon", *(f"x{joint}{digit}" for joint in ("", "-", " ") for digit in range(1, 10)))
_EDITS = {"del": "deletion", "ins": "insertion", "dup": "duplication", "ski": "skipping", "mut": "mutation"}


def rearrangements(text: str) -> Iterator[Found]:
    """Yield translocations and inversions in ISCN's notation, named without spaces: 't(9;22)(q34;q11)'."""
    if "t(" in text or "t (" in text or "inv" in text:
        for match in _REARRANGED.finditer(text):
            yield Found(start=match.start(), end=match.end(), names=(re.sub(r"\s", "", match[0]),), kind="fusion")


def mutated_codons(text: str) -> Iterator[Found]:
    """Yield codons that are said to be mutated, named 'codon 12 mutation': one find with a name for each number."""
    codons = found_at(text, "odon")
    for pattern in (_CODON, _CODON_AFTER) if codons else ():
        for match in near(pattern, text, codons, back=60, ahead=120):
            numbers = [match["number"], *_NUMBER.findall(match["more"])]
            names = tuple(f"codon {number} mutation" for number in dict.fromkeys(numbers))
            yield Found(start=match.start(), end=match.end(), names=names, score=0.9)


def events(text: str) -> Iterator[Found]:
    """Yield exon-level events, named 'exon 19 deletion'."""
    for match in near(_SHORT, text, found_at(text, *_SHORT_ANCHORS), back=6, ahead=12):
        number, edit = match["number"] or match["number2"], match["edit"] or match["edit2"]
        yield Found(start=match.start(), end=match.end(), names=(f"exon {number} {_EDITS[edit.lower()]}",), score=0.8)
    exons = found_at(text, *_EXON_ANCHORS)
    for pattern in (_EXON, _EXON_AFTER) if exons else ():
        for match in near(pattern, text, exons, back=40, ahead=70):
            if _COUNTED.search(text, max(0, match.start() - 24), match.start()):
                continue
            edit = match["edit"].lower()
            name = "deletion-insertion" if "/" in edit or "-" in edit or edit.startswith("indel") else _EDITS[edit[:3]]
            number = match["number"] + (f"-{match['last']}" if match["last"] else "")
            yield Found(start=match.start(), end=match.end(), names=(f"exon {number} {name}",), score=0.9)
