"""Short forms: where they are defined, what they mean, and where they are used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.mentions.abbreviations import defined, meanings
from extract.pipeline import extract_text

LIST = Path(__file__).parents[1] / "data" / "short_forms" / "defined.tsv"
LINES = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def found(text: str, kind: str) -> list[tuple[str, str, str]]:
    return [(m.text, m.normalized, m.recognizer) for m in extract_text(text).mentions if m.kind == kind]


@pytest.mark.parametrize("line", LINES)
def test_definitions(line: str) -> None:
    text, short, long = line.split("\t")
    assert list(defined(text)) == ([] if short == "-" else [(short, long)])


def test_a_defined_disease_is_one_wherever_its_short_form_stands() -> None:
    text = "Acute lymphoblastic leukaemia (ALL) is frequent.\n\nIn ALL, relapse is rare."
    name = "acute lymphoblastic leukemia"
    assert found(text, "disease") == [
        ("Acute lymphoblastic leukaemia", name, "disease"),
        ("ALL", name, "abbreviation"),
        ("ALL", name, "abbreviation"),
    ]


def test_a_short_form_nobody_defines_is_no_disease() -> None:
    assert found("In ALL patients, relapse is rare.", "disease") == []


def test_a_defined_agent_is_one_wherever_its_short_form_stands() -> None:
    text = "Brigatinib plus others; alectinib (ALC) was given. ALC-treated patients responded to ALC."
    assert [one for one in found(text, "drug") if one[0] == "ALC"] == [("ALC", "alectinib", "abbreviation")] * 3


def test_a_gene_is_not_read_into_a_short_form_of_something_else() -> None:
    text = "Computed axial tomography (CAT) was done.\n\nThe CAT gene was not looked at; CAT did."
    assert found(text, "gene") == []


@pytest.mark.parametrize(
    "text",
    [
        "mesenchymal-epithelial transition (MET) and MET amplification",
        "Kirsten rat sarcoma (KRAS) mutations; KRAS",
        "anaplastic lymphoma kinase (ALK); ALK",
        "rearranged during transfection (RET); RET",
    ],
)
def test_the_usual_expansion_of_a_gene_keeps_it(text: str) -> None:
    assert len(found(text, "gene")) >= 2


def test_a_gene_is_known_by_its_approved_name() -> None:
    text = "The androgen receptor (AR) is a target. AR signalling"
    assert [name for _, name, _ in found(text, "gene")] == ["AR", "AR", "AR"]


def test_a_receptor_is_not_its_ligand() -> None:
    (meaning,) = meanings([("EGFR", "epidermal growth factor receptor")]).values()
    assert meaning.means is not None
    assert meaning.means.normalized == "EGFR"


def test_two_definitions_settle_nothing() -> None:
    pairs = [("MM", "multiple myeloma"), ("MM", "malignant melanoma")]
    assert meanings(pairs) == {}


def test_a_trial_is_called_by_its_short_form() -> None:
    text = "The Brigatinib in Lung Tumours trial (BILT) has ended. BILT enrolled 20 patients."
    assert [name for _, name, _ in found(text, "trial")] == ["BILT", "BILT"]


@settings(max_examples=150)
@given(text=st.text(alphabet="aAbB ()-,.;12İß", max_size=120))
def test_a_definition_stands_in_its_text(text: str) -> None:
    for short, long in defined(text):
        assert f"({short}" in text
        assert long in text
        assert len(long) > len(short)
