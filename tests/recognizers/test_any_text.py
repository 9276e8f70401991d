"""What holds for every recogniser and any text: offsets in range, order, and time that grows with the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.mentions.recognizers import RECOGNIZERS

KINDS = list(RECOGNIZERS)
# Pieces of which the notations are made, so that random texts come close to them.
PIECES = st.sampled_from(
    """
    ALK EML4 EGFR p. c. g. ( ) [ ] / + - – --> > → , ; : . G 1202 R L1152 P/R Gly Arg glycine to by with for at
    residue codon position substitution replaced del ins dup fs X * exon 19 deletion IVS4 rs 121434568 T790M C797S
    in cis % 95% CI HR 0.47 P< 0.001 months mg daily vs. NE not reached 6 of 14 five eighteen patients n =
    (7.7-12.8) NCT 04849273 trial study ALTA-1L PROFILE 1014 J-ALEX crizotinib ceretinib PF-06463922 HER2/3 c-MET ²
    ﬁ İ ß ① ٣ 💊
    """.split()
)
NEAR_MISSES = st.lists(st.one_of(PIECES, st.sampled_from([" ", "", "\n", "\u00a0"])), max_size=40).map("".join)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=120)
@given(text=st.one_of(st.text(max_size=200), NEAR_MISSES))
def test_offsets_lie_in_the_text(kind: str, text: str) -> None:
    for capture in RECOGNIZERS[kind](text):
        assert 0 <= capture.start < capture.end <= len(text)
        assert text[capture.start : capture.end].strip()
        assert capture.normalized
        assert 0 < capture.score <= 1


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(text=NEAR_MISSES)
def test_a_second_reading_is_the_first(kind: str, text: str) -> None:
    assert list(RECOGNIZERS[kind](text)) == list(RECOGNIZERS[kind](text))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(text=NEAR_MISSES)
def test_captures_come_in_the_order_of_the_text(kind: str, text: str) -> None:
    starts = [capture.start for capture in RECOGNIZERS[kind](text)]
    assert starts == sorted(starts)
