"""A variant for resistance and for sensitivity to one drug."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.subjects.wording import place_name
from extract.claims.grammar.response_cues import RESISTANCE, SENSITIVITY
from extract.claims.variant_response import VariantResponse
from extract.context import Context
from extract.records import Evidence, Extraction


@RULES.register("response-conflict")
def response_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find variants that the paper lists for resistance and for sensitivity to the same drug.

    Compares all claims of one drug and one set of variants, from tables and prose. A compound is a
    variant of its own: that it is sensitive where one of its parts is resistant is no conflict. A
    variant that the paper names for a drug in one direction only is consistent. Both directions can be
    true of one variant (of the drug's dose, or of the fusion partner), so that this is a warning. A sentence
    that takes its variant or its drug from the sentences before it proves nothing against another place: there
    the rule does not apply.

    Example: V1180L in the resistance and in the susceptibility column of one row.
    """
    context = Context(extraction.document, extraction.mentions)
    directions: dict[tuple[str, tuple[str, ...], str], dict[str, list[Evidence]]]
    directions = defaultdict(lambda: defaultdict(list))
    for claim in extraction.claims:
        match claim.arguments:
            case VariantResponse(gene=gene, variants=variants, drug=drug, direction=direction):
                directions[gene, variants, drug][direction].extend(claim.evidence)
    for (gene, variants, drug), places in directions.items():
        if len(places) == 1:
            yield Outcome.CONSISTENT
            continue
        named = {direction: [one for one in found if _names_both(context, one)] for direction, found in places.items()}
        yield _doubt(extraction, gene, variants, drug, named) if all(named.values()) else Outcome.NOT_APPLICABLE


def _names_both(context: Context, evidence: Evidence) -> bool:
    """Say whether a place names the variant and the drug itself: a table's row does, a sentence may not."""
    if evidence.cell is not None:
        return True
    kinds = {mention.kind for mention in context.within(evidence.span, "variant", "drug")}
    return kinds == {"variant", "drug"}


def _doubt(
    extraction: Extraction,
    gene: str,
    variants: tuple[str, ...],
    drug: str,
    places: dict[str, list[Evidence]],
) -> Doubt:
    name = " + ".join(variants)
    resistant, sensitive = (
        place_name(extraction.document, places[direction][0]) for direction in (RESISTANCE, SENSITIVITY)
    )
    where = f"both in {resistant}" if resistant == sensitive else f"in {resistant} and in {sensitive}"
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{name} ({drug})",
        message=f"{name} is given for resistance and for sensitivity to {drug}, {where}.",
        key=(gene, name, drug),
        places=tuple(
            Place(role=direction, evidence=evidence)
            for direction in (RESISTANCE, SENSITIVITY)
            for evidence in places[direction]
        ),
    )
