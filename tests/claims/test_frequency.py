import itertools
from collections.abc import Iterator
from pathlib import Path

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.claims import title
from extract.claims.frequency import Frequency
from extract.claims.proportion import Proportion
from extract.records import Extraction

DATA = Path(papers.__file__).parent / "data" / "claims"


def cases(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each sentence of a list with the lines below it."""
    lines = [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    starts = [number for number, line in enumerate(lines) if line.startswith(">")]
    for start, end in itertools.pairwise((*starts, len(lines))):
        yield lines[start][1:].strip(), tuple(lines[start + 1 : end])


def shown(frequency: Frequency) -> str:
    """Return a frequency as the lists print it."""
    what = frequency.what if frequency.gene in frequency.what else f"{frequency.gene} {frequency.what}"
    figure = f"{frequency.low:g}-{frequency.high:g}%" if frequency.low is not None else f"{frequency.percent:g}%"
    counts = f" {frequency.count}/{frequency.total}" if frequency.count is not None else ""
    return f"{what} | {frequency.population} | {frequency.comparison}{figure}{counts} | {frequency.setting}"


def frequencies(extraction: Extraction) -> list[Frequency]:
    return [claim.arguments for claim in extraction.claims if isinstance(claim.arguments, Frequency)]


ACCEPTED = list(cases("frequency_accept.txt"))
REJECTED = [
    line for line in (DATA / "frequency_reject.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]


@pytest.mark.parametrize(("sentence", "expected"), ACCEPTED)
def test_a_sentence_gives_the_frequencies_that_it_states(sentence: str, expected: tuple[str, ...]) -> None:
    found = {shown(one).rstrip(" |") for one in frequencies(papers.text(sentence))}
    assert found == {" | ".join(part.strip() for part in line.split("|")).rstrip(" |") for line in expected}


@pytest.mark.parametrize("sentence", REJECTED)
def test_other_figures_are_no_frequencies(sentence: str) -> None:
    assert frequencies(papers.text(sentence)) == []


def test_the_evidence_holds_what_and_whom_and_how_many() -> None:
    sentence = "Notably, MET amplification was found in 22% of patients on lorlatinib, as others have seen."
    claim = next(one for one in papers.text(sentence).claims if one.kind == "frequency")
    assert claim.evidence[0].quote == "MET amplification was found in 22% of patients on lorlatinib"


def test_the_same_statement_in_two_places_is_one_claim() -> None:
    sentence = "KRAS G12C occurs in 13% of lung adenocarcinomas."
    claims = [one for one in papers.text(f"{sentence}\n\nAs we said, {sentence}").claims if one.kind == "frequency"]
    assert len({claim.id for claim in claims}) == len(claims)
    assert sum(len(claim.evidence) for claim in claims) == 2


def test_a_fraction_in_words_counts_nobody() -> None:
    found = papers.text("About a third of the patients carried KRAS mutations.").claims
    assert not any(isinstance(claim.arguments, Proportion) for claim in found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("ALK rearrangements occur in 3-7% of NSCLC.", "ALK fusion in non-small cell lung cancer: 3 to 7%"),
        (
            "BRAF V600E was detected in 5 of 120 patients (4.2%) with melanoma.",
            "BRAF p.Val600Glu in melanoma: 4.2% (5 of 120)",
        ),
        ("RET fusions were found in 12 of 240 patients.", "RET fusion: 12 of 240"),
    ],
)
def test_its_title_says_what_in_how_many_and_in_whom(sentence: str, expected: str) -> None:
    assert [title(one) for one in frequencies(papers.text(sentence))] == [expected]


@given(low=st.integers(1, 40), width=st.integers(1, 50), noun=st.sampled_from(["melanomas", "NSCLC", "gliomas"]))
def test_the_printed_range_is_the_claimed_one(low: int, width: int, noun: str) -> None:
    found = frequencies(papers.text(f"BRAF mutations are found in {low}-{low + width}% of {noun}."))
    assert [(one.low, one.high) for one in found] == [(low, low + width)]
