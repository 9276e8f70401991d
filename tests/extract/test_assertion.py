"""What a text says of its mentions, against lists of real forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.mentions import assertion
from extract.mentions.assertion import CLASSES, Place, Scope, assertions, rules
from extract.mentions.entity_kinds import judged_as
from extract.records import Assertion

DATA = Path(__file__).parents[1] / "data" / "assertion"
KINDS = {"f": "variant", "d": "drug", "g": "gene"}
MARKED = re.compile("⟦([fdg]):([^⟧]+)⟧")


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def read(marked: str) -> tuple[str, list[Place]]:
    """Return the plain text of a marked line and its mentions."""
    plain, places, reached = "", [], 0
    for match in MARKED.finditer(marked):
        plain += marked[reached : match.start()]
        places.append(Place(start=len(plain), end=len(plain) + len(match[2]), kind=KINDS[match[1]]))
        plain += match[2]
        reached = match.end()
    return plain + marked[reached:], places


@pytest.mark.parametrize("line", lines("accept.tsv"))
def test_accepts(line: str) -> None:
    marked, says = line.split("\t")
    assert list(assertions(*read(marked))) == says.split()


@pytest.mark.parametrize("line", lines("reject.txt"))
def test_rejects(line: str) -> None:
    assert set(assertions(*read(line))) <= {Assertion.ASSERTED}


CASES = [
    (line.split("\t")[1], line.split("\t")[5])
    for line in (Path(assertion.__file__).parent / "assertion.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#") and line.count("\t") == 5
]


@pytest.mark.parametrize(("says", "case"), CASES)
def test_a_line_of_triggers_is_needed_by_its_case(says: str, case: str) -> None:
    text, places = read(case)
    assert assertions(text, places)[-1] == says


def test_every_trigger_says_what_its_line_says() -> None:
    wrong = []
    for trigger, known in rules().items():
        for rule in known:
            kind = next(kind for kind in ("variant", "drug") if kind in rule.kinds)
            joint = {Scope.STATUS: ": "}.get(rule.scope, " ")
            text = f"x{joint}{trigger}" if rule.before else f"{trigger}{joint}x"
            start = 0 if rule.before else len(text) - 1
            if assertions(text, [Place(start=start, end=start + 1, kind=kind)]) != (rule.says,):
                wrong.append((trigger, rule.says, rule.scope))
    assert len(rules()) > 500
    assert wrong == []


def test_a_number_stands_as_it_is() -> None:
    assert "variant" in judged_as(*CLASSES["any"])
    assert "measurement" not in judged_as(*CLASSES["any"])
    assert assertions("no 12%", [Place(start=3, end=6, kind="measurement")]) == (Assertion.ASSERTED,)


def test_a_scope_ends_with_its_sentence() -> None:
    text = "No mutation was found. ALK G1202R was seen later."
    assert assertions(text, [Place(start=23, end=26, kind="gene")]) == (Assertion.ASSERTED,)


WORDS = st.sampled_from(
    "no not without may if whether G1202R ALK crizotinib , . ; but or was were detected -negative prior İ".split()
)


@settings(max_examples=150)
@given(words=st.lists(WORDS, max_size=30))
def test_every_mention_gets_one_answer(words: list[str]) -> None:
    text = " ".join(words)
    places = [
        Place(start=match.start(), end=match.end(), kind="variant") for match in re.finditer("G1202R|crizotinib", text)
    ]
    assert len(assertions(text, places)) == len(places)


def test_every_trigger_is_in_lower_case() -> None:
    assert [trigger for trigger in rules() if trigger != trigger.lower() or trigger != trigger.strip()] == []
