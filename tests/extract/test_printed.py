"""Small pages printed by headless Chromium, a second maker of PDFs beside typst, against what a person reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from chromium import Chromium

from extract.document import read_document
from extract.records import BlockKind, Document

CASES = Path(__file__).parent.parent / "data" / "printed"
NAMES = sorted(path.stem for path in CASES.glob("*.html"))
Printed = Callable[[str], Document]


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, chromium: Chromium) -> Printed:
    """Return a function that prints a case and reads it, once a session."""
    folder = tmp_path_factory.mktemp("printed")
    read: dict[str, Document] = {}

    def document(name: str) -> Document:
        if name not in read:
            pdf = folder / f"{name}.pdf"
            read[name], gaps = read_document(chromium.printed((CASES / f"{name}.html").as_uri(), pdf))
            assert gaps == ()
        return read[name]

    return document


@pytest.mark.parametrize("name", NAMES)
def test_blocks_and_tables_are_what_a_person_reads(name: str, printed: Printed) -> None:
    document = printed(name)
    found = {
        "blocks": [f"[{block.kind}] {document.text[block.span.start : block.span.end]}" for block in document.blocks],
        "tables": [
            {
                "label": table.label,
                "header_rows": table.header_rows,
                "rows": [[c.text for c in row] for row in table.rows],
            }
            for table in document.tables
        ],
        "citations": [
            [document.text[: citation.anchor].split()[-1], *citation.numbers] for citation in document.citations
        ],
    }
    assert found == json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_word_is_in_the_text_or_a_citation(name: str, printed: Printed) -> None:
    document = printed(name)
    cited = {box.x0 for citation in document.citations for box in citation.boxes}
    stray = {word.box for table in document.tables for word in table.stray}
    for word in (word for page in document.pages for word in page.words):
        if word.span is None:
            assert (word.superscript and word.box.x0 in cited) or word.box in stray or labels(document, word.text)
            continue
        stands = document.text[word.span.start : word.span.end]
        assert stands in (word.text, word.text.removesuffix("-"))


def labels(document: Document, text: str) -> bool:
    """Say whether a word belongs to a table's caption, which stands in the text as a block of its own."""
    captions = [document.text[b.span.start : b.span.end] for b in document.blocks if b.kind is BlockKind.CAPTION]
    return any(text in caption for caption in captions)
