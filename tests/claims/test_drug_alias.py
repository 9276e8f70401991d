import pytest
from papers import paper, references, section, table, text

from extract.claims.drug_alias import DrugAlias
from extract.records import Extraction


def aliases(extraction: Extraction) -> list[tuple[str, str]]:
    claims = (claim.arguments for claim in extraction.claims)
    return [(one.drug, one.alias) for one in claims if isinstance(one, DrugAlias)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Crizotinib (PF-02341066, Xalkori) was first.", [("crizotinib", "PF-02341066"), ("crizotinib", "Xalkori")]),
        ("Crizotinib (Xalkori®; Pfizer, New York) was first.", [("crizotinib", "Xalkori")]),
        ("AZD9291 (osimertinib) overcomes T790M.", [("osimertinib", "AZD9291")]),
        ("Tagrisso (osimertinib) overcomes T790M.", [("osimertinib", "Tagrisso")]),
        ("Ceritinib, formerly LDK378, was next.", [("ceritinib", "LDK378")]),
        ("Ceritinib (formerly known as LDK378) was next.", [("ceritinib", "LDK378")]),
        ("Trastuzumab deruxtecan [DS-8201a] is a conjugate.", [("trastuzumab deruxtecan", "DS-8201a")]),
        ("Afatinib was compared with gefitinib (ZD1839) in it.", [("gefitinib", "ZD1839")]),
        # a code that no list knows, of a maker's letters
        ("Brigatinib (AP26131) was next.", [("brigatinib", "AP26131")]),
        ("It was made with IPI-296 (saridegib) in mice.", [("patidegib", "IPI-296")]),
        # a brand name that is a letter off
        ("Crizotinib (Xalcori) was first.", [("crizotinib", "Xalcori")]),
    ],
)
def test_what_stands_beside_a_drug_is_another_name(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert aliases(text(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Crizotinib (n = 120) was compared with ceritinib (750 mg) and alectinib (ALEX).",
        "Lapatinib (BT-474 cells) and gefitinib (SNU-182) were tested; afatinib (HCC827) too.",
        "Crizotinib (NCT00932451) and olaparib (SOLO1) were tested.",
        "Osimertinib (T790M) and capmatinib (MET) were tested.",
        "Dabrafenib/trametinib (GSK2118436/GSK1120212) were given.",
        "Dabrafenib and trametinib (GSK2118436, GSK2118437) were given.",
        "Cisplatin (or carboplatin) was given, with capecitabine (fluorouracil).",
        "HCC827 (gefitinib) and PC-9 cells (erlotinib), and GSE12345 (imatinib), were used.",
        "Eribulin mesylate (eribulin) was given.",
        "Patients had crizotinib, LDK378 or both.",
    ],
)
def test_what_is_no_other_name_gives_no_claim(sentence: str) -> None:
    assert aliases(text(sentence)) == []


def test_a_table_gives_a_column_of_codes() -> None:
    rows = [["Drug", "Code", "Target"], ["Olaparib", "AZD2281, KU0059436", "PARP"], ["Niraparib", "MK-4827", "PARP"]]
    assert aliases(paper(table("Table 1", "Inhibitors", rows))) == [
        ("olaparib", "AZD2281"),
        ("olaparib", "KU0059436"),
        ("niraparib", "MK-4827"),
    ]


def test_titles_of_references_are_no_claims() -> None:
    prose = section("Results", "Brigatinib was given to 83 patients [1] and had a response rate of 39% in them.")
    entry = "Kim DW, Tiseo M, Ahn MJ. Brigatinib (AP26113) in lung cancer. J Clin Oncol 2017;35:2490-8."
    assert aliases(paper(prose, references(entry))) == []


def test_an_alias_at_two_places_is_one_claim_as_first_printed() -> None:
    extraction = text("Ceritinib (LDK378) was given. Later, ceritinib (LDK-378) failed.")
    (claim,) = (claim for claim in extraction.claims if claim.kind == "drug_alias")
    assert claim.arguments == DrugAlias(drug="ceritinib", alias="LDK378")
    assert [one.quote for one in claim.evidence] == ["Ceritinib (LDK378", "ceritinib (LDK-378"]
