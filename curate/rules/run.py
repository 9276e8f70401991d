"""The running of the rules over what was read: doubts get ids, a rule that raises is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from curate.ids import flag_id, paper_of
from curate.records import Checked, Doubt, Flag, Outcome, RuleCount, Severity
from curate.rules import RULES, Rule
from extract.records import Extraction

SEVERITY_ORDER = tuple(Severity)


def check(extraction: Extraction, rules: Iterable[tuple[str, Rule]] | None = None) -> Checked:
    """Run rules, by default all that are registered, and return their flags and what each could check.

    The flags stand most severe first, then by rule and subject. Two doubts of one rule with the same key
    are one flag with the places of both. A rule that raises counts as failed, with the error in its count;
    what it had found until then is kept, and the other rules run.
    """
    paper = paper_of(extraction.document)
    flags: dict[str, Flag] = {}
    counts = []
    for name, rule in RULES.items() if rules is None else rules:
        doubts, count = _apply(name, rule, extraction)
        counts.append(count)
        for doubt in doubts:
            identity = flag_id(name, doubt.key, paper)
            known = flags.get(identity)
            doubt = _merged(known.doubt, doubt) if known else doubt
            flags[identity] = Flag(id=identity, rule=name, doubt=doubt)
    return Checked(flags=tuple(sorted(flags.values(), key=_order)), counts=tuple(counts))


def _apply(name: str, rule: Rule, extraction: Extraction) -> tuple[list[Doubt], RuleCount]:
    doubts: list[Doubt] = []
    outcomes: Counter[Outcome] = Counter()
    error = ""
    try:
        for answer in rule(extraction):
            if isinstance(answer, Doubt):
                doubts.append(answer)
                outcomes[Outcome.FLAGGED] += 1
            else:
                outcomes[answer] += 1
    except Exception as fault:  # noqa: BLE001 - a faulty rule must not cost the document; it is counted and shown
        outcomes[Outcome.FAILED] += 1
        error = f"{type(fault).__name__}: {fault}"
    return doubts, RuleCount(
        rule=name,
        consistent=outcomes[Outcome.CONSISTENT],
        flagged=outcomes[Outcome.FLAGGED],
        not_applicable=outcomes[Outcome.NOT_APPLICABLE],
        failed=outcomes[Outcome.FAILED],
        error=error,
    )


def _merged(one: Doubt, other: Doubt) -> Doubt:
    severe = min(one, other, key=lambda doubt: SEVERITY_ORDER.index(doubt.severity))
    return replace(severe, places=tuple(dict.fromkeys((*one.places, *other.places))))


def _order(flag: Flag) -> tuple[int, str, str, str]:
    return SEVERITY_ORDER.index(flag.doubt.severity), flag.rule, flag.doubt.subject, flag.id
