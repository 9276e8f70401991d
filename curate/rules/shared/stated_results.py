"""Trial results as several rules compare them: where they are stated, and whether two of them can be one."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.cache import for_the_last
from extract.claims.shared.endpoints import find_endpoints
from extract.claims.trial_result import TrialResult
from extract.claims.trial_result.terms import ASSESSOR, LINE
from extract.records import CellRef, Claim, Evidence, Extraction
from extract.text.neighbourhood import Context

# Names of the control arm of a trial, whatever was given in it.
CONTROLS = frozenset(
    {"control", "comparator", "standard therapy", "standard-therapy", "standard of care", "standard-of-care"}
)


@dataclass(frozen=True, slots=True)
class StatedResult:
    """A result at one of its places. `at` is where its sentence begins or, in a table, the table's number."""

    result: TrialResult
    evidence: Evidence
    at: int

    @property
    def tabled(self) -> bool:
        """Say whether the place is a cell."""
        return self.evidence.cell is not None

    def beside(self, other: StatedResult) -> bool:
        """Say whether two results stand in one sentence, or in one table."""
        return (self.tabled, self.at) == (other.tabled, other.at)


def is_endpoint(claim: Claim) -> bool:
    """Say whether a trial result is of a standard endpoint, not of an outcome in the words of its sentence."""
    result = claim.arguments
    return isinstance(result, TrialResult) and next(find_endpoints(result.endpoint), None) is not None


@for_the_last
def stated_results(extraction: Extraction) -> Mapping[tuple[str, str], Sequence[StatedResult]]:
    """Return the results that have a number, by trial and endpoint."""
    context = Context(extraction.document, extraction.mentions)
    groups: dict[tuple[str, str], list[StatedResult]] = defaultdict(list)
    for claim in extraction.claims:
        # An outcome in a report's own words leaves open at what time and how it was measured: only endpoints compare.
        if isinstance(claim.arguments, TrialResult) and claim.arguments.value is not None and is_endpoint(claim):
            key = claim.arguments.trial.casefold(), claim.arguments.endpoint
            for evidence in claim.evidence:
                cell = evidence.cell
                at = context.sentence(evidence.span).start if cell is None else cell.table
                groups[key].append(StatedResult(claim.arguments, evidence, at))
    return groups


def agree(one: TrialResult, other: TrialResult) -> bool:
    """Say whether two values of one unit are equal within what the shorter one prints."""
    if one.value is None or other.value is None or one.unit != other.unit:
        return False
    places = min(_places(one.value), _places(other.value))
    return abs(one.value - other.value) <= 0.5 * math.pow(10, -places) + 1e-9


def _places(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").split(".")[1])


def same_interval(one: TrialResult, other: TrialResult) -> bool:
    """Say whether two results print the same two bounds: then they are one result, whatever is said around them."""
    return None not in (one.low, one.high) and (one.low, one.high) == (other.low, other.high)


def at_other_arm(one: StatedResult, other: StatedResult, group: Iterable[StatedResult]) -> StatedResult | None:
    """Return the result of another arm beside `other` that has the value of `one`, as when arms were exchanged."""
    for near in group:
        named = near.result.arm and near.result.arm != other.result.arm
        if named and near.beside(other) and agree(one.result, near.result):
            return near
    return None


def same_arm(one: StatedResult, other: StatedResult, group: Iterable[StatedResult]) -> bool:
    """Say whether two named arms are one; an arm that is left open can be any, and proves nothing.

    'Control' is what any treatment of the `group` was compared with there. The text may name an arm of the table by a
    part of its drugs, unless either of them tells the two apart.
    """
    first, second = one.result.arm, other.result.arm
    if not (first and second) or first == second:
        return first == second != ""
    known = list(group)
    for named, compared in ((first, other), (second, one)):
        if named in CONTROLS and compared.result.arm in {
            near.result.comparator for near in known if near.beside(compared)
        }:
            return True
    arms = [{near.result.arm for near in known if near.tabled is tabled} for tabled in (False, True)]
    if one.tabled or not other.tabled or any({first, second} <= names for names in arms):
        return False
    return set(first.split(" + ")) < set(second.split(" + "))


def same_people(extraction: Extraction, one: StatedResult, other: StatedResult) -> bool:
    """Say whether what the text says of the patients stands in the table's row (or in the other sentence) too.

    Two lines of treatment and two assessors are different results.
    """
    if not alike(one.result, other.result):
        return False
    if one.tabled:
        rows = [_telling_words(_row(extraction, place.evidence.cell)) for place in (one, other)]
        return rows[0] <= rows[1] or rows[1] <= rows[0]
    words = _telling_words(_narrowing(one.result, other.result))
    if other.evidence.cell is None:
        return words == _telling_words(_narrowing(other.result, one.result))
    return words <= _telling_words(f"{_around(extraction, other.evidence.cell)} {extraction.document.title}")


def alike(one: TrialResult, other: TrialResult) -> bool:
    """Say whether two results can be of one line of treatment and one assessor."""
    pairs = ((one.line, other.line), (one.assessor, other.assessor))
    return all(not (mine and yours) or mine == yours for mine, yours in pairs)


def _narrowing(one: TrialResult, other: TrialResult) -> str:
    """Return what narrows a result, without the line and the assessor that it has in common with another."""
    text = one.population
    if one.line and one.line == other.line:
        text = LINE.sub(" ", text)
    if one.assessor and one.assessor == other.assessor:
        text = ASSESSOR.sub(" ", text)
    return text


def _row(extraction: Extraction, cell: CellRef | None) -> str:
    """Return the text of a cell's row, empty outside a table."""
    if cell is None:
        return ""
    return " ".join(one.text for one in extraction.document.tables[cell.table].rows[cell.row])


def _around(extraction: Extraction, cell: CellRef) -> str:
    """Return what a table says of a cell: its row and the headers over it."""
    return f"{_row(extraction, cell)} {Context(extraction.document, ()).header(cell)}"


_WORD = re.compile(r"\b(?:cohort|arm|part|group)s?\s+[a-d1-9]\b|[a-zα-ω0-9]{3,}")
# Words that say that people are meant, or that they were treated, but not which people.
_UNTELLING = frozenset(
    """
    the and with who whose that for from had have has been was were patients participants individuals population
    cohort those cases treated treatment previously prior previous after following received receiving therapy
    advanced metastatic disease cancer lung tumour tumor tumours tumors cell small non nsclc positive rearranged
    overall all study trial phase given only these this line setting review reviewed assessed assessment committee
    radiologic radiological blinded
    """.split()
)


def _telling_words(text: str) -> set[str]:
    """Return the stems of the words that narrow a population; 'cohort A' and 'cohort B' tell people apart."""
    words = (" ".join(word.split()) for word in _WORD.findall(text.casefold()))
    return {word if " " in word else word[:6] for word in words if word not in _UNTELLING}
