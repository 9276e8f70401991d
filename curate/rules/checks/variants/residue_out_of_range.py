"""Residue numbers beyond the end of the protein."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Severity
from curate.rules import RULES
from curate.rules.shared.variant_gene_fit import Suspect, suspects
from curate.rules.shared.wording import place_name, protein_length
from extract.hgvs.reference_residues import Fit
from extract.records import Extraction


@RULES.register("residue-out-of-range")
def residue_out_of_range(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find variants whose residue number is larger than the protein of their gene.

    Looks at every protein variant that its context grounds to a gene with a Swiss-Prot sequence, and
    flags one whose position lies beyond the last residue, unless another gene named in the paper has
    that residue there: that is `wrong-gene-variant`. Variants without a gene or without a reference
    sequence are not applicable. A variant of the same paper that is one keystroke away and fits is given
    as expected.

    Example: V11180L of ALK, a protein of 1620 residues, where V1180L stands elsewhere in the paper.

    Source: HGVS nomenclature, residues are numbered on a reference protein; UniProtKB/Swiss-Prot.
    """
    for suspect in suspects(extraction):
        if suspect.cannot_be_judged:
            yield Outcome.NOT_APPLICABLE
        elif suspect.fit is Fit.BEYOND_END and (suspect.neighbour or not suspect.fitting_genes):
            yield _doubt(extraction, suspect)
        else:
            yield Outcome.CONSISTENT


def _doubt(extraction: Extraction, suspect: Suspect) -> Doubt:
    length = protein_length(suspect.gene)
    near = f"; {suspect.neighbour}, which this paper names too, fits" if suspect.neighbour else ""
    return Doubt(
        severity=Severity.ERROR,
        subject=suspect.subject,
        message=(
            f"{suspect.printed} in {place_name(extraction.document, suspect.places[0].evidence)} cannot be a "
            f"variant of {suspect.gene}, whose protein has only {length} residues{near}."
        ),
        expected=suspect.neighbour,
        key=(suspect.gene, suspect.name),
        places=suspect.places,
    )
