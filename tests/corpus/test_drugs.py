"""Agents by INN, brand, code, salt; and what must not be taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.drugs import drug, names, stems
from corpus.resources import read_text, rows

DATA = Path(__file__).parents[1] / "data/corpus"
ACCEPTED = [tuple(row) for row in rows((DATA / "drug_names.tsv").read_text("utf-8"))]
REJECTED = [row[0] for row in rows((DATA / "not_drugs.txt").read_text("utf-8"))]


@pytest.mark.parametrize(("name", "expected"), ACCEPTED)
def test_name_means_the_agent(name: str, expected: str) -> None:
    found = drug(name)
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize("name", REJECTED)
def test_other_words_are_no_agent(name: str) -> None:
    assert drug(name) is None
    assert not any(name.casefold().endswith(stem) for stem in stems())


def test_record_of_an_agent() -> None:
    found = drug("crizotinib")
    assert found is not None
    assert found.unii == "53AH36668S"
    assert found.kinds == ("tyrosine kinase inhibitor",)
    assert "xalkori" in found.names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("trastuzumab deruxtecan", "antibody-drug conjugate"),
        ("palbociclib", "cyclin-dependent kinase inhibitor"),
        ("docetaxel", "taxane"),
        ("carboplatin", "platinum compound"),
        ("metformin", "combined agent"),
        ("tisagenlecleucel", "cell therapy"),
    ],
)
def test_kind_of_an_agent(name: str, kind: str) -> None:
    found = drug(name)
    assert found is not None
    assert kind in found.kinds


def test_lexicon_keys_are_casefolded_and_long_enough() -> None:
    assert [name for name in names() if name != name.casefold() or len(name) < 3] == []


def test_every_listed_and_supplemented_name_is_known() -> None:
    # A name that another agent has taken would be lost silently.
    assert [name for name, _ in rows(read_text("listed_drugs.tsv")) if drug(name) is None] == []
    for canonical, _, others in rows(read_text("supplement.tsv")):
        for name in filter(None, (canonical, *others.split("|"))):
            found = drug(name)
            assert found is not None, name
            assert found.name == canonical, name
