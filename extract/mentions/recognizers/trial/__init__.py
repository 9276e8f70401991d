"""The recogniser of trials: registry numbers, numbered programmes, and acronyms that the text calls a trial."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.entity_kinds import ENTITY_KINDS, EntityKind
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.recognizers.trial.numbers import REGISTRY, group_trials, number_of, registry_numbers
from extract.mentions.recognizers.trial.one_word import told_of
from extract.mentions.shared.trial_names import (
    NAME,
    canonical,
    could_be_trial,
    is_programme,
    is_study_code,
)

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
    numbers = [*registry_numbers(text), *group_trials(text)]
    taken = [(number.start, number.end) for number in numbers]
    names = [
        match
        for match in _NAME.finditer(text)
        if could_be_trial(match[0]) and not any(low < match.end() and match.start() < high for low, high in taken)
    ]
    certain = {canonical(match[0]) for match in names if is_programme(match[0]) or is_study_code(match[0])}
    called = {canonical(match[0]) for match in _called(text, names, certain)}
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
    reached = 0
    for capture in sorted([*numbers, *found], key=lambda capture: (capture.start, -capture.end)):
        if capture.start >= reached:
            reached = capture.end
            yield capture


def trial_name(text: str) -> str | None:
    """Return the normal form of a whole cell's text where it may be a trial's name or number, else None.

    Citations in brackets after the name are left out. It judges the form alone: 'ALEX' passes, 'NSCLC' and
    'Single arm' do not; whether the column is one of trials is the caller's to know.
    """
    plain = _CITED.sub("", text.strip())
    registry = REGISTRY.fullmatch(plain)
    if registry:
        return number_of(registry)
    match = _NAME.fullmatch(plain)
    return canonical(plain) if match and could_be_trial(plain) else None


def _called(text: str, names: list[re.Match[str]], certain: set[str]) -> Iterator[re.Match[str]]:
    """Yield names that their surroundings call or tell of as a trial, and those that a list joins to a trial's."""
    called = [told or canonical(match[0]) in certain for match, told in zip(names, told_of(text, names), strict=True)]
    for index, match in enumerate(names):
        before = text[max(0, match.start() - BEFORE) : match.start()]
        closes = text[match.end() : match.end() + 1]
        after_noun = _CALLED_BEFORE.search(before)
        if _CELLS.match(text, match.end()):
            continue
        of_some = (_LAST_OF_SOME.search(before) and _ARE_CALLED.match(text, match.end())) or (
            _PROGRAMME.search(before) and _TRIALS.match(text, match.end())
        )
        called[index] = (
            called[index]
            or bool(of_some or _CALLED_AFTER.match(text, match.end()))
            or (after_noun is not None and (before[-1:] != "(" or closes in "),;:"))
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
