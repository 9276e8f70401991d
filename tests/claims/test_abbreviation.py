import pytest
from papers import paper, section, table, text

from extract.claims.abbreviation import Expansion
from extract.records import Extraction

ROWS = [["Drug", "PFS"], ["Crizotinib", "9 months"], ["Ceritinib", "10 months"]]
PROSE = section("Results", "The median PFS of both drugs is listed in Table 1, and longer than that of chemotherapy.")


def expansions(extraction: Extraction) -> list[tuple[str, str]]:
    claims = (claim.arguments for claim in extraction.claims)
    return [(one.short, one.long) for one in claims if isinstance(one, Expansion)]


def quotes(extraction: Extraction) -> list[list[str]]:
    return [
        [one.quote.replace("\n", " ") for one in claim.evidence]
        for claim in extraction.claims
        if claim.kind == "abbreviation"
    ]


def under_a_table(note: str) -> list[tuple[str, str]]:
    return expansions(paper(PROSE, table("Table 1", "Trials", ROWS, note)))


def test_the_text_gives_long_and_short_form() -> None:
    extraction = paper(section("Results", "The objective response rate (ORR) was 53%, as in the earlier study [2]."))
    assert expansions(extraction) == [("ORR", "objective response rate")]
    assert quotes(extraction) == [["objective response rate (ORR"]]


def test_plain_text_gives_them_too() -> None:
    extraction = text("The objective response rate (ORR) was 53%. In the second, the ORR was 62%.")
    assert expansions(extraction) == [("ORR", "objective response rate")]


@pytest.mark.parametrize(
    "note",
    [
        "PFS: progression-free survival; CNS: central nervous system.",
        "Abbreviations: PFS = progression-free survival; CNS = central nervous system.",
        "PFS, progression-free survival, CNS, central nervous system",
        "PFS, progression-free survival; CNS, central nervous system.",
        "PFS progression-free survival, CNS central nervous system",
    ],
)
def test_legends_are_read_in_each_form(note: str) -> None:
    assert under_a_table(note) == [("PFS", "progression-free survival"), ("CNS", "central nervous system")]


@pytest.mark.parametrize(
    "note",
    [
        "NOTE: none of the patients had surgery.",
        "SOURCE: study of care.",
        "Women: weight of men and women together.",
        "ALK, ROS1, NTRK, MET and RET were tested.",
        "CNS metastases, CNS disease and CNS progression were counted.",
    ],
)
def test_other_notes_are_no_legends(note: str) -> None:
    assert under_a_table(note) == []


def test_a_list_of_abbreviations_is_read_to_its_end() -> None:
    entries = (
        "ALK: anaplastic lymphoma kinase; VEGF: Vascular endothelial growth factor We are grateful to all patients."
    )
    found = expansions(paper(PROSE, section("Abbreviations", entries)))
    assert found == [("ALK", "anaplastic lymphoma kinase"), ("VEGF", "Vascular endothelial growth factor")]


def test_one_expansion_at_two_places_is_one_claim() -> None:
    prose = section("Results", "The progression-free survival (PFS) is listed in Table 1 for both of the drugs.")
    extraction = paper(prose, table("Table 1", "Trials", ROWS, "PFS: Progression-free Survival; NR: not reached."))
    assert expansions(extraction) == [("PFS", "progression-free survival"), ("NR", "not reached")]
    assert quotes(extraction)[0] == ["progression-free survival (PFS", "PFS: Progression-free Survival"]
