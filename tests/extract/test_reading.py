"""Whole files: what cannot be read is said in one line, and plain text keeps its offsets."""

from __future__ import annotations

from pathlib import Path

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import document_of_text, read_document
from extract.errors import DocumentError
from extract.records import BlockKind

ENCRYPTED = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>> endobj
4 0 obj <</Filter /Standard /V 1 /R 2 /P -4
 /O <1111111111111111111111111111111111111111111111111111111111111111>
 /U <2222222222222222222222222222222222222222222222222222222222222222>>> endobj
trailer <</Root 1 0 R /Encrypt 4 0 R
 /ID [<33333333333333333333333333333333> <33333333333333333333333333333333>]>>
startxref
0
%%EOF
"""


def pdf(tmp_path: Path, source: str) -> Path:
    typst = pytest.importorskip("typst")
    (tmp_path / "source.typ").write_text(source, encoding="utf-8")
    path = tmp_path / "article.pdf"
    typst.compile(str(tmp_path / "source.typ"), output=str(path))
    return path


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "is empty"),
        (b"Only text, whatever the name says.", "is not a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "is not a PDF"),
        (b"%PDF-1.4\n" + bytes(300), "damaged or cut short"),
        (ENCRYPTED, "is encrypted"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_cause(tmp_path: Path, content: bytes, cause: str) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    message = str(caught.value)
    assert str(path) in message
    assert cause in message
    assert "\n" not in message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="does not exist"):
        read_document(tmp_path / "missing.pdf")


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = pdf(tmp_path, "Some text.")
    path.write_bytes(path.read_bytes()[:600])
    with pytest.raises(DocumentError, match="cut short"):
        read_document(path)


def test_a_scan_without_text_is_refused(tmp_path: Path) -> None:
    path = pdf(tmp_path, "#rect(width: 100pt, height: 100pt, fill: red)")
    with pytest.raises(DocumentError, match="no text layer"):
        read_document(path)


def test_a_page_without_text_among_others_is_read_as_empty(tmp_path: Path) -> None:
    path = pdf(tmp_path, "#rect(fill: red)\n#pagebreak()\nSome text of one line.")
    document, gaps = read_document(path)
    assert gaps == ()
    assert [len(page.words) for page in document.pages] == [0, 5]
    assert document.text == "Some text of one line.\n\n"


def test_reading_twice_gives_the_same_document(tmp_path: Path) -> None:
    path = pdf(tmp_path, "= Results\nThe rate was 53% in 12 of 25 patients.")
    assert read_document(path) == read_document(path)


@given(st.text())
def test_plain_text_is_one_paragraph_with_its_own_offsets(text: str) -> None:
    document = document_of_text(text)
    assert document.text == text
    (block,) = document.blocks
    assert block.kind is BlockKind.PARAGRAPH
    assert document.text[block.span.start : block.span.end] == text


def test_plain_text_can_bring_its_own_id() -> None:
    assert document_of_text("a", id="pmid:1").id == "pmid:1"
    assert document_of_text("a").id != document_of_text("b").id


BY_NAME = papers.section(
    "Related work",
    "Corpora were shared early (Giles et al., 1998), and later ones grew (Bird et al., 2008). Networks followed (Radev "
    "et al., 2009).",
)
FOOTNOTES = "Two of them#super(typographic: false)[1] are still#super(typographic: false)[2] to be had.\n\n"
UNNUMBERED = "= References\n\n" + "\n\n".join(
    f"{papers.escaped(entry)}"
    for entry in (
        "Athar, A. 2011. Sentiment analysis of citations. In Proceedings of the ACL student session, pages 81-87.",
        "Bird, S., Dale, R. and Dorr, B. 2008. The ACL anthology reference corpus. In LREC, pages 1755-1759.",
        "Giles, C. L., Bollacker, K. and Lawrence, S. 1998. CiteSeer: an automatic citation indexing system. Digital "
        "Libraries, pages 89-98.",
        "Radev, D., Muthukrishnan, P. and Qazvinian, V. 2009. The ACL anthology network. In NLPIR4DL, pages 54-61.",
    )
)


def test_a_footnote_mark_of_a_paper_that_cites_by_name_cites_nothing() -> None:
    document = papers.paper(BY_NAME, FOOTNOTES, UNNUMBERED).document
    assert [(one.text, one.numbers) for one in document.citations] == [
        ("Giles et al., 1998", (3,)),
        ("Bird et al., 2008", (2,)),
        ("Radev et al., 2009", (4,)),
        ("1", ()),
        ("2", ()),
    ]
