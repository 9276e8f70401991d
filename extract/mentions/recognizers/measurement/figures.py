"""Numbers that a word or a form names: ratios, counts of totals, doses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.shared.found import found_at, near
from extract.mentions.shared.quantities import (
    INTERVAL,
    NUMBER,
    WORDS,
    bounds,
    decimals,
    end_of,
    figure,
    interval_name,
    is_labelled,
    unit_name,
    whole,
)
from extract.records import Quantity

Measured = tuple[int, int, Quantity]

_RATIO = re.compile(
    r"(?<![A-Za-z0-9])(?P<name>[Hh]azards?\s[Rr]atios?|[Oo]dds\s[Rr]atios?|[Rr]elative\s[Rr]isks?|[Rr]isk\s[Rr]atios?|[Rr]ate\s[Rr]atios?"
    r"|[ac]?HRs?|[ac]?ORs?|RRs?|sHR)(?![A-Za-z0-9])"
    r"(?:\s?[(\[](?:HR|OR|RR|[as]HR|aOR)[)\]])?(?:\s?[,;]?\s?[(\[]?(?P<head>\d\d\s?%[-\s]?(?:CI|confidence\sinterval))(?:\s?[(\[]CI[)\]])?[)\]])?"
    r"(?P<between>[^.\d<>;()\[\]]{0,60}?)[\s,:;=(\[]{0,3}"
    # 'OR-4.64': a dash that joins is no sign; 'OR = -4.64': one is.
    rf"(?:(?<=[A-Za-z])[-‐–])?(?P<value>(?:(?<=[\s=])[-−–])?\d{{0,3}}[.·]\d{{1,4}}|\d{{1,2}}(?=\s?[(\[;,]\s?(?:95|CI)))(?![\d%]|\s?(?:%|months|mg|years)){INTERVAL}?"
)
_RATIO_ANCHORS = ("azard", "dds", "isk", "ate r", "ate R", "HR", "OR", "RR")
_TENS = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in WORDS if word.endswith("ty"))
_COUNTING = "|".join(
    f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in sorted(WORDS, key=len, reverse=True) if word != "zero"
)
_BELOW_100 = rf"(?:(?:{_TENS})[-\s](?:{_COUNTING})|{_COUNTING})"
_HUNDRED = r"(?:[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine)\shundred"
_COUNT_WORD = rf"(?:{_HUNDRED}(?:\s(?:and\s)?{_BELOW_100})?|{_BELOW_100})"
_NO_HUNDREDS = r"(?<!hundred\s)(?<!hundred\sand\s)(?<!thousand\s)(?<!thousand\sand\s)"
_COUNT = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{_COUNT_WORD})"
_PERCENT = r"(?P<percent>\d{1,3}(?:[.·]\d{1,3})?)\s?(?:%|per\s?cent\b)"
_PEOPLE = (
    r"(?:patients?|cases?|women|men|children|participants?|subjects?|individuals?|persons?|people|adults?|carriers?|tumou?rs?|samples?"
    r"|specimens?|responders?|deaths?|events?|lesions?|studies|trials|centres|centers|families|respondents)"
)
_OF = re.compile(
    rf"(?<![A-Za-z0-9.,/–-]){_NO_HUNDREDS}(?P<count>{_COUNT})\s(?:out\s)?of\s(?:the\s|a\stotal\sof\s|all\s)?"
    rf"(?P<total>{_COUNT})(?![A-Za-z0-9%.,]*[%\d])(?![a-z]|-\d?,?\d?-?[a-z])"
    rf"(?:(?:\s[A-Za-z-]+){{0,6}}?\s?[(\[;,]\s?{_PERCENT}{INTERVAL}?\s?[)\]]?)?"
)
_SLASH = re.compile(
    r"(?<![A-Za-z0-9./,–-])(?:n\s?=\s?)?(?P<count>\d{1,5})\s?/\s?(?P<total>\d{1,6})(?![A-Za-z0-9/%]|\.\d|-\d"
    r"|\s(?:years?|months?|weeks?|days?|mm\s?Hg|mmHg|mg|mm|cm|hours?|nM|µM)\b)"
    rf"(?:\s?(?:patients|cases|tumou?rs|samples))?(?:\s?[(\[,;]\s?{_PERCENT}\s?[)\]]?)?"
)
_PERCENT_FIRST = re.compile(
    rf"(?<![A-Za-z0-9.,/–-]){_PERCENT}(?:,)?\s?[(\[]\s?(?:(?:n\s?=\s?)?(?P<count>\d{{1,6}})\s?(?:/|of|out\sof)\s?(?P<total>\d{{1,6}})"
    rf"(?:\s[a-z]+){{0,3}}|(?:n\s?=\s?(?P<alone>\d{{1,6}})|(?P<people>\d{{1,6}})\s{_PEOPLE}))\s?[)\]]"
)
# 'Forty-five patients (62%)', '36 of whom (37%)', 'Nine (33%) of 27 patients'.
_COUNT_FIRST = re.compile(
    rf"(?<![A-Za-z0-9.,/–-]){_NO_HUNDREDS}(?P<count>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{_COUNT_WORD})"
    rf"(?:\s(?:[a-z][a-z-]{{2,}}\s){{0,2}}?{_PEOPLE}|\sof\s(?:whom|which|them|these|those))?"
    rf"\s?[(\[]\s?{_PERCENT}\s?[)\]](?:\s(?:out\s)?of\s(?:the\s|a\stotal\sof\s|all\s)?(?P<total>{_COUNT})(?![A-Za-z0-9%.,]*[%\d])(?![a-z]))?"
)
# 'One in five patients', '1 in 4 tumours'.
_ONE_IN = re.compile(
    rf"(?<![A-Za-z0-9.,/–-]){_NO_HUNDREDS}(?P<count>{_COUNT})\sin\s(?:every\s)?(?P<total>{_COUNT})(?=\s(?:[a-z][a-z-]+\s){{0,2}}{_PEOPLE}\b)"
)
_N = re.compile(r"(?<![A-Za-z0-9])[nN]\s?=\s?(?P<count>\d{1,3}(?:,\d{3})+|\d{1,7})(?![\d.%/])")
_SCHEDULE = (
    r"(?:(?:once|twice|three\stimes|thrice)(?:\s(?:daily|a\sday|per\sday|weekly|a\sweek))?|daily|per\sday|weekly|BID|b\.?i\.?d\.?"
    r"|QD|q\.?d\.?|TID|t\.?i\.?d\.?|every\s(?:\d{1,2}|two|three|four|six)\s(?:weeks?|days?|hours?)|[qQ]\d{1,2}[wWdDhH])"
)
_DOSE = re.compile(
    rf"(?<![A-Za-z0-9.,/–-])(?P<value>{NUMBER})\s?-?(?P<unit>(?:mg|µg|μg|mcg|ug|g|IU)(?:/(?:kg|m2|m²|day|d))?)(?![A-Za-z/])"
    rf"(?:\s(?:orally\s|tablets?\s|intravenously\s|PO\s)?(?P<schedule>{_SCHEDULE})(?![A-Za-z]))?"
)
_SPACED_OF = re.compile(r"\sof\s")
_BEFORE_OF = frozenset({*WORDS, "hundred", "out"})
_DATE_WORDS = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")


def ratios(text: str) -> Iterator[Measured]:
    """Yield hazard, odds and risk ratios with their interval."""
    for match in near(_RATIO, text, found_at(text, *_RATIO_ANCHORS), back=20, ahead=260):
        low, high, name = bounds(match)
        yield (
            match.start(),
            end_of(match),
            Quantity(
                measure="ratio",
                value=figure(match["value"]),
                unit=_ratio_name(match["name"]),
                low=low,
                high=high,
                interval=name or (interval_name(match["head"]) if low is not None else ""),
                decimals=decimals(match["value"]),
            ),
        )


def _ratio_name(name: str) -> str:
    lowered = name.lower()
    if "hazard" in lowered or "hr" in lowered:
        return "HR"
    return "OR" if "odds" in lowered or "or" in lowered else "RR"


def _counted_of(text: str) -> Iterator[int]:
    """Yield where 'of' follows a number in figures or words, or 'out'."""
    for match in _SPACED_OF.finditer(text):
        word = text[max(0, match.start() - 16) : match.start()].rsplit(None, 1)[-1:]
        if word and (word[0][-1].isdigit() or word[0].lower().rpartition("-")[2] in _BEFORE_OF):
            yield match.start()


def counts(text: str) -> Iterator[Measured]:
    """Yield counts, of a total and with a percent where they stand together."""
    for match in near(_OF, text, _counted_of(text), back=48, ahead=260):
        yield from _count(match, match.end(), both_digits=False)
    for match in near(_SLASH, text, found_at(text, "/"), back=14, ahead=90):
        if not (_DATE_WORDS.match(text, match.start()) or is_labelled(text, match.start())):
            yield from _count(match, match.end(), both_digits=True)
    for match in near(_ONE_IN, text, found_at(text, " in "), back=30, ahead=60):
        # '3 in 12 patients' may be a change of 3; words and 'one in' are shares.
        shared = match["count"] == "1" or not (match["count"][0].isdigit() or match["total"][0].isdigit())
        less = (whole(match["count"]) or 0) < (whole(match["total"]) or 0)
        if shared and less and not is_labelled(text, match.start()):
            yield from _count(match, match.end(), both_digits=False)
    percents = found_at(text, "%", "percent", "per cent")
    for pattern in (_PERCENT_FIRST, _COUNT_FIRST) if percents else ():
        for match in near(pattern, text, percents, back=80, ahead=80):
            yield from _count(match, match.end(), both_digits=True)
    for match in near(_N, text, found_at(text, "="), back=6, ahead=20):
        yield match.start(), match.end(), Quantity(measure="count", count=whole(match["count"]))


def _count(match: re.Match[str], end: int, *, both_digits: bool) -> Iterator[Measured]:
    groups = match.groupdict()
    counted = match["count"] or groups.get("alone") or groups.get("people")
    count, total = whole(counted or ""), whole(groups.get("total") or "")
    # A count above its total is kept as it is printed: a rule says that it cannot be.
    if count is None or (groups.get("total") and (total is None or total < 2)):
        return
    percent = groups.get("percent")
    if not percent and not both_digits and total is None:
        return
    low, high, name = bounds(match)
    yield (
        match.start(),
        min(end, end_of(match)) if groups.get("low") else end,
        Quantity(
            measure="percent" if percent else "count",
            value=figure(percent),
            unit="%" if percent else "",
            low=low,
            high=high,
            interval=name,
            count=count,
            total=total,
            decimals=decimals(percent or ""),
        ),
    )


def doses(text: str) -> Iterator[Measured]:
    """Yield doses with their schedule: '90 mg daily'."""
    for match in _DOSE.finditer(text):
        unit = unit_name(match["unit"])
        schedule = f" {' '.join(match['schedule'].split())}" if match["schedule"] else ""
        yield (
            match.start(),
            match.end(),
            Quantity(
                measure="dose",
                value=figure(match["value"]),
                unit=f"{unit}{schedule}",
                decimals=decimals(match["value"]),
            ),
        )
