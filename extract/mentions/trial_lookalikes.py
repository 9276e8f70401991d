"""Names that look like trials' and that the document uses for something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from extract.mentions.abbreviations import meanings
from extract.mentions.entity_kinds import ENTITY_KINDS
from extract.mentions.shared.trial_names import is_programme, is_study_code
from extract.records import Mention

_TRIAL = re.compile(r"\b(?:trial|study|programme)\b", re.IGNORECASE)
# Who runs or lists trials, and what is measured in one.
_NO_TRIAL = re.compile(
    r"\b(?:groups?|units?|regist(?:er|ry|ries)|ind(?:ex|ices)|councils?|institutes?|societ(?:y|ies)|associations?|consortium|"
    r"organi[sz]ations?|committees?|centres?|centers?|scales?|scores?|questionnaires?|imaging)(?:\s+(?:of|for|on)\b|$)",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_LETTER = re.compile(r"[^\W\d_]")


def named_otherwise(
    texts: Collection[str], found: Sequence[Mention], short_forms: Iterable[tuple[str, str]]
) -> frozenset[str]:
    """Return the names of trials among `found` that the document uses for something else.

    These are names that are a gene, a variant, a drug or a disease where they stand, and short forms that stand for
    something else than a trial, such as a treatment ('CCRT' for concurrent chemoradiotherapy). `short_forms` are
    pairs of a short and a long form. A programme's trial with its number is never one of them.
    """
    trials = [one for one in found if one.kind == "trial" and not one.entity]
    doubtful = {one.normalized for one in trials if not (is_programme(one.normalized) or is_study_code(one.normalized))}
    if not doubtful:
        return frozenset()
    other_kinds = {name for name, kind in ENTITY_KINDS.items() if kind.names}
    others = {(one.span.start, one.span.end) for one in found if one.kind in other_kinds}
    named = {one.normalized for one in trials if (one.span.start, one.span.end) in others}
    pairs = [(short, long) for short, long in short_forms if short in doubtful]
    known = meanings(pairs)
    for short, long in pairs:
        means = known[short].means if short in known else None
        other = means is not None and means.kind != "trial"
        if other or (_means_other(short, long) and not _called_trial(short, texts)):
            named.add(short)
    return frozenset(named & doubtful)


def _means_other(short: str, long: str) -> bool:
    """Say whether a long form is no trial's title: a trial's is written in capitals or says that it is one."""
    if _NO_TRIAL.search(long):
        return True
    if _in_capitals(long):
        return False
    initials = "".join(word[0] for word in re.split(r"[\W_]+", long) if _LETTER.match(word))
    # 'randomised controlled trial (RCT)' is a design, 'randomised, open-label phase 3 trial (REAL3)' no expansion.
    return _TRIAL.search(long) is None or initials.casefold() == short.casefold()


def _in_capitals(long: str) -> bool:
    """Say whether most of a phrase's words after the first begin with a capital."""
    words = [match for match in _CONTENT.finditer(long) if match.start() > 0]
    return bool(words) and 2 * sum(word[0][0].isupper() for word in words) > len(words)


def _called_trial(short: str, texts: Iterable[str]) -> bool:
    """Say whether a definition goes on with 'trial': '... in brain injury (SHORT) trial'."""
    pattern = re.compile(rf"\({re.escape(short)}\)\s(?:[\w-]+\s){{0,2}}?(?:trial|study|programme)\b")
    return any(pattern.search(text) for text in texts)
