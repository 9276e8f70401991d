"""Frequencies of one thing in the same people that exclude each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.statements import Stated, stated
from curate.rules.shared.wording import number, place_name
from extract.claims.frequency import Frequency
from extract.claims.frequency.in_whom import telling
from extract.hgvs.notation import short_form
from extract.records import Extraction, Span
from extract.text.neighbourhood import Context

SLACK = 0.1
"""By how much of itself a figure of general knowledge may be off before two of them disagree."""
LOOSE = 0.3
"""The same for a figure that is said to be approximate ('about 5%', 'a third')."""
LEAST_TOTAL = 20
"""The smallest total by which two counts are taken to be of the same people."""

# Words by which a sentence tells of one study: another study has other people.
_STUDY = re.compile(
    r"(?:stud(?:y|ies)|series|cohorts?|trials?|analys[ie]s|analy[sz]ed|meta|et|al|papers?|reports?|authors|colleagues|data\w*"
    r"|surveys?|registr(?:y|ies)|groups?|arms?|we|examining|examined|investigat\w+|literature|others?|another|research\w*|similar"
    r"|hospitals?|centers?|centres?|published|evidence|tested|evaluable|screened|enrolled|included)"
)
_PAST = re.compile(
    r"\b(?:was|were|had|found|harbou?red|carried|showed|developed|accounted|occurred|represented)\b", re.IGNORECASE
)
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|occurs?|harbou?rs?|carry|carries|accounts?|represents?|comprises?)\b", re.IGNORECASE
)


_NOWHERE = Span(start=0, end=0)


@dataclass(frozen=True, slots=True)
class _InText(Stated[Frequency]):
    """A frequency at one of its places, with the place's sentence and block."""

    sentence: Span = _NOWHERE
    block: int = -1


@RULES.register("frequency-conflict")
def frequency_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find frequencies of the same alteration in the same people that exclude each other.

    Compares what two sentences say of one alteration: percents, ranges, 'up to', 'more than', fractions. They must name
    the same people in all words that tell people apart: disease, treatment, stage, descent, smoking, method of testing.
    Figures agree where one lies in the other's range, or as near as a tenth of themselves; approximate ones may differ
    by three tenths. Two counts of the same total, of at least twenty people, in two paragraphs must be the same.
    Leaves alone figures whose people are not named, a study's figure beside another study's or beside general
    knowledge, and a sentence's own contrasts.

    Example: 'ALK rearrangements occur in 3-5% of NSCLC' and, elsewhere, 'in 8-10% of NSCLC'.

    Source: the arithmetic of ranges; what people and tumours are told apart by follows the descriptions of cohorts in
    REMARK (McShane et al. 2005).
    """
    groups: dict[tuple[str, str, frozenset[str]], list[_InText]] = defaultdict(list)
    for one in _in_text(extraction):
        people = telling(f"{one.said.population} {one.said.setting}")
        groups[one.said.gene, one.said.what, people].append(one)
    for (_, _, people), group in groups.items():
        for index, one in enumerate(group):
            yield _judge(extraction, people, one, [other for other in group[:index] if other.sentence != one.sentence])


def _in_text(extraction: Extraction) -> Iterator[_InText]:
    context = Context(extraction.document, extraction.mentions)
    for one in stated(extraction, Frequency):
        block = context.block(one.evidence.span.start)
        sentence = context.sentence(one.evidence.span)
        yield _InText(one.said, one.evidence, sentence=sentence, block=block.span.start if block else -1)


def _judge(extraction: Extraction, people: frozenset[str], one: _InText, others: list[_InText]) -> Doubt | Outcome:
    comparable = [other for other in others if _comparable(people, one, other)]
    if not comparable:
        return Outcome.NOT_APPLICABLE
    if any(_agree(one.said, other.said) for other in comparable):
        return Outcome.CONSISTENT
    return _doubt(extraction, one, comparable[0])


def _comparable(people: frozenset[str], one: _InText, other: _InText) -> bool:
    """Say whether two frequencies must agree: of one cohort, or both of general knowledge on people who are named."""
    first, second = one.said, other.said
    cited, cited_there = one.evidence.citations, other.evidence.citations
    one_source = set(cited) == set(cited_there)
    if first.total is not None and second.total is not None:
        return first.total == second.total >= LEAST_TOTAL and one.block != other.block and one_source
    if first.count is not None or second.count is not None:
        return False
    if not people or any(_STUDY.fullmatch(word) for word in people):
        return False
    found = [_PAST.search(place.quote) and not _PRESENT.search(place.quote) for place in (one.evidence, other.evidence)]
    return not any(found) or one_source or (not all(found) and not (cited and cited_there))


def _agree(one: Frequency, other: Frequency) -> bool:
    if one.total is not None and one.count is not None and other.count is not None:
        return one.count == other.count
    (low, high), (least, most) = _range(one), _range(other)
    return low <= most and least <= high


def _range(stated: Frequency) -> tuple[float, float]:
    """Return between which percents the truth lies where a figure is right, with what it leaves open."""
    half = 0.5 * float(10**-stated.decimals)
    low = stated.low if stated.low is not None else stated.percent if stated.percent is not None else 0.0
    high = stated.high if stated.high is not None else stated.percent if stated.percent is not None else 100.0
    slack = LOOSE if stated.comparison == "~" else SLACK
    low, high = (low - half) * (1 - slack), (high + half) * (1 + slack)
    if stated.comparison in ("<", "≤"):
        low = 0.0
    if stated.comparison in (">", "≥"):
        high = 100.0
    return low, high


def _doubt(extraction: Extraction, one: _InText, other: _InText) -> Doubt:
    what = _spoken(one.said)
    people = one.said.population or one.said.setting
    shown, rival = _shown(one.said), _shown(other.said)
    whom = f" (in whom: {people})" if people else ""
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{what}{whom}",
        message=(
            f"{what} has a frequency of {rival} in {place_name(extraction.document, other.evidence)} but of "
            f"{shown} in {place_name(extraction.document, one.evidence)}{whom}."
        ),
        key=(one.said.gene, one.said.what, people.casefold(), *sorted((shown, rival))),
        places=(
            Place(role="frequency", evidence=other.evidence),
            Place(role="frequency elsewhere", evidence=one.evidence),
        ),
    )


def _spoken(frequency: Frequency) -> str:
    """Return an alteration as one says it: 'ALK G1202R', 'ALK rearrangement', 'KRAS mutation'."""
    names = []
    for name in frequency.what.split("; "):
        words, _, last = name.rpartition(" ")
        if "p." in name:
            short = "/".join(short_form(last)) or last
            names.append(f"{words} {short}".strip())
        else:
            names.append(re.sub(r"v::(\S+)", r"\1 rearrangement", name))
    spoken = ", ".join(names)
    return spoken if not frequency.gene or frequency.gene in spoken else f"{frequency.gene} {spoken}"


def _shown(frequency: Frequency) -> str:
    """Return a frequency as a paper prints it: '3-7%', 'about 50%', '5 of 120'."""
    if frequency.total is not None and frequency.count is not None:
        return f"{frequency.count} of {frequency.total}"
    words = {"~": "about ", "<": "less than ", "≤": "up to ", ">": "more than ", "≥": "at least "}
    sign = words.get(frequency.comparison, "")
    if frequency.percent is None:
        return f"{sign}{number(frequency.low or 0.0)}-{number(frequency.high or 0.0)}%"
    return f"{sign}{number(frequency.percent)}%"
