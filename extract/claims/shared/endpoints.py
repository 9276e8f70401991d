"""The endpoints of oncology trials, as papers write them.

Names follow the FDA guidance 'Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics'
(2018) and RECIST 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DURATION = "duration"
PROPORTION = "proportion"

TIME_UNITS = frozenset({"days", "weeks", "months", "years", "hours"})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint: its short and long name, what it is measured as, and the patterns of its written forms."""

    name: str
    long_name: str
    dimension: str
    short_forms: str
    long_forms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointHit:
    """An endpoint where it stands; `name` tells landmark rates and intracranial endpoints apart."""

    start: int
    end: int
    name: str
    long_name: str
    dimension: str


# 'Response rate' alone is the objective one; a rate of partial or molecular responses is another endpoint.
_WHOLE_RESPONSE = "".join(
    rf"(?<!{kind}\s)"
    for kind in "complete partial molecular cytogenetic hematologic haematologic hematological haematological "
    "metabolic biochemical PSA immune clinical pathological pathologic major minor deep".split()
)

ENDPOINTS = (
    Endpoint("PFS", "progression-free survival", DURATION, "m?PFS", r"progression[- ]free\s+survival"),
    Endpoint(
        "rPFS",
        "radiographic progression-free survival",
        DURATION,
        "m?rPFS",
        r"radiograph(?:ic|ical)(?:ly)?\s+progression[- ]free\s+survival",
    ),
    Endpoint("iDFS", "invasive disease-free survival", DURATION, "iDFS", r"invasive\s+disease[- ]free\s+survival"),
    Endpoint("MFS", "metastasis-free survival", DURATION, "m?MFS", r"metastas[ie]s[- ]free\s+survival"),
    Endpoint("OS", "overall survival", DURATION, "m?OS", r"overall\s+survival"),
    Endpoint("DFS", "disease-free survival", DURATION, "m?DFS", r"disease[- ]free\s+survival"),
    Endpoint("EFS", "event-free survival", DURATION, "m?EFS", r"event[- ]free\s+survival"),
    Endpoint("RFS", "relapse-free survival", DURATION, "m?RFS", r"(?:relapse|recurrence)[- ]free\s+survival"),
    Endpoint("DOR", "duration of response", DURATION, "m?D[oO]R", r"duration\s+of\s+(?:\w+\s+)?response"),
    Endpoint("TTP", "time to progression", DURATION, "m?TTP", r"time\s+to\s+progression"),
    Endpoint("TTR", "time to response", DURATION, "m?TTR", r"time\s+to\s+response"),
    Endpoint(
        "ORR",
        "objective response rate",
        PROPORTION,
        "ORRs?",
        rf"{_WHOLE_RESPONSE}(?:(?:objective|overall|tumou?r)\s+)?response\s+rates?",
    ),
    Endpoint("CRR", "complete response rate", PROPORTION, r"CRR|CR\s+rates?", r"complete\s+response\s+rates?"),
    Endpoint("DCR", "disease control rate", PROPORTION, "DCR", r"disease[- ]control\s+rates?"),
    Endpoint("CBR", "clinical benefit rate", PROPORTION, "CBR", r"clinical\s+benefit\s+rate"),
    Endpoint(
        "pCR",
        "pathological complete response rate",
        PROPORTION,
        "pCR",
        r"path\w+\s+complete\s+response(?:\s+rates?)?",
    ),
)

# 'the 12-month PFS rate' and 'PFS at 12 months' are shares of patients, not durations.
_LANDMARK = r"(?P<landmark>(?:\d+(?:\.\d+)?|one|two|three|four|five|six|ten)[- ](?:month|year|week|mo|yr)s?[- ]\s*)?"
_PLACE = r"(?P<place>(?i:intracranial|CNS|IC|systemic|extracranial)[- ]\s*)?"
_RATE = r"(?P<rate>\s+(?:rates?|probabilit(?:y|ies)))?"
_FORMS = "|".join(f"(?P<{endpoint.name}>{endpoint.short_forms}|(?i:{endpoint.long_forms}))" for endpoint in ENDPOINTS)
_ENDPOINT = re.compile(rf"(?<![A-Za-z0-9]){_LANDMARK}{_PLACE}(?:median\s+)?(?:{_FORMS}){_RATE}(?![A-Za-z0-9])")


_LANDMARK_AFTER = re.compile(
    r"\s+(?:\([^()]*\)\s+)?at\s+(?P<landmark>(?:\d+|one|two|three|four|five|six|ten)\s+(?:month|year|week)s?)\b"
)


def find_endpoints(text: str) -> Iterator[EndpointHit]:
    """Yield the endpoints that a text names, in order."""
    for match in _ENDPOINT.finditer(text):
        endpoint = next(one for one in ENDPOINTS if match[one.name])
        name, long_name, dimension = endpoint.name, endpoint.long_name, endpoint.dimension
        at = _LANDMARK_AFTER.match(text, match.end()) if dimension == DURATION else None
        if match["landmark"] or at or (match["rate"] and dimension == DURATION):
            printed = match["landmark"] or (at["landmark"] if at else "")
            landmark = " ".join(printed.replace("-", " ").split()).removesuffix("s")
            name, long_name = f"{landmark} {name} rate".strip(), f"{landmark} {long_name} rate".strip()
            dimension = PROPORTION
        if match["place"]:
            place = match["place"].strip(" -")
            place = {"IC": "intracranial", "CNS": "intracranial"}.get(place, place.lower())
            name, long_name = f"{place} {name}", f"{place} {long_name}"
        yield EndpointHit(start=match.start(), end=match.end(), name=name, long_name=long_name, dimension=dimension)


def spoken(name: str) -> str:
    """Return the long name of an endpoint as `find_endpoints` names it."""
    for endpoint in ENDPOINTS:
        if re.search(rf"\b{endpoint.name}\b", name):
            return re.sub(rf"\b{endpoint.name}\b", endpoint.long_name, name)
    return name


_HEADER_UNIT = re.compile(
    r"(?P<months>\b(?:months?|mo)\b)|(?P<weeks>\b(?:weeks?|wk)\b)|(?P<years>\b(?:years?|yrs?)\b)"
    r"|(?P<days>\bdays?\b)|(?P<percent>%)",
    re.IGNORECASE,
)
# '6 weeks', 'Week 24': when, not what the values are measured in.
_TIME_POINT = re.compile(
    r"\b\d+(?:\.\d+)?[\s-]?(?:days?|weeks?|wks?|months?|mo|years?|yrs?)\b|\b(?:days?|weeks?|months?|years?)\s\d+\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\d+(?:\.\d+)?\s*%\s*(?:CI|confidence\s+intervals?|CrI)", re.IGNORECASE)


def is_level(text: str) -> bool:
    """Say whether a number is the level of a confidence interval, as the 95% of '95% CI', and no value."""
    return _LEVEL.match(text) is not None


def header_unit(header: str) -> str:
    """Return the one unit that a column header states (`months`, `%` ...), empty where none or several.

    The level of a confidence interval, as in '(95% CI)', is not a unit, nor is a point in time ('6 weeks').
    """
    plain = _TIME_POINT.sub(" ", _LEVEL.sub(" ", header))
    found = {match.lastgroup for match in _HEADER_UNIT.finditer(plain)}
    if len(found) != 1:
        return ""
    unit = found.pop() or ""
    return "%" if unit == "percent" else unit
