import papers
import pytest

RULE = "wrong-gene-variant"
DOI = "10.1000/gene"


def messages(passage: str) -> list[str]:
    return [flag.doubt.message for flag in papers.flags(papers.text(passage), RULE)]


TABLE = papers.table(
    "Table 1",
    "Resistance mutations of ALK",
    [
        ["Drug", "Resistance mutations"],
        ["Crizotinib", "L1196M, G1269A, G2032R"],
        ["Alectinib", "G1202R, I1171N"],
        ["Lorlatinib", "G1202R, L1198F"],
    ],
)
TEXT = papers.section(
    "Introduction", "ALK fusions are found in lung cancer, and so are fusions of ROS1. ALK is a kinase."
)


def test_a_variant_listed_for_the_drugs_of_another_gene() -> None:
    (flag,) = papers.flags(papers.paper(TEXT, TABLE), RULE)
    assert flag.doubt.message == (
        "G2032R in Table 1 is listed for crizotinib as a variant of ALK, but ALK has only 1620 residues; "
        "it fits ROS1, where residue 2032 is Gly."
    )
    assert (flag.doubt.severity, flag.doubt.subject) == ("error", "ALK G2032R")
    assert flag.doubt.expected == "ROS1 G2032R"
    assert flag.doubt.places[0].role == "row of crizotinib"


def test_a_variant_that_the_paper_gives_to_two_genes() -> None:
    passage = "BRAF V600E, BRAF K601E and BRAF L597R are known. KRAS G12D is known. BRAF G12D was listed too."
    assert messages(passage) == [
        "G12D in the text is given as a variant of BRAF, but residue 12 of BRAF is Ala; it fits KRAS, "
        "where residue 12 is Gly."
    ]


@pytest.mark.parametrize(
    "passage",
    [
        "ALK G1202R and ROS1 G2032R are solvent-front mutations; NTRK1 G595R is like them.",
        "KRAS, NRAS and BRAF were sequenced: G12D, Q61K and V600E were found.",
        # no gene of the paper has the residue there: residue-out-of-range's
        "KRAS G1200D was found.",
        # one keystroke from a variant that fits: the typing is at fault, not the gene
        "ALK V11180L was found, as was ALK V1180L. ROS1 was sequenced.",
        # the gene is counted on another isoform
        "MET Y1003N and MET D1010N were found beside EGFR L858R.",
        # no gene at all
        "The variant G9999D was found.",
    ],
)
def test_what_is_of_its_gene_or_of_no_other_is_left_alone(passage: str) -> None:
    assert messages(passage) == []


def test_variants_without_a_reference_are_counted_as_not_applicable() -> None:
    count = papers.counts(papers.text("The variant G9999D was found."), RULE)
    assert (count.consistent, count.flagged, count.not_applicable) == (0, 0, 1)


def test_the_flag_is_the_same_in_another_setting_of_the_paper() -> None:
    first = papers.paper(TEXT, TABLE, doi=DOI)
    second = papers.paper(TABLE, TEXT, doi=DOI, page=papers.LETTER_TWO_COLUMNS)
    assert [flag.id for flag in papers.flags(first, RULE)] == [flag.id for flag in papers.flags(second, RULE)] != []
