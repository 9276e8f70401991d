import base64
import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import builders
import pypdfium2
import pytest
import typst
from chromium import Chromium
from click.testing import CliRunner, Result
from PIL import Image

from curate.cli import main
from curate.records import Checked, Role, Verdict
from curate.review.decisions import decide
from curate.store import Store

HOSTILE = '<script>document.title="run"</script><img src=x onerror="document.title=1">"\'&amp;'
IDS = builders.Ids()


class Seen(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "alta.pdf"
    path.write_bytes(typst.compile(b'#set page("a4")\nFirst page.\n#pagebreak()\nSecond page.'))
    return path


def stored(store: Store, pdf: Path, text: str = "") -> None:
    """Store the article of `builders` as read from the PDF; with a text, that stands wherever a PDF's text can."""
    paper = builders.document(identity=hashlib.sha256(pdf.read_bytes()).hexdigest(), title=text or "Brigatinib in ALTA")
    paper = replace(paper, file_name=f"{text}.pdf" if text else pdf.name)
    checked = builders.checked(paper)
    if text:
        checked = Checked(
            flags=tuple(
                replace(
                    flag,
                    doubt=replace(
                        flag.doubt,
                        subject=text,
                        message=text,
                        expected=text,
                        places=tuple(
                            replace(place, role=text, evidence=replace(place.evidence, quote=text, prefix=text))
                            for place in flag.doubt.places
                        ),
                    ),
                )
                for flag in checked.flags
            ),
            counts=(),
        )
    builders.save(
        store, replace(builders.extraction(paper), gaps=(text or "page 2 was not read",)), checked, path=str(pdf)
    )


@pytest.fixture
def run(empty: Store, tmp_path: Path) -> Callable[..., Result]:
    def invoke(document: str, output: Path | None = None) -> Result:
        place = output or tmp_path / "report.html"
        return CliRunner().invoke(main, ["report", document, "--store", str(empty.path), "--output", str(place)])

    return invoke


def made(run: Callable[..., Result], tmp_path: Path, document: str = "alta.pdf") -> Seen:
    done = run(document)
    assert done.exit_code == 0, done.output
    return Seen((tmp_path / "report.html").read_text("utf-8"))


def test_it_shows_each_flag_with_its_quotes(
    empty: Store, pdf: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    stored(empty, pdf)
    page = made(run, tmp_path)
    assert [one["id"] for one in page.of("article")] == ["f1", "f2"]
    assert [one["class"] for one in page.of("article")] == ["flag error", "flag notice"]
    text = " ".join(page.text.split())
    assert "1 error, 1 notice (2 open)" in text
    assert "page 2 was not read" in text
    assert "claim-conflict: the objective response rate of ALTA is 53 in the table and 62 in the text" in text
    assert "Expected: 53" in text
    assert "prose, page 1 rate was 62% in arm B." in text


def test_the_pictures_are_in_the_file_with_the_place_highlighted(
    empty: Store, pdf: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    stored(empty, pdf)
    images = [one["src"] or "" for one in made(run, tmp_path).of("img")]
    assert len(images) == 5, "one for the cell; the prose of both flags stands on two pages"
    for source in images:
        assert source.startswith("data:image/png;base64,")
        picture = Image.open(io.BytesIO(base64.b64decode(source.split(",")[1]))).convert("RGB")
        colours = {colour for _, colour in picture.getcolors(maxcolors=1 << 24) or []}
        assert any(red > 240 and green > 200 and blue < 160 for red, green, blue in colours)


def test_it_needs_nothing_from_outside_and_runs_nothing(
    empty: Store, pdf: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    stored(empty, pdf)
    page = made(run, tmp_path)
    assert {tag for tag, _ in page.elements} & {"script", "link", "iframe", "object", "form", "base"} == set()
    links = [one["href"] or "" for one in page.of("a")]
    assert {link for link in links if not link.startswith("#")} == {"https://doi.org/10.1000/xyz"}
    (policy,) = [one["content"] for one in page.of("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert (policy or "").startswith("default-src 'none'; img-src data:")


def test_text_of_a_pdf_is_shown_and_never_markup(
    empty: Store, pdf: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    stored(empty, pdf, HOSTILE)
    decide(empty, "flag", IDS.conflict, Verdict.CORRECT, value=HOSTILE, reason=HOSTILE, curator=HOSTILE)
    page = made(run, tmp_path, "10.1000/xyz")
    assert page.of("script") == []
    assert all((one["src"] or "").startswith("data:image/png") for one in page.of("img"))
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert page.text.count(HOSTILE) > 12


def test_a_pdf_that_is_gone_leaves_the_quotes_and_says_so(
    empty: Store, pdf: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    stored(empty, pdf)
    pdf.write_bytes(b"another file")
    page = made(run, tmp_path)
    assert page.of("img") == []
    assert "The file at the PDF's place has changed since it was read." in page.text
    assert len(page.of("blockquote")) == 3


def test_all_decisions_are_shown_and_what_was_replaced_is_marked(
    empty: Store, pdf: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    stored(empty, pdf)
    decide(empty, "flag", IDS.conflict, Verdict.DISMISS, curator="Ada", at="2024-01-02T03:04:05+00:00")
    decide(empty, "flag", IDS.conflict, Verdict.CORRECT, value="53", reason="Table 1", curator="Ada")
    decide(empty, "flag", IDS.conflict, Verdict.CONFIRM, curator="Cy", role=Role.ADJUDICATION)
    page = made(run, tmp_path)
    assert [one.get("class") for one in page.of("li")] == ["replaced", None, None]
    text = " ".join(page.text.split())
    assert "dismiss by Ada, 2024-01-02 03:04 UTC correct to “53” by Ada, " in text
    assert "adjudication: confirm by Cy" in text
    assert "1 error, 1 notice (1 open, 1 confirmed)" in text


def test_a_flag_that_arises_no_more_is_shown_where_it_was_decided(
    empty: Store, pdf: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    stored(empty, pdf)
    decide(empty, "flag", IDS.conflict, Verdict.CONFIRM, curator="Ada")
    (document,) = empty.documents()
    empty.save_check(document.id, Checked(flags=(), counts=()), 1)
    page = made(run, tmp_path)
    assert len(page.of("article")) == 1
    assert "no longer arises" in page.text


def test_a_document_without_flags_says_so(empty: Store, run: Callable[..., Result], tmp_path: Path) -> None:
    builders.save(empty, flags=Checked(flags=(), counts=()))
    assert "No flags." in made(run, tmp_path).text


# -- which document -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["alta.pdf", "a" * 64, "a" * 8, "10.1000/XYZ", "https://doi.org/10.1000/xyz"])
def test_a_document_is_named_by_its_file_its_id_or_its_doi(
    empty: Store, run: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    builders.save(empty)
    assert len(made(run, tmp_path, name).of("article")) == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nonsense.pdf", "has no document 'nonsense.pdf'; there are: alta.pdf (aaaaaaaaaaaa), alta.pdf (aaaabbbbbbbb)"),
        ("alta.pdf", "'alta.pdf' means 2 documents"),
        ("aaaa", "has no document 'aaaa'"),
        ("", "has no document ''"),
    ],
)
def test_a_name_that_means_no_or_several_documents_lists_them(
    empty: Store, run: Callable[..., Result], tmp_path: Path, name: str, said: str
) -> None:
    builders.save(empty, builders.extraction(builders.document(doi="")))
    builders.save(empty, builders.extraction(builders.document(identity="a" * 4 + "b" * 60, doi="")))
    done = run(name)
    assert done.exit_code == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "report.html").exists()


def test_the_store_is_never_overwritten(store: Store, run: Callable[..., Result]) -> None:
    done = run("alta.pdf", store.path)
    assert done.exit_code == 2
    assert "--output names the store itself" in done.stderr


# -- in a browser ---------------------------------------------------------------------------------------------


def test_a_browser_prints_every_flag_and_runs_no_text(
    empty: Store, pdf: Path, run: Callable[..., Result], tmp_path: Path, chromium: Chromium
) -> None:
    stored(empty, pdf, HOSTILE)
    made(run, tmp_path, "10.1000/xyz")
    address = (tmp_path / "report.html").as_uri()
    with chromium.page() as page:
        page.goto(address)
        assert page.title().startswith("Flags of <script>")
    document = pypdfium2.PdfDocument(chromium.printed(address, tmp_path / "printed.pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "claim-conflict" in text
    assert "spelling-variant" in text
    assert 'document.title="run"' in text
