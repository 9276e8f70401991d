"""Fractions in words: 'nearly half of patients', 'two-thirds of the tumours'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.recognizers.measurement.figures import Measured
from extract.mentions.shared.found import found_at, near
from extract.records import Quantity

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_ANCHORS = ("half", "Half", "third", "quarter", "fourth", "fifth", "sixth", "tenth")
_COUNTS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4}
_SIGNS = {"nearly": "<", "almost": "<", "just under": "<", "less than": "<", "under": "<", "fewer than": "<"} | {
    "more than": ">",
    "over": ">",
    "just over": ">",
    "at least": "≥",
    "up to": "≤",
}
_QUALIFIER = (
    r"(?:(?P<sign>[Nn]early|[Aa]lmost|[Aa]pproximately|[Aa]bout|[Aa]round|[Rr]oughly|[Jj]ust\s(?:under|over)|[Ll]ess\sthan"
    r"|[Ff]ewer\sthan|[Mm]ore\sthan|[Oo]ver|[Aa]t\sleast|[Uu]p\sto|[Uu]nder)\s)?"
)
# What is divided: people, samples and the like, not years ('the first half of 2019') or tablets.
_WHOLE = (
    r"(?=\sof\s(?:(?:the|all|these|those|our|such|study|evaluable|treated|enrolled|ALK|EGFR)[\s-])?(?:[\w+/-]+\s){0,4}?"
    r"(?:patients?|cases?|tumou?rs?|participants?|individuals?|subjects?|samples?|specimens?|biops|responders?|population"
    r"|cohort|cancers?|carcinomas?|adenocarcinomas?|NSCLCs?|women|men|children|adults|mutations?|lesions?|metastas"
    r"|relapses?|recurrences?|progress|resistan|them\b|whom\b|which\b))"
)
_FRACTION = re.compile(
    rf"(?<![A-Za-z0-9-]){_QUALIFIER}(?:(?P<half>(?:[Oo]ne[\s-]|a\s)?[Hh]alf)(?=\s)"
    r"|(?P<count>[Oo]ne|[Aa]|[Tt]wo|[Tt]hree|[Ff]our)[\s-](?P<part>thirds?|quarters?|fourths?|fifths?|sixths?|tenths?)"
    rf"(?=\s))(?:{_WHOLE}|(?<=alf)(?=\s(?:the|these|those|all)\s(?:patients|cases|tumou?rs|participants|samples|cohort)))"
)


def fractions(text: str) -> Iterator[Measured]:
    """Yield fractions of people, tumours and samples in words: 'two thirds' is count 2 of total 3."""
    for match in near(_FRACTION, text, found_at(text, *_ANCHORS), back=40, ahead=120):
        if match["half"]:
            count, total = 1, 2
        else:
            count, total = _COUNTS[match["count"].lower()], _PARTS[match["part"].rstrip("s")]
        if count >= total:
            continue
        sign = ""
        if match["sign"]:
            sign = _SIGNS.get(" ".join(match["sign"].lower().split()), "~")
        yield match.start(), match.end(), Quantity(measure="fraction", count=count, total=total, comparison=sign)
