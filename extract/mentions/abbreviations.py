"""Short forms that a document defines: found without spaCy, and what they mean wherever they stand.

`defined` is the algorithm of Schwartz & Hearst (Pac Symp Biocomput 2003:451) for 'long form (SHORT)'; where a whole
article is read, scispaCy's detector is asked instead (`extract.ner.spacy_pipelines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.genes import Gene, gene
from corpus.genes import names as gene_names
from corpus.resources import folded
from extract.mentions.entity_kinds import long_forms
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.shared.found import found_at, near
from extract.mentions.shared.gene_names import is_of_gene
from extract.mentions.shared.trial_names import could_be_trial

LOOK_BACK = 200
SCORE = 0.9

_BRACKET = re.compile(r"[(\[](?P<short>[A-Za-z0-9][^\s(),;:=%\[\]]{1,11}(?:\s[A-Z0-9][\w-]{0,7})?)\s?[),;\]]")
# 'ORR (objective response rate)': the short form first.
_SHORT_FIRST = re.compile(
    r"(?<![A-Za-z0-9-])(?P<short>(?=[A-Za-z-]*[A-Z0-9][A-Za-z-]*[A-Z0-9])[A-Za-z][A-Za-z0-9-]{1,9})"
    r"\s?[(\[](?P<long>[A-Za-z][A-Za-zα-ω0-9 /'’‐-]{4,80})[)\]]"
)
_SENTENCE_END = re.compile(r"[.;:!?]\s")
_TRIAL = re.compile(r"\b(?:trial|study)\b", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:the|an?|human)\s", re.IGNORECASE)
_TRAILING = re.compile(r"\s(?:genes?|proteins?|oncogene)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a document gives for a short form; `means` is the entity that the long form names, if it names one."""

    short: str
    long: str
    means: Capture | None

    def denies(self, kind: str, normalized: str) -> bool:
        """Say whether the short form cannot be read as that entity in this document."""
        if kind == "gene" and self.means is None and _is_numbered(self.short, self.long, normalized):
            return False
        if self.means is not None:
            return (self.means.kind, self.means.normalized) != (kind, normalized)
        if kind == "gene":
            return not _names_gene(self.long, gene(normalized))
        return not any(capture.kind == kind for capture in RECOGNIZERS[kind](self.long))


def meanings(forms: Iterable[tuple[str, str]]) -> dict[str, Meaning]:
    """Return the meaning of each short form of (short, long) pairs, without those that are defined in two ways."""
    found: dict[str, Meaning | None] = {}
    for short, long in forms:
        meaning = Meaning(short=short, long=long, means=_named(short, long))
        known = found.get(short, meaning)
        same = known is not None and _same(known, meaning)
        found[short] = known if same else None
    return {short: meaning for short, meaning in found.items() if meaning is not None}


def uses(text: str, known: Mapping[str, Meaning]) -> Iterator[Capture]:
    """Yield where the short forms of entities stand in a text, in order."""
    resolved = {short: meaning.means for short, meaning in known.items() if meaning.means is not None}
    pattern = _pattern(tuple(sorted(resolved, key=lambda short: (-len(short), short))))
    for match in pattern.finditer(text) if pattern else ():
        means = resolved[match["short"]]
        yield Capture(
            kind=means.kind,
            start=match.start(),
            end=match.end(),
            normalized=means.normalized,
            entity=means.entity,
            score=SCORE,
        )


def defined(text: str) -> Iterator[tuple[str, str]]:
    """Yield the short and the long form of each 'long form (SHORT)' in a text."""
    for short, long, _ in definitions(text):
        yield short, long


def definitions(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the short form, the long form and the offset of the short form of each 'long form (SHORT)' in a text."""
    if "(" not in text and "[" not in text:
        return
    yield from sorted([*_long_first(text), *_short_first(text)], key=lambda found: found[2])


def _short_first(text: str) -> Iterator[tuple[str, str, int]]:
    for match in near(_SHORT_FIRST, text, found_at(text, "(", "["), back=12, ahead=84):
        long = " ".join(match["long"].split())
        initials = "".join(word[0] for word in re.split(r"[\s-]+", long) if word).lower()
        # The initials of the words, as here no words before the long form can be left out.
        if _long_form(match["short"], long) == long and initials[0] == match["short"][0].lower() and " " in long:
            yield match["short"], long, match.start("short")


def _long_first(text: str) -> Iterator[tuple[str, str, int]]:
    for match in _BRACKET.finditer(text):
        short = match["short"]
        if not any(letter.isupper() for letter in short):
            continue
        long = _long_form(short, text[max(0, match.start() - LOOK_BACK) : match.start()])
        if long:
            yield short, long, match.start("short")


def _long_form(short: str, before: str) -> str:
    """Return the fewest words at the end of a text whose letters hold those of the short form in order, else empty."""
    before = _SENTENCE_END.split(before)[-1].rstrip()
    initials = _of_initials(short, before)
    if initials:
        return initials
    words = len(short) + 5 if len(short) > 5 else 2 * len(short)
    letters = [letter.lower() for letter in short if letter.isalnum()]
    at = len(before) - 1
    lowest = _start_of_words(before, min(words, len(short) + 5))
    low = before.lower()
    if len(low) != len(before):
        return ""
    for index in range(len(letters) - 1, -1, -1):
        while at >= lowest and (low[at] != letters[index] or (index == 0 and at > lowest and low[at - 1].isalnum())):
            at -= 1
        if at < lowest:
            return ""
        at -= 1
    long = before[at + 1 :]
    return long if len(long) > len(short) and short not in long.split() and len(long.split()) <= words else ""


_CAPITALS = re.compile(r"[A-Z]{2,8}s?")


def _of_initials(short: str, before: str) -> str:
    """Return the last words of a text where their initials are the short form: 'metastatic melanoma (MM)'."""
    letters = short.removesuffix("s").lower()
    words = list(re.finditer(r"[A-Za-zα-ω][\w’']*", before[-LOOK_BACK:]))
    if not _CAPITALS.fullmatch(short) or len(words) < len(letters):
        return ""
    last = words[-len(letters) :]
    if "".join(word[0][0] for word in last).lower() != letters:
        return ""
    return before[-LOOK_BACK:][last[0].start() :]


def _start_of_words(text: str, count: int) -> int:
    words = text.rsplit(None, count)
    if len(words) <= count:
        return len(text) - len(text.lstrip())
    return len(words[0]) + len(text[len(words[0]) :]) - len(text[len(words[0]) :].lstrip())


def _named(short: str, long: str) -> Capture | None:
    """Return the entity that a long form is the name of, over the whole of it."""
    plain = " ".join(long.split())
    determiner = _DETERMINER.match(plain)
    start = determiner.end() if determiner else 0
    for kind in long_forms():
        for capture in RECOGNIZERS[kind](plain):
            if capture.start <= start and capture.end >= len(plain) - 1:
                return capture
    spoken = plain[start:].casefold()
    spelled = _hgnc_names().get(spoken) or _hgnc_names().get(_TRAILING.sub("", spoken))
    if spelled is not None:
        return Capture(kind="gene", start=0, end=len(plain), normalized=spelled.symbol, entity=spelled.hgnc_id)
    if _TRIAL.search(plain) and could_be_trial(short):
        return Capture(kind="trial", start=0, end=len(plain), normalized=short)
    return None


_NUMBER = re.compile(r"\d+$")


def _is_numbered(short: str, long: str, symbol: str) -> bool:
    """Say whether a symbol is the short form of a name that ends with its number: 'Bicaudal D2 (BICD2)'."""
    number = _NUMBER.search(short)
    return (
        short == symbol
        and number is not None
        and len(short) >= LEAST_OF_SYMBOL
        and long.rstrip("'’\" ").endswith(number[0])
    )


LEAST_OF_SYMBOL = 4


def _names_gene(long: str, meant: Gene | None) -> bool:
    if meant is None or is_of_gene(long):
        return True
    said, named = _words(long), _words(meant.name)
    if said & named:
        return True
    own = {folded(name) for name in (meant.symbol, *meant.aliases, *meant.previous)}
    return any(folded(word) in own for word in long.split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower()))


def _same(one: Meaning, other: Meaning) -> bool:
    if one.means is None or other.means is None:
        return one.means is other.means
    return (one.means.kind, one.means.normalized) == (other.means.kind, other.means.normalized)


@cache
def _hgnc_names() -> dict[str, Gene]:
    """Return the approved names of genes ('epidermal growth factor receptor') with their genes."""
    return {found.name.casefold(): found for found in dict.fromkeys(gene_names().values()) if " " in found.name}


def _pattern(shorts: tuple[str, ...]) -> re.Pattern[str] | None:
    if not shorts:
        return None
    return re.compile(rf"(?<![\w-])(?P<short>{'|'.join(map(re.escape, shorts))})s?(?!\w)")
