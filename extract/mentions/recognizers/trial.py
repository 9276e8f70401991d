"""The recogniser of trials: registry numbers, numbered programmes, and acronyms that the text calls a trial."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.entity_kinds import ENTITY_KINDS, EntityKind
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.shared.found import found_at, near
from extract.mentions.shared.trial_names import (
    NAME,
    canonical,
    could_be_trial,
    is_programme,
    is_study_code,
)

# The registries of the WHO's platform (ICTRP) whose numbers papers print.
_REGISTRY = re.compile(
    r"(?<![A-Za-z0-9])(?:(?P<nct>NCT[\s:-]{0,2}0\d{7})|(?P<isrctn>ISRCTN[\s:-]{0,2}\d{8})"
    r"|(?P<eudract>(?:EudraCT|EUDRACT|Eudra-CT|EU-?CTR|EU CT)?[\s:,#-]{0,2}(?:[Nn]umber|[Nn]o\.?)?[\s:]{0,2}"
    r"(?P<eu>20\d\d-[05]\d{5}-\d\d)(?:-\d\d)?)"
    r"|(?P<chictr>ChiCTR[\s-]?(?:[A-Z]{2,4}-)?\d{8,10})|(?P<japic>JapicCTI[\s-]{0,2}\d{5,6})|(?P<jrct>jRCTs?\d{9,10})"
    r"|(?P<umin>UMIN(?:-CTR)?[\s-]?\d{9})|(?P<actrn>ACTRN\d{14}p?)|(?P<drks>DRKS\d{8})|(?P<kct>KCT\d{7})"
    r"|(?P<ctri>CTRI/\d{4}/\d{2,3}/\d{6})|(?P<ntr>NTR\d{3,5})|(?P<irct>IRCT\d{8,18}N\d+))(?![A-Za-z0-9])"
)
_REGISTRY_MARKS = ("NCT", "ISRCTN", "ChiCTR", "CTI", "jRCT", "UMIN", "ACTRN", "DRKS", "KCT", "CTRI", "NTR", "IRCT")
_EUDRACT = re.compile(r"-\d{6}-")
_NAME = re.compile(rf"(?<![A-Za-z0-9/-]){NAME}(?![A-Za-z0-9])")
_KIND = (
    r"(?:(?:phase\s[IV1-4]{1,3}[ab]?(?:/[IV1-4]{1,3}[ab]?)?|randomi[sz]ed|clinical|pivotal|registrational|ongoing|extension"
    r"|open-label|multicent(?:er|re)|single-arm|follow-up|confirmatory|global|prospective)[\s,]{1,2}){0,4}"
)
_CALLED_AFTER = re.compile(
    rf"\s{_KIND}(?:trial|study|programme)\b|\s?[(\[;,]\s?(?:NCT\d|ISRCTN\d|EudraCT|ClinicalTrials)",
)
# 'The A and B trials' names two; 'A studies' alone are studies of A or by its means.
_ARE_CALLED = re.compile(rf"\s{_KIND}(?:trials|studies|programmes)\b")
_LAST_OF_SOME = re.compile(r"(?:,|/|&|\b(?:and|or))\s?(?:the\s)?$")
_PROGRAMME = re.compile(r"\b(?:[Tt]he|randomi[sz]ed|pivotal)\s$")
_TRIALS = re.compile(r"\s(?:phase\s\w+\s)?trials\b")
_CALLED_BEFORE = re.compile(
    r"(?:(?:\b(?:trials?|stud(?:y|ies))\s(?:\(|\[|named\s|called\s|known\sas\s|termed\s|such\sas\s|including\s|like\s)?"
    r"(?:the\s)?|\b(?:trials?|stud(?:y|ies))\s?[(\[]|\b[Pp]hase\s(?:[IV]{1,3}|[1-4])[ab]?(?:/(?:[IV]{1,3}|[1-4])[ab]?)?"
    r"(?:[,\s]{1,2}(?:randomi[sz]ed|open-label|multicent(?:er|re)|global|single-arm|double-blind|pivotal)){0,3}\s"
    r"|NCT0\d{7}[\s,;:(]{1,3}))$"
)
_JOINT = re.compile(r"\s?(?:,|;|/|&|,?\s(?:and|or|and/or))\s?(?:the\s)?")
_CITED = re.compile(r"(?:\s?\[[\d,\s–-]{1,20}\])+$")
_CELLS = re.compile(r"\s(?:cells?|cell lines?|mice|xenografts?|strains?)\b")
_NUMBERED = re.compile(r"(?P<family>.*?[\s-]?)(?P<number>\d{1,4})[A-Za-z]{0,2}")
_FURTHER = re.compile(
    r"(?:\s?,\s|\s?/\s?|,?\s(?:and|or|&)\s)(?P<dash>[-‐‑–])?(?P<number>\d{1,4})(?P<letter>[A-Z]{0,2})"
    r"(?![\w.%]|\s?(?:%|mg\b|patients|months|weeks|years|days|of\b))"
)
_TRIALS_FOLLOW = re.compile(r"(?:,?\s(?:and\s)?-?\d{1,4}[A-Z]?){0,3}\s(?:phase\s\w+\s)?(?:trials|studies)\b")
# Numbers of this many figures are those of a programme, not of patients or citations, where they are alike.
WIDE = 3
BEFORE = 90


ENTITY_KINDS.register("trial")(EntityKind(order=4, key="t", light="#e3d0f4", dark="#4a3066"))


@RECOGNIZERS.register("trial")
def recognize(text: str) -> Iterator[Capture]:
    """Yield trials in order: registry numbers (`entity` is the number) and names.

    A name that the passage once calls a trial is one wherever it stands in the passage; an acronym alone that
    nothing calls a trial is left out.
    """
    numbers = list(_numbers(text))
    names = [match for match in _NAME.finditer(text) if could_be_trial(match[0])]
    certain = {canonical(match[0]) for match in names if is_programme(match[0]) or is_study_code(match[0])}
    called = {canonical(match[0]) for match in _called(text, names)}
    found = [
        Capture(
            kind="trial",
            start=match.start(),
            end=match.end(),
            normalized=canonical(match[0]),
            score=1.0 if canonical(match[0]) in certain else 0.9,
        )
        for match in names
        if canonical(match[0]) in certain | called
    ]
    found += [further for capture in found for further in _further(text, capture)]
    yield from sorted([*numbers, *found], key=lambda capture: (capture.start, -capture.end))


def trial_name(text: str) -> str | None:
    """Return the normal form of a whole cell's text where it may be a trial's name or number, else None.

    Citations in brackets after the name are left out. It judges the form alone: 'ALEX' passes, 'NSCLC' and
    'Single arm' do not; whether the column is one of trials is the caller's to know.
    """
    plain = _CITED.sub("", text.strip())
    registry = _REGISTRY.fullmatch(plain)
    if registry:
        return _number(registry)
    match = _NAME.fullmatch(plain)
    return canonical(plain) if match and could_be_trial(plain) else None


def _numbers(text: str) -> Iterator[Capture]:
    marks = [*found_at(text, *_REGISTRY_MARKS), *(match.start() for match in _EUDRACT.finditer(text))]
    for match in near(_REGISTRY, text, sorted(marks), back=40, ahead=60):
        number = _number(match)
        start = match.start("eu") if match["eu"] else match.start()
        yield Capture(kind="trial", start=start, end=match.end(), normalized=number, entity=number)


def _number(match: re.Match[str]) -> str:
    if match["eu"]:
        return match["eu"]
    plain = re.sub(r"[\s:]", "", match[0])
    for kind in ("nct", "isrctn"):
        if match[kind]:
            return plain.replace("-", "").upper()
    if match["japic"]:
        return f"JapicCTI-{re.sub(r'[^0-9]', '', plain)}"
    return plain


def _called(text: str, names: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield names that their surroundings call a trial, and the names joined to such in a list."""
    called = [False] * len(names)
    for index, match in enumerate(names):
        before = text[max(0, match.start() - BEFORE) : match.start()]
        closes = text[match.end() : match.end() + 1]
        after_noun = _CALLED_BEFORE.search(before)
        if _CELLS.match(text, match.end()):
            continue
        of_some = (_LAST_OF_SOME.search(before) and _ARE_CALLED.match(text, match.end())) or (
            _PROGRAMME.search(before) and _TRIALS.match(text, match.end())
        )
        called[index] = bool(of_some or _CALLED_AFTER.match(text, match.end())) or (
            after_noun is not None and (before[-1:] != "(" or closes in "),;:")
        )
    for index in range(len(names) - 1, 0, -1):
        if called[index] and _adjoin(text, names[index - 1], names[index]):
            called[index - 1] = True
    for index in range(1, len(names)):
        if called[index - 1] and _adjoin(text, names[index - 1], names[index]):
            called[index] = True
    return (match for match, is_called in zip(names, called, strict=True) if is_called)


def _further(text: str, first: Capture) -> Iterator[Capture]:
    """Yield the trials of a programme that only their numbers name: 'PROFILE 1005 and 1007', 'ASCEND-4 and -5'."""
    head = _NUMBERED.fullmatch(first.normalized)
    if head is None or not is_programme(first.normalized):
        return
    end = first.end
    while match := _FURTHER.match(text, end):
        alike = len(match["number"]) == len(head["number"]) >= WIDE
        if not (match["dash"] or alike or _TRIALS_FOLLOW.match(text, match.end())):
            return
        start = match.start("dash") if match["dash"] else match.start("number")
        name = canonical(f"{head['family']}{match['number']}{match['letter']}")
        yield Capture(kind="trial", start=start, end=match.end(), normalized=name, score=0.9)
        end = match.end()


def _adjoin(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    return _JOINT.fullmatch(text, before.end(), after.start()) is not None
