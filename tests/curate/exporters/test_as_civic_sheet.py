import csv
import io
from dataclasses import replace
from pathlib import Path

import builders
import pytest

from curate.decisions import decide
from curate.exporters import EXPORTERS
from curate.exporters.as_civic_sheet import as_civic_sheet
from curate.records import Checked, Place, Severity, Verdict
from curate.store import Store
from extract.places import Locator
from extract.records import Citation, Claim, Document, Span


def sheet(store: Store) -> list[dict[str, str]]:
    form = EXPORTERS["civic-sheet"]
    source = form.sources["claims"]
    text = "".join(form.write(source.columns(store), source.records(store)))
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_a_claim_goes_with_the_paper_that_its_sentence_cites(by_typst: Path) -> None:
    with Store.open(by_typst, read_only=True) as store:
        rows = sheet(store)
    assert [(row["gene"], row["variant"], row["drug"], row["pmid"]) for row in rows] == [
        ("ALK", "G1202R", "crizotinib", ""),
        ("ALK", "L1196M", "ceritinib", ""),
        ("ALK", "F1174L", "crizotinib", ""),
    ]
    assert [row["comment"].split("Cites ")[1].split(" Lancet")[0].split(" J ")[0] for row in rows] == [
        "reference 1: Kim 2017",
        "reference 2: Shaw 2014",
        "reference 1: Kim 2017",
    ]
    assert rows[0]["comment"].startswith("Resistance: “G1202R conferred resistance to crizotinib” (")


def cited(document: Document, *citations: tuple[str, tuple[int, ...]]) -> Document:
    """Return the document with citations: the words that each stands after, and the numbers."""
    made = [
        Citation(text="", numbers=numbers, anchor=document.text.index(after) + len(after), boxes=())
        for after, numbers in citations
    ]
    return replace(document, citations=tuple(made))


def with_pmid(document: Document) -> Document:
    (reference,) = document.references
    return replace(document, references=(replace(reference, pmid="28475456", doi="10.1200/x"),))


def claim_at(document: Document, words: str) -> Claim:
    start = document.text.rindex(words)
    place = Locator(document).evidence(Span(start=start, end=start + len(words)), extractor="variant_response")
    return replace(builders.response(), evidence=(place,))


@pytest.mark.parametrize(
    ("after", "words", "expected"),
    [
        ("in arm B.", "62%", ["28475456"]),  # at the end of its sentence, after the full stop
        ("response rate", "62%", ["28475456"]),  # before it in the sentence
        ("Brigatinib in ALTA", "62%", []),  # in another block
        ("\t53", "53", ["28475456"]),  # in its own cell
        ("\nALTA", "53", []),  # in another cell of its row, which is no column of references
    ],
)
def test_what_is_cited_near_a_place(empty: Store, after: str, words: str, expected: list[str]) -> None:
    paper = with_pmid(cited(builders.document(), (after, (1,))))
    builders.save(empty, builders.extraction(paper, claims=(claim_at(paper, words),)))
    rows = sheet(empty)
    assert [row["pmid"] for row in rows] == expected
    for row in rows:
        assert row["variant"] == "G1202R AND L1196M"
        assert "Cites reference 1: Kim 2017 J Clin Oncol, doi:10.1200/x" in row["comment"]


def test_a_column_of_references_is_cited_for_the_row(empty: Store) -> None:
    text = builders.TEXT.replace("Trial\tORR (%)", "Study\tORR (%)")
    paper = replace(builders.document(), text=text)
    (table,) = paper.tables
    (head, *heads), *body = table.rows
    paper = replace(paper, tables=(replace(table, rows=((replace(head, text="Study"), *heads), *body)),))
    paper = with_pmid(cited(paper, ("\nALTA", (1, 7))))
    builders.save(empty, builders.extraction(paper, claims=(claim_at(paper, "53"),)), Checked(flags=(), counts=()))
    assert [(row["pmid"], row["comment"].split(". ")[-1]) for row in sheet(empty)] == [
        ("28475456", "Cites reference 1: Kim 2017 J Clin Oncol, doi:10.1200/x"),
        ("", "Cites reference 7, which the list does not have"),
    ]


def test_the_nearer_of_two_citations_is_taken(empty: Store) -> None:
    paper = cited(builders.document(), ("response rate", (1,)), ("62%", (3, 4)), ("arm B.", (5,)))
    builders.save(empty, builders.extraction(paper, claims=(claim_at(paper, "62%"),)))
    assert ["3," in row["comment"] or "4," in row["comment"] for row in sheet(empty)] == [True, True]


def test_decisions_and_flags_are_in_the_comment_and_what_was_dismissed_is_left_out(empty: Store) -> None:
    paper = with_pmid(cited(builders.document(), ("in arm B.", (1,))))
    claim = claim_at(paper, "62%")
    flag = builders.flag(
        paper, "claim-conflict", ("x",), Severity.ERROR, Place(role="prose", evidence=claim.evidence[0])
    )
    builders.save(empty, builders.extraction(paper, claims=(claim,)), Checked(flags=(flag,), counts=()))
    decide(empty, "claim", claim.id, Verdict.CORRECT, value="sensitivity", curator="Ada")
    (row,) = sheet(empty)
    assert "Curator's verdict on the claim: correct to sensitivity" in row["comment"]
    assert "Flag (open): claim-conflict: the objective response rate of ALTA is 53" in row["comment"]
    decide(empty, "flag", flag.id, Verdict.DISMISS, curator="Ada")
    assert "Flag" not in sheet(empty)[0]["comment"]
    decide(empty, "claim", claim.id, Verdict.DISMISS, curator="Ada")
    assert sheet(empty) == []


def test_cells_hold_no_formula_tab_or_line_end() -> None:
    record = {"gene": "=1+1", "comment": "a\tb\r\nc\u2028d\x00e"}
    assert list(as_civic_sheet(["gene", "comment"], [record])) == ["gene\tcomment\n", "'=1+1\ta b c d e\n"]


def test_trial_results_and_claims_without_a_citation_suggest_nothing(empty: Store) -> None:
    paper = cited(builders.document())
    builders.save(empty, builders.extraction(paper, claims=(builders.trial_result(), builders.response())))
    assert sheet(empty) == []
