"""Variants that belong to another gene than the one they are listed for."""

from __future__ import annotations

from collections.abc import Iterator

from curate.records import Doubt, Outcome, Severity
from curate.rules import RULES
from curate.rules.shared.variant_gene_fit import Suspect, suspects
from curate.rules.shared.wording import amino_acid, listed, place_name, protein_length, residue_at
from extract.hgvs.reference_residues import Fit, unfitting
from extract.records import Extraction

MOST_GENES = 3  # a longer list of genes that would fit by chance explains nothing


@RULES.register("wrong-gene-variant")
def wrong_gene_variant(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find variants that do not fit the gene of their context but fit another gene of the paper.

    Looks at every protein variant that its context (the gene beside it, its row, its caption, the gene
    that the paper is about) grounds to a gene with a Swiss-Prot sequence. Flags it when that protein ends
    before the position and a gene that the paper names has the residue there, or when it has another
    residue there and the paper gives the same variant to a gene that fits. Leaves alone a variant that is
    one keystroke from a fitting one (`residue-out-of-range`, `wild-type-mismatch`), and genes most of whose
    variants do not fit: the paper counts their residues on another isoform or without the signal peptide.

    Example: G2032R in a row of ALK inhibitors. ALK has 1620 residues; residue 2032 of ROS1 is Gly.

    Source: HGVS nomenclature; UniProtKB/Swiss-Prot canonical sequences.
    """
    for suspect in suspects(extraction):
        if suspect.cannot_be_judged or (suspect.fit is Fit.OTHER_RESIDUE and suspect.renumbered):
            yield Outcome.NOT_APPLICABLE
        elif suspect.fit is Fit.FITS or suspect.neighbour or not suspect.fitting_genes:
            yield Outcome.CONSISTENT
        else:
            yield _doubt(extraction, suspect)


def _doubt(extraction: Extraction, suspect: Suspect) -> Doubt:
    genes = suspect.fitting_genes[:MOST_GENES]
    where = place_name(extraction.document, suspect.places[0].evidence)
    listed_for = f"listed for {listed(suspect.drugs)} as " if suspect.drugs else "given as "
    residue = unfitting(suspect.gene, suspect.named) or suspect.named[0]
    if suspect.fit is Fit.BEYOND_END:
        why = f"{suspect.gene} has only {protein_length(suspect.gene)} residues"
    else:
        why = f"residue {residue.position} of {suspect.gene} is {residue_at(suspect.gene, residue.position)}"
    return Doubt(
        severity=Severity.ERROR,
        subject=suspect.subject,
        message=(
            f"{suspect.printed} in {where} is {listed_for}a variant of {suspect.gene}, but {why}; it fits "
            f"{listed(genes, 'or')}, where residue {residue.position} is {amino_acid(residue.letter)}."
        ),
        expected=f"{genes[0]} {suspect.printed}" if len(genes) == 1 else "",
        key=(suspect.gene, suspect.name),
        places=suspect.places,
    )
