"""Small papers of tests/data/rules/<rule>.toml: what a rule flags, with the message, and what it leaves alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, TypedDict

import pytest
from papers import counts, flags, paper, references, section, table, text

from curate.records import Flag
from extract.records import Extraction

DATA = Path(__file__).parents[1] / "data" / "rules"


class Case(TypedDict, total=False):
    """A passage alone, or a paper of paragraphs, a table and references; what is expected of it."""

    name: str
    text: str
    paragraphs: list[str]
    rows: list[list[str]]
    caption: str
    note: str
    references: list[str]
    figures: list[str]
    message: str
    severity: str
    expected: str


def cases(rule: str, kind: str) -> list[object]:
    """Return the cases of one list of a rule's file, as pytest takes them."""
    with (DATA / f"{rule}.toml").open("rb") as file:
        found: Mapping[str, Sequence[Case]] = tomllib.load(file)
    return [pytest.param(case, id=case.get("name", case.get("text", "")[:50])) for case in found[kind]]


def read(case: Case) -> Extraction:
    """Return what is read from a case: from plain text, or from a typeset paper."""
    if "text" in case:
        return text(case["text"])
    parts = [section("Results", *case["paragraphs"])] if "paragraphs" in case else []
    if "rows" in case:
        parts.append(table("Table 1", case.get("caption", "Results"), case["rows"], case.get("note", "")))
    parts.extend(section(figure) for figure in case.get("figures", ()))
    if "references" in case:
        parts.append(references(*case["references"]))
    return paper(*parts)


def check_flagged(case: Case, rule: str) -> Flag:
    """Assert that the rule has the one flag that a case expects, and return it."""
    found = flags(read(case), rule)
    assert [flag.doubt.message for flag in found] == [case["message"]]
    flag = found[0]
    if "severity" in case:
        assert flag.doubt.severity.value == case["severity"]
    if "expected" in case:
        assert flag.doubt.expected == case["expected"]
    assert all(place.evidence.quote for place in flag.doubt.places)
    return flag


class RuleCases:
    """The tests that a rule's file of cases is put to: a subclass names the rule.

    The lists `flagged`, `consistent` and `left_alone` of the file become the cases of the tests with those arguments.
    """

    rule: ClassVar[str]

    def test_it_flags_what_is_wrong_and_says_so(self, flagged: Case) -> None:
        check_flagged(flagged, self.rule)

    def test_it_finds_nothing_wrong_with_what_fits(self, consistent: Case) -> None:
        assert flags(read(consistent), self.rule) == ()
        assert counts(read(consistent), self.rule).consistent

    def test_it_leaves_alone_what_it_cannot_judge(self, left_alone: Case) -> None:
        assert flags(read(left_alone), self.rule) == ()
        assert not counts(read(left_alone), self.rule).consistent
