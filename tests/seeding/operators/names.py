"""Errors in names: of drugs, of genes, and what is short for what."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from seeding.editing import Edit
from seeding.operators import OPERATORS
from seeding.places import context_of_block

from corpus.drugs import drug
from corpus.genes import genes_named
from extract.claims.drug_alias import DrugAlias, is_code
from extract.records import BlockKind, Extraction, Mention, Span


@OPERATORS.register("drug-code-conflict")
def drug_code_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Give a drug the code that stands beside another."""
    text = extraction.document.text
    found = [
        match
        for block in extraction.document.blocks
        if block.kind is not BlockKind.REFERENCE
        for match in re.compile(r"([a-z]{5,}) \(([A-Z]{2,5}-?\d{3,8})(?=\))").finditer(
            text, block.span.start, block.span.end
        )
    ]
    codes = [match for match in found if drug(match[1]) and drug(match[1]) == drug(match[2])]
    for one, other in pairwise(codes):
        if drug(one[1]) != drug(other[1]):
            yield Edit(Span(start=other.start(2), end=other.end(2)), one[2])


@OPERATORS.register("drug-alias-conflict")
def drug_alias_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Swap two figures of a drug's code, so that no drug has it."""
    for claim in extraction.claims:
        stated = claim.arguments
        if not isinstance(stated, DrugAlias) or not is_code(stated.alias):
            continue
        for evidence in claim.evidence:
            at = evidence.quote.find(stated.alias)
            figures = re.search(r"(\d)(?!\1)(\d)", stated.alias)
            if at >= 0 and figures:
                start = evidence.span.start + at + figures.start()
                swapped = stated.alias[: figures.start()] + figures[2] + figures[1] + stated.alias[figures.end() :]
                if drug(swapped) is None:
                    yield Edit(Span(start=start, end=start + 2), figures[2] + figures[1])


@OPERATORS.register("compound-near-miss")
def compound_near_miss(extraction: Extraction) -> Iterator[Edit]:
    """Swap two figures of a code that stands elsewhere too, beside no other name of its drug."""
    given = {claim.arguments.alias for claim in extraction.claims if isinstance(claim.arguments, DrugAlias)}
    codes = [one for one in extraction.mentions if one.kind == "drug" and is_code(one.text) and one.text not in given]
    counts = Counter(one.normalized for one in codes)
    for mention in codes:
        figures = re.search(r"(\d)(?!\1)(\d)", mention.text)
        quoted = context_of_block(extraction, mention) is BlockKind.REFERENCE
        if figures and counts[mention.normalized] > 1 and not quoted:
            swapped = mention.text[: figures.start()] + figures[2] + figures[1] + mention.text[figures.end() :]
            if drug(swapped) is None:
                yield Edit(mention.span, swapped)


@OPERATORS.register("gene-symbol-near-miss")
def gene_symbol_near_miss(extraction: Extraction) -> Iterator[Edit]:
    """Swap two letters of a gene's symbol that stands often, where a mutation of it or the like is spoken of."""
    text = extraction.document.text
    genes = [one for one in extraction.mentions if one.kind == "gene" and one.text.isupper()]
    counts = Counter(one.text for one in genes)
    for mention in genes:
        spoken = re.compile(r" (?:[A-Z]\d+[A-Z]|mutation|fusion|amplification|rearrangement)\b").match(
            text, mention.span.end
        )
        letters = re.search(r"(?<=[A-Z])([A-Z])(?!\1)([A-Z])", mention.text)
        quoted = context_of_block(extraction, mention) is BlockKind.REFERENCE
        if spoken and letters and counts[mention.text] > 3 and not quoted and len(mention.text) > 3:
            swapped = mention.text[: letters.start()] + letters[2] + letters[1] + mention.text[letters.end() :]
            if not genes_named(swapped):
                yield Edit(mention.span, swapped)


@OPERATORS.register("abbreviation-conflict")
def abbreviation_conflict(extraction: Extraction) -> Iterator[Edit]:
    """Expand an abbreviation of a table's legend in another way than the text."""
    other = {"objective": "overall", "overall": "objective", "progression": "projected"}
    known = {form.short for form in extraction.abbreviations}
    for block in extraction.document.blocks:
        if block.kind is BlockKind.NOTE:
            legend = re.compile(r"([A-Z]{2,5}): (\w+)")
            for match in legend.finditer(extraction.document.text, block.span.start, block.span.end):
                if match[1] in known and match[2] in other:
                    yield Edit(Span(start=match.start(2), end=match.end(2)), other[match[2]])


@OPERATORS.register("spelling-variant")
def spelling_variant(extraction: Extraction) -> Iterator[Edit]:
    """Double a letter inside the name of a drug that stands elsewhere too."""
    counts: dict[str, int] = defaultdict(int)
    for mention in extraction.mentions:
        if mention.kind == "drug":
            counts[mention.normalized] += 1
    for mention in extraction.mentions:
        in_list = context_of_block(extraction, mention) is BlockKind.REFERENCE
        named = mention.kind == "drug" and mention.text.casefold() == mention.normalized and not in_list
        if named and counts[mention.normalized] > 1 and mention.text.isalpha() and len(mention.text) > 8:
            yield Edit(mention.span, mention.text[:4] + mention.text[3:])


@OPERATORS.register("trial-name-near-miss")
def trial_name_near_miss(extraction: Extraction) -> Iterator[Edit]:
    """Let two letters inside the name of a trial change places, where it stands elsewhere too."""
    places: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        listed = context_of_block(extraction, mention) is BlockKind.REFERENCE
        if mention.kind == "trial" and not mention.entity and not listed:
            places[mention.normalized].append(mention)
    for mentions in places.values():
        for mention in mentions if len(mentions) > 1 else ():
            letters = re.match(r"[A-Za-z]{5,}", mention.text)
            if letters and letters[0][2] != letters[0][3]:
                text = mention.text
                yield Edit(mention.span, text[:2] + text[3] + text[2] + text[4:])
