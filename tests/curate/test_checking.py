from collections.abc import Callable, Iterable
from dataclasses import replace

import builders

from curate.records import Doubt, Outcome, Place, RuleCount, Severity
from curate.rules.run import check
from extract.records import Extraction

PROSE = Place(role="prose", evidence=builders.evidence("62%"))
TABLE = Place(role="table", evidence=builders.evidence("53"))


def doubt(severity: Severity, subject: str, key: str = "", *places: Place) -> Doubt:
    return Doubt(
        severity=severity, subject=subject, message="They differ.", key=(key or subject,), places=places or (PROSE,)
    )


def says(*answers: Doubt | Outcome) -> Callable[[Extraction], Iterable[Doubt | Outcome]]:
    return lambda _: answers


def raises(_: Extraction) -> Iterable[Doubt | Outcome]:
    yield Outcome.CONSISTENT
    yield doubt(Severity.NOTICE, "found before")
    raise KeyError("arm")


def test_flags_stand_most_severe_first_then_by_rule_and_subject() -> None:
    rules = [
        ("b-rule", says(doubt(Severity.NOTICE, "n"), doubt(Severity.ERROR, "z"), doubt(Severity.ERROR, "a"))),
        ("a-rule", says(doubt(Severity.WARNING, "w"), doubt(Severity.ERROR, "m"))),
    ]
    found = [(flag.rule, flag.doubt.subject) for flag in check(builders.extraction(), rules).flags]
    assert found == [("a-rule", "m"), ("b-rule", "a"), ("b-rule", "z"), ("a-rule", "w"), ("b-rule", "n")]


def test_every_answer_is_counted() -> None:
    answers = (Outcome.CONSISTENT, Outcome.CONSISTENT, Outcome.NOT_APPLICABLE, doubt(Severity.ERROR, "x"))
    checked = check(builders.extraction(), [("rule", says(*answers)), ("idle", says())])
    assert checked.counts == (
        RuleCount(rule="rule", consistent=2, flagged=1, not_applicable=1),
        RuleCount(rule="idle"),
    )


def test_a_rule_that_raises_is_reported_and_the_others_run() -> None:
    checked = check(builders.extraction(), [("bad", raises), ("good", says(doubt(Severity.ERROR, "x")))])
    bad, good = checked.counts
    assert (bad.failed, bad.consistent, bad.flagged, bad.error) == (1, 1, 1, "KeyError: 'arm'")
    assert (good.failed, good.error) == (0, "")
    assert [flag.doubt.subject for flag in checked.flags] == ["x", "found before"]


def test_doubts_of_one_key_are_one_flag_with_the_places_of_both() -> None:
    twice = says(doubt(Severity.WARNING, "x", "key", PROSE), doubt(Severity.ERROR, "x", "key", TABLE, PROSE))
    (flag,) = check(builders.extraction(), [("rule", twice)]).flags
    assert flag.doubt.severity is Severity.ERROR
    assert flag.doubt.places == (PROSE, TABLE)


def test_an_id_survives_another_copy_of_the_paper() -> None:
    rules = [("rule", says(doubt(Severity.ERROR, "x")))]
    other = replace(builders.extraction(), document=builders.document(identity="b" * 64))
    (one,) = check(builders.extraction(), rules).flags
    (two,) = check(other, rules).flags
    assert one.id == two.id


def test_the_registered_rules_run_by_default() -> None:
    from curate.rules import RULES

    assert [count.rule for count in check(builders.extraction()).counts] == list(RULES)
