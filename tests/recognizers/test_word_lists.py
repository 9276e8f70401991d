"""Every entry of a word list is needed by the case that stands beside it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from corpus.resources import read_text, rows
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.shared.word_lists import CASE, lines_of

ROOT = Path(__file__).parents[2]
LISTS = {
    "extract/mentions/recognizers/measurement/p_subjects.tsv": "measurement",
    "extract/mentions/shared/units.tsv": "measurement",
    "extract/mentions/recognizers/trial/registries.tsv": "trial",
    "extract/mentions/recognizers/trial/cooperative_groups.tsv": "trial",
    "extract/mentions/recognizers/variant/usual_names.tsv": "variant",
    "extract/mentions/recognizers/variant/fusion_partners.tsv": "variant",
    "extract/mentions/recognizers/variant/fusion_families.tsv": "variant",
}


def entries() -> list[tuple[str, str, str, str]]:
    found = []
    for path, kind in LISTS.items():
        package, name = str(Path(path).parent).replace("/", "."), Path(path).name
        importlib.import_module(package)
        found += [(kind, line[0], line[-CASE], line[-1]) for line in lines_of(package, name)]
    return found


def test_every_list_with_cases_is_walked() -> None:
    assert len(entries()) > 50


@pytest.mark.parametrize(("kind", "entry", "sentence", "normal"), entries(), ids=lambda value: value)
def test_an_entry_is_found_in_its_case(kind: str, entry: str, sentence: str, normal: str) -> None:
    start, end = sentence.index("⟦"), sentence.index("⟧") - 1
    text = sentence.replace("⟦", "").replace("⟧", "")
    if "registries" not in kind and kind != "trial":
        assert entry.casefold() in text.casefold()
    found: list[Capture] = list(RECOGNIZERS[kind](text))
    assert (start, end, normal) in [(one.start, one.end, one.normalized) for one in found]


def test_what_is_no_fusion_makes_none() -> None:
    lines = list(lines_of("extract.mentions.recognizers.variant", "not_fusions.tsv"))
    assert len(lines) > 20
    wrong = [line[0] for line in lines if any(one.kind == "fusion" for one in RECOGNIZERS["variant"](line[1]))]
    assert wrong == []


def test_two_joined_genes_without_such_a_word_are_a_fusion() -> None:
    assert [one.normalized for one in RECOGNIZERS["variant"]("The HGF-MET fusion was studied")] == ["HGF::MET"]


@pytest.mark.parametrize(("name", "symbol"), [tuple(row) for row in rows(read_text("protein_names.tsv"))])
def test_a_products_name_in_words_is_its_gene(name: str, symbol: str) -> None:
    text = f"High {name} expression was seen."
    assert symbol in [one.normalized for one in RECOGNIZERS["gene"](text) if one.start == len("High ")]
