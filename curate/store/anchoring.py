"""Where what curators added stands in a new reading of its document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from curate.marking import Marker
from curate.records import Addition
from curate.store.quote_search import find_again
from extract.records import Evidence, Extraction, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A claim or mention that curators added, with its place now: `lost` where it was not found again.

    The evidence of a lost one has the words that were marked, and neither offsets nor boxes.
    """

    target_kind: str
    target_id: str
    kind: str
    content: str
    evidence: Evidence
    lost: bool = False


def placed(additions: Iterable[Addition], extraction: Extraction) -> Iterator[Placed]:
    """Yield each added claim or mention once, in the order of the additions, where the reading has it.

    Several curators may have marked the same; the first of their places that is found again is taken.
    """
    by_target: dict[tuple[str, str], list[Addition]] = {}
    for addition in additions:
        by_target.setdefault((addition.target_kind, addition.target_id), []).append(addition)
    if not by_target:
        return
    marker = Marker(extraction)
    for same in by_target.values():
        places = (_place(addition, extraction) for addition in same)
        span = next((place for place in places if place is not None), None)
        first = same[0]
        evidence = marker.evidence(span) if span else _lost(first.evidence)
        yield Placed(
            target_kind=first.target_kind,
            target_id=first.target_id,
            kind=first.kind,
            content=first.content,
            evidence=evidence,
            lost=span is None,
        )


def _place(addition: Addition, extraction: Extraction) -> Span | None:
    quoted = addition.evidence
    return find_again(
        extraction.document.text,
        quote=quoted.quote,
        prefix=quoted.prefix,
        suffix=quoted.suffix,
        occurrence=addition.occurrence,
    )


def _lost(evidence: Evidence) -> Evidence:
    return replace(evidence, span=Span(start=0, end=0), boxes=(), cell=None)
