import pytest
from papers import paper, references, section, table, text

from extract.claims import title
from extract.claims.citation import SourceCitation
from extract.records import Extraction

ENTRIES = tuple(f"Author B. A paper on subject {n}. J Test. 20{n:02d};1:{n}." for n in range(1, 8))


def cited(extraction: Extraction) -> list[str]:
    """Return the citations of a document in words, each of its places once."""
    return [
        title(claim.arguments)
        for claim in extraction.claims
        if isinstance(claim.arguments, SourceCitation)
        for _ in claim.evidence
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Shaw et al., 2013 [12] saw no response.", ["Shaw et al., 2013 [12]"]),
        ("Camidge and colleagues [3,5-7] saw no response.", ["Camidge et al. [3,5,6,7]"]),
        ("In the van der Meer et al. (2018) [4] series, none responded.", ["van der Meer et al., 2018 [4]"]),
        ("In the ALTA trial, the ORR was 53% [31].", ["ALTA [31]"]),
        (
            "Both the ALTA trial [31] and the ALEX trial (NCT02075840) [27] met their endpoint.",
            ["ALTA [31]", "ALEX [27]"],
        ),
        ("The ALTA trial was of phase II. Its ORR was 53% [31].", ["ALTA [31]"]),
    ],
)
def test_a_citation_that_says_what_it_cites(sentence: str, expected: list[str]) -> None:
    assert cited(text(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "No response was seen [12].",
        "Shaw et al., Kim et al. and others [12] saw no response in 2013 [14].",
        "This is similar to what the ALTA trial found [31].",
        "After the ALTA trial, others were begun [31].",
        "The ALTA trial was of phase II [30]. Resistance is common [31], as is relapse [32].",
        "In NCT02075840, none responded [27].",
    ],
)
def test_a_citation_that_may_be_for_something_else_is_none(sentence: str) -> None:
    assert [one for one in cited(text(sentence)) if "31" in one or "27" in one or "12" in one] == []


def test_rows_cite_in_the_cell_of_the_trial_and_in_a_column_of_references() -> None:
    rows = [
        ["Trial", "Drug", "PFS (months)", "Reference"],
        ["ALTA", "Brigatinib [6]", "16.7", "[2]"],
        ["ASCEND-1 [3]", "Ceritinib", "6.9", "[4,5]"],
        ["ASCEND-5", "Ceritinib", "5.4", ""],
    ]
    one = paper(section("Results", "The trials are listed."), table("Table 1", "Trials", rows), references(*ENTRIES))
    assert cited(one) == ["ALTA [2]", "ASCEND-1 [3,4,5]"]
    places = [claim.evidence[0] for claim in one.claims if claim.kind == "citation"]
    assert [(place.cell is not None, place.citations) for place in places] == [(True, (2,)), (True, (3, 4, 5))]
