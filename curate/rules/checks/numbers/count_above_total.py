"""Counts of people that are larger than the total that they are of."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import capitalized, place_name
from extract.claims.frequency import Frequency
from extract.claims.proportion import Proportion
from extract.records import Evidence, Extraction


@RULES.register("count-above-total")
def count_above_total(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find counts of patients, tumours or samples that are larger than the total they are said to be of.

    Looks at each count with its total, in sentences and in cells. Leaves alone two numbers with a stroke between them
    that the text does not call a count of people ('120/80', the medians of two arms).

    Example: '23 of 20 patients'.

    Source: a part is at most the whole.
    """
    for claim in extraction.claims:
        stated = claim.arguments
        if not isinstance(stated, Proportion | Frequency) or stated.count is None:
            continue
        for evidence in claim.evidence:
            if stated.total is None:
                yield Outcome.NOT_APPLICABLE
            elif stated.count <= stated.total:
                yield Outcome.CONSISTENT
            elif isinstance(stated, Proportion):  # a frequency stands on the same numbers
                yield _doubt(extraction, stated.count, stated.total, evidence)


def _doubt(extraction: Extraction, count: int, total: int, evidence: Evidence) -> Doubt:
    where = place_name(extraction.document, evidence)
    return Doubt(
        severity=Severity.ERROR,
        subject=evidence.quote,
        message=f"{capitalized(where)} counts {count} of {total}, which is more than there are.",
        key=(str(count), str(total), evidence.prefix[-40:].casefold()),
        places=(Place(role="count and total", evidence=evidence),),
    )
