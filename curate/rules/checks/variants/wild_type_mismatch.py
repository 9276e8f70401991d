"""Variants whose reference residue is not the one that the protein has there."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Severity
from curate.rules import RULES
from curate.rules.shared.variant_gene_fit import Suspect, suspects
from curate.rules.shared.wording import place_name, residue_at
from extract.hgvs.reference_residues import Fit, unfitting
from extract.records import Extraction


@RULES.register("wild-type-mismatch")
def wild_type_mismatch(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find variants whose reference residue is not the one that their gene's protein has at that position.

    Looks at every protein variant that its context grounds to a gene with a Swiss-Prot sequence. Flags
    one whose first-named residue is not the sequence's, where either a variant one keystroke away is
    named in the paper and fits, or no other gene of the paper explains it (`wrong-gene-variant`). Leaves
    alone genes most of whose variants do not fit: the paper counts them on another isoform; changes to the residue
    that the sequence has, for it can hold the rarer allele (R399Q of XRCC1), unless the paper names the same change
    the other way round; and what the paper has in mice and other animals alone.

    Example: E1219K of ALK, whose residue 1219 is not Glu, where E1210K stands elsewhere in the paper.

    Source: HGVS nomenclature; UniProtKB/Swiss-Prot canonical sequences.
    """
    for suspect in suspects(extraction):
        if suspect.cannot_be_judged or suspect.renumbered:
            yield Outcome.NOT_APPLICABLE
        elif suspect.fit is Fit.OTHER_RESIDUE and (suspect.neighbour or not suspect.fitting_genes):
            yield _doubt(extraction, suspect)
        else:
            yield Outcome.CONSISTENT


def _doubt(extraction: Extraction, suspect: Suspect) -> Doubt:
    near = f"; {suspect.neighbour}, which this paper names too, fits" if suspect.neighbour else ""
    position = (unfitting(suspect.gene, suspect.named) or suspect.named[0]).position
    return Doubt(
        severity=Severity.ERROR,
        subject=suspect.subject,
        message=(
            f"{suspect.printed} in {place_name(extraction.document, suspect.places[0].evidence)} does not fit "
            f"{suspect.gene}, whose residue {position} is {residue_at(suspect.gene, position)}{near}."
        ),
        expected=suspect.neighbour,
        key=(suspect.gene, suspect.name),
        places=suspect.places,
    )
