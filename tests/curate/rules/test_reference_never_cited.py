import pytest
from cases import Case, cases, check_flagged, read
from papers import counts, flags

RULE = "reference-never-cited"


@pytest.mark.parametrize("case", cases(RULE, "flagged"))
def test_it_flags_what_is_wrong_and_says_so(case: Case) -> None:
    check_flagged(case, RULE)


@pytest.mark.parametrize("case", cases(RULE, "consistent"))
def test_it_finds_nothing_wrong_with_what_fits(case: Case) -> None:
    assert flags(read(case), RULE) == ()
    assert counts(read(case), RULE).consistent


@pytest.mark.parametrize("case", cases(RULE, "left_alone"))
def test_it_leaves_alone_what_it_cannot_judge(case: Case) -> None:
    assert flags(read(case), RULE) == ()
    assert not counts(read(case), RULE).consistent
