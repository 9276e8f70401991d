"""Responses of alterations that are named by their gene: each entry of the list is needed by a sentence."""

from importlib import resources

import papers
import pytest

from extract.claims.variant_response import VariantResponse

LINES = [
    line.split("\t")
    for line in resources.files("extract.claims.variant_response")
    .joinpath("alterations.tsv")
    .read_text("utf-8")
    .splitlines()
    if line and not line.startswith("#")
]
NAMED = {"-": "exon 20 insertion", "fusion": "v::RET", "amplification": "MET amplification"}


def test_there_are_entries() -> None:
    assert len(LINES) > 15


@pytest.mark.parametrize(("name", "words", "sentence"), LINES, ids=[line[2] for line in LINES])
def test_each_entry_is_needed_by_its_sentence(name: str, words: str, sentence: str) -> None:
    found = [claim.arguments for claim in papers.text(sentence).claims if isinstance(claim.arguments, VariantResponse)]
    assert NAMED.get(name, name) in {variant for one in found for variant in one.variants}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "EGFR T790M confers resistance to first-generation EGFR TKIs.",
            ("EGFR", ("T790M",), "EGFR TKI", "resistance"),
        ),
        ("KRAS-mutant tumours were resistant to chemotherapy.", ("KRAS", ("mutation",), "chemotherapy", "resistance")),
        (
            "Silencing of RAD51 sensitized cells to radiation.",
            ("RAD51", ("underexpression",), "radiotherapy", "sensitivity"),
        ),
    ],
)
def test_classes_of_drugs_are_named(sentence: str, expected: tuple[str, tuple[str, ...], str, str]) -> None:
    found = [claim.arguments for claim in papers.text(sentence).claims if isinstance(claim.arguments, VariantResponse)]
    assert expected in {(one.gene, one.variants, one.drug, one.direction) for one in found}


@pytest.mark.parametrize(
    "sentence",
    [
        "Patients with ALK-positive NSCLC and acquired resistance to crizotinib were enrolled.",
        "EGFR-mutant lung cancers that progressed on gefitinib were biopsied.",
        "Tumours resistant to crizotinib were not found to harbor ALK mutations.",
        "ERCC1 expression was measured before cisplatin was given.",
    ],
)
def test_whose_disease_it_is_is_no_cause_of_resistance(sentence: str) -> None:
    found = [claim.arguments for claim in papers.text(sentence).claims if isinstance(claim.arguments, VariantResponse)]
    assert found == []
