import papers
import pytest

RULE = "response-conflict"
DOI = "10.1000/response"
HEADER = ["Drug", "Resistance mutations", "Sensitive mutations"]


def table(*rows: list[str]) -> str:
    return papers.table("Table 1", "KIT mutations", [HEADER, *rows])


FAULT = table(["Imatinib", "D816V, V654A", "L576P, V654A"], ["Sunitinib", "D816V", "V654A"])


def test_a_variant_in_both_columns_of_a_row() -> None:
    (flag,) = papers.flags(papers.paper(FAULT, title="KIT inhibitors"), RULE)
    assert flag.doubt.message == "V654A is given for resistance and for sensitivity to imatinib, both in Table 1."
    assert [place.role for place in flag.doubt.places] == ["resistance", "sensitivity"]
    assert [place.evidence.cell.column for place in flag.doubt.places if place.evidence.cell] == [1, 2]
    assert flag.doubt.severity == "warning"


def test_a_table_against_the_text() -> None:
    rows = table(["Imatinib", "D816V", "L576P"], ["Sunitinib", "D816V", "V654A"])
    text = papers.section("Results", "KIT D816V is sensitive to imatinib.")
    (flag,) = papers.flags(papers.paper(text, rows, title="KIT inhibitors"), RULE)
    assert flag.doubt.message == (
        "D816V is given for resistance and for sensitivity to imatinib, in Table 1 and in the text on page 1."
    )


@pytest.mark.parametrize(
    "passage",
    [
        "KIT D816V is resistant to imatinib. KIT D816V is sensitive to midostaurin.",
        # a compound is a variant of its own
        "ABL1 T315I is sensitive to ponatinib. ABL1 T315I/E255V is resistant to ponatinib.",
        # of another gene
        "KRAS Q61K is resistant to cetuximab. HRAS Q61K is sensitive to cetuximab.",
        "KIT V654A is resistant to imatinib, but sensitive to sunitinib.",
        # overcome, hedged, compared
        "ALK L1196M confers resistance to crizotinib. Ceritinib overcame crizotinib resistance in L1196M.",
        "ALK L1196M is resistant to crizotinib. ALK L1196M may be sensitive to crizotinib at high doses.",
        # nobody responded
        "ABL1 Y253H is resistant to nilotinib. Of six patients with ABL1 Y253H, none had a response to nilotinib.",
        "ABL1 F317L is resistant to dasatinib. In ABL1 F317L the response rate to dasatinib was 0 of 7.",
    ],
)
def test_what_does_not_contradict_itself_is_left_alone(passage: str) -> None:
    assert not papers.flags(papers.text(passage), RULE)


def test_a_sentence_that_takes_its_drug_from_another_proves_nothing() -> None:
    passage = (
        "EGFR T790M is resistant to gefitinib. "
        "A patient with EGFR T790M was treated with gefitinib. A partial response was seen after six weeks."
    )
    count = papers.counts(papers.text(passage), RULE)
    assert (count.consistent, count.flagged, count.not_applicable) == (0, 0, 1)


def test_one_direction_is_consistent() -> None:
    count = papers.counts(papers.text("KIT D816V is resistant to imatinib and sunitinib."), RULE)
    assert (count.consistent, count.flagged, count.not_applicable) == (2, 0, 0)


def test_the_flag_is_the_same_in_another_setting_of_the_paper() -> None:
    text = papers.section("Results", "KIT is mutated in most of these tumours.")
    first = papers.paper(FAULT, text, doi=DOI)
    second = papers.paper(text, FAULT, doi=DOI, page=papers.LETTER_TWO_COLUMNS)
    assert [flag.id for flag in papers.flags(first, RULE)] == [flag.id for flag in papers.flags(second, RULE)] != []


def test_a_clause_on_resistance_of_what_is_sensitive_proves_nothing() -> None:
    passage = (
        "EGFR T790M is resistant to gefitinib. The EGFR T790M mutation confers resistance to mutants usually sensitive "
        "to gefitinib. The impact of EGFR T790M status following gefitinib response was studied."
    )
    assert papers.flags(papers.text(passage), RULE) == ()
