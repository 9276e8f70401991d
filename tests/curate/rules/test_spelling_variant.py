import papers
import pytest

RULE = "spelling-variant"
DOI = "10.1000/spelling"


def flagged(passage: str) -> list[tuple[str, str]]:
    return [(flag.doubt.subject, flag.doubt.message) for flag in papers.flags(papers.text(passage), RULE)]


def test_an_unknown_spelling_beside_the_known_one() -> None:
    (flag,) = papers.flags(papers.text("Ceretinib was given first. The ORR of ceritinib was 39%."), RULE)
    assert flag.doubt.message == "The drug ceritinib is spelled Ceretinib in the text and ceritinib in the text."
    assert (flag.doubt.severity, flag.doubt.expected) == ("notice", "ceritinib")
    assert [place.role for place in flag.doubt.places] == ["unknown spelling", "known spelling"]


def test_an_unknown_spelling_alone_is_held_against_the_reference() -> None:
    assert flagged("Patients received osimertanib at 80 mg.") == [
        (
            "osimertinib",
            "The drug osimertinib is spelled osimertanib in the text but the reference name is osimertinib.",
        )
    ]


def test_a_spelling_is_flagged_once_with_how_often() -> None:
    (found,) = flagged("Vemurafinib was given. Vemurafinib failed. Then vemurafenib was given.")
    assert found[0] == "vemurafenib"
    assert " 2 times " in found[1]


def test_two_wrong_spellings_are_two_flags() -> None:
    passage = "Dabrafinib was given. Dabrafeneb was given. Dabrafenib was given."
    assert [subject for subject, _ in flagged(passage)] == ["dabrafenib", "dabrafenib"]


@pytest.mark.parametrize(
    "passage",
    [
        "Ceritinib was given. CERITINIB was given. The ceritinib-resistant cells grew.",
        # brand names, codes and salts are other names
        "Ceritinib (Zykadia, LDK378) was given.",
        "Osimertinib mesylate (AZD9291, Tagrisso) is osimertinib.",
        "Imatinib mesylate and imatinib were given.",
        # two drugs with like names
        "Dabrafenib and vemurafenib, erdafitinib and afatinib, and nilotinib were given.",
        "Cisplatin, carboplatin and oxaliplatin were given with pertuzumab and trastuzumab.",
    ],
)
def test_other_names_are_no_other_spellings(passage: str) -> None:
    assert flagged(passage) == []


def test_a_title_in_the_reference_list_is_left_alone() -> None:
    extraction = papers.paper(
        papers.section("Results", "Ceritinib was given to 83 patients [1] and had a response rate of 39% [2]."),
        papers.references(
            "Shaw AT, Kim DW, Mehra R. Ceretinib in ALK-rearranged lung cancer. N Engl J Med 2014;370:1189-97.",
            "Soria JC, Tan DS, Chiari R. First-line ceritinib in lung cancer. Lancet 2017;389:917-29.",
        ),
    )
    assert not papers.flags(extraction, RULE)


def test_each_drug_is_counted() -> None:
    count = papers.counts(papers.text("Ceretinib, ceritinib, alectinib and lorlatinib."), RULE)
    assert (count.consistent, count.flagged) == (2, 1)


def test_the_flag_is_the_same_in_another_setting_of_the_paper() -> None:
    text = papers.section("Results", "The ORR of ceritinib was 39%.")
    table = papers.table("Table 1", "Trials", [["Trial", "Drug"], ["ASCEND-5", "Ceretinib"], ["ALEX", "Alectinib"]])
    first = papers.paper(text, table, doi=DOI)
    second = papers.paper(table, text, doi=DOI, page=papers.LETTER_TWO_COLUMNS)
    assert [flag.id for flag in papers.flags(first, RULE)] == [flag.id for flag in papers.flags(second, RULE)] != []


def test_a_footnote_letter_and_an_abbreviation_are_no_spellings() -> None:
    text = papers.section(
        "Results", "Patients received leucovorin (LV) and epirubicin (EPI), then paclitaxel. LV was last."
    )
    rows = [["Drug", "Cases"], ["Paclitaxela", "30"], ["Epirubicin", "13"]]
    assert papers.flags(papers.paper(text, papers.table("Table 1", "Drugs", rows, "a Weekly.")), RULE) == ()
