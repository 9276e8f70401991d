"""Gains and losses of chromosomes and their arms: '1p/19q codeletion', 'trisomy 12', 'del(17p)', 'loss of 9p'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.shared.found import Found, found_at, near

_NUMBER = r"(?:[1-9]|1\d|2[0-2]|X|Y)"
_ARM = rf"{_NUMBER}[pq](?:\d{{1,2}}(?:\.\d{{1,2}})?(?:-q?\d{{1,2}}(?:\.\d{{1,2}})?)?)?"
_EVENT = (
    r"(?:co-?deletions?|deletions?|deleted|del|co-?deleted|loss|losses|gains?|gained|amplifications?|LOH"
    r"|loss\sof\sheterozygosity)"
)
_NAMED_AFTER = re.compile(
    rf"(?<![A-Za-z0-9./-])(?:(?:[Cc]hromosomes?\s)?(?:arms?\s)?)(?P<arms>{_ARM}(?:\s?(?:/|and|-|\+)\s?{_ARM})?)[\s-](?P<event>{_EVENT})(?![A-Za-z-]*[a-z]\s\d)(?![A-Za-z])"
)
_NAMED_BEFORE = re.compile(
    rf"(?<![A-Za-z])(?P<event>[Cc]o-?deletions?|[Dd]eletions?|[Ll]oss(?:es)?|[Gg]ains?|[Aa]mplifications?|LOH)\s(?:of|at|on|in)\s(?:the\s)?"
    rf"(?:chromosom\w+\s)?(?:arms?\s)?(?P<arms>{_ARM}(?:\s?(?:/|and|-|\+)\s?{_ARM})?)(?![A-Za-z0-9])"
)
_SOMY = re.compile(
    rf"(?<![A-Za-z])(?P<somy>[Mm]onosom|[Tt]risom|[Tt]etrasom|[Pp]olysom|[Nn]ullisom)(?:y|ies)\s(?:of\schromosome\s)?(?P<number>{_NUMBER})(?![A-Za-z0-9.%]|\s?(?:patients|%))"
)
_ISCN = re.compile(
    rf"(?<![A-Za-z0-9])(?P<event>del|dup|add|i)\s?\((?P<number>{_NUMBER})\)?\s?\(?(?P<arm>[pq](?:\d{{1,2}}(?:\.\d)?)?(?:[pq]\d{{1,2}}(?:\.\d)?)?)\)"
)
_ANCHOR = re.compile(r"[0-9XY][pq](?![A-Za-z])")
_EVENTS = {"del": "deletion", "los": "loss", "gai": "gain", "amp": "amplification", "loh": "loss of heterozygosity"}


def chromosome_arms(text: str) -> Iterator[Found]:
    """Yield changes of the copy number of chromosomes, named '1p/19q codeletion', 'trisomy 12', 'del(17p)'."""
    arms_at = [match.start() for match in _ANCHOR.finditer(text)]
    for pattern in (_NAMED_AFTER, _NAMED_BEFORE) if arms_at else ():
        for match in near(pattern, text, arms_at, back=50, ahead=60):
            arms = re.sub(r"\s?(?:/|and|-|\+)\s?(?=[0-9XY]+[pq])", "/", match["arms"])
            event = re.sub(r"-", "", match["event"].lower())
            name = "codeletion" if event.startswith("co") else _EVENTS[event[:3]]
            if event.startswith("loss of"):
                name = "loss of heterozygosity"
            yield _found(match, f"{arms} {name}")
    for match in near(_SOMY, text, found_at(text, "somy ", "somies "), back=12, ahead=30):
        yield _found(match, f"{match['somy'].lower()}y {match['number']}")
    for match in near(_ISCN, text, found_at(text, "("), back=6, ahead=30):
        yield _found(match, f"{match['event']}({match['number']}{match['arm']})")


def _found(match: re.Match[str], name: str) -> Found:
    return Found(start=match.start(), end=match.end(), names=(name,), kind="copy number", score=0.9)
