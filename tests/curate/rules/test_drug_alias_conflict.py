from cases import RuleCases
from papers import A4, LETTER_TWO_COLUMNS, flags, paper, section, table


class TestDrugAliasConflict(RuleCases):
    rule = "drug-alias-conflict"


def test_the_flag_is_the_same_whichever_place_comes_first() -> None:
    text = section("Results", "Alkotinib (ZG-0148) is in phase I. The agents under study are listed in Table 1.")
    codes = table("Table 1", "Agents", [["Agent", "Code"], ["Alkotinib", "ZG-0184"], ["Ceritinib", "LDK378"]])
    doi = "10.1000/alias"
    first, second = paper(text, codes, doi=doi, page=A4), paper(codes, text, doi=doi, page=LETTER_TWO_COLUMNS)
    rule = "drug-alias-conflict"
    assert [flag.id for flag in flags(first, rule)] == [flag.id for flag in flags(second, rule)] != []
