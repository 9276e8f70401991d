"""Trials by number: those of registries, and those that a cooperative group numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.recognizers import Capture
from extract.mentions.shared.found import found_at, near
from extract.mentions.shared.word_lists import alternatives, listed

_REGISTRIES = listed(__package__, "registries.tsv")
_DASH = "[-‐‑–—]"
_EUDRACT = (
    r"(?:EudraCT|EUDRACT|Eudra-CT|EU-?CTR|EU\sCT|CTIS)?[\s-]{0,2}(?:[Nn]umber|[Nn]o\.?|[Nn]r\.?)?[\s:,#-]{0,3}"
    rf"(?P<eu>20\d\d{_DASH}[05]\d{{5}}{_DASH}\d\d)(?:{_DASH}\d\d)?"
)
REGISTRY = re.compile(
    rf"(?<![A-Za-z0-9])(?:{'|'.join(f'(?:{pattern})' for _, pattern in _REGISTRIES)}|{_EUDRACT})(?![A-Za-z0-9])"
)
_MARKS = (
    "NCT",
    "ISRCTN",
    "CTR",
    "CTI",
    "jRCT",
    "JMA-",
    "UMIN",
    "DRKS",
    "KCT",
    "NTR",
    "NL",
    "IRCT",
    "RPCEC",
    "RBR-",
    "PER-",
)
_EU_MARK = re.compile(rf"{_DASH}\d{{6}}{_DASH}")
_WORDS = re.compile(r"(?:[Nn]o\.?|[Nn]umber|(?<=UMIN)-?CTR|ID)-?(?=\d)")
_GROUPS = alternatives(listed(__package__, "cooperative_groups.tsv"))
_GROUP_TRIAL = re.compile(
    rf"(?<![A-Za-z0-9/-])(?P<group>{_GROUPS})(?:(?P<joint>[\s-])?)"
    r"(?P<number>(?:[A-Z]{1,5}[-.]?\d{1,6}(?:[-./]\d{1,2})?|\d{3,6}|\d{1,4}[-./]\d{2,3}|(?<=\d\s)\d{1,3})[A-Z]?)(?![A-Za-z0-9%]|\.\d|[-/]\d)"
)
_SHORT_NUMBER = re.compile(r"(?P<group>HOVON|PRODIGE|ABCSG|NVALT|SPCG|NSAS-BC|AGO-OVAR)[\s-]\d{1,3}(?![\w.%]|[-/]\d)")
_EA = re.compile(r"(?<![A-Za-z0-9-])(?:EA|EAY|EAQ|EAI)\d{3,4}(?![A-Za-z0-9])")
# A number behind a group's capitals: 'RTOG 0617', 'NRG-GY018', 'CCTG BR.31'.
_FIGURES = re.compile(r"[A-Z](?:[\s./-]|(?<=e)\s)?\d|Alliance\sA\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


def registry_numbers(text: str) -> Iterator[Capture]:
    """Yield the numbers of registries; `normalized` and `entity` are the number without spaces."""
    marks = [*found_at(text, *_MARKS), *(match.start() for match in _EU_MARK.finditer(text))]
    for match in near(REGISTRY, text, sorted(marks), back=40, ahead=60):
        number = number_of(match)
        start = match.start("eu") if match["eu"] else match.start()
        yield Capture(kind="trial", start=start, end=match.end(), normalized=number, entity=number)


def number_of(match: re.Match[str]) -> str:
    """Return the normal form of a number of a registry."""
    if match["eu"]:
        return re.sub(_DASH, "-", match["eu"])
    plain = _WORDS.sub("", re.sub(r"[\s:]", "", match[0]))
    if plain.upper().startswith(("NCT", "ISRCTN", "UMIN", "DRKS")):
        return plain.replace("-", "").upper()
    if plain.startswith("JapicCTI"):
        return f"JapicCTI-{re.sub(r'[^0-9]', '', plain)}"
    return plain


def group_trials(text: str) -> Iterator[Capture]:
    """Yield the trials of cooperative groups, named as printed with plain hyphens: 'RTOG 0617', 'NSABP B-31'."""
    figures = [match.start() for match in _FIGURES.finditer(text)]
    for pattern in (_GROUP_TRIAL, _SHORT_NUMBER) if figures else ():
        for match in near(pattern, text, figures, back=24, ahead=30):
            number = match.groupdict().get("number") or ""
            if _YEAR.fullmatch(number) or (match["group"] == "ECOG" and not re.match(r"E[A-Z]?\d{4}", number)):
                continue
            start = match.start("number") if match["group"] == "ECOG-ACRIN" else match.start()
            yield _named(text, start, match.end())
    for match in _EA.finditer(text):
        yield _named(text, match.start(), match.end())


def _named(text: str, start: int, end: int) -> Capture:
    name = " ".join(re.sub("[‐‑–]", "-", text[start:end]).split())
    return Capture(kind="trial", start=start, end=end, normalized=name, score=0.95)
