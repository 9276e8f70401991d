"""A variant for resistance and for sensitivity to one drug."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.wording import place_name
from extract.claims.variant_response import RESISTANCE, SENSITIVITY, VariantResponse
from extract.records import Evidence, Extraction


@RULES.register("response-conflict")
def response_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find variants that the paper lists for resistance and for sensitivity to the same drug.

    Compares all claims of one drug and one set of variants, from tables and prose. A compound is a
    variant of its own: that it is sensitive where one of its parts is resistant is no conflict. A
    variant that the paper names for a drug in one direction only is consistent. Both directions can be
    true of one variant (of the drug's dose, or of the fusion partner), so that this is a warning.

    Example: V1180L in the resistance and in the susceptibility column of one row.
    """
    directions: dict[tuple[str, tuple[str, ...], str], dict[str, list[Evidence]]]
    directions = defaultdict(lambda: defaultdict(list))
    for claim in extraction.claims:
        match claim.arguments:
            case VariantResponse(gene=gene, variants=variants, drug=drug, direction=direction):
                directions[gene, variants, drug][direction].extend(claim.evidence)
    for (gene, variants, drug), places in directions.items():
        if RESISTANCE in places and SENSITIVITY in places:
            yield _doubt(extraction, gene, variants, drug, places)
        else:
            yield Outcome.CONSISTENT


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
