"""Normal forms of what narrows a trial result: the line of treatment and who assessed it."""

from __future__ import annotations

import re

FIRST, SECOND, THIRD, LATER = "first", "second", "third", "later"
INDEPENDENT, INVESTIGATOR = "independent review", "investigator"

LINE = re.compile(
    r"(?<![\w-])(?:(?P<first>first|1st|1)|(?P<second>second|2nd|2)|(?P<third>third|3rd|3)|(?P<later>later|subsequent|further))"
    r"(?:[-\s]lines?\b|(?<=[1-3])\s?L\b)"
    r"|\b(?P<frontline>front-?\s?line|upfront)\b",
    re.IGNORECASE,
)
_BEYOND = re.compile(r"[≥>+]|\b(?:at\s+least|or\s+(?:later|more|beyond|higher))\b", re.IGNORECASE)
_LINE_CELL = re.compile(
    r"\s*(?:(?P<first>1(?:st)?|first|frontline|front-line)|(?P<second>2(?:nd)?|second)|(?P<third>3(?:rd)?|third))"
    r"\s?-?(?:L|line)?\s*",
    re.IGNORECASE,
)
ASSESSOR = re.compile(
    r"(?P<independent>\b(?:BICR|IRC|IRF|ICR|independent(?:ly)?)\b"
    r"|\bcentral(?:ly)?[- ](?:review|assess|radiolog|read)\w*|\bblinded\s+(?:central|review))"
    r"|(?P<investigator>\binvestigators?\b|\blocal(?:ly)?[- ](?:review|assess)\w*|(?<=[(\s])INV(?=[),;\s]))",
    re.IGNORECASE,
)


def line_of(text: str) -> str:
    """Return the one line of treatment that a text names, empty where none or several."""
    found = {match.lastgroup or "" for match in LINE.finditer(text)}
    if len(found) != 1:
        return ""
    line = found.pop()
    if line == "frontline":
        return FIRST
    return LATER if line != FIRST and _BEYOND.search(text) else line


def line_of_cell(text: str) -> str:
    """Return the line of treatment in a cell of a column of lines: '1', '1L', 'First-line'."""
    found = _LINE_CELL.fullmatch(text)
    return (found.lastgroup or "") if found else line_of(text)


def assessor_of(text: str) -> str:
    """Return the one assessor that a text names, empty where none or both."""
    found = {match.lastgroup for match in ASSESSOR.finditer(text)}
    if len(found) != 1:
        return ""
    return INDEPENDENT if found.pop() == "independent" else INVESTIGATOR
