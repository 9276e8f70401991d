"""Raised numbers: which of them are citations of the text before them, and what numbers they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.page.passages import boxes_of, ends_line
from extract.records import Citation, Word

# A citation's numbers, bare or bracketed: 12; 1,2; 3-5; [7,9-11].
_NUMBERS = re.compile(r"[\[(]?\d{1,3}(?:(?:[,;]|[-–—])\d{1,3})*[\])]?[,;.]?")
_POWERS = re.compile(r"(?:^|[^A-Za-zµμ])[kdcmnµμ]?m$|^(?:in|ft|[A-Za-zα-ωΑ-Ω]|[Tt]au|[Cc]hi|[Ee]ta)$")


def citation_end(words: Sequence[Word], at: int, text: str) -> int:
    """Return the end of the superscript citation that begins at a word, or `at` where none does.

    `text` is what stands before it: a raised 2 after 'm' is a power, a raised number before letters an isotope.
    """
    end = at
    group = ""
    while end < len(words) and words[end].superscript and (end == at or not ends_line(words[end - 1], words[end])):
        group += words[end].text
        end += 1
    if end == at or not text or not _NUMBERS.fullmatch(group):
        return at
    if group[0] in "[(":
        return end
    following = words[end] if end < len(words) else None
    isotope = words[at].spaced and following is not None and not following.spaced and following.text[0].isalpha()
    token = re.split(r"[\s(\[{,;=]", text)[-1]
    power = not words[at].spaced and group in ("2", "3", "4") and _POWERS.search(token)
    exponent = not words[at].spaced and re.search(r"(?:^|[^\d.,])10$", text) and len(group) <= 2
    return at if isotope or power or exponent else end


def citation_of(group: Sequence[Word], anchor: int) -> Citation:
    """Return raised words as a citation of the text that ends at an offset."""
    text = "".join(word.text for word in group)
    return Citation(text=text, numbers=numbers_of(text), anchor=anchor, boxes=boxes_of(group))


def numbers_of(text: str) -> tuple[int, ...]:
    """Return the numbers that a citation names, ranges written out: '1,3-5' is 1, 3, 4, 5."""
    numbers: list[int] = []
    for part in re.split(r"[,;\s]+", text.strip("[]().,; ")):
        ends = [int(end) for end in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < 100:
            numbers.extend(range(ends[0], ends[1] + 1))
        else:
            numbers.extend(ends)
    return tuple(dict.fromkeys(numbers))
