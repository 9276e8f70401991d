"""Abbreviations expanded in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import place_name
from extract.claims.abbreviation import Expansion
from extract.records import Document, Evidence, Extraction

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset("a an and as at by for from in of on or the to with non".split())
MISSPELLED = 2


@dataclass(frozen=True, slots=True)
class _Expanded:
    """A long form at one of its places."""

    long: str
    words: tuple[str, ...]
    evidence: Evidence


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
    expanded: dict[str, list[_Expanded]] = defaultdict(list)
    for claim in extraction.claims:
        form = claim.arguments
        if isinstance(form, Expansion) and _spells(form.short, words := _words(form.long)):
            expanded[form.short.rstrip("s")].extend(_Expanded(form.long, words, place) for place in claim.evidence)
    for short, found in sorted(expanded.items()):
        if len(found) < 2:
            yield Outcome.NOT_APPLICABLE
            continue
        other = next((one for one in found[1:] if not _alike(one.words, found[0].words)), None)
        yield Outcome.CONSISTENT if other is None else _doubt(extraction.document, short, found[0], other)


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


def _doubt(document: Document, short: str, one: _Expanded, other: _Expanded) -> Doubt:
    first, second = one.evidence, other.evidence
    return Doubt(
        severity=Severity.NOTICE,
        subject=short,
        message=(
            f"{short} stands for '{one.long}' in {place_name(document, first)} but for '{other.long}' in "
            f"{place_name(document, second)}."
        ),
        key=(short, *sorted((" ".join(one.words), " ".join(other.words)))),
        places=(Place(role=one.long, evidence=first), Place(role=other.long, evidence=second)),
    )
