"""The arms of a study as its report names them: 'the docetaxel arm', 'Groups B and C', 'with placebo', 'controls'.

What a report calls its arms is learned once from all its text; in a sentence an arm is then a name with 'group' or
'arm', a drug or a regimen, a word for a control, or one of the learned names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.claims.shared.endpoints import find_endpoints
from extract.claims.trial_result.arms import Arm, arms
from extract.records import Span
from extract.text.neighbourhood import Context

_NOUN = r"(?:groups?|arms?|cohorts?)"
# 'docetaxel and paclitaxel groups': the words before the noun, as far as they are parts of its name.
_HEADED = re.compile(rf"(?P<noun>(?<![\w-]){_NOUN})(?![\w-])", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:()\[\]]+")
_BEFORE = re.compile(r"(?:[^\s,;:()\[\]]+\s+|[^\s,;:()\[\]]+(?=\s*$)){1,8}$")
_STOP = frozenset(
    "and or in the for of with to than versus vs vs. v between among was were had has have is are from by on at a "
    "an both each all two three four either that those these while whereas when who which other same our any per "
    "if but as not significantly respectively compared within into across it its their showed achieved had "
    "experienced receiving received entire latter former first second third more less higher lower greater only "
    "after before during reported did does over also i.e. compare comparing against under versus. patients women "
    "men subjects participants pts median mean rate rates".split()
)
_EMPTY = frozenset(
    "treatment study age randomized randomised comparison two dose parallel risk patient control-group subgroup "
    "sub multiple different such respective previous whole total overall research cooperative oncology working "
    "collaborative trialists' ethnic racial blood functional support peer focus cooperative writing stage".split()
)
_JOINING = re.compile(r"(?:,\s*(?:and|or)?|\s(?:and|or|vs?\.?|versus)\s|/)\s*(?:the\s+)?$", re.IGNORECASE)
_LETTERED = re.compile(
    rf"(?<![\w-]){_NOUN}\s+(?P<first>[A-Z]{{1,3}}\d?|\d|I{{1,3}}|IV)(?![\w%.-]*\d)"
    r"(?P<rest>(?:\s*(?:,|and|or|vs?\.?|versus|&)\s*(?:[A-Z]{1,3}\d?|\d|I{1,3}|IV)(?![\w%-])){0,4})(?![\w%])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?<!\w)(?:[A-Z]{1,3}\d?|\d|I{1,3}|IV)(?!\w)")
_CONTROL = re.compile(
    r"(?<![\w-])(?:placebo|controls?(?!\s+(?:rate|of|disease|over))|usual\s+care|standard\s+"
    r"(?:of\s+)?care|standard\s+(?:treatment|therapy)"
    r"|best\s+supportive\s+care|observation(?:\s+alone)?|sham(?:\s+\w+)?|no\s+"
    r"(?:treatment|intervention|exercise|further\s+\w+|maintenance)"
    r"|wait(?:ing)?[- ]?list|chemotherapy(?:\s+alone)?|intervention|the\s+combination|monotherapy)(?![\w-])",
    re.IGNORECASE,
)
_RANDOMISED = re.compile(
    r"\b(?:randomi[sz](?:ed|ation)|assigned|allocated)\b[^.;:]{0,80}?\b(?:to|between|into)\s+(?:"
    r"(?:either|receive|undergo|the|a|an|two|groups?|arms?|one|of)\s+){0,4}"
    r"(?P<arms>[^.;:]{3,220})",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    r"\b(?:patients?|women|men|participants?|subjects?|those|who|cases|survivors?)\s+(?:who\s+"
    r"(?:were\s+)?|were\s+|was\s+)?"
    r"(?:receiving|received|treated\s+with|given|assigned\s+to|allocated\s+to|randomi[sz]ed\s+to|taking)\s+"
    r"(?:the\s+|an?\s+)?(?P<name>[^\s,;:()\[\]]+(?:\s[^\s,;:()\[\]]+){0,3})",
    re.IGNORECASE,
)
# '91% with X and 84% with Y': what stands so beside two values of one kind are two arms, whatever they are called.
_PAIRED = re.compile(
    r"(?:%|percent|months|weeks|days|years|\))\s*(?:\([^()]{1,60}\)\s*)?(?P<by>with|for|in|after)\s+"
    r"(?:the\s+)?(?P<one>[A-Za-z][\w+/' -]{1,40}?),?"
    r"\s+(?:and|versus|vs\.?|compared\s+(?:with|to))\s+(?:to\s+|with\s+)?[-−]?\d[\d.,·]*\s?"
    r"(?:%|percent\b|months\b|weeks\b|days\b|years\b)\s*"
    r"(?:\([^()]{1,60}\)\s*)?(?P=by)\s+(?:the\s+)?(?P<other>[A-Za-z][\w+/'-]*(?:\s(?!"
    r"(?:and|at|in|with|was|were|after|for|who|than|respectively)\b)[\w+/'-]+){0,3})"
)
_PARTED = re.compile(r"\s*(?:,\s*(?:and|or)\s|,|;|\bor\b|\band\b|\bversus\b|\bvs?\.?(?=\s))\s*", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# 'usual care (n = 50)', '(47 CT, 48 HT)'
_SIZED = re.compile(r"\s?[(\[](?:n|N)\s?=\s?\d+")
_COUNTED = re.compile(r"(?<![\w.])\d{1,4}\s(?P<counted>[A-Z][\w+/-]{1,9})(?=[),;])")
_SHORT_NAME = re.compile(
    r"\((?P<short>[A-Z][A-Z0-9+/-]{1,9}|arm\s[A-Z0-9]|group\s[A-Z0-9])(?:\s?[,;:][^()]*)?\)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The names that a report has for its arms, as a pattern; None where it names none.

    `order` are the two arms that people were randomised to, in the order of that sentence; empty where it names others.
    """

    pattern: re.Pattern[str] | None = None
    order: tuple[str, ...] = ()


def named_arms(context: Context) -> Named:
    """Return what a report calls its arms: before 'group' or 'arm', or where it says how people were randomised."""
    text = context.document.text
    names: set[str] = set()
    for match in _HEADED.finditer(text):
        for name, _ in _before(
            text, match.start(), max(0, match.start() - 90), plural=match["noun"].lower().endswith("s")
        ):
            names.add(name)
    for match in _RANDOMISED.finditer(text):
        for part in _PARTED.split(_BRACKETED.sub(" ", match["arms"])):
            words = part.split()
            if 1 <= len(words) <= 4 and words[0].lower() not in _STOP and len(part.strip()) > 2:
                names.add(" ".join(words))
        names.update(short["short"] for short in _SHORT_NAME.finditer(match["arms"]))
    for match in _SIZED.finditer(text):
        names.add(
            " ".join(
                text[word.start : word.end] for word in _words_before(text, match.start(), max(0, match.start() - 60))
            )
        )
    names.update(match["counted"] for match in _COUNTED.finditer(text))
    usable = sorted((name for name in names if _is_name(name)), key=lambda name: (-len(name), name))[:60]
    if not usable:
        return Named()
    listed = "|".join(map(re.escape, usable))
    named = Named(pattern=re.compile(rf"(?<![\w-])(?:{listed})(?:\s?\+\s?[\w-]+)*(?![\w-])"))
    for match in _RANDOMISED.finditer(text):
        place = Span(start=match.start("arms"), end=match.end("arms"))
        order = tuple(dict.fromkeys(arm.name for arm in groups(context, place, named)))
        if len(order) == 2:
            return replace(named, order=order)
    return named


def _is_name(name: str) -> bool:
    plain = name.strip(" .,'")
    if all(word.lower().strip(".,'") in _STOP for word in plain.split()):
        return False
    if len(plain) < 2 or plain.lower() in _EMPTY or plain.lower() in _STOP or re.fullmatch(r"[\d.,%]+", plain):
        return False
    return len(plain) > 3 or any(letter.isupper() for letter in plain)


def groups(context: Context, sentence: Span, named: Named) -> tuple[Arm, ...]:
    """Return the arms that a sentence names, in order, none within another; `named` are the report's own names."""
    text = context.document.text
    found = [*_headed(text, sentence), *_lettered(text, sentence)]
    found += [*_given(text, sentence), *arms(context, sentence)]
    found += [
        Arm(" ".join(match[0].lower().split()), Span(start=match.start(), end=match.end()))
        for match in _CONTROL.finditer(text, sentence.start, sentence.end)
    ]
    if named.pattern is not None:
        found += [
            Arm(_printed(match[0]), Span(start=match.start(), end=match.end()))
            for match in named.pattern.finditer(text, sentence.start, sentence.end)
        ]
    for match in _PAIRED.finditer(text, sentence.start, sentence.end):
        if _is_name(match["one"]) and _is_name(match["other"]):
            both = ("one", "other")
            found += [Arm(_printed(match[one]), Span(start=match.start(one), end=match.end(one))) for one in both]
    endpoints = [
        (sentence.start + hit.start, sentence.start + hit.end) for hit in find_endpoints(context.text(sentence))
    ]
    kept: list[Arm] = []
    for arm in sorted(found, key=lambda arm: (arm.span.start, -arm.span.end)):
        if kept and arm.span.start < kept[-1].span.end:
            continue
        if any(start <= arm.span.start and arm.span.end <= end for start, end in endpoints):
            continue  # 'disease control rate' names no arm
        kept.append(arm)
    return tuple(kept)


def _headed(text: str, sentence: Span) -> Iterator[Arm]:
    for match in _HEADED.finditer(text, sentence.start, sentence.end):
        parts = list(_before(text, match.start(), sentence.start, plural=match["noun"].lower().endswith("s")))
        for place, (name, span) in enumerate(parts):
            if _is_name(name):
                end = match.end() if place == len(parts) - 1 else span.end
                yield Arm(_printed(name), Span(start=span.start, end=end))


def _before(text: str, end: int, least: int, *, plural: bool) -> list[tuple[str, Span]]:
    """Return the names that end before a noun, in order; several where the noun is in the plural."""
    names: list[tuple[str, Span]] = []
    at = end
    while len(names) < 4:
        words = _words_before(text, at, max(least, at - 80))
        if not words:
            break
        start, stop = words[0].start, words[-1].end
        names.append((" ".join(text[start:stop].split()), Span(start=start, end=stop)))
        joined = _JOINING.search(text, max(least, start - 14), start) if plural else None
        if joined is None:
            break
        at = joined.start()
        closing = re.search(r"\)\s*$", text[max(least, at - 40) : at])
        if closing:  # 'docetaxel (n = 50) and paclitaxel arms'
            opening = text.rfind("(", max(least, at - 40), at)
            at = opening if opening > 0 else at
    return names[::-1]


def _words_before(text: str, end: int, least: int) -> list[Span]:
    """Return the words of a name that end at an offset: back to a word that is no part of a name, four at most."""
    found: list[Span] = []
    at = end
    while len(found) < 4:
        match = re.search(r"(?P<word>[^\s,;:()\[\]]+)\s*$", text[least:at])
        if match is None or text[least + match.end("word") : at].count("\n"):
            break
        word = match["word"]
        if (
            word.lower().strip(".'\"") in _STOP
            or re.search(r"\d%|[.](?=$)", word)
            or word.lower() in ("and", "or", "&", "vs", "vs.")
        ):
            break
        start = least + match.start("word")
        found.append(Span(start=start, end=start + len(word)))
        at = start
    return found[::-1]


def _given(text: str, sentence: Span) -> Iterator[Arm]:
    """Yield what people are said to have been given: 'patients receiving X', 'women treated with X'."""
    for match in _RECEIVED.finditer(text, sentence.start, sentence.end):
        words = match["name"].split()
        stops = [place for place, word in enumerate(words) if word.lower().strip(".'") in _STOP]
        words = words[: stops[0]] if stops else words
        name = " ".join(words).rstrip(".")
        if words and _is_name(name):
            yield Arm(
                _printed(name),
                Span(
                    start=match.start("name"),
                    end=match.start("name") + len(" ".join(match["name"].split()[: len(words)]).rstrip(".")),
                ),
            )


def _lettered(text: str, sentence: Span) -> Iterator[Arm]:
    for match in _LETTERED.finditer(text, sentence.start, sentence.end):
        noun = match[0].split()[0].lower().removesuffix("s")
        if not match["first"][:1].isupper() and not match["first"].isdigit():
            continue
        letters = [(match["first"], match.start("first"))]
        letters += [(one[0], match.start("rest") + one.start()) for one in _LETTER.finditer(match["rest"])]
        for place, (letter, start) in enumerate(letters):
            begin = match.start() if place == 0 else start
            yield Arm(f"{noun} {letter}", Span(start=begin, end=start + len(letter)))


def _printed(name: str) -> str:
    """Return a name as it is printed, in lower case where it is no acronym or code."""
    return " ".join(word.lower() if _COMMON.fullmatch(word) else word for word in name.split())


_COMMON = re.compile(
    r""
    r"(?:control|placebo|standard|usual|care|intervention|experimental|treatment|observation|sham|comparison|active|combination|combined"
    r"|chemotherapy|surgery|radiotherapy|exercise|therapy|alone|study|no|adjuvant|neoadjuvant|intensive|conventional|early|late|delayed|immediate|high|low|dose)s?",
    re.IGNORECASE,
)
