"""The normal forms of protein changes against mavehgvs, an independent parser of HGVS (Bell et al.)."""

from __future__ import annotations

import re

import pytest
from mavehgvs import MaveHgvsParseError, Variant

from extract.mentions.recognizers.variant import recognize
from tests.recognizers.conftest import lines, marked

# What HGVS has a full form for: an insertion without both neighbours, a residue without its change, any residue (Xaa)
# and deletions of unnamed residues are normal forms of the project's own.
COMPLETE = re.compile(
    r"(?!.*Xaa)p\.(?:\[(?P<several>.+)\]"
    r"|[A-Z][a-z]{2}\d+(?:[A-Z][a-z]{2}|=|(?:_[A-Z][a-z]{2}\d+)?(?:del|dup|delins(?:[A-Z][a-z]{2})+)|fs))"
)


def complete(name: str) -> bool:
    match = COMPLETE.fullmatch(name)
    if match is None:
        return False
    return match["several"] is None or all(complete(f"p.{part}") for part in match["several"].split(";"))


def names() -> list[str]:
    found = {
        capture.normalized
        for line in lines("variant_accept.tsv")
        for capture in recognize(marked(line)[0])
        if complete(capture.normalized)
    }
    return sorted(found)


def test_the_list_holds_enough_of_each_kind() -> None:
    for kind in ("del$", "dup$", "fs$", "delins", r"^p\.\[", "Ter$", r"\d[A-Z][a-z]{2}$"):
        assert any(re.search(kind, name) for name in names()), kind


@pytest.mark.parametrize("name", names())
def test_a_normal_form_parses(name: str) -> None:
    try:
        parsed = Variant(name)
    except MaveHgvsParseError as error:
        pytest.fail(f"{name}: {error}")
    assert parsed.prefix == "p"
