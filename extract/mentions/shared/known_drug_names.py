"""Drugs where they stand in a text: one pass of an Aho-Corasick automaton over all names (Aho & Corasick, 1975)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick

from corpus.drugs import Drug, drug, listed_codes, names, stems
from extract.mentions.shared.phrases import automaton, lowered


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugName:
    """A drug's name in a text; `drug` is None for an agent that no list knows, `score` how sure the reading is."""

    start: int
    end: int
    name: str
    drug: Drug | None
    score: float = 1.0


_SHORT = 4
# The letters and digits that a development code has at least; shorter ones are names of many things.
_CODE_LENGTH = 5
_DASHES = str.maketrans("‐‑–−", "----")


@functools.cache
def _automaton() -> ahocorasick.Automaton:
    return automaton(names())


def known_drugs(text: str) -> Iterator[DrugName]:
    """Yield the drugs that the reference data names, the longest where names overlap, in order."""
    low = lowered(text)
    best: dict[int, tuple[int, str]] = {}
    for last, name in _automaton().iter(low):
        start, end = last - len(name) + 1, last + 1
        if _is_bounded(low, start, end) and _is_spelled(text[start:end], name):
            best[start] = max(best.get(start, (0, "")), (end, name))
    reached = 0
    for start in sorted(best):
        end, name = best[start]
        if start >= reached:
            reached = end
            yield DrugName(start=start, end=end, name=names()[name].name, drug=names()[name])


def _is_bounded(lowered: str, start: int, end: int) -> bool:
    if start and (
        lowered[start - 1].isalnum() or (lowered[start - 1] == "-" and lowered[start - 2 : start - 1].isdigit())
    ):
        return False
    if end == len(lowered):
        return True
    after = lowered[end]
    if after == "s" and not lowered[end + 1 : end + 2].isalnum() and lowered[end - 1].isalpha():
        return end - start > _SHORT
    return not after.isalnum() and not (
        after == "-" and lowered[end + 1 : end + 2].isdigit() and lowered[end - 1].isdigit()
    )


_HAS_WORD = re.compile("[A-Za-z]{6}")
_LONG_NUMBER = re.compile(r"-\d\d")


def _is_code(spelled: str) -> bool:
    """Say whether a name with figures is set as codes are: in capitals (or '5-FU'), and not too short."""
    first = next((letter for letter in spelled if letter.isalpha()), "")
    if spelled[0].isdigit():
        return spelled.isupper()
    enough = sum(letter.isalnum() for letter in spelled) >= _CODE_LENGTH or _LONG_NUMBER.search(spelled) is not None
    return (enough and first.isupper()) or spelled in listed_codes()


@functools.lru_cache(maxsize=20000)
def _is_spelled(spelled: str, name: str) -> bool:
    """Say whether the case fits: codes and short names are in capitals, names are not set mIxEd."""
    if any(letter.isdigit() for letter in spelled) and not _HAS_WORD.search(spelled):
        return _is_code(spelled)
    if len(spelled) <= _SHORT:
        return spelled.isupper()
    return spelled.islower() or spelled.isupper() or spelled[1:].islower() or names()[name].name != name


_WORD = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z][a-z]{6,28}|[A-Z]{8,28})(?:[-][a-z]{4}(?![a-z]))?(?![A-Za-z0-9])")
_SECOND = re.compile(r"\s([a-z]{5,15})(?![A-Za-z0-9-])")
_NOT_AGENTS = re.compile(r"(?:inhibitors?|snib|magnib)$")
# The endings of verbs and nouns that may be words of their own: 'reversing' is no 'reversine'.
_INFLECTED = re.compile(r"(?:ings?|ed|ly|[st]ions?|ments?|ness|able|ous|ive)$")
SHORTEST_MISSPELLED = 8


def other_drugs(text: str) -> Iterator[DrugName]:
    """Yield misspelled drugs (score 0.9) and agents that only their stem tells (score 0.7)."""
    for match in _WORD.finditer(text):
        found = _unlisted(match[0].lower())
        if found:
            name, score = found
            second = _SECOND.match(text, match.end())
            whole = f"{name} {second[1]}" if second else ""
            end = match.end()
            if second and whole in names():
                # 'datopotomab deruxtecan': the second word of a conjugate belongs to the misspelled first.
                name, end = names()[whole].name, second.end()
            yield DrugName(start=match.start(), end=end, name=name, drug=drug(name), score=score)


@functools.lru_cache(maxsize=100_000)
def _unlisted(word: str) -> tuple[str, float] | None:
    if word in names() or _NOT_AGENTS.search(word):
        return None
    singular = word.removesuffix("s")
    if singular in names():
        return None
    near = _one_edit_away(word) if len(word) >= SHORTEST_MISSPELLED else frozenset()
    stemmed = word[3:].endswith(_endings())  # a stem has at least three letters before it
    if len(near) == 1:
        (name,) = near
        if stemmed or name.endswith(_endings()) or not _INFLECTED.search(word):
            return name, 0.9
    return (word, 0.7) if stemmed else None


@functools.cache
def _endings() -> tuple[str, ...]:
    return tuple(stems())


@functools.cache
def _shortened() -> dict[str, frozenset[str]]:
    """Return each single-word INN, whole and with any one letter left out (the index of SymSpell, Garbe 2012)."""
    index: dict[str, set[str]] = {}
    for agent in dict.fromkeys(names().values()):
        if agent.name.isalpha() and len(agent.name) >= SHORTEST_MISSPELLED:
            for form in _without_one(agent.name):
                index.setdefault(form, set()).add(agent.name)
    return {form: frozenset(found) for form, found in index.items()}


def _without_one(word: str) -> set[str]:
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def _one_edit_away(word: str) -> frozenset[str]:
    """Return the INNs that one letter put in, left out, changed or swapped with its neighbour turns the word into."""
    index = _shortened()
    near = {name for form in _without_one(word) for name in index.get(form, ())}
    return frozenset(name for name in near if _is_one_edit(word, name))


def _is_one_edit(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[first + 1 : first + 2] + one[first : first + 1]
        return one[first + 1 :] == other[first + 1 :] or (
            swapped == other[first : first + 2] and one[first + 2 :] == other[first + 2 :]
        )
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return long[first + 1 :] == short[first:]


_CODE = re.compile(
    r"(?<![A-Za-z0-9/-])(?P<letters>[A-Z]{2,5})(?P<joint>[-‐‑ ]?)(?P<number>\d{3,7})(?P<tail>[A-Z]?)(?![A-Za-z0-9]|-\d)"
)
_AGENT_BEFORE = re.compile(
    r"(?:\b(?:inhibitors?|agonist|antagonist|TKIs?|compound|agent|drug|antibody|degrader|PROTAC|ADC|molecule"
    r"|modulator)s?,?\s(?:\(|called\s|named\s)?"
    r"|\b(?:treated|treatment|combined|combination|therapy|monotherapy)\s(?:with|of)\s(?:the\s)?)$"
)
_AGENT_AFTER = re.compile(
    r"\)?[,:]?\s(?:is\s|was\s)?(?:an?\s|the\s)?(?:(?:[\w/-]+\s){0,5}(?:inhibitor|antagonist|agonist|TKI|degrader|antibody|overcome)|\d+\s?mg"
    r"|plus\b|treatment|monotherapy"
    r"|at\s(?:a\s)?dose)"
)
NOT_CODES = frozenset(
    "NCT GSE GSM PMC PMID CA HCC SNU PC MCF MDA NCI SKBR COLO CRD ISRCTN RTOG SWOG ECOG NRG JCOG WJOG UMIN CTRI PDB"
    " DOI HLA SW HT RRID CVCL ATCC ENSG NM NP XM NR HGNC UNII ICD ISO COSM COSV HL ACTRN DRKS KCT IRB PBS RPMI DMEM"
    " CPT ORF LOC GO MO BO WO".split()
)
"""Letters before numbers of cell lines, registries, data bases and genes, which are no makers of drugs."""
NEAR = 40


def coded_agents(text: str) -> Iterator[DrugName]:
    """Yield development codes that no list knows where the words beside them speak of an agent (score 0.6)."""
    for match in _CODE.finditer(text):
        if match["letters"] in NOT_CODES or (match["joint"] == " " or len(match["letters"] + match["number"]) < 5):
            continue
        before = text[max(0, match.start() - NEAR) : match.start()]
        if _AGENT_BEFORE.search(before) or _AGENT_AFTER.match(text, match.end()) or _explains(text, match):
            code = match[0].translate(_DASHES)
            yield DrugName(start=match.start(), end=match.end(), name=code, drug=None, score=0.6)


def _explains(text: str, match: re.Match[str]) -> bool:
    """Say whether the code stands in brackets after a word that is an agent's name: 'alkotinib (ZG-0148)'."""
    before = re.search(r"([A-Za-z]{6,})\s\($", text[max(0, match.start() - NEAR) : match.start()])
    if before is None or text[match.end() : match.end() + 1] not in (")", ",", ";"):
        return False
    word = before[1].lower()
    return word in names() or _unlisted(word) is not None
