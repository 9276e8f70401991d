"""Numbers with a unit, an interval or a counterpart: '9.7 (7.7-12.8)', '60.8% (95% CI, 52.3-68.9)', '9.2 vs. 15.6'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.shared.found import found_at, near
from extract.mentions.shared.quantities import (
    DASH,
    INTERVAL,
    NUMBER,
    OPEN,
    UNIT,
    bounds,
    decimals,
    figure,
    interval_name,
    is_labelled,
    measure_of,
    status_of,
    unit_name,
    whole,
)
from extract.records import Quantity

Measured = tuple[int, int, Quantity]
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
ONES = "two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
DURATION_WORDS = "months?|weeks?|days?|years?|hours?"

# A bracket before a bare whole number opens a citation; '/' stands between values only after a per cent sign.
_LEFT = (
    r"(?<![A-Za-z0-9.,·_#±])(?:(?<!\[)|(?=\d{1,3}(?:[.·]\d+)?\s?%))(?:(?<!/)|(?<=%/)(?=[\d.·]+\s?%))"
    r"(?<![A-Za-z0-9/][-‐‑–])(?<!±\s)(?<!\+/-\s)(?<!\+/-)"
)
# 'mean ± SD': the spread after a value has its unit, too.
_SPREAD = (
    rf"(?:\s?(?:±|\+/-|\+/−|\+-)\s?(?P<spread>{NUMBER})"
    rf"|\s?[(\[]\s?(?:±|\+/-)\s?(?P<spread3>{NUMBER})\s?[)\]]"
    rf"|\s?[(\[]\s?(?:SD|SE|SEM|s\.d\.|s\.e\.|standard\s(?:deviation|error))[\s,:=]{{1,3}}(?P<spread2>{NUMBER})\s?[)\]])?"
)
_COMPARISON = (
    r"(?:(?P<comparison>[<>≤≥~≈]|(?:at\sleast|up\sto|more\sthan|less\sthan|over|nearly|about|approximately)\s)\s?)?"
)
_ESTIMATE = re.compile(
    rf"{_LEFT}(?=[<>≤≥~≈\d]|[-−–]\d|at\sl|up\s|more\s|less\s|over\s|near|abou|appr){_COMPARISON}"
    rf"(?P<value>(?:[-−]|(?<![\d%)\]]\s)(?<![\d%)\]])–)?{NUMBER})(?P<censored>\+)?(?![A-Za-z0-9]*[A-Za-z]\d)"
    rf"{_SPREAD}(?:\s?(?P<unit>{UNIT}))?(?:{DASH}(?P<to>{NUMBER})(?!\s?(?:±|\+/))\+?(?:[-\s]?(?P<unit_to>{UNIT}))?(?![\d.]*[A-Za-z0-9-]))?{INTERVAL}?"
)
_OPEN_ESTIMATE = re.compile(rf"(?<![A-Za-z0-9/-])(?P<status>{OPEN})(?![A-Za-z0-9])(?:{INTERVAL})?")
# 'six months', 'twelve percent': 'one' is mostly no number.
_WORDED = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<value>(?:{TENS})[-\s](?:{ONES})|{TENS}|{ONES}|{TEENS})\s(?P<unit>{DURATION_WORDS}|per\s?cent)(?![A-Za-z])",
    re.IGNORECASE,
)
# 'from 3.2 to 5.6 months' after a word of change is two values; after one of range, the ends of one.
_FROM = re.compile(r"\bfrom\s(?:(?:a|an|the|\w+)\s(?:\w+\s){0,3}(?:of\s)?)?(?:[<>≤≥~≈]\s?)?$")
_CHANGES = re.compile(
    r"\b(?:improv|increas|ris(?:e|es|ing|en)\b|rose|decreas|declin|fell|fall|drop|reduc|chang|went|grew|grow|shorten|prolong|extend|lengthen|shift"
    r"|climb|lower|rais|doubl|progress|convert|escalat)",
    re.IGNORECASE,
)
_RANGES = re.compile(r"\b(?:rang|var(?:y|ied|ies|ying)|span|between|interval|CI\b|aged?\b)", re.IGNORECASE)
# What a number without a unit is said to be: a mean, a median or a score.
_GOVERNED = re.compile(
    r"\b(?:mean|means|median|medians|average|averaged|scores?|scored)\b(?:\s(?:\(?(?:SD|SE|SEM|IQR|range|Q1|Q3|interquartile\srange)\)?|\[(?:SD|IQR)\]))?"
    r"(?P<between>[^.;:()\d%]{0,80}?)[\s(,:=]{0,3}$"
)
_GOVERNOR = re.compile(r"mean|median|average|score")
_SPREAD_IN_BRACKETS = re.compile(rf"\s?[(\[]\s?(?:SD\s?)?(?P<spread>{NUMBER})\s?[)\]](?:\s?(?P<unit>{UNIT}))?")
_NOT_MEASURED = re.compile(
    r"\s?(?:patients|women|men|children|participants|subjects|cases|of\s\d|of\sthe|st\b|nd\b|rd\b|th\b|studies|trials|groups|arms|weeks?|months?|visits|time"
    r"|cycles|doses|lines|items|centers|centres|years|hospitals|countries|and\s\d+\s(?:patients|women|men))|-(?:item|point|year|month|week|fold)"
)
_VERSUS = re.compile(r"\s?(?:,\s)?\b(?:vs?\.?|versus|compared\s(?:with|to))\s(?:[A-Za-z0-9 ]{1,25}:\s)?")
# What parts the values of a list that share the unit of the last: '6, 12 and 18 months', '62.5 and 42.6%'.
_LISTED = re.compile(r"\s?(?:,\s?(?:and\s|or\s)?|\sand\s|\sor\s|\s?/\s?)")
_CLOSES_LIST = re.compile(r"\b(?:and|or)\s$|/\s?$")
_VERSUS_BEFORE = re.compile(r"(?:\bvs?\.?|\bversus|\bcompared\s(?:with|to))\s(?:[A-Za-z0-9 ]{1,25}:\s)?$")
_CITATIONS = r"(?:\s*\[\d[\d,\s–-]{0,20}\])*"
_CITED = re.compile(rf"{_CITATIONS}\s*$")
_CELL = re.compile(rf"\s*[<>≤≥~]?\s?[-−–]?{NUMBER}\s?(?:{UNIT})?\s*\S?(?P<cited>{_CITATIONS})\s*")
# 'the PECS group 182 [176 to 189]': a value of the group, not its number.
_OF_ARM = re.compile(r"\b(?:[Gg]roups?|[Aa]rm|[Cc]ohorts?)\s$")
_CONFIDENCE = re.compile(r"CIs?\b|C\.I\.|CrI|confidence|credible")
_NR_WORDS = re.compile(r"[Nn]ot\s|unre")
_TALLIED = re.compile(r"\b(?:n|events?|deaths|patients|censor(?:ed|ing)?)\s?[=:]?\s?$", re.IGNORECASE)
_SPAN_WORDS = {"at least": "≥", "up to": "≤", "more than": ">", "over": ">", "less than": "<"}


def estimates(text: str) -> Iterator[Measured]:
    """Yield the numbers that something at hand shows to be measurements: a unit, an interval, a counterpart.

    A cell that is nothing but a number, perhaps with citations in brackets, is one too. Years, citations and numbers in
    names are not.
    """
    cell = _CELL.fullmatch(text)
    matches = list(_ESTIMATE.finditer(text))
    if cell:
        matches = [match for match in matches if match.start() <= cell.start("cited")]
    shared = _shared_units(text, matches)
    governed = _Governed(text)
    for index, match in enumerate(matches):
        measured = _estimate(text, match, shared.get(index, ""), cell is not None, governed)
        if measured and measured[2].interval == "range" and match["to"] and _is_change(text, match):
            yield from _two_values(match, measured)
        elif measured:
            yield measured
    yield from _worded(text)
    for match in _OPEN_ESTIMATE.finditer(text):
        if _is_value(text, match):
            unit = unit_name(match["unit_in"] or match["unit_in2"])
            low, high, name = _interval(match)
            yield (
                match.start(),
                match.end(),
                Quantity(
                    measure=measure_of(unit) if unit else "number",
                    unit=unit,
                    low=low,
                    high=high,
                    interval=name,
                    status=status_of(match["status"]),
                    decimals=decimals(match["low"] or match["low2"] or ""),
                ),
            )


def _worded(text: str) -> Iterator[Measured]:
    """Yield times and per cents in words: 'six months', 'twelve percent'."""
    for match in near(_WORDED, text, found_at(text, "month", "week", "day", "year", "hour", "per"), back=24, ahead=12):
        value, unit = whole(match["value"]), unit_name(match["unit"])
        if value is not None and not is_labelled(text, match.start()):
            yield match.start(), match.end(), Quantity(measure=measure_of(unit), value=float(value), unit=unit)


def _is_change(text: str, match: re.Match[str]) -> bool:
    """Say whether 'from 3.2 to 5.6 months' tells of a change, whose ends are two values."""
    before = text[max(0, match.start() - 120) : match.start()]
    return _FROM.search(before) is not None and _CHANGES.search(before) is not None and not _RANGES.search(before[-50:])


def _two_values(match: re.Match[str], measured: Measured) -> Iterator[Measured]:
    unit = measured[2].unit
    for group, with_unit, comparison in (("value", "unit", measured[2].comparison), ("to", "unit_to", "")):
        end = match.end(with_unit) if match[with_unit] else match.end(group)
        quantity = Quantity(
            measure=measured[2].measure,
            value=figure(match[group]),
            unit=unit,
            comparison=comparison,
            decimals=decimals(match[group]),
        )
        yield (measured[0] if group == "value" else match.start(group)), end, quantity


class _Governed:
    """Tells which numbers without a unit are means, medians or scores, in one pass over a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._none = _GOVERNOR.search(text) is None
        self._reached = -1  # the end of the last number that a word governs: 'mean 2.0 (1.5) versus 3.1 (1.4)'

    def reach(self, match: re.Match[str]) -> tuple[int, str] | None:
        """Return where a governed number with its spread ends and the unit after that, None where none governs it."""
        text, start = self._text, match.start()
        if (
            self._none
            or is_labelled(text, start)
            or _NOT_MEASURED.match(text, match.end("value"))
            or _is_year(match["value"])
        ):
            return None
        said = _GOVERNED.search(text, max(0, start - 110), start)
        again = 0 <= start - self._reached <= 60 and _GOES_ON.fullmatch(text, self._reached, start)
        if not said and not again:
            return None
        spread = _SPREAD_IN_BRACKETS.match(text, match.end("value"))
        if not (spread or re.search("[.·]", match["value"]) or match["low"] or again):
            return None
        bounded = match["comma"] and bounds(match, governed=True)[0] is not None
        end = spread.end() if spread else match.end() if bounded else match.end("value")
        self._reached = end
        return end, unit_name(spread["unit"]) if spread else ""


# What stands between the means of two arms: 'and', 'versus', 'in the control group and', 'for placebo vs'.
_GOES_ON = re.compile(
    r"[,;]?\s(?:[A-Za-z-]+[,\s]\s?){0,8}?(?:and|or|vs\.?|versus|to|compared\swith|but)\s(?:[A-Za-z-]+\s){0,5}"
)


def _estimate(text: str, match: re.Match[str], shared: str, whole_cell: bool, governed: _Governed) -> Measured | None:
    unit = unit_name(match["unit"] or match["unit_to"] or match["unit_in"] or match["unit_in2"])
    low, high, name = _interval(match)
    value = figure(match["value"])
    has_interval = (match["low"] or match["low2"]) is not None
    bounded = has_interval or any(match[group] for group in ("spread", "spread2", "spread3"))
    labelled = is_labelled(text, match.start()) and not (
        bounded and _OF_ARM.search(text, max(0, match.start() - 9), match.start())
    )
    if value is None or labelled or _LEVEL.match(text, match.end()):
        return None
    if has_interval and _TALLIED.search(text, max(0, match.start() - 30), match.start()):
        return None  # 'number of events = 104; 95% CI ...': the interval is that of a value before
    end = match.end()
    if text[end - 1] in ")]" and not any(bracket in match[0] for bracket in "(["):
        end -= 1
    if has_interval and _is_level_of(match):
        # '95% CI: 20-55%' without its estimate: the level is no value.
        unit = unit_name(match["unit_in2"] or (match["unit_in"] if match["label"] else None))
        return match.start(), end, _bounds_alone(match, unit, low, high)
    if has_interval and not (
        _is_interval(match, value, low, high, unit) and (name or low is not None or high is not None)
    ):
        has_interval, low, high, name = False, None, None, ""
        unit = unit_name(match["unit"] or match["unit_to"])
        end = _end_without_interval(match)
    to = figure(match["to"])
    versus = not has_interval and _has_counterpart(text, match.start(), end)
    spread = (match["spread"] or match["spread2"] or match["spread3"]) is not None
    if not (unit or has_interval or versus or spread or shared or whole_cell) or (
        not unit and not has_interval and _is_year(match["value"])
    ):
        if to is not None:
            return None
        reach = governed.reach(match)
        if reach is None:
            return None
        end, unit = reach
        if match["comma"] and end == match.end():
            low, high, name = bounds(match, governed=True)
        else:
            spread = end > match.end("value")
    if to is not None and not unit and not has_interval:
        return None
    quantity = Quantity(
        measure=measure_of(unit or shared) if unit or shared else "number",
        value=None if to is not None else value,
        unit=unit or shared,
        low=value if to is not None else low,
        high=to if to is not None else high,
        interval="range" if to is not None else name or ("SD" if spread else ""),
        comparison=_comparison(match["comparison"]) or ("≥" if match["censored"] else ""),
        decimals=decimals(match["value"]),
    )
    return match.start(), end, quantity


def _is_level_of(match: re.Match[str]) -> bool:
    """Say whether what was read as a value is the level of the interval that follows: '95%' before 'CI'."""
    group = "label" if match["label"] else "label2"
    label = match[group]
    if not label or match["unit"] != "%" or not _CONFIDENCE.match(label):
        return False
    return not match.string[match.end("unit") : match.start(group)].strip()


def _bounds_alone(match: re.Match[str], unit: str, low: float | None, high: float | None) -> Quantity:
    return Quantity(
        measure=measure_of(unit) if unit else "number",
        unit=unit,
        low=low,
        high=high,
        interval=f"{match['value']}% CI",
        decimals=decimals(match["low"] or match["low2"] or ""),
    )


def _end_without_interval(match: re.Match[str]) -> int:
    return max(match.end(group) for group in ("value", "censored", "unit", "to", "unit_to") if match[group])


def _interval(match: re.Match[str]) -> tuple[float | None, float | None, str]:
    if "value" in match.groupdict():
        return bounds(match)
    return (
        figure(match["low"] or match["low2"]),
        figure(match["high"] or match["high2"]),
        interval_name(match["label"] or match["label2"]),
    )


def _is_interval(match: re.Match[str], value: float, low: float | None, high: float | None, unit: str) -> bool:
    """Say whether what stands in brackets after a number bounds it, and is no span of years, pages or ages."""
    if match["label"] or match["label2"] or match["comma"]:
        return True
    if _is_year(match["low"] or "") and _is_year(match["high"] or ""):
        return False
    if match["unit"] or unit or "." in (match["low"] or "") or low is None or high is None:
        return True
    return low <= value <= high or "." in match["value"]


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text) is not None


_LEVEL = re.compile(r"\s?-?(?:CIs?\b|C\.I\.|confidence|credible)")


def _has_counterpart(text: str, start: int, end: int) -> bool:
    """Say whether 'vs.' joins the number to another value."""
    after = _VERSUS.match(text, end)
    if after and re.match(rf"[-−]?\d|{OPEN}", text[after.end() : after.end() + 24]):
        return True
    before = text[max(0, start - 40) : start]
    versus = _VERSUS_BEFORE.search(before)
    return (
        versus is not None
        and re.search(rf"(?:[\d%)]|{OPEN})\s?,?\s?(?:\w+\s?)?$", before[: versus.start()]) is not None
    )


def _shared_units(text: str, matches: list[re.Match[str]]) -> dict[int, str]:
    """Return the unit of the second of 'x vs. y months' for the first, by the index of the match."""
    shared: dict[int, str] = {}
    for index in range(len(matches) - 2, -1, -1):
        here, there = matches[index], matches[index + 1]
        plain = not (here["unit"] or here["low"] or here["low2"] or there["low"] or there["low2"])
        unit = unit_name(there["unit"] or there["unit_to"]) or shared.get(index + 1, "")
        gap = text[here.end() : there.start()]
        if not (plain and unit and len(gap) < 14) or is_labelled(text, here.start()) or _is_year(here["value"]):
            continue
        if _VERSUS.fullmatch(gap):
            shared[index] = unit
        elif here["to"] is None and there["to"] is None and _LISTED.fullmatch(gap):
            closes = _CLOSES_LIST.search(gap) is not None
            listed = closes or index + 1 in shared
            if listed and not _counts_of(text, here, there, unit):
                shared[index] = unit
    return shared


def _counts_of(text: str, here: re.Match[str], there: re.Match[str], unit: str) -> bool:
    """Say whether two numbers joined by 'and' are of different things: a dose, a count or a place in a name."""
    if there["comparison"] or re.search(r"[A-Za-z]-?$", text[max(0, here.start() - 1) : here.start()]):
        return True
    if re.search(
        r"(?:\b(?:between|from|both|aged?|ages|[Dd]ays?|[Ww]eeks?|[Mm]onths?|[Yy]ears?|levels?|doses?|scores?|chapter|class)\s|[=<>≤≥]\s?)$",
        text[max(0, here.start() - 10) : here.start()],
    ):
        return True
    return unit == "%" and float(here["value"].replace(",", "").replace("·", ".").replace("−", "-")) > 100


def _is_value(text: str, match: re.Match[str]) -> bool:
    """Say whether a word stands for a value: it has an interval or a counterpart, is all or says 'not reached'."""
    if match["low"] or match["low2"]:
        return True
    if not status_of(match["status"]):
        return False
    if _NR_WORDS.match(match["status"]):
        return re.search(r"reached|estimable|evaluable|attained", match["status"]) is not None
    return _CITED.sub("", text).strip() == match[0] or _has_counterpart(text, match.start(), match.end())


def _comparison(text: str | None) -> str:
    if not text:
        return ""
    plain = " ".join(text.lower().split())
    return _SPAN_WORDS.get(plain, plain if len(plain) == 1 else "~")
