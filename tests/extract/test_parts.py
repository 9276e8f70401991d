"""A fault in one part of the reading costs that part, as a gap that names it, and never the document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hostile import line, pages_of

from extract import document as reading
from extract import pipeline
from extract.claims import CLAIM_KINDS, ClaimKind
from extract.errors import DocumentError
from extract.mentions import capture
from extract.mentions.recognizers import RECOGNIZERS
from extract.parts import BUG, Parts
from extract.pipeline import extract
from extract.text import builder as writing

PAPER = Path(__file__).parents[2] / "corpus" / "documents" / "alk-inhibitors-digest.pdf"


def broken(*_: object, **__: object) -> object:
    raise ValueError("min() arg is an\nempty sequence")


@pytest.fixture(scope="module")
def sound() -> pipeline.Extraction:
    return extract(PAPER)


# What is broken, what the gap names, and what of the text is still to be there (share of the words of the sound one).
FAULTS: list[tuple[object, str, str, float]] = [
    ("extract.tables.find_tables", "", "the tables as they go on over pages", 0.97),
    (reading, "drafts_of", "the layout of the pages together", 0.97),
    (reading, "_with_references", "the reference list", 0.97),
    (reading, "with_table_texts", "where the captions and notes of the tables stand", 0.97),
    (reading, "title_of", "the title", 1),
    (reading, "doi_of", "the DOI", 1),
    (reading, "vocabulary", "", 0),
    (writing, "parts_of", "a reference on page", 0.97),
    (writing, "join", "a paragraph on page", 0.9),
    (writing.Writer, "all_citations", "the citations", 1),
    (pipeline, "abbreviations", "the abbreviations", 1),
    (pipeline, "ground", "the genes of the variants", 1),
    (pipeline, "Cited", "what the claims cite", 1),
    (capture, "_asserted", "what is negated, possible or past", 1),
    (capture, "named_otherwise", "the step 'names that are no trials' of the capture", 1),
]


@pytest.mark.parametrize(("where", "name", "part", "share"), [fault for fault in FAULTS if fault[3]])
def test_a_fault_costs_its_part(
    sound: pipeline.Extraction, monkeypatch: pytest.MonkeyPatch, where: object, name: str, part: str, share: float
) -> None:
    if isinstance(where, str):
        monkeypatch.setattr(where, broken)
    else:
        monkeypatch.setattr(where, name, broken)
    found = extract(PAPER)
    assert [gap for gap in found.gaps if gap.startswith(part)], found.gaps
    faults = [gap for gap in found.gaps if ": no table was found for the caption" not in gap]
    assert all(gap.endswith(f"ValueError: min() arg is an empty sequence ({BUG})") for gap in faults)
    words = sound.document.text.split()
    assert len(found.document.text.split()) >= share * len(words)
    assert found.mentions


def test_a_fault_on_one_page_costs_the_layout_of_that_page(
    sound: pipeline.Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reading.leaves_of

    def broken_on_3(sheets: object, taken: object) -> object:
        assert isinstance(sheets, tuple)
        if any(sheet.page.number == 3 for sheet in sheets):
            raise ZeroDivisionError
        return real(sheets, taken)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "leaves_of", broken_on_3)
    found = extract(PAPER)
    assert [gap.split(" could")[0] for gap in found.gaps] == [
        "the layout of the pages together",
        "the layout of page 3",
    ]
    assert len(found.document.blocks) > 0.6 * len(sound.document.blocks)


@pytest.mark.parametrize("name", ["variant", "drug"])
def test_a_fault_in_a_recogniser_costs_what_it_finds(
    sound: pipeline.Extraction, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert RECOGNIZERS[name]
    monkeypatch.setitem(RECOGNIZERS._items, name, broken)  # type: ignore[arg-type]
    found = extract(PAPER)
    told = re.compile(rf"what the recogniser of {name}s finds in a passage could not be read \d+ times: ValueError")
    assert list(filter(told.match, found.gaps))
    assert not [mention for mention in found.mentions if mention.recognizer == name]
    assert {mention.recognizer for mention in found.mentions} >= {"gene", "trial", "measurement"}
    assert [mention for mention in sound.mentions if mention.recognizer == name]


def test_a_fault_in_a_kind_of_claim_costs_that_kind(
    sound: pipeline.Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = CLAIM_KINDS["trial_result"]
    monkeypatch.setitem(CLAIM_KINDS._items, "trial_result", ClaimKind(kind.arguments, broken))  # type: ignore[arg-type]
    found = extract(PAPER)
    assert found.claims == tuple(claim for claim in sound.claims if claim.kind != "trial_result")
    (gap,) = found.gaps
    assert gap.startswith("claims of the kind trial_result could not be read: ValueError")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError, DocumentError])
def test_what_ends_the_document_is_not_taken_for_a_fault_of_a_part(error: type[BaseException]) -> None:
    def work() -> int:
        raise error

    with pytest.raises(error):
        Parts().attempt("a part", work, lambda: 0)


def test_recursion_is_the_files_doing() -> None:
    def deep() -> int:
        return deep() + 1

    parts = Parts()
    assert parts.attempt("a part", deep, lambda: 7) == 7
    assert parts.gaps == ("a part could not be read: it is nested too deeply",)


def test_a_reference_list_with_lines_of_no_width_is_read(tmp_path: Path) -> None:
    """Letters of a font whose widths are all nothing."""
    font = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /None /FirstChar 32 /LastChar 126 /Widths ["
        + "0 " * 95
        + "] /FontDescriptor << /Type /FontDescriptor /FontName /None /Flags 4 /FontBBox [0 0 0 0] /ItalicAngle 0 "
        "/Ascent 700 /Descent -200 /CapHeight 700 /StemV 80 >> >>"
    )
    lines = ["References", *(f"{n}. Kim DW, Lee A. A paper. J Clin Oncol 2017;35:{n}." for n in range(1, 9))]
    content = "".join(line(text, y=700 - 14 * n) for n, text in enumerate(lines))
    prose = "".join(line(f"Brigatinib was given to 20 patients, and {n} responded.", y=700 - 14 * n) for n in range(9))
    data = pages_of(prose, content.replace("/F1", "/F2"), resources="", more=[font])
    data = data.replace(b"/F1 3 0 R >>", b"/F1 3 0 R /F2 100 0 R >>")
    path = tmp_path / "flat.pdf"
    path.write_bytes(data)
    found = extract(path)
    assert "Brigatinib was given" in found.document.text
    assert not [gap for gap in found.gaps if BUG in gap]
