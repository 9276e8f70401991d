"""The explanation of what was found in a text."""

import pytest
from click.testing import CliRunner

from extract.cli import annotate


def explained(text: str) -> str:
    run = CliRunner().invoke(annotate, ["--explain", "-"], input=text)
    assert run.exit_code == 0, run.output
    return run.output


def test_it_marks_what_was_found_and_says_by_what() -> None:
    lines = explained("BRAF V600E confers sensitivity to vemurafenib.").splitlines()
    assert lines[1] == "^^^^ ^^^^^                        ^^^^^^^^^^^"
    assert "  variant      'V600E' -> p.Val600Glu (BRAF)  [variant 1]" in lines
    assert any(line.startswith("  claim    variant response: BRAF, V600E, vemurafenib, sensitivity") for line in lines)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("BRAF V600E may confer sensitivity to vemurafenib.", "no variant response: is hedged"),
        ("BRAF V600E was found after vemurafenib was given.", "no variant response: no word says a direction"),
        ("Vemurafenib was given.", "no variant response: names a drug but no variant"),
        ("The difference in response rate was 9.5%.", "no trial result: its numbers are differences"),
        ("Patients were 61 years old, and 40% were aged over 70 years.", "no trial result: it speaks of ages"),
    ],
)
def test_it_says_why_there_is_no_claim(sentence: str, why: str) -> None:
    assert why in explained(sentence)


def test_a_long_sentence_is_cut_and_half_a_letter_is_no_traceback() -> None:
    text = '{"id": "a", "text": "' + "word " * 60 + 'BRAF V600E \\ud800."}'
    assert explained(text).startswith("== a")
