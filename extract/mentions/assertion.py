"""Whether what is mentioned is said to be so: negated, possible, historical or somebody else's.

ConText's algorithm (Harkema et al., J Biomed Inform 2009;42:839), which extends NegEx (Chapman et al., J Biomed Inform
2001;34:301): a trigger says something of the mentions in its scope, which runs from it to the end of its phrase or
clause. The rules are the lines of `assertion.tsv`. The kept libraries that do the same (medspaCy, negspaCy) work on
spaCy's documents, which plain text is annotated without.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

import ahocorasick

from extract.mentions.entity_kinds import Judged, judged_as
from extract.mentions.shared.phrases import Phrase, automaton, longest, lowered
from extract.records import Assertion, Span
from extract.text.sentences import sentences

CLASSES = {
    "finding": (Judged.FINDING,),
    "agent": (Judged.AGENT,),
    "thing": (Judged.FINDING, Judged.AGENT),
    "any": (Judged.FINDING, Judged.AGENT, Judged.GENE),
}
"""What the last column of `assertion.tsv` names; a number or a trial's name stands as it is."""

REACH = 240
"""Code points that a scope reaches at most: a list of a few dozen names, not a paragraph without a full stop."""

# Of two triggers over one mention the graver holds.
_GRAVITY = (Assertion.NEGATED, Assertion.OTHER, Assertion.HISTORICAL, Assertion.POSSIBLE)


class Scope(StrEnum):
    """How far a trigger reaches: its noun phrase, its clause, or the mention that touches it.

    `NEXT` is the mention right before a word that a hyphen or space joins to it, `STATUS` the one that a colon or
    brackets give a state ('T790M: none', 'T790M (negative)'), `ADJACENT` the one right behind ('not T790M').
    """

    PHRASE = "phrase"
    CLAUSE = "clause"
    NEXT = "next"
    STATUS = "status"
    ADJACENT = "adjacent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a trigger says of the mentions of some kinds, after it or `before` it."""

    says: Assertion
    before: bool
    scope: Scope
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mention to judge: its place in the passage and its kind."""

    start: int
    end: int
    kind: str


COLUMNS = 5

_CLAUSE_END = re.compile(
    r"[;:]|\.\s|\b(?:but|however|although|though|whereas|while|because|since|therefore|thus|except|besides|despite)\b"
    r"|,\s(?:which|who|and\s(?:\w+\s){1,3}(?:was|were|is|are|had|has|have)|with|suggesting|indicating|whereas|while|but)\b"
)
_PHRASE_END = re.compile(
    _CLAUSE_END.pattern
    + r"|\b(?:is|are|was|were|be|been|being|has|have|had|did|does|do|can|could|may|might|will|would|shall|should"
    r"|that|which|who|whose|when|where|after|before|during|by|from|to|for|with|without|at|on|in|among|between|versus|vs|than"
    r"|as|showed|shows|show|responded|achieved|received|receiving|treated|remained|underwent|developed|confers?|conferred|following"
    r"|who|per|through|via|against|toward|towards|under|upon|only|led|leads)\b|\s\(n\s?="
)
_LIST_COMMA = re.compile(r",\s(?:[^,;:.()]{1,40},\s){0,12}[^,;:.()]{0,40}?\b(?:or|nor)\s")
_COMMA = re.compile(",")
# What may stand between a mention and the word that touches it: 'EGFR mutation-negative', 'PD-L1 expression negative'.
_TOUCHING = re.compile(
    r"[-\s](?:(?:gene\s)?(?:mutation|mutant|fusion|rearrangement|expression|translocation|amplification|status)[-\s])?"
)
# What is said of a gene's inhibition or pathway is not said of the gene.
_NOT_THE_GENE = re.compile(r"(?:\stkis?\b|[-\s](?:inhib|antagon|signal|pathway|targeted|directed|status|test))")
_STATE = (
    r"(?:\s(?:gene\s)?(?:mutations?|mutants?|fusions?|rearrangements?|expression|translocations?"
    r"|amplifications?|status|alterations?|variants?))?"
)
_OF_STATUS = re.compile(rf"{_STATE}(?:\s?[:=]\s?|\s?[(\[]\s?|[-\s])")
_DIRECTLY = re.compile(r"[-‐‑–\s](?:the\s|a\s|an\s)?")
# A minus right behind a mention: 'T790M−', 'EGFR (-)', 'T790M-/C797S+'; 'EGFR- and ALK-positive' shares a word.
_MINUS = re.compile(rf"{_STATE}(?:\s?[(\[]\s?[-−–‐‑⁻]\s?[)\]]|[−⁻](?=[/\s,;.)]|$)|[-–](?=/[A-Za-z0-9.]{{2,12}}\s?[+]))")
# 'None of the tumours harboured G12C', '0 of 30 samples had C797S'; 'none of the patients with T790M responded' says
# nothing of it.
_NONE_HAD = re.compile(
    r"\b(?:none|zero|neither|0)(?:\s?\(0(?:\.0+)?\s?%\))?(?:\s(?:out\s)?of\s|\s?/\s?(?=\d))(?:(?!with\b|who\b|that\b|which\b|carrying\b|harbou?ring\b|having\b)[\w-]+\s?(?:\([^()]{0,20}\)\s?)?){0,6}?"
    r"(?<![\w-])(?:had|has|have|harbou?red|harbou?rs?|carried|carry|carries|showed|shows?|displayed|contained|contains?|expressed|exhibited|developed|acquired|possessed|bore"
    r"|(?:was|were|are|tested|is)\s(?:found\s|shown\s)?(?:positive\sfor|to\s(?:have|carry|harbou?r)))\b"
)
_IN_NONE = re.compile(
    r"\b(?:was|were|is|are)\s(?:detected|found|seen|observed|identified|present|reported)\s(?:only\s)?in\s(?:none|0(?=\s?(?:/|of\b|out\b|\(|patients|cases|samples|tumou?rs)))\b"
)
# What joins the mentions of a list that shares the last one's word: 'EGFR-, ALK- and ROS1-negative'.
_SHARED = re.compile(r"[-‐‑–]?\s?(?:,\s?(?:and\s|or\s)?|/|&|\+|and\s|or\s)|[-‐‑–]?\s(?:and|or|&|nor)\s(?:the\s)?")
_ALTERNATIVES = re.compile(r"\(([^)]*)\)")


def assertions(text: str, places: Sequence[Place]) -> tuple[Assertion, ...]:
    """Return what a passage says of each of its mentions, in their order; `places` are in order of their start."""
    found = [Assertion.ASSERTED] * len(places)
    kinds = judged_as(*CLASSES["any"])
    judged = [index for index, place in enumerate(places) if place.kind in kinds]
    if not judged:
        return tuple(found)
    low = lowered(text)
    for index in judged:
        if _MINUS.match(text, places[index].end):
            found[index] = Assertion.NEGATED
    _none(low, places, judged, found)
    triggers = list(_triggers(text, low))
    if not triggers:
        return tuple(found)
    shared: list[tuple[int, Assertion]] = []
    bounds = _Bounds(text)
    first = 0
    for phrase, rule in triggers:
        start, end = _scope(low, phrase, rule, bounds.around(phrase.start))
        while first < len(judged) and places[judged[first]].end < phrase.start - REACH:
            first += 1
        for index in itertools.islice(judged, first, None):
            place = places[index]
            if place.start >= end:
                break
            if start <= place.start and place.end <= end and _is_meant(low, rule, place, phrase):
                found[index] = _graver(found[index], rule.says)
                if rule.scope is Scope.NEXT and phrase.phrase == "negative":
                    shared.append((index, rule.says))
    for index, says in shared:
        _share(low, places, judged, found, index, says)
    return tuple(found)


def _is_meant(low: str, rule: Rule, place: Place, phrase: Phrase) -> bool:
    """Say whether a mention within reach is of a trigger's kinds, and the one that it touches, where it must be."""
    if place.kind not in rule.kinds or (place.kind == "gene" and _NOT_THE_GENE.match(low, place.end)):
        return False
    scope = rule.scope
    if scope is Scope.NEXT:
        return _TOUCHING.fullmatch(low, place.end, phrase.start) is not None
    if scope is Scope.STATUS:
        return _OF_STATUS.fullmatch(low, place.end, phrase.start) is not None
    if scope is Scope.ADJACENT:
        return _DIRECTLY.fullmatch(low, phrase.end, place.start) is not None
    return True


def _none(low: str, places: Sequence[Place], judged: Sequence[int], found: list[Assertion]) -> None:
    """Negate what none of some have, and what was found in none."""
    if not any(word in low for word in ("none", "zero", "neither", " 0", "0 ", "0/")):
        return
    stretches = []
    for match in _NONE_HAD.finditer(low):
        end = min(len(low), match.end() + REACH)
        stopped = _PHRASE_END.search(low, match.end(), end)
        stretches.append((match.end(), stopped.start() if stopped else end))
    for match in _IN_NONE.finditer(low):
        start = max(0, match.start() - REACH)
        for stop in _CLAUSE_END.finditer(low, start, match.start()):
            start = stop.end()
        stretches.append((start, match.start()))
    first = 0
    for start, end in sorted(stretches):
        while first < len(judged) and places[judged[first]].start < start:
            first += 1
        for index in itertools.islice(judged, first, None):
            if places[index].start >= end:
                break
            if places[index].kind in _findings() and places[index].end <= end:
                found[index] = Assertion.NEGATED


@cache
def _findings() -> frozenset[str]:
    return judged_as(*CLASSES["finding"])


def _share(
    low: str, places: Sequence[Place], judged: Sequence[int], found: list[Assertion], index: int, says: Assertion
) -> None:
    """Say the same of the mentions that a list joins before one: 'EGFR, ALK and ROS1 negative'."""
    reached = places[index].start
    at = bisect_left(judged, index)
    for other in reversed(judged[max(0, at - LONGEST_LIST) : at]):
        place = places[other]
        if place.end > reached:
            continue
        if place.kind != places[index].kind or not _SHARED.fullmatch(low, place.end, reached):
            return
        found[other] = _graver(found[other], says)
        reached = place.start


LONGEST_LIST = 12


class _Bounds:
    """The sentences of a passage, made as far as they are asked for, in order."""

    def __init__(self, text: str) -> None:
        self._sentences = sentences(text)
        self._current = Span(start=0, end=0)

    def around(self, offset: int) -> Span:
        """Return the sentence that an offset stands in; offsets come in order."""
        while self._current.end <= offset:
            following = next(self._sentences, None)
            if following is None:
                return Span(start=offset, end=offset)
            self._current = following
        return self._current


def _graver(one: Assertion, other: Assertion) -> Assertion:
    return next((says for says in _GRAVITY if says in (one, other)), Assertion.ASSERTED)


def _triggers(text: str, low: str) -> Iterator[tuple[Phrase, Rule]]:
    for phrase in longest(_automaton(), low):
        if not _is_label(text, phrase):
            yield from ((phrase, rule) for rule in rules()[phrase.phrase])


def _is_label(text: str, phrase: Phrase) -> bool:
    """Say whether a short trigger is another word: 'No. 5', the month of May."""
    spelled = text[phrase.start : phrase.end]
    if spelled.lower() == "no":
        return text[phrase.end : phrase.end + 1] in (".", "-", ":", "/") or spelled == "NO"
    return spelled == "May" and re.match(r"\s\d", text[phrase.end : phrase.end + 2]) is not None


def _scope(low: str, phrase: Phrase, rule: Rule, sentence: Span) -> tuple[int, int]:
    """Return the stretch of the text that a trigger speaks of."""
    if rule.scope in (Scope.NEXT, Scope.STATUS):
        return max(0, phrase.start - REACH), phrase.start
    if rule.scope is Scope.ADJACENT:
        return phrase.end, phrase.end + REACH
    if rule.before:
        start = max(sentence.start, phrase.start - REACH)
        for stop in _CLAUSE_END.finditer(low, start, phrase.start):
            start = stop.end()
        return _after_last_comma(low, start, phrase.start), phrase.start
    end = min(max(sentence.end, phrase.end), phrase.end + REACH)
    ends = _PHRASE_END if rule.scope is Scope.PHRASE else _CLAUSE_END
    stopped = ends.search(low, phrase.end, end)
    end = stopped.start() if stopped else end
    if rule.scope is Scope.PHRASE:
        end = _before_comma(low, phrase.end, end)
    return phrase.end, end


def _before_comma(low: str, start: int, end: int) -> int:
    """Return where a noun phrase ends at a comma, unless the comma is one of a list with 'or'."""
    comma = _COMMA.search(low, start, end)
    if comma is None:
        return end
    listed = _LIST_COMMA.match(low, comma.start(), end)
    if listed is None:
        return comma.start()
    further = _COMMA.search(low, listed.end(), end)
    return further.start() if further else end


def _after_last_comma(low: str, start: int, end: int) -> int:
    """Return where the clause before a verb begins: after its last comma, unless that is one of a list."""
    first = _COMMA.search(low, start, end)
    if first is None or _LIST_COMMA.match(low, first.start(), end):
        return start
    return low.rindex(",", start, end) + 1


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each trigger, one for each scope that it has; none for a phrase that only looks like one.

    Raises `ValueError` where two lines of `assertion.tsv` give one trigger the same scope, or a rule and none.
    """
    found: dict[str, tuple[Rule, ...]] = {}
    text = resources.files(__package__).joinpath("assertion.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        written, says, side, scope, kinds = line.split("\t")[:COLUMNS]
        own: tuple[Rule, ...] = ()
        if says != "nothing":
            judged = judged_as(*CLASSES[kinds])
            own = (Rule(says=Assertion(says), before=side == "before", scope=Scope(scope), kinds=judged),)
        for trigger in _spelled_out(written):
            known = found.get(trigger)
            if known is not None and (not own or not known or own[0].scope in {rule.scope for rule in known}):
                raise ValueError(f"assertion.tsv: the trigger {trigger!r} stands twice")
            found[trigger] = (known or ()) + own
    return found


def _spelled_out(written: str) -> Iterator[str]:
    """Yield each trigger that a line stands for: `(a|b) c` is `a c` and `b c`."""
    parts = _ALTERNATIVES.split(written)
    choices = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    for chosen in itertools.product(*choices):
        yield " ".join("".join(chosen).split())


@cache
def _automaton() -> ahocorasick.Automaton:
    return automaton(rules())
