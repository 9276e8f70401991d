"""Every entry of a word list is needed by the case that stands beside it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.shared.word_lists import CASE, lines_of
from tests.recognizers.conftest import marked

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
        found += [(kind, line[0], *line[-CASE:]) for line in lines_of(package, name)]
    return found


def test_every_list_with_cases_is_walked() -> None:
    assert len(entries()) > 50


@pytest.mark.parametrize(("kind", "entry", "sentence", "normal"), entries(), ids=lambda value: value)
def test_an_entry_is_found_in_its_case(kind: str, entry: str, sentence: str, normal: str) -> None:
    text, [(start, end, form)] = marked(f"{sentence}\t{normal}")
    if "registries" not in kind and kind != "trial":
        assert entry.casefold() in text.casefold()
    found: list[Capture] = list(RECOGNIZERS[kind](text))
    assert (start, end, form) in [(one.start, one.end, one.normalized) for one in found]
