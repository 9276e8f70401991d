import json
from collections.abc import Callable

import builders
import pytest
from click.testing import CliRunner, Result

from curate.cli import main
from curate.records import Checked, Flag, Place, Role, Severity, Verdict
from curate.review.agreement import CATEGORIES, agreements, cohen_kappa, differences
from curate.review.decisions import decide
from curate.store import Store

CONFIRM, DISMISS, CORRECT = CATEGORIES
LETTERS = {"c": CONFIRM, "d": DISMISS, "e": CORRECT, "r": Verdict.REOPEN}

# Tables of two raters and two categories: yes/yes, yes/no, no/yes, no/no, and what they are known to give.
KNOWN = [
    ((20, 5, 10, 15), 0.70, 0.50, 0.40),
    ((45, 15, 25, 15), 0.60, 0.54, 0.1304),
    ((25, 35, 5, 35), 0.60, 0.46, 0.2593),
    ((10, 0, 0, 10), 1.0, 0.5, 1.0),
    ((0, 10, 10, 0), 0.0, 0.5, -1.0),
]


@pytest.mark.parametrize(("numbers", "observed", "expected", "kappa"), KNOWN)
def test_kappa_of_known_tables(numbers: tuple[int, ...], observed: float, expected: float, kappa: float) -> None:
    cells = [(CONFIRM, CONFIRM), (CONFIRM, DISMISS), (DISMISS, CONFIRM), (DISMISS, DISMISS)]
    got = cohen_kappa(dict(zip(cells, numbers, strict=True)))
    assert got == pytest.approx((observed, expected, kappa), abs=5e-5)


def test_kappa_of_three_categories() -> None:
    # 4 of 9 agree; the first gives 3, 5 and 1, the second 5, 2 and 2: by chance (3*5 + 5*2 + 1*2) / 81.
    table = {(CONFIRM, CONFIRM): 3, (DISMISS, CONFIRM): 2, (DISMISS, DISMISS): 1, (DISMISS, CORRECT): 2}
    table |= {(CORRECT, DISMISS): 1}
    got = cohen_kappa(table)
    assert got == pytest.approx((4 / 9, 27 / 81, (4 / 9 - 1 / 3) / (1 - 1 / 3)))


def test_where_chance_alone_explains_all_there_is_no_kappa() -> None:
    assert cohen_kappa({(CONFIRM, CONFIRM): 7}) == (1.0, 1.0, None)


def test_no_ratings_have_no_agreement() -> None:
    with pytest.raises(ValueError, match="no ratings"):
        cohen_kappa({})


RULES = ("claim-conflict", "unit-mismatch")


@pytest.fixture
def flags(empty: Store) -> tuple[str, ...]:
    """The ids of eight flags, five of the first rule and three of the second."""
    paper = builders.document()
    place = Place(role="table", evidence=builders.evidence("53"))
    made: list[Flag] = [
        builders.flag(paper, RULES[number >= 5], (str(number),), Severity.ERROR, place) for number in range(8)
    ]
    builders.save(empty, flags=Checked(flags=tuple(made), counts=()))
    return tuple(flag.id for flag in made)


def rate(store: Store, flags: tuple[str, ...], curator: str, letters: str) -> None:
    """Decide the flags one by one: c confirm, d dismiss, e correct to 53, r reopen, a space leaves one out."""
    for flag, letter in zip(flags, letters, strict=False):
        if letter != " ":
            value = "53" if letter == "e" else ""
            decide(store, "flag", flag, LETTERS[letter], curator=curator, value=value)


def test_agreement_is_by_pair_and_rule_over_what_both_reviewed(empty: Store, flags: tuple[str, ...]) -> None:
    rate(empty, flags, "Ada", "ccddeccd")
    rate(empty, flags, "Ben", "ccdcedc ")
    rate(empty, flags, "Cy", "c")
    got = {(one.curators, one.rule): (one.flags, one.observed, one.kappa) for one in agreements(empty)}
    assert list(got) == [
        (("Ada", "Ben"), "all rules"),
        (("Ada", "Ben"), RULES[0]),
        (("Ada", "Ben"), RULES[1]),
        (("Ada", "Cy"), "all rules"),
        (("Ada", "Cy"), RULES[0]),
        (("Ben", "Cy"), "all rules"),
        (("Ben", "Cy"), RULES[0]),
    ]
    # Five flags, four agreed; chance: Ada 2c 2d 1e, Ben 3c 1d 1e: (6 + 2 + 1) / 25.
    assert got[("Ada", "Ben"), RULES[0]] == (5, pytest.approx(0.8), pytest.approx((0.8 - 0.36) / 0.64))
    assert got[("Ada", "Ben"), RULES[1]][:2] == (2, 0.5)
    assert got[("Ada", "Ben"), "all rules"][0] == 7
    assert got[("Ben", "Cy"), RULES[0]] == (1, 1.0, None)


def test_the_newest_review_counts_and_what_was_taken_back_does_not(empty: Store, flags: tuple[str, ...]) -> None:
    rate(empty, flags, "Ada", "cc")
    rate(empty, flags, "Ben", "dc")
    rate(empty, flags, "Ben", "cr")
    (over_all, by_rule) = agreements(empty)
    assert (over_all.flags, over_all.observed, by_rule.flags) == (1, 1.0, 1)
    assert list(differences(empty)) == []


def test_two_corrections_to_different_values_differ_in_one_category(empty: Store, flags: tuple[str, ...]) -> None:
    for curator, value in (("Ada", "53"), ("Ben", "62")):
        decide(empty, "flag", flags[0], CORRECT, value=value, reason="Table 1", curator=curator)
    (difference,) = differences(empty)
    assert [(one.curator, one.value, one.reason) for one in difference.decisions] == [
        ("Ada", "53", "Table 1"),
        ("Ben", "62", "Table 1"),
    ]
    assert difference.flag.id == flags[0]
    assert agreements(empty)[0].observed == 1.0


def test_an_adjudication_settles_a_difference_and_is_no_rating(empty: Store, flags: tuple[str, ...]) -> None:
    rate(empty, flags, "Ada", "cd")
    rate(empty, flags, "Ben", "dc")
    before = agreements(empty)
    decide(empty, "flag", flags[0], CONFIRM, curator="Ada", role=Role.ADJUDICATION)
    assert agreements(empty) == before
    settled = {one.flag.id: one.settled for one in differences(empty)}
    assert settled[flags[1]] is None
    assert settled[flags[0]] is not None
    assert [one.flag.id for one in differences(empty, unsettled=True)] == [flags[1]]


def test_a_flag_that_no_longer_arises_is_still_listed(empty: Store, flags: tuple[str, ...]) -> None:
    rate(empty, flags, "Ada", "c")
    rate(empty, flags, "Ben", "d")
    builders.save(empty, flags=Checked(flags=(), counts=()))
    assert [one.flag.stale for one in differences(empty)] == [True]


# -- commands -------------------------------------------------------------------------------------------------


@pytest.fixture
def run(empty: Store) -> Callable[..., Result]:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--store", str(empty.path)])

    return invoke


def test_the_command_prints_a_table_and_what_to_look_at(
    empty: Store, flags: tuple[str, ...], run: Callable[..., Result]
) -> None:
    rate(empty, flags, "Ada", "ccdd")
    rate(empty, flags, "Ben\x1b[2J", "ccdc")
    done = run("agreement")
    assert done.exit_code == 0, done.output
    assert [line.split() for line in done.stdout.splitlines()[:3]] == [
        ["Ada", "and", "Ben", "[2J"],
        ["rule", "flags", "agreed", "kappa"],
        ["all", "rules", "4", "75%", "0.50"],
    ]
    assert f"{flags[3]}  claim-conflict  ALTA, ORR  (alta.pdf)" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("1 to look at")
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(("letters", "listed"), [("", 0), ("cc", 0), ("dc", 1), ("dde", 3)])
def test_json_holds_the_same(
    empty: Store, flags: tuple[str, ...], run: Callable[..., Result], letters: str, listed: int
) -> None:
    rate(empty, flags, "Ada", "ccc")
    rate(empty, flags, "Ben", letters)
    found = json.loads(run("agreement", "--format", "json").stdout)
    assert len(found["differences"]) == listed
    assert [one["flags"] for one in found["agreement"]] == [len(letters)] * (2 if letters else 0)
    for one in found["differences"]:
        assert [decision["curator"] for decision in one["decisions"]] == ["Ada", "Ben"]


def test_nobody_beside_a_first_curator_is_said(run: Callable[..., Result], flags: tuple[str, ...]) -> None:
    assert flags
    assert run("agreement").stdout == "No flag was reviewed by two curators.\n"


def test_adjudicate_settles_and_says_the_status(
    empty: Store, flags: tuple[str, ...], run: Callable[..., Result]
) -> None:
    rate(empty, flags, "Ada", "c")
    rate(empty, flags, "Ben", "d")
    done = run("adjudicate", flags[0], "correct", "--value", "53", "--reason", "Table 1", "--curator", "Cy")
    assert (done.exit_code, done.stdout) == (0, "ALTA, ORR: corrected\n")
    *_, newest = empty.decisions_on("flag", flags[0])
    assert (newest.role, newest.curator, newest.value, newest.reason) == ("adjudication", "Cy", "53", "Table 1")
    assert run("adjudicate", flags[0], "reopen", "--curator", "Cy").stdout == "ALTA, ORR: dismissed\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense", "confirm", "--curator", "Cy"], "there is no flag 'nonsense'"),
        (["FLAG", "correct", "--curator", "Cy"], "needs the right value"),
        (["FLAG", "reopen", "--curator", "Cy"], "is open already"),
    ],
)
def test_an_adjudication_that_makes_no_sense_is_one_line(
    run: Callable[..., Result], flags: tuple[str, ...], arguments: list[str], said: str
) -> None:
    done = run("adjudicate", *(flags[0] if one == "FLAG" else one for one in arguments))
    assert done.exit_code == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
