import pytest

from extract.hgvs.notation import short_form
from extract.hgvs.reference_residues import Fit, Residue, fit, residues, unfitting

SHORT = [
    ("p.Gly1202Arg", ("G1202R",)),
    ("p.[Cys1156Tyr;Leu1198Phe]", ("C1156Y", "L1198F")),
    ("p.Gln61Ter", ("Q61*",)),
    ("p.Glu746_Ala750del", ("E746_A750del",)),
    ("p.Arg97ProfsTer23", ("R97Pfs*23",)),
]

FITS = [
    ("ALK", "p.Gly1202Arg", Fit.FITS),
    ("ROS1", "p.Gly2032Arg", Fit.FITS),
    ("ALK", "p.Gly2032Arg", Fit.BEYOND_END),
    ("ALK", "p.Gly1203Arg", Fit.OTHER_RESIDUE),
    ("EGFR", "p.Glu746_Ala750del", Fit.FITS),
    ("BRAF", "p.Val600Glu", Fit.FITS),
    ("ALK", "p.[Cys1156Tyr;Leu1198Phe]", Fit.FITS),
    ("ALK", "p.[Cys1156Tyr;Leu1199Phe]", Fit.OTHER_RESIDUE),
    # numberings that papers use beside the canonical one
    ("AR", "p.Thr877Ala", Fit.FITS),
    ("MYD88", "p.Leu265Pro", Fit.FITS),
    ("EZH2", "p.Tyr646Phe", Fit.FITS),
    ("CDKN2A", "p.Asp84Asn", Fit.FITS),
    ("NOSUCHGENE", "p.Gly12Asp", Fit.UNKNOWN),
    ("ALK", "c.35G>A", Fit.UNKNOWN),
]


@pytest.mark.parametrize(("normalized", "short"), SHORT)
def test_short_forms_are_what_curators_write(normalized: str, short: tuple[str, ...]) -> None:
    assert short_form(normalized) == short


@pytest.mark.parametrize(("gene", "normalized", "expected"), FITS)
def test_a_variant_fits_a_gene_by_its_residues(gene: str, normalized: str, expected: Fit) -> None:
    assert fit(gene, residues(normalized)) is expected


def test_the_residue_that_does_not_fit_is_named() -> None:
    named = residues("p.[Cys1156Tyr;Leu1199Phe]")
    assert unfitting("ALK", named) == Residue(position=1199, letter="L")
    assert unfitting("ALK", residues("p.Gly1202Arg")) is None


def test_only_protein_notation_names_residues() -> None:
    assert residues("c.35G>A") == residues("rs113488022") == residues("EML4::ALK") == ()
