"""Parts of the grammar of numbers: figures, units, intervals, and the words that stand for a value."""

from __future__ import annotations

import re

from extract.mentions.shared.word_lists import alternatives, listed

_MORE_UNITS = listed("extract.mentions.shared", "units.tsv")
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:[.·]\d{1,15})?)"
SIGNED = rf"(?:[-−–]?(?:{NUMBER}|(?<![\d.])\.\d{{1,4}}))"
# A word or mark that stands for a value or a limit.
OPEN = (
    r"(?:[Nn]ot\s(?:yet\s)?(?:been\s)?(?:reached|estimable|evaluable|estimated|calculable|available|attained)|NYR|NE|NR|NC|NA|∞"
    r"|unreached|[Ii]nfinity)"
)
UNIT = (
    rf"(?:(?=[{''.join(sorted({line[0][0] for line in _MORE_UNITS}))}])(?:{alternatives(_MORE_UNITS)})(?![A-Za-z0-9/])"
    r"|%|percent\b|per\scent\b|percentage\spoints\b"
    r"|-?(?:months?|mos?|weeks?|wks?|days?|years?|yrs?|hours?|hrs?|minutes?|min)\b"
    r"|(?:mg|µg|μg|ug|mcg|g|ng)(?:/(?:kg|m2|m²|mL|ml|dL|day|d))?(?![A-Za-z/])|mL\b|ml\b|Gy\b"
    r"|[nµμup]M\b|mmol/L\b|IU\b|-?fold\b|×\b|[ck]?m\b(?!\s?RNA)|mm\b)"
)
DASH = r"(?:\s?[-–—−‐‑]\s?|\s(?:to|through)\s|\s?~\s?)"
_KIND_OF_INTERVAL = (
    r"(?:(?:two|one)-(?:sided|tailed)|exact|Bayesian|bootstrap(?:ped)?|adjusted|Clopper[-–]Pearson|Wilson|profile)\s"
)
LABEL = (
    rf"(?:(?:{_KIND_OF_INTERVAL})?(?:\d{{2}}(?:\.\d)?\s?%?[;,-]?\s?(?:{_KIND_OF_INTERVAL})?"
    r"(?:confidence\s(?:intervals?|limits?)|credible\sintervals?|CIs?\b|C\.I\.|CrIs?\b|BCIs?\b|HDI\b|KI\b)(?:\s?[(\[](?:CIs?|CrIs?)[)\]])?"
    r"|(?:IC|KI|ДИ)\s?(?:al\s|del\s|de\s|à\s)?\(?95\s?%?\)?"
    r"|CI\s?\(?95\s?%?\)?|\bCI|95CI|(?:inter-?quartile\srange|IQR|range|confidence\sinterval)(?:\s?[(\[](?:IQR|CI)[)\]])?)"
    r"(?:\s(?:of|was|is|from|between|ranging\sfrom|ranged\sfrom))?[\s,:;=]{0,3})"
)
LIMIT = rf"(?:{SIGNED}|{OPEN})"
# What may stand between a value and its labelled interval beside a comma: 'with a 95% CI of'.
_WITH = r"(?:[,;]?\s?(?:with|and)\s(?:an?\s|the\s|its\s)?(?:corresponding\s|associated\s)?(?=\d|CI|IC|two|one|exact))"
INTERVAL = (
    rf"(?:\s?[,;:]?\s?[(\[]\s?(?P<label>{LABEL})?[(\[]?(?P<low>{LIMIT})\+?\s?(?:{UNIT})?"
    rf"(?:{DASH}|(?(label)\s?[,;]\s?|(?P<comma>\s?[,;]\s?))|(?(label)\sand\s|(?!)))(?P<high>{LIMIT})\+?\s?(?P<unit_in>{UNIT})?"
    r"\s?[)\]]?(?=[)\];,\s]|(?<=[)\]]))"
    rf"|(?:\s?[,;:]?\s?|{_WITH})[(\[]?(?P<label2>{LABEL})[(\[]?(?P<low2>{LIMIT})\+?\s?(?:{UNIT})?"
    rf"(?:{DASH}|\s?[,;]\s?|\sand\s)(?P<high2>{LIMIT})\+?(?![.·]?\d|[–-]\d)\s?(?P<unit_in2>{UNIT})?[)\]]?)"
)
UNITS = {line[0].lower(): line[1] for line in _MORE_UNITS} | {
    "percent": "%",
    "per cent": "%",
    "percentage points": "%",
    "month": "months",
    "mo": "months",
    "mos": "months",
    "week": "weeks",
    "wk": "weeks",
    "wks": "weeks",
    "day": "days",
    "year": "years",
    "yr": "years",
    "yrs": "years",
    "hour": "hours",
    "hr": "hours",
    "hrs": "hours",
    "minute": "minutes",
    "min": "minutes",
    "ug": "µg",
    "mcg": "µg",
    "μg": "µg",
}
DURATIONS = frozenset({"months", "weeks", "days", "years", "hours", "minutes"})
WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_TENS = re.compile(r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\s](\w+)")
_HUNDREDS = re.compile(r"(a|\w+)\s+hundred(?:\s+(?:and\s+)?(\w[\w\s-]*))?")


_LABELS = re.compile(
    r"(?:\b(?:[Pp]hases?|[Gg]rades?|[Ss]tages?|[Ff]ig(?:ure)?s?\.?|[Tt]ables?|[Ee]xons?|[Cc]odons?|[Cc]ycles?|[Rr]efs?\.?|[Aa]rm"
    r"|[Gg]roups?|[Cc]ohorts?|[Pp]ositions?|[Rr]esidues?|[Cc]hromosome|[Tt]ype|version|(?<![\d%)\]]\s)(?<!months\s)(?<!weeks\s)(?<!years\s)(?<!days\s)(?<!reached\s)v|[Nn]o\.|PROFILE|pp?\.|[Ii]ntrons?)\s)$"
)


def is_labelled(text: str, start: int) -> bool:
    """Say whether a word before a figure makes it a label: 'phase 2', 'exon 19', 'grade 3'."""
    return _LABELS.search(text, max(0, start - 14), start) is not None


def unit_name(unit: str | None) -> str:
    """Return the standard name of a unit: `%`, `months`, `mg`; empty for None."""
    if not unit:
        return ""
    plain = " ".join(unit.strip().lstrip("-").split())
    return UNITS.get(plain.lower(), plain)


def measure_of(unit: str) -> str:
    """Return the measure that a unit belongs to: percent, duration, dose or number."""
    if unit == "%":
        return "percent"
    if unit in DURATIONS:
        return "duration"
    return "dose" if re.match(r"(?:mg|µg|g|ng|Gy|IU)(?:$|/(?!m[lL]|dL))", unit) else "number"


def figure(text: str | None) -> float | None:
    """Return the number that a figure states, or None where a word stands for it."""
    if text is None:
        return None
    plain = re.sub(r"[−–—]", "-", text).replace("·", ".").replace(",", "").rstrip("+").strip()
    try:
        return float(plain)
    except ValueError:
        return None


def decimals(text: str) -> int:
    """Return how many decimal places a figure prints."""
    _, point, places = text.replace("·", ".").partition(".")
    return len(places) if point else 0


def whole(text: str) -> int | None:
    """Return the whole number below 1000 that figures or English words state ('twenty-one'), else None."""
    plain = text.lower().replace(",", "")
    if plain.isdigit():
        return int(plain)
    hundreds = _HUNDREDS.fullmatch(plain)
    if hundreds:
        times, rest = (1 if hundreds[1] == "a" else WORDS.get(hundreds[1])), whole(hundreds[2] or "zero")
        return None if times is None or rest is None else 100 * times + rest
    tens = _TENS.fullmatch(plain)
    if tens and tens[2] in WORDS:
        return WORDS[tens[1]] + WORDS[tens[2]]
    return WORDS.get(plain)


def bounds(match: re.Match[str], *, governed: bool = False) -> tuple[float | None, float | None, str]:
    """Return low, high and name of the interval of a match, of nothing where what is in brackets bounds no value.

    Two numbers between which a comma stands bound a value between them, and with decimals: '37.1% [28.6, 46.2]';
    '37% [12, 54]' may be two citations, unless the number is `governed` by 'median' or the like.
    """
    groups = match.groupdict()
    low, high = figure(groups.get("low") or groups.get("low2")), figure(groups.get("high") or groups.get("high2"))
    if groups.get("comma"):
        value = figure(groups.get("value") or groups.get("percent"))
        printed = (groups.get("low") or "") + (groups.get("high") or "")
        if (
            value is None
            or low is None
            or high is None
            or not low <= value <= high
            or not (governed or re.search("[.·]", printed))
        ):
            return None, None, ""
    return low, high, interval_name(groups.get("label") or groups.get("label2"))


def end_of(match: re.Match[str]) -> int:
    """Return where a match with an interval ends; before the interval where `bounds` takes it for none."""
    low, high, name = bounds(match)
    if low is None and high is None and not name and match["low"]:
        return max(match.end(g) for g in ("value", "unit", "to", "unit_to", "percent") if match.groupdict().get(g))
    return match.end()


def status_of(text: str | None) -> str:
    """Return `not reached` or `not estimable` for a word that stands for a value, else an empty string."""
    if not text:
        return ""
    lowered = text.lower()
    if "reach" in lowered or "attain" in lowered or lowered in ("nr", "nyr"):
        return "not reached"
    return "not estimable" if re.search(r"estim|eval|calc|^n[ec]$", lowered) else ""


def interval_name(label: str | None) -> str:
    """Return `95% CI`, `range`, `IQR` ... for the words before an interval; empty where there are none."""
    if not label:
        return ""
    lowered = label.lower()
    if "interquartile" in lowered or "iqr" in lowered:
        return "IQR"
    if "range" in lowered:
        return "range"
    level = re.search(r"\d{2}(?:\.\d)?", label)
    return f"{level[0] if level else '95'}% CI"
