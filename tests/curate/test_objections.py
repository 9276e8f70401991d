import pytest

from curate.review.reasons_required import against_claim, against_flag


@pytest.mark.parametrize(("severity", "asked"), [("error", ["dismiss"]), ("warning", ["dismiss"]), ("notice", [])])
def test_dismissing_what_is_grave_needs_a_reason(severity: str, asked: list[str]) -> None:
    assert list(against_flag(severity)) == asked


@pytest.mark.parametrize(
    ("severities", "asked"),
    [([], []), (["notice"], []), (["notice", "warning"], ["confirm"]), (["error"], ["confirm"])],
)
def test_confirming_a_claim_that_is_flagged_needs_a_reason(severities: list[str], asked: list[str]) -> None:
    assert list(against_claim(severities)) == asked
