from pathlib import Path

import papers
import pytest

from extract.mentions.grounding import FITTED, UNFITTED, topic_gene
from extract.records import Extraction, Mention
from extract.text.neighbourhood import Context

CASES = [
    line.split("\t")
    for line in (Path(papers.__file__).parent / "data" / "claims" / "grounding.tsv").read_text("utf-8").splitlines()
    if line and line[0] != "#"
]


def variants(extraction: Extraction, text: str) -> list[Mention]:
    return [mention for mention in extraction.mentions if mention.kind == "variant" and mention.text == text]


@pytest.mark.parametrize(("passage", "printed", "gene"), CASES)
def test_a_variant_belongs_to_the_gene_that_a_reader_gives_it(passage: str, printed: str, gene: str) -> None:
    found = variants(papers.text(passage), printed)
    assert found
    assert {mention.entity for mention in found} == {gene if gene != "-" else ""}


def test_what_a_context_settles_has_a_lower_score_than_what_stands_there() -> None:
    (touching,) = variants(papers.text("ALK G1202R was found."), "G1202R")
    (settled,) = variants(papers.text("EGFR and KRAS were sequenced: G12C was found."), "G12C")
    (unfitting,) = variants(papers.text("EGFR and KRAS were sequenced: G1200R was found."), "G1200R")
    assert touching.score == 1.0
    assert settled.score == FITTED
    assert unfitting.score == UNFITTED


def test_the_gene_of_a_row_goes_before_the_topic() -> None:
    table = papers.table(
        "Table 1",
        "Mutations",
        [["Gene", "Mutation", "Cases"], ["KRAS", "G12D", "30"], ["NRAS", "G12D", "5"], ["HRAS", "G12S", "1"]],
    )
    text = papers.section("Results", "KRAS is the gene of most of them. KRAS was sequenced, and KRAS again.")
    extraction = papers.paper(text, table, title="KRAS mutations in cancer")
    assert [mention.entity for mention in variants(extraction, "G12D")] == ["KRAS", "NRAS"]
    assert [mention.entity for mention in variants(extraction, "G12S")] == ["HRAS"]


def test_the_caption_gives_the_gene_of_a_table_without_a_column_for_it() -> None:
    table = papers.table(
        "Table 1", "Mutations of KIT by drug", [["Drug", "Resistant"], ["Imatinib", "T670I"], ["Sunitinib", "D820Y"]]
    )
    text = papers.section("Results", "PDGFRA and KIT were sequenced. PDGFRA was sequenced twice.")
    assert [mention.entity for mention in variants(papers.paper(text, table), "T670I")] == ["KIT"]


def test_an_unfitting_variant_of_a_list_takes_the_gene_of_its_neighbours() -> None:
    table = papers.table(
        "Table 1",
        "Resistance to inhibitors",
        [["Drug", "Mutations"], ["Crizotinib", "L1196M, G1269A, G2032R"], ["Alectinib", "G1202R, I1171N"]],
    )
    text = papers.section("Results", "ALK is a kinase. ALK fusions are found in 5% of the cases.")
    (mention,) = variants(papers.paper(text, table), "G2032R")
    assert (mention.entity, mention.score) == ("ALK", UNFITTED)


@pytest.mark.parametrize(
    ("passage", "gene"),
    [
        ("ALK is a kinase. ALK fusions are found. EGFR is another.", "ALK"),
        ("ALK, EGFR, KRAS and BRAF were sequenced.", ""),
        ("Nothing was sequenced.", ""),
    ],
)
def test_the_topic_is_the_gene_that_stands_out(passage: str, gene: str) -> None:
    extraction = papers.text(passage)
    assert topic_gene(Context(extraction.document, extraction.mentions)) == gene


def test_the_titles_of_the_references_do_not_make_the_topic() -> None:
    extraction = papers.paper(
        papers.section("Results", "KRAS was sequenced [1,2]."),
        papers.references(
            "Shaw AT. ALK in lung cancer: ALK fusions and ALK inhibitors. Lancet 2017;389:917-29.",
            "Kim DW. ALK resistance and the ALK kinase domain. Lancet 2018;391:917-29.",
        ),
    )
    assert topic_gene(Context(extraction.document, extraction.mentions)) == "KRAS"


@pytest.mark.parametrize(
    ("passage", "printed", "normalized", "gene"),
    [
        ("MTHFR C677T was typed.", "C677T", "c.677C>T", "MTHFR"),
        ("ABCB1 was typed (C3435T).", "C3435T", "c.3435C>T", "ABCB1"),
        ("TPMT A154T lowers the activity.", "A154T", "p.Ala154Thr", "TPMT"),
        ("EGFR T790M and EGFR T854A are known.", "T854A", "p.Thr854Ala", "EGFR"),
        # one keystroke from a variant that fits: a slip, not DNA
        ("EGFR T854A is known, EGFR T8554A is not.", "T8554A", "p.Thr8554Ala", "EGFR"),
        ("KRAS G1200R was found.", "G1200R", "p.Gly1200Arg", "KRAS"),
    ],
)
def test_letters_of_bases_that_the_protein_does_not_have_are_a_change_of_dna(
    passage: str, printed: str, normalized: str, gene: str
) -> None:
    (mention,) = variants(papers.text(passage), printed)
    assert (mention.normalized, mention.entity) == (normalized, gene)
