import papers
import pytest

RULE = "residue-out-of-range"
DOI = "10.1000/range"


def messages(passage: str) -> list[str]:
    return [flag.doubt.message for flag in papers.flags(papers.text(passage), RULE)]


def test_a_position_beyond_the_protein() -> None:
    assert messages("KRAS G1200D was found in two tumours.") == [
        "G1200D in the text cannot be a variant of KRAS, whose protein has only 189 residues."
    ]


def test_a_neighbour_that_the_paper_names_is_expected() -> None:
    passage = "ALK V11180L confers resistance to crizotinib. ALK V1180L was also found."
    (flag,) = papers.flags(papers.text(passage), RULE)
    assert flag.doubt.expected == "V1180L"
    assert flag.doubt.message.endswith("1620 residues; V1180L, which this paper names too, fits.")
    assert (flag.doubt.severity, flag.doubt.subject) == ("error", "ALK V11180L")


@pytest.mark.parametrize(
    "passage",
    [
        "KRAS G12D and BRAF V600E were found.",
        # another gene that the paper names has the residue: wrong-gene-variant's
        "ALK G2032R was listed. ROS1 fusions are rare.",
        # no gene, no sequence
        "The variant G9999D was found.",
        # another numbering of the gene
        "AR T877A and W741C were found in the tumours.",
        # not a protein variant
        "KRAS c.3500G>A was found.",
    ],
)
def test_what_fits_or_has_no_reference_is_left_alone(passage: str) -> None:
    assert messages(passage) == []


def test_a_variant_without_a_gene_is_not_applicable() -> None:
    count = papers.counts(papers.text("The variant G9999D was found."), RULE)
    assert (count.consistent, count.flagged, count.not_applicable) == (0, 0, 1)


TABLE = papers.table(
    "Table 1",
    "Mutations",
    [["Drug", "Gene", "Resistance mutations"], ["Sotorasib", "KRAS", "Y96D, H950D"], ["Adagrasib", "KRAS", "R68S"]],
)
TEXT = papers.section("Results", "KRAS H95D was found as well.")


def test_a_row_of_a_table_gives_the_gene() -> None:
    (flag,) = papers.flags(papers.paper(TABLE, TEXT), RULE)
    assert flag.doubt.subject == "KRAS H950D"
    assert flag.doubt.expected == "H95D"
    assert flag.doubt.places[0].role == "row of sotorasib"


def test_the_flag_is_the_same_in_another_setting_of_the_paper() -> None:
    first = papers.paper(TABLE, TEXT, doi=DOI)
    second = papers.paper(TEXT, TABLE, doi=DOI, page=papers.LETTER_TWO_COLUMNS)
    assert [flag.id for flag in papers.flags(first, RULE)] == [flag.id for flag in papers.flags(second, RULE)] != []
