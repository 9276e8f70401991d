"""Errors in citations, and in what the text refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seeding.editing import Edit
from seeding.operators import OPERATORS
from seeding.places import context_of, numbers

from extract.claims.trial_result import TrialResult
from extract.claims.variant_response import VariantResponse
from extract.records import BlockKind, Evidence, Extraction, Span


def _brackets(extraction: Extraction) -> Iterator[re.Match[str]]:
    for block in extraction.document.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            yield from re.compile(r" ?\[(\d{1,3})\]").finditer(
                extraction.document.text, block.span.start, block.span.end
            )


@OPERATORS.register("reference-never-cited")
def reference_never_cited(extraction: Extraction) -> Iterator[Edit]:
    """Take out the only citation of a reference."""
    text = extraction.document.text
    for match in _brackets(extraction):
        elsewhere = [other for other in re.finditer(r"\[[\d,\s–-]+\]", text) if other[0] != match[0].strip()]
        covered = any(re.search(rf"(?<!\d){match[1]}(?!\d)|[–-]", other[0]) for other in elsewhere)
        if text.count(f"[{match[1]}]") == 1 and not covered:
            yield Edit(Span(start=match.start(), end=match.end()), "")


@OPERATORS.register("reference-absent")
def reference_absent(extraction: Extraction) -> Iterator[Edit]:
    """Cite a number beyond the list, at a reference that is cited elsewhere too."""
    text, last = extraction.document.text, len(extraction.document.references)
    for match in _brackets(extraction):
        if text.count(f"[{match[1]}]") > 1:
            yield Edit(Span(start=match.start(1), end=match.end(1)), str(last + 4))


@OPERATORS.register("table-or-figure-absent")
def table_or_figure_absent(extraction: Extraction) -> Iterator[Edit]:
    """Refer to the table after the last."""
    last = len(extraction.document.tables)
    for block in extraction.document.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            for match in re.compile(r"Table (\d)(?!\d)").finditer(
                extraction.document.text, block.span.start, block.span.end
            ):
                yield Edit(Span(start=match.start(1), end=match.end(1)), str(last + 1))


@OPERATORS.register("citation-author-year")
def citation_author_year(extraction: Extraction) -> Iterator[Edit]:
    """Cite another reference, or another year, at an author's name."""
    text, list_ = extraction.document.text, extraction.document.references
    last = len(list_)
    for match in re.finditer(r"(?:et al\.?|colleagues)[\s,(]*((?:19|20)\d\d)?\)?\s\[(\d{1,3})\]", text):
        number = int(match[2])
        if number < last and list_[number - 1].first_author != list_[number].first_author:
            yield Edit(Span(start=match.start(2), end=match.end(2)), str(int(match[2]) + 1))
        if match[1]:
            yield Edit(Span(start=match.start(1), end=match.end(1)), str(int(match[1]) - 3))


@OPERATORS.register("citation-subject")
def citation_subject(extraction: Extraction) -> Iterator[Edit]:
    """Cite the report of another trial in a row or sentence that names a trial and cites its report alone."""
    document, context = extraction.document, context_of(extraction)
    reports = {
        reference.number: {trial.normalized for trial in context.within(reference.span, "trial") if not trial.entity}
        for reference in document.references
    }
    rows = [Span(start=row[0].span.start, end=row[-1].span.end) for table in document.tables for row in table.rows]
    for passage in (*context.prose(), *rows):
        named = {trial.normalized for trial in context.within(passage, "trial") if not trial.entity}
        cited = list(re.compile(r"\[(\d{1,3})\]").finditer(document.text, passage.start, passage.end))
        if len(named) != 1 or len(cited) != 1 or not named & reports.get(int(cited[0][1]), set()):
            continue
        others = [number for number, trials in reports.items() if trials and not trials & named]
        for other in others[:2]:
            yield Edit(Span(start=cited[0].start(1), end=cited[0].end(1)), str(other))


@OPERATORS.register("table-citing-prose")
def table_citing_prose(extraction: Extraction) -> Iterator[Edit]:
    """Name, in a sentence that cites a table, a variant of another drug's row, or a value that no row has."""
    context = context_of(extraction)
    told: list[tuple[VariantResponse, Evidence]] = []
    drugs: dict[str, set[str]] = {}
    for claim in extraction.claims:
        for place in claim.evidence:
            cites = place.cell is None and "Table" in context.text(context.sentence(place.span))
            if isinstance(claim.arguments, VariantResponse) and len(claim.arguments.variants) == 1:
                if cites:
                    told.append((claim.arguments, place))
                elif place.cell is not None:
                    drugs.setdefault(claim.arguments.variants[0], set()).add(claim.arguments.drug)
            elif isinstance(claim.arguments, TrialResult) and cites and not claim.arguments.arm:
                for mention in context.within(place.span, "measurement"):
                    if mention.quantity is not None and mention.quantity.value == claim.arguments.value:
                        yield Edit(numbers(mention)[0], f"{(mention.quantity.value or 0) + 3.7:.1f}")
    for said, place in told:
        for mention in context.within(place.span, "variant"):
            if mention.text == said.variants[0]:
                yield from (Edit(mention.span, name) for name in drugs if said.drug not in drugs[name])
