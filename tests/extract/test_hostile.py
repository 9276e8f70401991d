"""PDFs that are broken, or made to do harm: an error for the document or a gap for the page, never a hang."""

from __future__ import annotations

import contextlib
import re
import threading
import time
import tracemalloc
import zlib
from pathlib import Path

import pdfplumber
import pytest
from hostile import FONT, LETTER, bomb, laughs, line, pages_of, pdf_of, stream
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.runlength import rldecode

from extract.document import read_document
from extract.errors import DocumentError
from extract.limits import OutOfTimeError, within
from extract.pdf import unpacking
from extract.pdf.reader import read_sheets
from extract.pipeline import Settings, extract

PLAIN = pages_of(line("The first page of a small paper."), line("The second page of it."))


def save(folder: Path, data: bytes) -> Path:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    return path


def read_or_refused(path: Path) -> str:
    """Return the text of a file, or the error that names it; any other error fails the test."""
    try:
        return read_document(path, page_seconds=5)[0].text
    except DocumentError as error:
        return str(error)


def test_the_plain_file_that_the_others_are_made_from_is_read(tmp_path: Path) -> None:
    document, gaps = read_document(save(tmp_path, PLAIN))
    assert gaps == ()
    assert [document.text[b.span.start : b.span.end] for b in document.blocks] == [
        "The first page of a small paper.",
        "The second page of it.",
    ]


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.95])
def test_a_file_cut_short_is_an_error_or_what_is_left_of_it(tmp_path: Path, share: float) -> None:
    path = save(tmp_path, PLAIN[: int(share * len(PLAIN))])
    read = read_or_refused(path)
    assert "first page" in read or "second page" in read or re.fullmatch(r"[^\n]*paper\.pdf: [^\n]+", read)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_flipped_bytes_give_a_document_or_an_error(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    data = bytearray(PLAIN)
    for place, byte in flips:
        data[place] = byte
    assert read_or_refused(save(tmp_path, bytes(data)))


def test_a_tree_of_pages_that_bites_its_tail_ends(tmp_path: Path) -> None:
    data = pdf_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R 2 0 R 4 0 R] /Count 9 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox {LETTER} /Contents 5 0 R "
            "/Resources << /Font << /F1 6 0 R >> >> >>",
            "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R 4 0 R] /Count 3 >>",
            stream(line("The only page there is.")),
            FONT,
        ]
    )
    document, _ = read_document(save(tmp_path, data))
    assert len(document.pages) == 1
    assert document.text.startswith("The only page there is.")


def test_a_tree_of_pages_nested_without_end_is_an_error(tmp_path: Path) -> None:
    depth = 5000
    nodes = [f"<< /Type /Pages /Kids [{n + 1} 0 R] /Count 1 >>" for n in range(2, depth)]
    path = save(tmp_path, pdf_of(["<< /Type /Catalog /Pages 2 0 R >>", *nodes]))
    with pytest.raises(DocumentError):
        read_document(path)


@pytest.mark.parametrize("box", ["[0 0 1000000000 1000000000]", "[0 0 99999 10]"])
def test_a_giant_page_is_a_gap(tmp_path: Path, box: str) -> None:
    (sheet,) = read_sheets(save(tmp_path, pages_of(line("Far away.", x=5e6), box=box)))
    assert sheet.page.words == ()
    assert sheet.page.gap is not None
    assert "larger than a page can be" in sheet.page.gap


@pytest.mark.parametrize("box", ["null", "[0 0]", "[0 0 612 792 1 1]"])
def test_a_page_with_a_broken_box_is_read_as_a_sheet_of_letter_paper(tmp_path: Path, box: str) -> None:
    (sheet,) = read_sheets(save(tmp_path, pages_of(line("Some words."), box=box)))
    assert [word.text for word in sheet.page.words] == ["Some", "words."]


@pytest.mark.parametrize("box", ["[0 0 0 0]", "[/a /b /c /d]", "(none)", "[0 0 -1 -1]"])
def test_a_page_of_no_size_is_refused_or_told(tmp_path: Path, box: str) -> None:
    try:
        (sheet,) = read_sheets(save(tmp_path, pages_of(line("Some words."), box=box)))
    except DocumentError:
        return
    assert sheet.page.gap or sheet.page.words


@pytest.mark.parametrize("font", ["null", "<< /Type /Font >>", "<< /Type /Font /Subtype /Type0 /BaseFont /Gone >>"])
def test_words_in_a_font_that_is_missing_are_read_or_their_loss_is_told(tmp_path: Path, font: str) -> None:
    (sheet,) = read_sheets(save(tmp_path, pages_of(line("Some words."), font=font)))
    assert sheet.page.gap or [word.text for word in sheet.page.words] == ["Some", "words."]


def test_letters_of_bitmaps_have_the_size_that_they_are_drawn_at(tmp_path: Path) -> None:
    """A Type 3 font set at size 1: its matrix makes letters of 10 points of it."""
    names = " ".join(f"/{chr(code)}" if chr(code).isalpha() else "/period" for code in range(65, 123))
    widths = " ".join(["50"] * 58)
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -20 80 80] /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << >> "
        f"/Encoding << /Differences [65 {names}] >> /FirstChar 65 /LastChar 122 /Widths [{widths}] >>"
    )
    content = "".join(
        f"BT /F1 1 Tf 1 0 0 1 72 {700 - 12 * n} Tm [(Letters)-3000 (of)-3000 (bitmaps)] TJ ET\n" for n in range(3)
    )
    (sheet,) = read_sheets(save(tmp_path, pages_of(content, font=font)))
    assert [word.text for word in sheet.page.words] == ["Letters", "of", "bitmaps"] * 3
    assert {word.size for word in sheet.page.words} == {10.0}


def test_thousands_of_tiny_objects_are_a_gap(tmp_path: Path) -> None:
    specks = "BT /F1 0.1 Tf 1 0 0 1 72 700 Tm (" + "." * 70_000 + ") Tj ET\n"
    sheets = list(read_sheets(save(tmp_path, pages_of(specks, line("After it.")))))
    assert sheets[0].page.gap is not None
    assert "70000 characters" in sheets[0].page.gap
    assert [word.text for word in sheets[1].page.words] == ["After", "it."]


def test_a_page_that_takes_for_ever_is_a_gap_and_the_others_are_read(tmp_path: Path) -> None:
    forms = laughs(40)
    data = pages_of(line("Before it."), "/X Do\n", line("After it."), resources="/XObject << /X 100 0 R >>", more=forms)
    sheets = list(read_sheets(save(tmp_path, data), page_seconds=0.3))
    assert [sheet.page.gap for sheet in sheets] == [
        None,
        "page 2 could not be read: it took longer than 0.3 s",
        None,
    ]
    assert [word.text for word in sheets[2].page.words] == ["After", "it."]


def test_a_document_that_takes_for_ever_is_an_error(tmp_path: Path) -> None:
    path = save(tmp_path, pages_of("/X Do\n", resources="/XObject << /X 100 0 R >>", more=laughs(40)))
    with pytest.raises(DocumentError, match=r"took longer than 0\.3 s; give it more with --document-seconds"):
        extract(path, Settings(document_seconds=0.3))


def test_forms_nested_too_deeply_are_a_gap(tmp_path: Path) -> None:
    depth = 2000
    forms = [
        stream(
            "/X Do\n",
            f"/Type /XObject /Subtype /Form /BBox {LETTER} /Resources << /XObject << /X {101 + n} 0 R >> >>",
        )
        for n in range(depth)
    ]
    data = pages_of("/X Do\n", line("After it."), resources="/XObject << /X 100 0 R >>", more=forms)
    sheets = list(read_sheets(save(tmp_path, data)))
    assert sheets[0].page.gap == "page 1 could not be read: it is nested too deeply"
    assert [word.text for word in sheets[1].page.words] == ["After", "it."]


def test_a_form_that_draws_itself_ends(tmp_path: Path) -> None:
    form = stream(
        line("once") + "/X Do\n",
        f"/Type /XObject /Subtype /Form /BBox {LETTER} "
        "/Resources << /Font << /F1 3 0 R >> /XObject << /X 100 0 R >> >>",
    )
    data = pages_of("/X Do\n", resources="/XObject << /X 100 0 R >>", more=[form])
    (sheet,) = read_sheets(save(tmp_path, data))
    assert [word.text for word in sheet.page.words] == ["once"]


def test_text_that_a_forms_box_clips_away_is_not_read(tmp_path: Path) -> None:
    """A figure cut out of a page: the page's other words are in the file, but no reader sees them."""
    form = stream(
        line("seen in the figure", x=120, y=110) + line("the page it came from", x=120, y=500),
        "/Type /XObject /Subtype /Form /BBox [100 100 300 200] /Matrix [1 0 0 1 20 300] "
        "/Resources << /Font << /F1 3 0 R >> >>",
    )
    data = pages_of("/X Do\n", resources="/XObject << /X 100 0 R >>", more=[form])
    (sheet,) = read_sheets(save(tmp_path, data))
    assert " ".join(word.text for word in sheet.page.words) == "seen in the figure"


def test_text_upside_down_keeps_its_words(tmp_path: Path) -> None:
    content = "BT /F1 10 Tf -1 0 0 -1 300 400 Tm (Turned half round) Tj ET\n"
    (sheet,) = read_sheets(save(tmp_path, pages_of(content)))
    assert [(word.text, word.upright) for word in sheet.page.words] == [
        ("Turned", False),
        ("half", False),
        ("round", False),
    ]


def test_a_stream_that_swells_is_read_or_a_gap(tmp_path: Path) -> None:
    content = stream(zlib.compress(b" " * 20_000_000 + line("At its end.").encode()), "/Filter /FlateDecode")
    (sheet,) = read_sheets(save(tmp_path, pages_of(content)), page_seconds=10)
    assert sheet.page.gap or [word.text for word in sheet.page.words] == ["At", "its", "end."]


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_a_stream_that_would_be_gigabytes_is_a_gap_at_once(tmp_path: Path, levels: int) -> None:
    data = pages_of(line("Before it."), bomb(1 << 28, levels), line("After it."))
    tracemalloc.start()
    sheets = list(read_sheets(save(tmp_path, data)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [sheet.page.gap for sheet in sheets] == [
        None,
        "page 2 could not be read: a stream is more than 64 MB unpacked",
        None,
    ]
    assert peak < 400 << 20


def test_many_streams_that_are_too_much_together_are_a_gap(tmp_path: Path) -> None:
    one = stream(zlib.compress(b" " * (60 << 20)), "/Filter /FlateDecode")
    more = [stream(zlib.compress(b" " * (60 << 20) + bytes([n])), "/Filter /FlateDecode") for n in range(4)]
    data = pages_of(one, line("After it."), more=more)
    content = " ".join(f"{100 + n} 0 R" for n in range(4))
    path = save(tmp_path, data.replace(b"/Contents 5 0 R", f"/Contents [{content}]".encode(), 1))
    sheets = list(read_sheets(path))
    assert sheets[0].page.gap == "page 1 could not be read: its streams are more than 192 MB unpacked"
    assert [word.text for word in sheets[-1].page.words] == ["After", "it."]


@settings(max_examples=60)
@given(st.binary(max_size=3000), st.integers(1, 400), st.integers(0, 12))
def test_what_is_unpacked_is_what_was_packed(data: bytes, times: int, lost: int) -> None:
    packed = zlib.compress(data * times)
    assert unpacking.inflate(packed) == data * times
    if lost <= 4:
        assert unpacking.inflate_broken(packed[: len(packed) - lost]) == data * times
    else:
        assert (data * times).startswith(unpacking.inflate_broken(packed[:-lost]))


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_runs_are_unpacked_as_pdfminer_does(data: bytes) -> None:
    with contextlib.suppress(StopIteration, RuntimeError, IndexError):
        assert unpacking.unpack_runs(data) == rldecode(data)


def test_a_limit_met_at_opening_or_among_the_pages_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, PLAIN)

    def slow(*_: object, **__: object) -> None:
        try:
            spin(20)
        except BaseException as error:
            raise ValueError(error) from error  # as pdfplumber wraps what pdfminer raises

    with monkeypatch.context() as patch:
        patch.setattr(pdfplumber, "open", slow)
        with pytest.raises(DocumentError, match=r"paper\.pdf: took longer than 0\.1 s; give it more with --document"):
            extract(path, Settings(document_seconds=0.1))
    with monkeypatch.context() as patch:
        patch.setattr("extract.pdf.reader.PDFPage.create_pages", lambda _: iter(slow, None))
        with pytest.raises(DocumentError, match=r"paper\.pdf: cannot be opened: it took longer than 0\.1 s$"):
            read_document(path, page_seconds=0.1)


def spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(Exception):  # as libraries do
            sum(range(1000))


def test_the_inner_of_two_limits_ends_its_own_work_only() -> None:
    done = []
    with within(30):
        with pytest.raises(OutOfTimeError, match=r"longer than 0\.05 s"), within(0.05):
            spin(20)
        done.append("outer")
    assert done == ["outer"]


def test_the_outer_of_two_limits_ends_the_work_inside_the_inner_one() -> None:
    with pytest.raises(OutOfTimeError, match=r"longer than 0\.05 s"), within(0.05), within(30):
        spin(20)


def test_no_limit_is_left_behind() -> None:
    with within(0.05):
        pass
    spin(0.1)


def test_a_limit_in_a_thread_is_looked_at_when_its_work_ends() -> None:
    said: list[str] = []

    def work() -> None:
        try:
            with within(0.01):
                spin(0.05)
        except OutOfTimeError as error:
            said.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert said == ["took longer than 0.01 s"]
