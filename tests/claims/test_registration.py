from papers import paper, table, text

from extract.claims.registration import Registration
from extract.records import Extraction


def registrations(extraction: Extraction) -> list[Registration]:
    return [claim.arguments for claim in extraction.claims if isinstance(claim.arguments, Registration)]


def test_a_name_before_the_number_is_the_trial() -> None:
    found = registrations(
        text("Alpelisib was tested in the SOLAR-1 trial (ClinicalTrials.gov identifier NCT02437318).")
    )
    assert found == [Registration(number="NCT02437318", trial="SOLAR-1", intervention="alpelisib")]


def test_drugs_of_the_clause_are_the_intervention() -> None:
    found = registrations(
        text("Brigatinib is tested (NCT04005144), and another study of lorlatinib is open (NCT03202940).")
    )
    assert [one.intervention for one in found] == ["brigatinib", "lorlatinib"]


def test_earlier_treatment_is_not_the_intervention() -> None:
    found = registrations(text("A trial is open to patients previously treated with crizotinib (NCT04211922)."))
    assert found == [Registration(number="NCT04211922")]


def test_a_row_gives_number_and_drug() -> None:
    rows = [["Drug", "Trial", "Number"], ["Olaparib", "OlympiAD", "NCT02000622"]]
    assert registrations(paper(table("Table 1", "Trials", rows))) == [
        Registration(number="NCT02000622", trial="OlympiAD", intervention="olaparib")
    ]
