import papers
import pytest

RULE = "wild-type-mismatch"
DOI = "10.1000/wildtype"


def messages(passage: str) -> list[str]:
    return [flag.doubt.message for flag in papers.flags(papers.text(passage), RULE)]


def test_a_residue_that_the_protein_does_not_have_there() -> None:
    passage = "EGFR L858R, EGFR T790M and EGFR C797S are common; EGFR K719S is rare."
    assert messages(passage) == ["K719S in the text does not fit EGFR, whose residue 719 is Gly."]


def test_a_neighbour_that_the_paper_names_is_expected() -> None:
    (flag,) = papers.flags(papers.text("ABL1 T315I and ABL1 F317L are known. ABL1 T351I was found."), RULE)
    assert flag.doubt.expected == "T315I"
    assert flag.doubt.message == (
        "T351I in the text does not fit ABL1, whose residue 351 is Met; T315I, which this paper names too, fits."
    )
    assert (flag.doubt.severity, flag.doubt.subject) == ("error", "ABL1 T351I")


def test_a_change_written_the_other_way_round() -> None:
    (flag,) = papers.flags(papers.text("EGFR L858R responds. The EGFR R858L mutation is sensitive."), RULE)
    assert flag.doubt.expected == "L858R"


@pytest.mark.parametrize(
    "passage",
    [
        "BRAF V600E, KRAS G12D, PIK3CA H1047R and TP53 R273H were found.",
        # other numberings in use
        "AR T877A and AR W741C were found; MYD88 L265P too; EZH2 Y641F as well.",
        # most variants of the gene do not fit: the paper counts otherwise
        "TP53 was sequenced: TP53 A175H, TP53 A273H and TP53 A248Q were found.",
        # the paper gives it to another gene that fits
        "ROS1 G2032R is known. KRAS G12C was found. In KRAS-mutant tumours NRAS Q61K was found too.",
        # the reference sequence holds the rarer allele
        "XRCC1 R399Q and TP53 R72P were typed; XRCC1 R194W too.",
        "FCGR2A H131R and FCGR3A V158F were typed.",
        # letters of bases: changes of DNA
        "ERCC1 C118T and MTHFR C677T were typed.",
        # no gene is named with it
        "BCL2, TP53, KRAS and EGFR were stained. The cannula was connected to a transducer (Gould P231D) and filled.",
        # residues of mice
        "KRAS G12D and TP53 R273H are common. Mice with TP53 R270H fl/fl Pdx1-Cre were bred.",
        # beyond the end: residue-out-of-range's
        "KRAS G1200D was found.",
        # cell lines and other things that look like variants
        "H3122, A549 and H2228 cells carry ALK fusions.",
    ],
)
def test_what_fits_or_can_be_explained_is_left_alone(passage: str) -> None:
    assert messages(passage) == []


def test_a_gene_that_is_counted_otherwise_is_not_applicable() -> None:
    count = papers.counts(papers.text("TP53 A175H, TP53 A273H and TP53 A248Q were found."), RULE)
    assert (count.consistent, count.flagged, count.not_applicable) == (0, 0, 3)


TABLE = papers.table(
    "Table 1",
    "Mutations of ABL1",
    [
        ["Drug", "Resistance mutations"],
        ["Imatinib", "T315I, Y253H, E255K"],
        ["Dasatinib", "F371L, T315A"],
        ["Nilotinib", "F359V, F317L"],
    ],
)
TEXT = papers.section("Results", "Mutations of ABL1 cause most relapses in ABL1-driven leukaemia.")


def test_a_row_of_a_table_of_one_gene() -> None:
    (flag,) = papers.flags(papers.paper(TEXT, TABLE), RULE)
    assert (flag.doubt.subject, flag.doubt.expected) == ("ABL1 F371L", "F317L")
    assert flag.doubt.places[0].role == "row of dasatinib"


def test_the_flag_is_the_same_in_another_setting_of_the_paper() -> None:
    first = papers.paper(TEXT, TABLE, doi=DOI)
    second = papers.paper(TABLE, TEXT, doi=DOI, page=papers.LETTER_TWO_COLUMNS)
    assert [flag.id for flag in papers.flags(first, RULE)] == [flag.id for flag in papers.flags(second, RULE)] != []
