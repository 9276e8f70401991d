"""Development codes beside the name of another drug."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.drugs import Drug, drug
from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.compounds import same_agent, sponsor_codes
from curate.rules.shared.wording import place_name
from extract.claims.drug_alias import DrugAlias, is_code
from extract.records import Document, Evidence, Extraction


@RULES.register("drug-code-conflict")
def drug_code_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find drugs that the paper gives the development code of another drug.

    Looks at a name with a code beside it, in brackets, after 'formerly' and the like or in a table's column of codes,
    and at a code with a name in brackets, where the reference data know both. Leaves alone two codes, two names ('brand
    (INN)'), codes that no drug is known by, names that combine several drugs, the titles of references, and what the
    text calls a metabolite of the drug.

    Example: 'crizotinib (LDK378)'; LDK378 is ceritinib, crizotinib is PF-02341066.

    Source: FDA UNII/GSRS names.
    """
    for claim in extraction.claims:
        stated = claim.arguments
        if not isinstance(stated, DrugAlias) or not is_code(stated.alias):
            continue
        coded, named = drug(stated.alias), drug(stated.drug)
        if coded is None or named is None:
            yield Outcome.NOT_APPLICABLE
        elif same_agent(coded, named):
            yield Outcome.CONSISTENT
        elif _is_metabolite(extraction.document.text, stated.alias):
            yield Outcome.NOT_APPLICABLE
        else:
            yield _doubt(extraction.document, stated, named, coded, claim.evidence)


def _is_metabolite(text: str, code: str) -> bool:
    """Say whether the text calls a code a metabolite: it stands for what its prodrug becomes."""
    near = rf"\bmetabolites?\b[^.;]{{0,40}}\b{re.escape(code)}\b|\b{re.escape(code)}\b[^.;]{{0,40}}\bmetabolites?\b"
    return re.search(near, text, re.IGNORECASE) is not None


def _doubt(document: Document, stated: DrugAlias, named: Drug, coded: Drug, evidence: tuple[Evidence, ...]) -> Doubt:
    own = next(iter(sponsor_codes(named)), "")
    hint = f"; {named.name} is {own.upper()}" if own else ""
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{stated.drug} ({stated.alias})",
        message=(
            f"{stated.drug} is given the code {stated.alias} in {place_name(document, evidence[0])}, but the reference "
            f"data know {stated.alias} as {coded.name}{hint}."
        ),
        expected=f"{coded.name} ({stated.alias})",
        key=(named.name, coded.name, stated.alias.casefold()),
        places=tuple(Place(role="name and code", evidence=place) for place in evidence),
    )
