"""Names with the form of a trial's that a document uses for something else."""

import papers
import pytest


def trials(*sentences: str) -> list[str]:
    extraction = papers.text(" ".join(sentences))
    return [mention.normalized for mention in extraction.mentions if mention.kind == "trial"]


@pytest.mark.parametrize(
    "text",
    [
        "Targeted bladder chemo-sensitization (TBCS) was given. The TBCS trial and the TBCS study arm were closed.",
        "Gestational diabetes mellitus (GDM) is common. In the GDM study, mothers were asked.",
        "Iodine-refractory papillary thyroid cancer (IRPTC) is rare. The IRPTC study was small.",
        "Cognitive-bias modification (CBM) was tried. The CBM study failed.",
        "A cluster-randomised controlled trial (CRCT) was done. This CRCT trial was large.",
        "The Danish Thyroid Cooperative Group (DTCG) ran it. The DTCG trial was closed.",
        "The Trial Outcome Index (TOI) rose. The TOI study is known.",
        "In the MTHFR study, 12 patients had toxicity.",
        "VEGF-D fell in the VEGF-D study.",
        "The ERCC1 trial was closed early.",
    ],
)
def test_what_the_text_uses_for_something_else_is_no_trial(text: str) -> None:
    assert trials(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Community In-Reach Rehabilitation and Care Transition (CIRACT) was compared in the CIRACT trial.", "CIRACT"),
        ("Taxotere as Adjuvant Chemotherapy Trial (TACT). In the TACT trial, 4162 women took part.", "TACT"),
        ("The erythropoietin in brain injury (EPO-TBI) trial is open. The EPO-TBI trial has two arms.", "EPO-TBI"),
        ("In this randomised, open-label phase 3 trial (REAL3), we enrolled 553 patients.", "REAL3"),
        ("The ALEX trial was long.", "ALEX"),
        ("A phase III trial (PROFILE 1014) was done.", "PROFILE 1014"),
    ],
)
def test_a_trial_with_its_title_is_one(text: str, name: str) -> None:
    assert set(trials(text)) == {name}
