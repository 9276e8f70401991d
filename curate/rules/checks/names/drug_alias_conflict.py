"""Codes and other names of a drug that differ by a keystroke, or are given to two drugs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA

from corpus.drugs import drug
from corpus.resources import unpunctuated
from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.compounds import known_as, one_keystroke_apart, same_agent, same_code
from curate.rules.shared.wording import place_name
from extract.claims.drug_alias import DrugAlias, aliases, is_code
from extract.records import Document, Evidence, Extraction
from extract.text.neighbourhood import Context

MISSPELLED = 2  # letters in which two spellings of one drug may differ; the rule on spellings looks at those


@dataclass(frozen=True, slots=True)
class _Given:
    """Another name that the paper gives a drug; `quoted` says that only its reference list does."""

    drug: str
    alias: str
    evidence: tuple[Evidence, ...]
    quoted: bool

    def known(self) -> bool:
        return known_as(self.drug, self.alias)

    def place(self, document: Document) -> str:
        return "the reference list" if self.quoted else place_name(document, self.evidence[0])


@RULES.register("drug-alias-conflict")
def drug_alias_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find codes and brand names of a drug that differ by a keystroke from the drug's own.

    Looks at each code or brand name that the text or a table gives a drug. It is held against those that other places
    and the titles of the reference list give the same drug, and against those that the reference data have: one
    letter or figure more, less or other, or two that changed places, is flagged, unless the reference data know the
    drug by both. A code that no list knows and that the paper gives to two drugs is flagged too. Leaves alone codes of
    other drugs (drug-code-conflict looks at them), other codes altogether (a drug may have several), leading zeros and
    dashes.

    Example: 'brigatinib (AP26131)' where the reference list has 'Brigatinib (AP26113)'.

    Source: FDA UNII/GSRS names; optimal string alignment distance (Damerau 1964).
    """
    context = Context(extraction.document, extraction.mentions)
    given = [
        _Given(claim.arguments.drug, claim.arguments.alias, claim.evidence, quoted=False)
        for claim in extraction.claims
        if isinstance(claim.arguments, DrugAlias)
    ]
    quoted = list(_in_references(context))
    flagged: set[frozenset[str]] = set()
    for one in given:
        found = _nearest(one, [*given, *quoted])
        listed = "" if found else _known_nearest(one)
        pair = frozenset((unpunctuated(one.alias), unpunctuated(found.alias if found else listed)))
        if (found or listed) and pair not in flagged:
            flagged.add(pair)
            yield _doubt(extraction.document, one, found) if found else _against_list(extraction.document, one, listed)
        elif not (found or listed):
            yield Outcome.CONSISTENT if one.known() or len(one.evidence) > 1 else Outcome.NOT_APPLICABLE
    yield from _given_twice(extraction.document, given)


def _in_references(context: Context) -> Iterator[_Given]:
    found: dict[DrugAlias, list[Evidence]] = defaultdict(list)
    for statement in aliases(context, in_references=True):
        if isinstance(statement.arguments, DrugAlias):
            found[statement.arguments].append(statement.evidence)
    for stated, evidence in found.items():
        yield _Given(stated.drug, stated.alias, tuple(evidence), quoted=True)


def _nearest(one: _Given, others: Sequence[_Given]) -> _Given | None:
    """Return another name of the drug, a keystroke from one that the reference data do not have."""
    if drug(one.alias) is not None:
        return None
    near = [other for other in others if other.drug == one.drug and one_keystroke_apart(one.alias, other.alias)]
    return max(near, key=lambda other: (other.known(), len(other.evidence)), default=None)


def _known_nearest(one: _Given) -> str:
    """Return the name that the reference data have for the drug a keystroke from one that they do not have."""
    agent = drug(one.drug)
    if agent is None or drug(one.alias) is not None:
        return ""
    same_form = [name for name in agent.names if is_code(name) == is_code(one.alias)]
    if any(same_code(one.alias, name) for name in same_form):
        return ""
    return next((name for name in same_form if one_keystroke_apart(one.alias, name)), "")


def _given_twice(document: Document, given: Sequence[_Given]) -> Iterator[Doubt]:
    codes: dict[str, list[_Given]] = defaultdict(list)
    for one in given:
        if is_code(one.alias) and drug(one.alias) is None:
            codes[unpunctuated(one.alias)].append(one)
    for code, found in sorted(codes.items()):
        for one, other in combinations(found, 2):
            if not _one_drug(one.drug, other.drug):
                yield _two_drugs(document, code, one, other)
                break


def _one_drug(one: str, other: str) -> bool:
    """Say whether two names may be those of one drug: of one agent, within each other or two spellings."""
    mine, yours = drug(one), drug(other)
    if mine is not None and yours is not None:
        return same_agent(mine, yours)
    return OSA.distance(one, other) <= MISSPELLED or one in other or other in one


def _doubt(document: Document, one: _Given, other: _Given) -> Doubt:
    expected = other.alias if other.known() or len(other.evidence) > len(one.evidence) else ""
    return Doubt(
        severity=Severity.WARNING,
        subject=one.drug,
        message=(
            f"{one.drug} is called {one.alias} in {one.place(document)} but {other.alias} in {other.place(document)}."
        ),
        expected=expected,
        key=(one.drug, *sorted((unpunctuated(one.alias), unpunctuated(other.alias)))),
        places=tuple(Place(role=given.alias, evidence=place) for given in (one, other) for place in given.evidence),
    )


def _against_list(document: Document, one: _Given, listed: str) -> Doubt:
    shown = listed.upper() if is_code(listed) else listed.capitalize()
    return Doubt(
        severity=Severity.WARNING,
        subject=one.drug,
        message=(
            f"{one.drug} is called {one.alias} in {one.place(document)}, but the reference data know no {one.alias}; "
            f"they have {shown} for {one.drug}."
        ),
        expected=shown,
        key=(one.drug, *sorted((unpunctuated(one.alias), unpunctuated(listed)))),
        places=tuple(Place(role=one.alias, evidence=place) for place in one.evidence),
    )


def _two_drugs(document: Document, code: str, one: _Given, other: _Given) -> Doubt:
    return Doubt(
        severity=Severity.WARNING,
        subject=one.alias,
        message=(
            f"{one.alias} is the code of {one.drug} in {one.place(document)} but of {other.drug} in "
            f"{other.place(document)}."
        ),
        key=(code, *sorted((one.drug, other.drug))),
        places=tuple(Place(role=given.drug, evidence=place) for given in (one, other) for place in given.evidence),
    )
