"""Names of trials that are a keystroke from another of the paper."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.compounds import one_keystroke_apart
from curate.rules.shared.same_name import folded
from curate.rules.shared.wording import place_name
from extract.claims.registration import Registration
from extract.mentions.capture import passages
from extract.records import BlockKind, CellRef, Extraction, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "trial"
SHORTEST = 5  # letters: shorter names are one letter apart by chance (ALEX, APEX)
MOST_PLACES = 5  # of each name: the first places are enough to find the others by
_FIGURES = re.compile(r"\d+[a-z]?")
# What has the form of an acronym: two capitals at least, figures or a letter after a dash at most.
_WORD = re.compile(
    r"(?<![\w-])(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{5,}(?:[- ]?\d{1,4}[A-Za-z]?|-[A-Za-z]{1,2}|-[A-Z][a-z]+\d*)?(?![\w-])"
)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A name, or what may be one misspelled, at one of its places."""

    text: str
    span: Span
    cell: CellRef | None


@RULES.register("trial-name-near-miss")
def trial_name_near_miss(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find names of trials that are most likely misspelled: a keystroke from another name of the paper.

    Compares the names of five letters and more, with their figures. Two are flagged that differ in one letter, or in
    two that changed places, within the word; one of them may be an acronym that nothing calls a trial. Leaves alone
    another letter at either end (J-ALEX beside ALEX), other figures (trials of one programme), names that the paper
    gives two registry numbers, and names that the reference list has both. The name that the list has, or that the
    paper prints more often, is given as expected.

    Example: 'FLUARA' in a table, 'FLAURA' in the text.

    Source: optimal string alignment distance (Damerau 1964).
    """
    context = Context(extraction.document, extraction.mentions)
    named, quoted = _named(context)
    doubtful = {**named, **_unknown(context, named)}
    numbers = _registered(extraction)
    near: dict[str, str] = {}
    for one, other in product(sorted(doubtful), sorted(named)):
        if not _alike(one, other) or {one, other} <= quoted or _apart(numbers[one], numbers[other]):
            continue
        wrong, right = sorted((one, other), key=lambda name: (name in quoted, name in named, len(doubtful[name]), name))
        near.setdefault(wrong, right)
    for name in doubtful:
        if name in near:
            right = near[name]
            sure = right in quoted or len(doubtful[right]) > len(doubtful[name])
            yield _doubt(context, doubtful[name], doubtful[right], sure=sure)
        elif name in named:
            yield Outcome.CONSISTENT


def _named(context: Context) -> tuple[dict[str, list[_Printed]], set[str]]:
    """Return the names of trials with their places, and those that the reference list has."""
    named: dict[str, list[_Printed]] = defaultdict(list)
    quoted: set[str] = set()
    for mention in context.of_kind("trial"):
        block = context.block(mention.span.start)
        if mention.entity or len(_letters(mention.normalized)) < SHORTEST:
            continue
        if block is not None and block.kind is BlockKind.REFERENCE:
            quoted.add(folded(mention.normalized))
        else:
            named[folded(mention.normalized)].append(_Printed(mention.text, mention.span, mention.cell))
    return named, quoted


def _unknown(context: Context, named: Collection[str]) -> dict[str, list[_Printed]]:
    """Return the acronyms that are near the name of a trial and name nothing known, with their places."""
    found: dict[str, list[_Printed]] = defaultdict(list)
    lengths = {len(name) for name in named}
    for passage in passages(context.document) if named else ():
        block = context.block(passage.span.start)
        if block is not None and block.kind is BlockKind.REFERENCE:
            continue
        for match in _WORD.finditer(passage.text):
            word = folded(match[0])
            span = Span(start=passage.span.start + match.start(), end=passage.span.start + match.end())
            if word in named or not {len(word) - 1, len(word), len(word) + 1} & lengths or context.within(span):
                continue
            if any(_alike(word, name) for name in named):
                found[word].append(_Printed(match[0], span, passage.cell))
    return found


def _letters(name: str) -> str:
    return _FIGURES.sub("", folded(name))


def _alike(one: str, other: str) -> bool:
    """Say whether two folded names have the same figures and differ by a keystroke within the word."""
    mine, yours = _FIGURES.sub("", one), _FIGURES.sub("", other)
    if min(len(mine), len(yours)) < SHORTEST or _FIGURES.findall(one) != _FIGURES.findall(other):
        return False
    # A letter before or behind makes another trial: J-ALEX, MONARCH-E, SAVIOR-C and SAVIOR-R.
    return mine[0] == yours[0] and mine[-1] == yours[-1] and one_keystroke_apart(mine, yours)


def _registered(extraction: Extraction) -> defaultdict[str, set[str]]:
    """Return the registry numbers that the paper gives each name."""
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for claim in extraction.claims:
        if isinstance(claim.arguments, Registration) and claim.arguments.trial:
            numbers[folded(claim.arguments.trial)].add(claim.arguments.number)
    return numbers


def _apart(mine: set[str], yours: set[str]) -> bool:
    """Say whether two names have registry numbers, and none in common."""
    return bool(mine and yours) and mine.isdisjoint(yours)


def _doubt(context: Context, wrong: Sequence[_Printed], right: Sequence[_Printed], *, sure: bool) -> Doubt:
    locator = Locator(context.document)
    places = tuple(
        Place(role=name.text, evidence=locator.evidence(name.span, extractor=EXTRACTOR, cell=name.cell))
        for names in (wrong, right)
        for name in names[:MOST_PLACES]
    )
    where, elsewhere = (
        place_name(context.document, next(place.evidence for place in places if place.role == names[0].text))
        for names in (wrong, right)
    )
    return Doubt(
        severity=Severity.NOTICE,
        subject=wrong[0].text,
        message=f"A trial is called {wrong[0].text} in {where} but {right[0].text} in {elsewhere}.",
        expected=right[0].text if sure else "",
        key=tuple(sorted((folded(wrong[0].text), folded(right[0].text)))),
        places=places,
    )
