"""The shipped documents: credited, unchanged, readable, and with every figure of their data on the page."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from corpus.manifest import Manifest, ManifestError, read_manifest, shipped, verify
from corpus.typeset import typeset

FIGURE = re.compile(r"\d+(?:\.\d+)?%?")
DIGEST = "alk-inhibitors-digest.pdf"


@cache
def pages(path: Path) -> tuple[str, ...]:
    with pdfplumber.open(path) as pdf:
        return tuple(page.extract_text() for page in pdf.pages)


@cache
def digest() -> Manifest:
    (manifest,) = (manifest for manifest in shipped() if manifest.path.name == DIGEST)
    return manifest


def body(path: Path) -> str:
    """Return the text without the running heads, which are each page's first line."""
    return "\n".join(page.split("\n", 1)[1] for page in pages(path))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def table_data(manifest: Manifest) -> list[dict[str, object]]:
    (path,) = (path for path in manifest.data if path.suffix == ".json")
    return json.loads(path.read_text(encoding="utf-8"))


def test_every_pdf_has_a_manifest() -> None:
    manifests = shipped()
    assert manifests
    folder = manifests[0].path.parent
    assert {manifest.path for manifest in manifests} == set(folder.glob("*.pdf"))


@pytest.mark.parametrize("manifest", shipped(), ids=lambda manifest: manifest.path.name)
class TestEveryShippedDocument:
    def test_is_the_one_that_its_manifest_describes(self, manifest: Manifest) -> None:
        verify(manifest)
        assert re.fullmatch(r"[0-9a-f]{64}", manifest.sha256)

    def test_credits_its_source_under_a_licence_that_lets_it_be_shipped(self, manifest: Manifest) -> None:
        assert re.fullmatch(r"10\.\d{4,9}/\S+", manifest.doi)
        assert manifest.licence in {"CC-BY-4.0", "CC0-1.0"}
        assert manifest.licence_url.startswith("https://creativecommons.org/")
        assert manifest.citation
        assert manifest.attribution
        assert manifest.changes

    def test_has_the_files_it_is_rebuilt_from(self, manifest: Manifest) -> None:
        assert all(path.is_file() for path in (manifest.source, *manifest.data))

    def test_has_a_text_layer_without_broken_glyphs_on_every_page(self, manifest: Manifest) -> None:
        for text in pages(manifest.path):
            assert len(text) > 500
            assert "(cid:" not in text
            assert "\N{REPLACEMENT CHARACTER}" not in text

    def test_says_its_title_source_and_licence_on_the_first_page(self, manifest: Manifest) -> None:
        first = squeezed(pages(manifest.path)[0])
        for part in (manifest.title, manifest.citation, manifest.licence_url):
            assert squeezed(part) in first

    def test_gives_the_doi_of_its_source_but_not_where_its_own_would_stand(self, manifest: Manifest) -> None:
        first, *others = pages(manifest.path)
        assert manifest.doi not in first
        assert any(manifest.doi in page for page in others)

    def test_says_what_its_source_says(self, manifest: Manifest, tmp_path: Path) -> None:
        rebuilt = tmp_path / "rebuilt.pdf"
        rebuilt.write_bytes(typeset(manifest))
        # Another version of typst writes other bytes, but the same words.
        same_bytes = rebuilt.read_bytes() == manifest.path.read_bytes()
        assert same_bytes or squeezed(body(rebuilt)) == squeezed(body(manifest.path))

    def test_is_set_the_same_each_time(self, manifest: Manifest) -> None:
        assert typeset(manifest) == typeset(manifest)


def test_a_changed_document_is_refused_in_one_line(tmp_path: Path) -> None:
    changed = tmp_path / DIGEST
    changed.write_bytes(digest().path.read_bytes() + b"\n")
    with pytest.raises(ManifestError, match=r"SHA-256 is [0-9a-f]{64}, not .* rebuild it with") as caught:
        verify(dataclasses.replace(digest(), path=changed))
    assert str(caught.value).startswith(str(changed))
    assert "\n" not in str(caught.value)


def test_an_absent_document_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"absent\.pdf: .*install litcurate again"):
        verify(dataclasses.replace(digest(), path=tmp_path / "absent.pdf"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title = ", "name = ", "no text under 'title'"),
        ('licence = "CC-BY-4.0"', 'licence = " "', "no text under 'licence'"),
        ("[source]", "[origin]", r"no section \[source\]"),
        ("changes = [", "changes = [4,", "an entry of 'changes' is not a text"),
        ("data = [", "files = [", "no list of texts under 'data'"),
        ("[rebuild]", "[rebuild", "not a manifest that can be read"),
    ],
)
def test_an_incomplete_manifest_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = digest().path.with_suffix(".toml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ManifestError, match=message):
        read_manifest(broken)


class TestDigest:
    def test_its_first_table_runs_over_a_page_end(self) -> None:
        texts = pages(digest().path)
        (start,) = (number for number, text in enumerate(texts) if "Table 1. Summary" in text)
        (end,) = (number for number, text in enumerate(texts) if "ALKi: ALK inhibitor" in text)
        assert end == start + 1
        assert "ALK TKI Phase Trial" in texts[start]
        assert "ALK TKI Phase Trial" not in texts[end]

    def test_its_second_table_runs_over_a_page_end_and_repeats_its_header(self) -> None:
        texts = pages(digest().path)
        (start,) = (number for number, text in enumerate(texts) if "Table 2. ALK inhibitors" in text)
        (end,) = (number for number, text in enumerate(texts) if "growth factor receptor; EMT:" in text)
        assert end == start + 1
        assert "ALK TKI Mutations associated" in texts[start]
        assert "ALK TKI Mutations associated" in texts[end]

    def test_its_rules_are_horizontal(self) -> None:
        with pdfplumber.open(digest().path) as pdf:
            rules = [line for page in pdf.pages for line in (*page.lines, *page.rects)]
        assert rules
        assert all(rule["height"] < 1 < rule["width"] for rule in rules)

    @pytest.mark.parametrize("table", table_data(digest()), ids=lambda table: str(table["label"]))
    def test_every_figure_of_a_table_stands_on_the_page_as_often_as_in_its_data(self, table: dict[str, object]) -> None:
        text = body(digest().path)
        start = text.index(f"{table['label']}. {table['caption']}") + len(f"{table['label']}.")
        end = text.index(str(table["note"]).split(";")[0], start)
        cells = " ".join(cell for row in table["rows"] for cell in row)
        assert Counter(FIGURE.findall(text[start:end])) == Counter(FIGURE.findall(cells))

    @pytest.mark.parametrize(
        "slip",
        [
            "Ceretinib 750 mg daily",
            "78 (70-84) vs. 39%",
            "On-target mutations: G2032R, I1151Tins",
            "L1198F, G2032R, D1203N",
            "48 vs. 53",
            "an ORR of 62% and a median PFS of 15.6 months",
            "V11180L",
            "E1219K + S12016C",
            "F1176 C/L",
            "E1407K",
        ],
    )
    def test_keeps_the_slips_of_its_source(self, slip: str) -> None:
        assert squeezed(slip) in squeezed(body(digest().path))

    def test_numbers_its_references_from_1_without_a_gap(self) -> None:
        (path,) = (path for path in digest().data if path.suffix == ".txt")
        entries = path.read_text(encoding="utf-8").splitlines()
        text = squeezed(body(digest().path).split("\nREFERENCES\n")[1])
        assert text == squeezed("".join(f"{number}. {entry}" for number, entry in enumerate(entries, 1)))
        assert len(entries) == 158

    def test_cites_only_references_that_it_has(self) -> None:
        source = digest().source.read_text(encoding="utf-8")
        cited = {
            int(number) for group in re.findall(r'#c\("([\d,-]+)"\)', source) for number in re.findall(r"\d+", group)
        }
        assert cited
        assert max(cited) <= 158
