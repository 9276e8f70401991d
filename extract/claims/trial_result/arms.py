"""The arms of a trial as sentences and table rows name them, and which arm a value belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.records import Cell, Mention, Span
from extract.text.neighbourhood import Context


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm where a sentence names it: drugs given together joined by ' + ', or a comparator as printed."""

    name: str
    span: Span


_DOSE = r"(?:\d[\d.,]*\s?(?:mg|g|µg|μg|mcg|IU|AUC)\S*\s+(?:(?:once|twice)\s+(?:daily|weekly)\s+|(?:BID|QD)\s+)?)"
_TOGETHER = re.compile(
    rf"(?:\s+(?:\([^()]{{1,30}}\)\s+|{_DOSE})?(?:plus|in\s+combination\s+with|combined\s+with|added\s+to)\s+|\s*[+/&]\s*)(?:the\s+)?",
    re.IGNORECASE,
)
# 'adagrasib with cetuximab' is one arm, 'was compared with cetuximab' and 'was replaced with cetuximab' are two.
_WITH = re.compile(r"\s+with\s+")
_NOT_TOGETHER = re.compile(r"\b(?:compar|replac|switch|substitut|exchang|treat)\w*\b[^,;]*$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+")
_COMBINATION = re.compile(r"\bcombination\s+(?:therapy\s+|treatment\s+)?(?:of|with)\s+(?:the\s+)?$", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:prior|previous(?:ly)?|pre-?treated|treated\s+with|after|following|naive\s+to|resistant\s+to|refractory\s+to|"
    r"progress\w+\s+on)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
# 'for patients treated with X' says who has the value; 'in patients treated with X' may say what they had before.
_PATIENTS_ON = (
    r"(?:(?:for|in|among)\s+(?:the\s+)?(?:patients|those|participants)\s+(?:receiving|who\s+received|randomi[sz]ed\s+to"
    r"|assigned\s+to|given)|for\s+(?:the\s+)?(?:patients|those|participants)\s+treated\s+with)\s+(?:the\s+)?"
)
_ON = re.compile(rf"\b{_PATIENTS_ON}$", re.IGNORECASE)
_WITH_PATIENTS_ON = re.compile(rf"\s*(?:\([^()]*\)\s*)?{_PATIENTS_ON}", re.IGNORECASE)
_BIOMARKER = re.compile(
    r"(?:mutant|mutated|mutation|wild-?type|positive|negative|unknown|high|low|younger|older|subgroup)$", re.IGNORECASE
)
_WITH_ARM = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:with|for|on|in|under|after)\s+(?:the\s+)?(?:[\w-]+\s+){0,1}?", re.IGNORECASE
)
_RIGHT_BEFORE = re.compile(r"(?:\s+alone)?\s*[(\[]?\s*")
_CONTROL = re.compile(
    r"\b(?:(?:docetaxel-|platinum-)?chemotherapy|placebo|best\s+supportive\s+care|standard[-\s](?:of[-\s]care|therapy)"
    r"|observation|control)\b|(?<=\bthe )(?:(?:combination|triplet|doublet)(?!\s+of)\b"
    r"|(?P<group>[\w+-]+)(?=\s+(?:group|arm)\b))",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:vs\.?|versus|compared\s+(?:to|with)|than|over|that\s+(?:of|with|for|on))\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\b(?:v(?:s\.?|ersus)|compared\s+(?:to|with)|than)\s+$")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


def arms(context: Context, sentence: Span) -> tuple[Arm, ...]:
    """Return the arms that a sentence names, in order; a drug named as an earlier treatment is none."""
    text = context.document.text
    parts = [Arm(drug.normalized, drug.span) for drug in context.within(sentence, "drug")]
    parts += [
        Arm(match[0].casefold(), Span(start=match.start(), end=match.end()))
        for match in _CONTROL.finditer(text, sentence.start, sentence.end)
        if not any(drug.span.start <= match.start() < drug.span.end for drug in parts)
        and not (match["group"] and _of_biomarker(context, Span(start=match.start(), end=match.end())))
    ]
    joined: list[Arm] = []
    for part in sorted(parts, key=lambda arm: arm.span.start):
        last = joined[-1] if joined else None
        if last is not None and _together(
            text[sentence.start : last.span.start], text[last.span.end : part.span.start]
        ):
            names = dict.fromkeys((*last.name.split(" + "), part.name))
            joined[-1] = Arm(" + ".join(names), Span(start=last.span.start, end=part.span.end))
        elif last is None or part.span.start >= last.span.end:
            joined.append(part)
    return tuple(arm for arm in joined if not _earlier(text[max(sentence.start, arm.span.start - 60) : arm.span.start]))


def _earlier(before: str) -> bool:
    return bool(_EARLIER.search(before)) and not _ON.search(before)


def _of_biomarker(context: Context, group: Span) -> bool:
    """Say whether 'the X group' is of patients with a biomarker, not of a treatment."""
    return bool(context.within(group, "gene", "variant") or _BIOMARKER.search(context.text(group)))


def _together(before: str, between: str) -> bool:
    """Say whether two names are of one arm, by what stands before the first and between them."""
    if _TOGETHER.fullmatch(between):
        return True
    if _AND.fullmatch(between):
        return bool(_COMBINATION.search(before))
    return bool(_WITH.fullmatch(between)) and not _NOT_TOGETHER.search(before)


def arm_of(
    context: Context,
    value: Mention,
    sentence: Span,
    values: Sequence[Mention],
    named: Sequence[Arm],
    lead: Span,
) -> str:
    """Return the arm of a value among those `named`, empty where the sentence leaves it open.

    `values` are those of its endpoint; `lead` is what stands between the value before and the name of the endpoint.
    The arm that follows with 'with', 'for' or 'in' is meant, else the one that the list before 'respectively' has in
    its place, else the one right before the value, the only one that leads to the endpoint, or the only one that the
    sentence names before or after 'versus'.
    """
    text = context.document.text
    if len(named) > 1 and _RESPECTIVELY.search(context.text(sentence)):
        return _in_order(context, named, value, sentence, values)
    for arm in named:
        between = text[value.span.end : arm.span.start]
        if _WITH_ARM.fullmatch(between) or _WITH_PATIENTS_ON.fullmatch(between):
            return arm.name
    for arm in named:
        before = len(named) > 1 and arm.span.end <= value.span.start
        if before and _RIGHT_BEFORE.fullmatch(text[arm.span.end : value.span.start]):
            return arm.name
    own: list[str] = []
    others: list[str] = []
    for arm in named:
        compared = _COMPARED.search(text[max(sentence.start, arm.span.start - 40) : arm.span.start])
        (others if compared else own).append(arm.name)
    second = bool(_SECOND.search(text[max(sentence.start, value.span.start - 16) : value.span.start]))
    if not second and len(values) > 1 and value is not values[0]:
        return ""
    names = dict.fromkeys(others if second else own)
    if len(names) > 1 and not second:
        names = dict.fromkeys(_leading(context, named, lead))
    return next(iter(names)) if len(names) == 1 else ""


def _leading(context: Context, named: Sequence[Arm], lead: Span) -> Iterator[str]:
    """Yield the arms that stand before the name of an endpoint as its subject: not those of the value before them."""
    text = context.document.text
    for arm in named:
        inside = lead.start <= arm.span.start and arm.span.end <= lead.end
        if inside and not _WITH_ARM.fullmatch(text[lead.start : arm.span.start]):
            yield arm.name


def _in_order(context: Context, named: Sequence[Arm], value: Mention, sentence: Span, values: Sequence[Mention]) -> str:
    """Return the arm in the value's place of 'a, b and c with x, y and z, respectively', empty without the word."""
    if len(values) < 2 or value not in values:
        return ""
    end = _RESPECTIVELY.search(context.text(sentence))
    if end is None:
        return ""
    after = [arm for arm in named if values[-1].span.end <= arm.span.start < sentence.start + end.start()]
    before = [arm for arm in named if arm.span.end <= values[0].span.start]
    for listed in (after, before):
        if len(listed) == len(values):
            return listed[values.index(value)].name
    return ""


_VERSUS = re.compile(r"\s+(?:vs?\.?|versus)\s+", re.IGNORECASE)
_COMPARATOR = re.compile(r"\s*(?:vs?\.?|versus)\s+", re.IGNORECASE)
_REMARK = re.compile(r"\s*[;(]")
_NOTHING = " –—-"


def split_versus(text: str, start: int) -> Iterator[Span]:
    """Yield the parts of a text that begins at an offset, between its 'vs.'; one part where it has none."""
    begin = 0
    for match in _VERSUS.finditer(text):
        yield Span(start=start + begin, end=start + match.start())
        begin = match.end()
    yield Span(start=start + begin, end=start + len(text))


def row_arms(
    context: Context, row: Sequence[Cell], columns: Sequence[int], comparators: Sequence[int]
) -> tuple[str, ...]:
    """Return the arms that a row names in the columns that name arms: the treatment, empty if unnamed, then the others.

    A comparator is what follows 'vs.', in its own column or after the treatment, or stands in a column of comparators.
    """
    treatment, others = "", []
    for column in columns:
        cell = row[column]
        versus = _COMPARATOR.match(cell.text)
        alone = column in comparators and cell.text.strip(_NOTHING)
        start = versus.end() if versus else 0
        first, *rest = split_versus(cell.text[start:], cell.span.start + start)
        if not (versus or alone):
            if not treatment:
                treatment = _whole_arm(context, first)
                others += [_comparator(context, part) for part in rest]
        elif not others:
            others += [_comparator(context, part) for part in (first, *rest)]
    return (treatment, *others) if treatment or others else ()


def _comparator(context: Context, place: Span) -> str:
    """Return the arm that a place names as a comparator, without the remark that may follow it."""
    text = context.text(place)
    remark = _REMARK.search(text, 1)
    name = text[: remark.start()] if remark else text
    return (
        _whole_arm(context, Span(start=place.start, end=place.start + len(name))) or " ".join(name.split()).casefold()
    )


def _whole_arm(context: Context, place: Span) -> str:
    """Return the arm that a cell names: its drugs and placebo, else the comparator it has a word for."""
    names = list(dict.fromkeys(name for arm in arms(context, place) for name in arm.name.split(" + ")))
    drugs = {drug.normalized for drug in context.within(place, "drug")}
    given = [name for name in names if name in drugs or name == "placebo"] if drugs else names
    return " + ".join(given)
