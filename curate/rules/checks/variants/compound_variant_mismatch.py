"""Compound variants of the text that stand in a table with another letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import place_name
from extract.claims.variant_response import VariantResponse
from extract.hgvs.notation import short_form
from extract.records import Extraction, Mention
from extract.text.locator import Locator
from extract.text.neighbourhood import PROSE_KINDS, Context

EXTRACTOR = "variant"

_Compound = tuple[str, tuple[str, ...]]  # the gene and the parts in one-letter form, sorted


@RULES.register("compound-variant-mismatch")
def compound_variant_mismatch(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find compound variants of the text that a table has with one letter or digit changed in one part.

    Compares each compound that only the text names with the compounds of its gene that only tables name. Two that
    share all parts but one, and there differ in one keystroke, are most likely one compound misprinted in one of
    the two places. Leaves alone compounds that text and tables both have, those whose parts differ in more, and those
    that the paper gives for different drugs. Where no table has a compound of the gene, nothing can be compared.

    Example: 'E746K + T790I' in the text, 'E746K + T790M' in the row of the same drug.

    Source: optimal string alignment distance (Damerau 1964).
    """
    context = Context(extraction.document, extraction.mentions)
    told, tabled = _compounds(context)
    drugs = _drugs(extraction)
    for compound, mentions in told.items():
        listed = [other for other in tabled if other[0] == compound[0]]
        if not listed:
            yield Outcome.NOT_APPLICABLE
        elif compound in tabled:
            yield Outcome.CONSISTENT
        else:
            near = [other for other in listed if other not in told and _near(compound, other)]
            near = [other for other in near if _of_one_drug(drugs, compound, other)]
            yield _doubt(context, mentions, compound, near[0], tabled[near[0]]) if near else Outcome.CONSISTENT


def _compounds(context: Context) -> tuple[dict[_Compound, list[Mention]], dict[_Compound, list[Mention]]]:
    """Return the compounds of the running text and those of the tables, each with its mentions."""
    told: dict[_Compound, list[Mention]] = defaultdict(list)
    tabled: dict[_Compound, list[Mention]] = defaultdict(list)
    for mention in context.of_kind("variant"):
        parts = tuple(sorted(short_form(mention.normalized))) if ";" in mention.normalized else ()
        block = context.block(mention.span.start)
        if len(parts) < 2:
            continue
        if mention.cell is not None:
            tabled[mention.entity, parts].append(mention)
        elif block is not None and block.kind in PROSE_KINDS:
            told[mention.entity, parts].append(mention)
    return told, tabled


def _drugs(extraction: Extraction) -> Mapping[_Compound, set[str]]:
    """Return the drugs that the paper gives each compound for."""
    drugs: dict[_Compound, set[str]] = defaultdict(set)
    for claim in extraction.claims:
        if isinstance(claim.arguments, VariantResponse) and len(claim.arguments.variants) > 1:
            drugs[claim.arguments.gene, tuple(sorted(claim.arguments.variants))].add(claim.arguments.drug)
    return drugs


def _near(one: _Compound, other: _Compound) -> bool:
    """Say whether two compounds have all parts in common but one, which differs in one keystroke."""
    mine, yours = set(one[1]) - set(other[1]), set(other[1]) - set(one[1])
    return len(mine) == len(yours) == 1 and OSA.distance(mine.pop(), yours.pop()) == 1


def _of_one_drug(drugs: Mapping[_Compound, set[str]], one: _Compound, other: _Compound) -> bool:
    mine, yours = drugs.get(one, set()), drugs.get(other, set())
    return not mine or not yours or bool(mine & yours)


def _doubt(
    context: Context, told: Sequence[Mention], compound: _Compound, meant: _Compound, tabled: Sequence[Mention]
) -> Doubt:
    locator = Locator(context.document)
    places = tuple(
        Place(role=role, evidence=locator.evidence(mention.span, extractor=EXTRACTOR, cell=mention.cell))
        for role, mentions in (("text", told), ("table", tabled))
        for mention in mentions
    )
    where, elsewhere = (
        place_name(context.document, next(place.evidence for place in places if place.role == role))
        for role in ("text", "table")
    )
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{compound[0]} {told[0].text}".strip(),
        message=(
            f"{told[0].text} in {where} stands in no table, but {elsewhere} has {tabled[0].text}, one keystroke "
            "away: one of the two is probably misprinted."
        ),
        expected=tabled[0].text,
        key=(compound[0], *compound[1], *meant[1]),
        places=places,
    )
