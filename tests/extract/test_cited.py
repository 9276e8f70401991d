"""What the places of claims cite, in plain sentences and in typeset papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import paper, references, section, table, text

from extract.records import Claim, Evidence, Extraction

DATA = Path(__file__).parents[1] / "data" / "claims" / "citations.tsv"
ENTRIES = tuple(f"Author{chr(64 + n)} B. A paper on subject {n}. J Test. 20{n:02d};1:{n}." for n in range(1, 8))


def lines() -> list[list[str]]:
    return [line.split("\t") for line in DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def places(extraction: Extraction, kind: str = "") -> list[tuple[Claim, Evidence]]:
    return [(claim, place) for claim in extraction.claims if not kind or claim.kind == kind for place in claim.evidence]


@pytest.mark.parametrize(("sentence", "words", "cited"), lines())
def test_a_claim_of_a_sentence_has_the_citations_of_its_text(sentence: str, words: str, cited: tuple[int, ...]) -> None:
    found = [place for _, place in places(text(sentence)) if place.quote == words]
    assert found
    assert {" ".join(map(str, place.citations)) or "-" for place in found} == {cited}


def test_a_raised_citation_behind_the_full_stop_is_of_its_sentence() -> None:
    raised = "#super(typographic: false)"
    one = paper(
        f"= Results\n\nALK G1202R conferred resistance to crizotinib.{raised}[2,4] ALK L1196M was sensitive to "
        f"ceritinib.{raised}[5] ALK F1174L was resistant to crizotinib.\n",
        references(*ENTRIES),
    )
    assert {(place.quote.split()[0], place.citations) for _, place in places(one, "variant_response")} == {
        ("G1202R", (2, 4)),
        ("L1196M", (5,)),
        ("F1174L", ()),
    }


def of_table(caption: str, *rows: list[str]) -> dict[str, tuple[int, ...]]:
    """Return what the trial results of a table cite, by what their cell says."""
    one = paper(section("Results", "The trials are listed."), table("Table 1", caption, rows), references(*ENTRIES))
    return {place.quote: place.citations for _, place in places(one, "trial_result") if place.cell is not None}


def test_a_cell_goes_by_itself_then_by_the_column_of_references() -> None:
    assert of_table(
        "Trials",
        ["Trial", "Drug", "ORR (%)", "PFS (months)", "Reference"],
        ["ALTA", "Brigatinib", "53% [6]", "16.7", "[2]"],
        ["ASCEND-1", "Ceritinib", "56", "6.9", "[3,4]"],
        ["ASCEND-5", "Crizotinib", "41", "8.1", ""],
    ) == {"53% [6]": (6,), "16.7": (2,), "56": (3, 4), "6.9": (3, 4), "41": (), "8.1": ()}


def test_a_cell_goes_by_the_heading_of_its_row_but_not_by_another_cell() -> None:
    assert of_table(
        "Trials",
        ["Trial", "Drug", "ORR (%)", "PFS (months)"],
        ["ALTA [2]", "Brigatinib", "53", "16.7"],
        ["ASCEND-1 [3]", "Ceritinib", "56% [5]", "6.9"],
        ["ASCEND-5", "Crizotinib", "41% [7]", "8.1"],
    ) == {"53": (2,), "16.7": (2,), "56% [5]": (5,), "6.9": (3,), "41% [7]": (7,), "8.1": ()}


def test_a_table_without_citations_goes_by_its_caption() -> None:
    assert of_table(
        "Results of the trials, after Author [6]",
        ["Trial", "Drug", "ORR (%)"],
        ["ALTA", "Brigatinib", "53"],
        ["ASCEND-5", "Crizotinib", "41% [7]"],
    ) == {"53": (6,), "41% [7]": (7,)}


def test_one_claim_of_two_places_keeps_the_citations_of_each() -> None:
    one = text("ALK G1202R conferred resistance to crizotinib [1]. Again, ALK G1202R was resistant to crizotinib [2].")
    ((claim, first), (_, second)) = places(one)
    assert [first.citations, second.citations] == [(1,), (2,)]
    assert len(claim.evidence) == 2
