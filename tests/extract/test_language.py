import subprocess
import sys

import pytest

from extract.ner import spacy_pipelines


def test_abbreviations_are_found_with_their_offsets() -> None:
    text = "The objective response rate (ORR) and the progression-free survival (PFS) were high."
    found = list(spacy_pipelines.short_forms(text))
    assert [(one.short, one.long) for one in found] == [
        ("ORR", "objective response rate"),
        ("PFS", "progression-free survival"),
    ]
    assert [text[one.start : one.end] for one in found] == ["ORR", "PFS"]


@pytest.mark.parametrize(
    "text",
    ["No bracket here.", "It took 6 months (range, 3-9 months).", "They came (see below).", "", "( ) (("],
)
def test_what_is_no_abbreviation_is_none(text: str) -> None:
    assert list(spacy_pipelines.short_forms(text)) == []


def test_a_named_model_must_be_installed() -> None:
    with pytest.raises(spacy_pipelines.ModelNotInstalledError, match="leave --ner-model out") as caught:
        spacy_pipelines.choose_model("en_ner_nowhere_md")
    assert "\n" not in str(caught.value)


def test_without_a_name_an_installed_model_is_taken_or_none() -> None:
    installed = spacy_pipelines.installed_models()
    assert spacy_pipelines.choose_model(None) == (installed[0] if installed else None)


def test_the_versions_of_the_pipeline_are_known() -> None:
    assert set(spacy_pipelines.versions(None)) == {"spacy", "scispacy"}


def test_plain_text_is_read_without_spacy() -> None:
    code = (
        "import sys; from extract.pipeline import extract_text; extract_text('ALK G1202R'); "
        "print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
