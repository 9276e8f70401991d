"""Small PDFs, each named after the fault of layout that it shows, against what a person reads there."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from extract.document import read_document
from extract.records import BlockKind, Document

CASES = Path(__file__).parent.parent / "data" / "layout"
TEXTS = sorted(path.stem for path in CASES.glob("*.txt"))
LISTS = sorted(path.stem for path in CASES.glob("*-references.json"))

Typeset = Callable[[str], Document]


@pytest.fixture(scope="session")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> Typeset:
    """Return a function that typesets a case and reads it, once a session."""
    typst = pytest.importorskip("typst")
    folder = tmp_path_factory.mktemp("layout")
    read: dict[str, Document] = {}

    def document(name: str) -> Document:
        if name not in read:
            pdf = folder / f"{name}.pdf"
            typst.compile(str(CASES / f"{name}.typ"), output=str(pdf))
            read[name], gaps = read_document(pdf)
            assert gaps == ()
        return read[name]

    return document


@pytest.mark.parametrize("name", TEXTS)
def test_blocks_are_what_a_person_reads(name: str, typeset: Typeset) -> None:
    document = typeset(name)
    blocks = [
        f"[{block.kind} | {block.section}] {document.text[block.span.start : block.span.end]}"
        for block in document.blocks
    ]
    assert blocks == (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", LISTS)
def test_references_are_records(name: str, typeset: Typeset) -> None:
    found = [
        {"number": r.number, "first_author": r.first_author, "year": r.year, "doi": r.doi, "pmid": r.pmid}
        for r in typeset(name).references
    ]
    assert found == json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def test_title_and_doi_are_the_papers_own(typeset: Typeset) -> None:
    document = typeset("first-page")
    assert document.title == "A drug for a rearranged gene: results of a small trial"
    assert document.doi == "10.1234/example.5678"


def test_superscript_citations_follow_the_text_that_they_support(typeset: Typeset) -> None:
    document = typeset("raised-letters")
    cited = [(document.text[: c.anchor].split()[-1], c.numbers) for c in document.citations]
    assert cited == [("early", (1, 2)), ("trials", (3, 4, 5)), ("39%", (6,)), ("40%).", (7,)), ("too", (12,))]


def test_citations_on_the_line_stay_in_the_text(typeset: Typeset) -> None:
    document = typeset("numbered-references")
    (citation,) = document.citations
    assert citation.numbers == (1, 3, 4, 5)
    assert document.text[: citation.anchor].endswith("cited")
    assert document.text[citation.anchor :].startswith(" [1,3–5]")
    assert citation.boxes


def test_citations_by_name_and_year_lead_to_their_references(typeset: Typeset) -> None:
    document = typeset("unnumbered-references")
    cited = [(citation.text, citation.numbers) for citation in document.citations]
    assert cited == [("Adams & Baker, 2009", (1,)), ("Collins, 1998", (2,)), ("Davis et al. (2015", (3,))]


@pytest.mark.parametrize("name", [*TEXTS, *LISTS])
def test_every_word_is_in_the_text_once_or_is_a_citation(name: str, typeset: Typeset) -> None:
    document = typeset(name)
    cited = {box.x0 for citation in document.citations for box in citation.boxes}
    taken: list[tuple[int, int]] = []
    for word in (word for page in document.pages for word in page.words):
        if word.span is None:
            assert word.superscript
            assert word.box.x0 in cited
            continue
        stands = document.text[word.span.start : word.span.end]
        assert stands in (word.text, word.text.removesuffix("-"))
        taken.append((word.span.start, word.span.end))
    taken.sort()
    assert all(end <= start for (_, end), (start, _) in pairwise(taken))


@pytest.mark.parametrize("name", [*TEXTS, *LISTS])
def test_blocks_follow_each_other_with_a_blank_line(name: str, typeset: Typeset) -> None:
    document = typeset(name)
    ends = [block.span.end for block in document.blocks]
    starts = [block.span.start for block in document.blocks]
    assert starts == [0, *(end + 2 for end in ends[:-1])]
    assert all(document.text[end : end + 2] == "\n\n" for end in ends)
    assert all(block.boxes for block in document.blocks)


def test_a_references_block_is_its_records_text(typeset: Typeset) -> None:
    document = typeset("numbered-references")
    blocks = [block for block in document.blocks if block.kind is BlockKind.REFERENCE]
    assert [block.span for block in blocks] == [reference.span for reference in document.references]
