"""A variant for resistance and for sensitivity to one drug."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import place_name
from extract.claims.variant_response import VariantResponse
from extract.claims.variant_response.cues import RESISTANCE, SENSITIVITY
from extract.records import Evidence, Extraction
from extract.text.neighbourhood import Context

MOST_LETTERS = 120
# What parts a clause or makes it one on a time, a comparison, or other tumours.
_NOT_DIRECT = re.compile(
    r"[;:]|, |\b(?:after|following|upon|before|prior|status|despite|wild[- ]type|than|without)\b"
    r"|\bin\s+(?:conjunction|addition)\b"
)
_CHANGE = re.compile(r"\d")
_BOTH = re.compile(r"resist.*(?:sensitiv|suscept|respon)|(?:sensitiv|suscept|respon).*resist", re.IGNORECASE)


@RULES.register("response-conflict")
def response_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find variants that the paper lists for resistance and for sensitivity to the same drug.

    Compares all claims of one drug and one set of variants, from tables and prose. A compound is a
    variant of its own: that it is sensitive where one of its parts is resistant is no conflict. A
    variant that the paper names for a drug in one direction only is consistent. Both directions can be
    true of one variant (of the drug's dose, or of the fusion partner), so that this is a warning. Of sentences only
    those count that say it in one short clause on one variant: a sentence on several, on what came after a
    treatment, or that takes its variant or its drug from the sentences before, proves nothing against another
    place, and there the rule does not apply. Nor does it to alterations that are named by their gene alone ('KRAS
    mutation', 'overexpression'), which are many.

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
        if not all(_CHANGE.search(variant) for variant in variants):
            # 'KRAS mutation' or 'overexpression' is many alterations: some resist and others do not
            yield Outcome.NOT_APPLICABLE
            continue
        if len(places) == 1:
            yield Outcome.CONSISTENT
            continue
        named = {direction: [one for one in found if _is_direct(context, one)] for direction, found in places.items()}
        yield _doubt(extraction, gene, variants, drug, named) if all(named.values()) else Outcome.NOT_APPLICABLE


def _is_direct(context: Context, evidence: Evidence) -> bool:
    """Say whether a place says it in so many words: a table's row, or one short clause on one variant and the drug."""
    if evidence.cell is not None:
        return True
    text = context.text(evidence.span)
    if len(text) > MOST_LETTERS or _NOT_DIRECT.search(text) or _BOTH.search(text):
        return False
    mentions = context.within(evidence.span, "variant", "drug")
    variants = {mention.span for mention in mentions if mention.kind == "variant"}
    return len(variants) == 1 and any(mention.kind == "drug" for mention in mentions)


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
