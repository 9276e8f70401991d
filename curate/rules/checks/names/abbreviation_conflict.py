"""Abbreviations expanded in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.statements import Stated, conflict, grouped, stated
from extract.claims.abbreviation import Expansion
from extract.records import Document, Extraction

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset("a an and as at by for from in of on or the to with non".split())
MISSPELLED = 2


@RULES.register("abbreviation-conflict")
def abbreviation_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find abbreviations that the paper expands in two ways.

    Compares the long forms of each short form in the text ('objective response rate (ORR)'), in the legends of
    tables and figures ('ORR: overall response rate') and in the list of abbreviations. Long forms are one when they
    differ in case, hyphens, plural, small words or a letter or two, or when one holds all the words of the other. Only
    long forms whose words begin with the letters of the short form count: others were cut out of their sentence
    wrongly.

    Example: ORR as 'objective response rate' in the text, 'overall response rate' under a table.

    Source: Schwartz & Hearst, Pac Symp Biocomput 2003 (finding the long forms).
    """
    spelled = (one for one in stated(extraction, Expansion) if _spells(one.said.short, _words(one.said.long)))
    for _, group in sorted(grouped(spelled, lambda said: said.short.rstrip("s")).items()):
        yield conflict(group, _differ, lambda one, other: _doubt(extraction.document, one, other))


def _differ(one: Stated[Expansion], other: Stated[Expansion]) -> bool:
    return not _alike(_words(one.said.long), _words(other.said.long))


def _words(text: str) -> tuple[str, ...]:
    words = _WORD.findall(text.casefold().replace("tumour", "tumor").replace("aemia", "emia"))
    return tuple(word.rstrip("s") for word in words if word not in _SMALL)


def _spells(short: str, words: tuple[str, ...]) -> bool:
    """Say whether the letters of a short form are the initials of its words, in order."""
    letters = [letter for letter in short.rstrip("s").casefold() if letter.isalpha()]
    return [word[:1] for word in words] == letters and len(letters) >= 2


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if set(one) <= set(other) or set(other) <= set(one):
        return True
    return len(one) == len(other) and all(
        OSA.distance(mine, yours) <= MISSPELLED or mine[:5] == yours[:5] for mine, yours in zip(one, other, strict=True)
    )


def _doubt(document: Document, one: Stated[Expansion], other: Stated[Expansion]) -> Doubt:
    short, mine, yours = one.said.short.rstrip("s"), one.said.long, other.said.long
    return Doubt(
        severity=Severity.NOTICE,
        subject=short,
        message=f"{short} stands for '{mine}' in {one.place(document)} but for '{yours}' in {other.place(document)}.",
        key=(short, *sorted((" ".join(_words(mine)), " ".join(_words(yours))))),
        places=(Place(role=mine, evidence=one.evidence), Place(role=yours, evidence=other.evidence)),
    )
