"""The whole path on the shipped article, as `make demo` walks it."""

import os
from collections.abc import Callable

import pytest

from corpus.manifest import shipped
from curate.records import Checked
from curate.rules.run import check
from extract.pipeline import extract
from extract.records import Extraction

Json = list[dict[str, object]]


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    (manifest,) = shipped()
    return extract(manifest.path)


@pytest.fixture(scope="module")
def checked(extraction: Extraction) -> Checked:
    return check(extraction)


def test_golden_files_are_compared_and_not_written(request: pytest.FixtureRequest) -> None:
    # In CI a run that rewrites its expectations would pass whatever the code does.
    assert not (request.config.getoption("--rewrite-golden") and os.environ.get("CI"))


def test_its_flags_are_the_ones_that_were_read_and_judged(
    checked: Checked, golden: Callable[[str, Json], None]
) -> None:
    golden(
        "digest-flags",
        [
            {
                "rule": flag.rule,
                "severity": flag.doubt.severity.value,
                "subject": flag.doubt.subject,
                "message": flag.doubt.message,
                "expected": flag.doubt.expected,
                "quotes": [place.evidence.quote for place in flag.doubt.places],
                "pages": [place.evidence.boxes[0].page for place in flag.doubt.places],
            }
            for flag in checked.flags
        ],
    )


def test_every_flag_stands_where_it_says(extraction: Extraction, checked: Checked) -> None:
    text = extraction.document.text
    for flag in checked.flags:
        assert flag.doubt.places
        for place in flag.doubt.places:
            evidence = place.evidence
            assert text[evidence.span.start : evidence.span.end] == evidence.quote
            assert evidence.boxes


def test_no_rule_failed_and_each_looked_at_something(checked: Checked) -> None:
    assert not [count for count in checked.counts if count.failed]
    looked = [count for count in checked.counts if count.consistent + count.flagged + count.not_applicable]
    assert len(looked) > len(checked.counts) / 2


def test_the_same_file_gives_the_same_rows(extraction: Extraction) -> None:
    (manifest,) = shipped()
    assert extract(manifest.path) == extraction
