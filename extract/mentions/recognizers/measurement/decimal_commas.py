"""Decimal commas: 'P = 0,048' in any passage, '12,5 months (IC 95%, 10,1–14,2)' in one that is written so."""

from __future__ import annotations

import re

_COMMA = re.compile(r"\d,\d")
_POINT = re.compile(r"\d[.·]\d")
_ZERO = re.compile(r"(?<![\d.,])0,(?=\d{1,4}(?![\d,]))")
_DECIMAL = re.compile(r"(?<![\d.,])(?<=[\s(\[<>=≤≥–-])(\d{1,3}),(?=\d{1,2}(?![\d,]))")
# What only a decimal has beside it: a unit, or another such number at a dash.
_MEASURED = re.compile(
    r"(?<![\d.,])\d{1,3},\d{1,2}(?:\s?(?:%|months|meses|mois|Monate|mesi|years|weeks|days|mg\b|kg\b|cm\b|mm\b)|\s?[–-]\s?\d{1,3},\d{1,2}(?![\d,]))"
)
_NAMED = re.compile(r"\b(?:IC|KI)\s?(?:al\s|del\s)?95|95\s?%[\s-]?(?:IC|KI)\b")


def with_points(text: str) -> str:
    """Return a text with a middle dot for each comma that is a decimal one, every character in its place.

    'In grades 1,2 and 3,4' keeps its commas: a passage is read so only where its numbers have no points and two of them
    are measured, or an interval is named in a language that writes commas.
    """
    if not _COMMA.search(text):
        return text
    text = _ZERO.sub("0·", text)
    if _POINT.search(text.replace("·", ",")):
        return text
    if _NAMED.search(text) or len(_MEASURED.findall(text)) > 1:
        return _DECIMAL.sub(r"\1·", text)
    return text
