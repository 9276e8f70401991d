"""Diseases by name."""

import re

import pytest

from corpus.diseases import coded_names, disease, names
from corpus.resources import read_text, rows


@pytest.mark.parametrize(
    ("name", "usual", "doid"),
    [
        ("NSCLC", "non-small cell lung cancer", "DOID:3908"),
        ("Non-Small-Cell Lung Cancer", "non-small cell lung cancer", "DOID:3908"),
        ("non‐small cell lung cancer", "non-small cell lung cancer", "DOID:3908"),
        ("acute myeloid leukaemia", "acute myeloid leukemia", "DOID:9119"),
        ("gastrointestinal stromal tumours", "gastrointestinal stromal tumor", "DOID:9253"),
        ("brain metastases", "brain metastasis", ""),
    ],
)
def test_a_disease_is_known_by_its_spellings(name: str, usual: str, doid: str) -> None:
    found = disease(name)
    assert found is not None
    assert (found.name, found.doid) == (usual, doid)


@pytest.mark.parametrize("name", ["nsclc", "ALL", "MM", "gist", "cancer", ""])
def test_abbreviations_are_read_as_written_and_ambiguous_ones_not_at_all(name: str) -> None:
    assert disease(name) is None


def test_no_name_stands_for_two_diseases() -> None:
    seen: dict[str, str] = {}
    for usual, _, others in rows(read_text("diseases.tsv")):
        for name in (usual, *filter(None, others.split("|"))):
            assert seen.setdefault(name, usual) == usual


def test_identifiers_have_their_form_and_are_given_once() -> None:
    found = [doid for _, doid, _ in rows(read_text("diseases.tsv")) if doid]
    assert all(re.fullmatch(r"DOID:\d{2,7}", doid) for doid in found)
    assert len(found) == len(set(found))


def test_spoken_names_are_in_lower_case() -> None:
    assert [name for name in names() if name != name.lower()] == []
    assert "NSCLC" in coded_names()
