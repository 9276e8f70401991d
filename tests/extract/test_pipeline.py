import pickle
from pathlib import Path

import papers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.claims.merge import claim_id
from extract.claims.trial_result import TrialResult
from extract.claims.variant_response import VariantResponse
from extract.content_id import paper_identity
from extract.errors import DocumentError
from extract.ner.spacy_pipelines import ModelNotInstalledError
from extract.pipeline import Settings, extract, extract_text
from extract.records import Extraction

PARTS = (
    papers.section(
        "Results",
        "In the ALTA trial, the objective response rate (ORR) of brigatinib was 53% (95% CI, 43-63). "
        "EML4-ALK G1202R confers resistance to crizotinib, and ALK L1196M is sensitive to brigatinib.",
    ),
    papers.table(
        "Table 1",
        "Trials of ALK inhibitors",
        [
            ["Trial", "Drug", "ORR (%)", "Resistance"],
            ["ALTA", "Brigatinib", "53", "G1202R"],
            ["ALEX", "Alectinib", "83", ""],
        ],
        "ORR: objective response rate",
    ),
    papers.references("Kim DW, Tiseo M, Ahn MJ. Brigatinib in ALTA. J Clin Oncol 2017;35:2490-8."),
)
TITLE = "Resistance to ALK inhibitors"


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return papers.paper(*PARTS, title=TITLE, doi="10.1000/abc")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pipeline") / "paper.pdf"
    path.write_bytes(papers.typeset(*PARTS, title=TITLE, doi="10.1000/abc", page=papers.A4))
    return path


def test_a_paper_gives_mentions_and_claims_of_each_kind(extraction: Extraction) -> None:
    assert {mention.kind for mention in extraction.mentions} >= {"variant", "gene", "drug", "trial", "measurement"}
    assert {claim.kind for claim in extraction.claims} >= {"trial_result", "variant_response", "abbreviation"}
    assert [(one.short, one.long) for one in extraction.abbreviations] == [("ORR", "objective response rate")]


def test_the_same_file_gives_the_same_extraction(pdf: Path) -> None:
    first, second = extract(pdf), extract(pdf)
    assert first == second
    assert len(first.claims) > 3


def test_an_extraction_can_be_pickled(extraction: Extraction) -> None:
    assert pickle.loads(pickle.dumps(extraction)) == extraction  # noqa: S301 - our own bytes


def test_the_text_at_each_span_is_what_was_captured(extraction: Extraction) -> None:
    text = extraction.document.text
    for mention in extraction.mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
    for claim in extraction.claims:
        for evidence in claim.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.quote
            assert text[: evidence.span.start].endswith(evidence.prefix)
            assert text[evidence.span.end :].startswith(evidence.suffix)


def test_each_mention_has_boxes_on_its_page(extraction: Extraction) -> None:
    pages = {page.number: page for page in extraction.document.pages}
    for mention in extraction.mentions:
        assert mention.boxes
        for box in mention.boxes:
            page = pages[box.page]
            assert 0 <= box.x0 < box.x1 <= page.width
            assert 0 <= box.top < box.bottom <= page.height


def test_a_mention_of_a_table_names_its_cell(extraction: Extraction) -> None:
    cells = [mention for mention in extraction.mentions if mention.cell is not None]
    assert cells
    for mention in cells:
        assert mention.cell is not None
        cell = extraction.document.tables[mention.cell.table].rows[mention.cell.row][mention.cell.column]
        assert mention.text in cell.text


def test_mentions_stand_in_the_order_of_the_text(extraction: Extraction) -> None:
    starts = [mention.span.start for mention in extraction.mentions]
    assert starts == sorted(starts)


def test_a_claim_said_twice_is_one_claim_with_two_places() -> None:
    found = papers.text("KIT D816V is resistant to imatinib. KIT D816V is resistant to imatinib.")
    assert [len(claim.evidence) for claim in found.claims] == [2]


def test_the_id_of_a_claim_hangs_on_what_it_says_and_on_the_paper() -> None:
    response = VariantResponse(gene="KIT", variants=("D816V",), drug="imatinib", direction="resistance")
    first = claim_id("doi:10.1000/abc", "variant_response", response)
    assert first == claim_id("doi:10.1000/abc", "variant_response", response)
    assert first != claim_id("doi:10.1000/abd", "variant_response", response)
    other = VariantResponse(gene="KIT", variants=("D816V",), drug="imatinib", direction="sensitivity")
    assert first != claim_id("doi:10.1000/abc", "variant_response", other)
    result = TrialResult(trial="ALTA", endpoint="ORR", value=53.0)
    assert claim_id("p", "trial_result", result) == claim_id(
        "p", "trial_result", TrialResult(trial="alta", endpoint="orr", value=53)
    )


def test_claims_keep_their_ids_in_another_setting_of_the_paper(extraction: Extraction) -> None:
    other = papers.paper(*PARTS, title=TITLE, doi="10.1000/abc", page=papers.LETTER_TWO_COLUMNS)
    assert other.document.id != extraction.document.id
    assert {claim.id for claim in other.claims} == {claim.id for claim in extraction.claims}


def test_a_paper_is_known_by_its_doi_else_by_its_bytes(extraction: Extraction) -> None:
    document = extraction.document
    assert paper_identity("10.1000/ABC", document.id) == "doi:10.1000/abc"
    assert paper_identity("", document.id) == f"sha256:{document.id}"
    response = next(claim for claim in extraction.claims if isinstance(claim.arguments, VariantResponse))
    assert response.id == claim_id("doi:10.1000/abc", response.kind, response.arguments)


def test_a_model_that_is_not_installed_says_how_to_install_it(pdf: Path) -> None:
    how = r"'en_ner_nowhere_md' is not installed; .*`litcurate models install"
    with pytest.raises(ModelNotInstalledError, match=how):
        extract(pdf, Settings(ner_model="en_ner_nowhere_md"))
    with pytest.raises(ModelNotInstalledError, match=r"'no\.such\.model' is not installed"):
        extract_text("ALK", Settings(ner_model="no.such.model"))


def test_a_file_that_is_no_pdf_is_named_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.pdf"
    path.write_text("These are notes.")
    with pytest.raises(DocumentError, match=r"notes\.pdf") as caught:
        extract(path)
    assert "\n" not in str(caught.value)


@settings(max_examples=40)
@given(
    st.text(max_size=120),
    st.sampled_from(["ALK G1202R is resistant to crizotinib.", "In the ALTA trial, the ORR was 53%."]),
)
def test_offsets_are_code_points_of_the_text_as_given(noise: str, sentence: str) -> None:
    text = f"{noise} {sentence} {noise}"
    found = extract_text(text)
    assert found.document.text == text
    for mention in found.mentions:
        assert text[mention.span.start : mention.span.end] == mention.text != ""
