import csv
import io
from dataclasses import replace
from pathlib import Path

import builders

from curate.export.formats import EXPORTERS
from curate.export.formats.as_civic_sheet import as_civic_sheet
from curate.records import Checked, Place, Severity, Verdict
from curate.review.decisions import decide
from curate.store import Store
from extract.records import Claim, Document, Span
from extract.text.locator import Locator


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


def with_pmid(document: Document) -> Document:
    (reference,) = document.references
    return replace(document, references=(replace(reference, pmid="28475456", doi="10.1200/x"),))


def claim_at(document: Document, words: str, *citations: int) -> Claim:
    """Return the claim on a response as those words say it and cite those references for it."""
    start = document.text.rindex(words)
    place = Locator(document).evidence(Span(start=start, end=start + len(words)), extractor="variant_response")
    return replace(builders.response(), evidence=(replace(place, citations=citations),))


def test_each_paper_that_is_cited_for_a_claim_has_a_row(empty: Store) -> None:
    paper = with_pmid(builders.document())
    builders.save(empty, builders.extraction(paper, claims=(claim_at(paper, "62%", 1, 7),)))
    rows = sheet(empty)
    assert [(row["variant"], row["pmid"], row["comment"].split(". ")[1]) for row in rows] == [
        ("G1202R AND L1196M", "28475456", "Cites reference 1: Kim 2017 J Clin Oncol, doi:10.1200/x"),
        ("G1202R AND L1196M", "", "Cites reference 7, which the list does not have"),
    ]


def test_decisions_and_flags_are_in_the_comment_and_what_was_dismissed_is_left_out(empty: Store) -> None:
    paper = with_pmid(builders.document())
    claim = claim_at(paper, "62%", 1)
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
    result = builders.trial_result()
    cited = replace(result, evidence=tuple(replace(place, citations=(1,)) for place in result.evidence))
    builders.save(empty, builders.extraction(claims=(cited, builders.response())))
    assert sheet(empty) == []
