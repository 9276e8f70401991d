from collections.abc import Iterator
from pathlib import Path

import papers
import pytest

from extract.claims.variant_response import VariantResponse
from extract.records import Extraction

DATA = Path(papers.__file__).parent / "data" / "claims"


def cases(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each sentence of a list with the lines below it."""
    lines = [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    starts = [number for number, line in enumerate(lines) if line.startswith(">")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start][1:].strip(), tuple(lines[start + 1 : end])


def responses(extraction: Extraction) -> set[str]:
    return {
        f"{found.gene} {'+'.join(found.variants)} {found.drug} {found.direction}"
        for found in (claim.arguments for claim in extraction.claims)
        if isinstance(found, VariantResponse)
    }


ACCEPTED = list(cases("variant_response_accept.txt"))
REJECTED = list(cases("variant_response_reject.txt"))


def test_there_are_forty_cases_of_each_kind() -> None:
    assert len(ACCEPTED) >= 40
    assert len(REJECTED) >= 40


@pytest.mark.parametrize(("sentence", "expected"), ACCEPTED)
def test_a_sentence_gives_what_a_reader_takes_from_it(sentence: str, expected: tuple[str, ...]) -> None:
    assert responses(papers.text(sentence)) == set(expected)


@pytest.mark.parametrize(("sentence", "wrong"), REJECTED)
def test_a_sentence_gives_nothing_that_it_does_not_say(sentence: str, wrong: tuple[str, ...]) -> None:
    found = responses(papers.text(sentence))
    assert not (found if wrong == ("*",) else found & set(wrong))


TABLE = papers.table(
    "Table 1",
    "Mutations of KIT and PDGFRA",
    [
        ["Drug", "Gene", "Resistance mutations", "Sensitive mutations", "Strategy to overcome resistance"],
        ["Imatinib", "KIT", "D816V, T670I", "L576P, K642E", "Sunitinib for V654A"],
        ["", "PDGFRA", "D842V", "V561D", "Avapritinib for D842V"],
        ["Sunitinib", "KIT", "D820Y + A829P", "V654A", "Ripretinib"],
    ],
    ruled=True,
)


def test_a_column_gives_the_direction_and_the_row_its_drug() -> None:
    assert responses(papers.paper(TABLE)) == {
        "KIT D816V imatinib resistance",
        "KIT T670I imatinib resistance",
        "KIT L576P imatinib sensitivity",
        "KIT K642E imatinib sensitivity",
        "PDGFRA D842V imatinib resistance",
        "PDGFRA V561D imatinib sensitivity",
        "KIT A829P+D820Y sunitinib resistance",
        "KIT V654A sunitinib sensitivity",
    }


def test_a_response_of_a_table_has_its_cell_and_the_box_of_the_variant() -> None:
    extraction = papers.paper(TABLE)
    claim = next(claim for claim in extraction.claims if getattr(claim.arguments, "variants", ()) == ("V561D",))
    evidence = claim.evidence[0]
    assert evidence.cell is not None
    assert (evidence.quote, evidence.cell.row, evidence.cell.column) == ("V561D", 2, 3)
    assert [box.page for box in evidence.boxes] == [1]


def test_a_table_without_directions_gives_no_response() -> None:
    table = papers.table(
        "Table 2", "Frequency of mutations", [["Drug", "Mutation", "Cases"], ["Imatinib", "KIT D816V", "12"]]
    )
    assert responses(papers.paper(table)) == set()


def test_two_sentences_of_one_response_are_one_claim_with_two_places() -> None:
    extraction = papers.text("KIT D816V is resistant to imatinib. Thus, D816V conferred resistance to imatinib.")
    (claim,) = extraction.claims
    assert [evidence.quote for evidence in claim.evidence] == [
        "D816V is resistant to imatinib",
        "D816V conferred resistance to imatinib",
    ]
