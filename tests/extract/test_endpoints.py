import pytest

from extract.claims.shared.endpoints import find_endpoints, header_unit, spoken

WRITTEN = [
    ("a median PFS of 15.6 months and an ORR of 62%", ["PFS", "ORR"]),
    ("Progression-free survival was longer", ["PFS"]),
    ("overall survival (OS)", ["OS", "OS"]),
    ("the 12-month PFS rate was 78%", ["12 month PFS rate"]),
    ("PFS rates differed", ["PFS rate"]),
    ("Intracranial response rate of 63.6%", ["intracranial ORR"]),
    ("the intracranial ORR", ["intracranial ORR"]),
    ("objective response rate (ORR)", ["ORR", "ORR"]),
    ("mDOR: 6.4 months", ["DOR"]),
    ("disease control rate", ["DCR"]),
    ("the duration of response was 9 months", ["DOR"]),
    ("recurrence-free survival", ["RFS"]),
    ("ORR% (95% CI)", ["ORR"]),
    ("median rPFS and radiographic progression-free survival", ["rPFS", "rPFS"]),
    ("the five-year OS rate", ["five year OS rate"]),
    ("a DFS rate at 24 months of 90%", ["24 month DFS rate"]),
    ("PFS (95% CI) at 12 months and OS at two years", ["12 month PFS rate", "two year OS rate"]),
    ("PFS at a median follow-up of 12 months", ["PFS"]),
    ("the complete response rate", ["CRR"]),
    ("the pathological complete response rate", ["pCR"]),
    ("metastasis-free survival and invasive disease-free survival", ["MFS", "iDFS"]),
    # a rate of one kind of response is not the objective response rate
    ("the major molecular response rate", []),
    ("the partial response rate and the PSA response rate", []),
    ("the haematologic response rate", []),
    # what only looks like one
    ("SOS, POSITIVE and OSTEOSARCOMA", []),
    ("PFSX", []),
    ("the response to treatment", []),
]

HEADERS = [
    # a point in time is no unit
    ("Arm A 6 weeks", ""),
    ("Week 24", ""),
    ("PFS at 12 months (%)", "%"),
    ("PFS (months) (95% CI)", "months"),
    ("ORR% (95% CI)", "%"),
    ("Median OS, mo", "months"),
    ("n (%)", "%"),
    ("Age, years", "years"),
    ("PFS (95% CI)", ""),
    ("Months or %", ""),
    ("Trial", ""),
]


@pytest.mark.parametrize(("text", "names"), WRITTEN)
def test_endpoints_are_named_as_the_field_does(text: str, names: list[str]) -> None:
    assert [hit.name for hit in find_endpoints(text)] == names


@pytest.mark.parametrize(("header", "unit"), HEADERS)
def test_a_header_states_one_unit_or_none(header: str, unit: str) -> None:
    assert header_unit(header) == unit


def test_landmark_rates_are_proportions_and_durations_are_not() -> None:
    dimensions = [hit.dimension for hit in find_endpoints("PFS and the 6-month PFS rate")]
    assert dimensions == ["duration", "proportion"]


def test_spoken_names_keep_what_tells_endpoints_apart() -> None:
    assert spoken("intracranial ORR") == "intracranial objective response rate"
    assert spoken("12 month PFS rate") == "12 month progression-free survival rate"
    assert spoken("unheard of") == "unheard of"
