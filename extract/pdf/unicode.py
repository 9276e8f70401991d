"""Normal forms of what glyphs stand for: hyphens, accents, the Symbol font, code points of no letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

UNMAPPED = "\ufffd"

# Accents that TeX sets as letters of their own, before or after the letter that they belong to.
ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "ˇ": "\u030c",
    "˚": "\u030a",
    "¯": "\u0304",
    "˘": "\u0306",
    "˝": "\u030b",
}

# Letters that PDF fonts give for others that look the same in this literature.
ALIKE = {
    "\u00ad": "-",
    "\u2010": "-",
    "\u2011": "-",
    "∘": "°",
    "∗": "*",
    "∼": "~",
    "⩽": "≤",
    "⩾": "≥",
    "≦": "≤",
    "≧": "≥",
}

# Superscripts that have code points of their own.
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")

# The Symbol font's letters where a PDF leaves them in the private use area (U+F000 + code).
SYMBOLS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | {"\xb1": "±", "\xa3": "≤", "\xb3": "≥", "\xb4": "×", "\xb0": "°", "\xb7": "•", "\xb9": "≠", "\x2d": "−"}


@lru_cache(maxsize=8192)
def letters_of(text: str) -> str:
    """Return the normal form of what one glyph stands for; empty for white space and what is not drawn."""
    if len(text) == 1 and "!" <= text <= "~":
        return text
    if text.startswith("(cid:"):
        return UNMAPPED
    if text in ACCENTS:
        return text
    out = []
    for letter in unicodedata.normalize("NFKC", text):
        code = ord(letter)
        if 0xF020 <= code <= 0xF0FF:
            low = chr(code - 0xF000)
            out.append(SYMBOLS.get(low, low if low.isascii() else UNMAPPED))
        elif letter in ALIKE:
            out.append(ALIKE[letter])
        elif 0xE000 <= code <= 0xF8FF:
            out.append(UNMAPPED)
        elif not letter.isspace() and unicodedata.category(letter) not in ("Cc", "Cf"):
            out.append(letter)
    return "".join(out)


def accented(
    letters: Sequence[str], lefts: Sequence[float], rights: Sequence[float]
) -> tuple[Sequence[str], Sequence[float], Sequence[float]]:
    """Join accents that are set as letters of their own with the letters that they stand over.

    `lefts` and `rights` are the ends of the letters, in points; all three are returned, shorter where joined.
    """
    if not any(text in ACCENTS for text in letters):
        return letters, lefts, rights
    texts: list[str] = []
    x0s: list[float] = []
    x1s: list[float] = []
    pending = ""
    for text, x0, x1 in zip(letters, lefts, rights, strict=True):
        if text in ACCENTS:
            under = x1s and x0 < x1s[-1] - 0.3 * (x1 - x0)
            joined = unicodedata.normalize("NFC", texts[-1] + ACCENTS[text]) if under else ""
            if under and len(joined) == len(texts[-1]):
                texts[-1] = joined
                continue
            pending = text
            texts.append(text)
        elif pending:
            dotted = "i" if text == "ı" else text
            joined = unicodedata.normalize("NFC", dotted + ACCENTS[pending])
            if len(joined) == len(text) and x0 < x1s[-1]:
                texts[-1] = joined
                x0s[-1], x1s[-1] = min(x0, x0s[-1]), max(x1, x1s[-1])
                pending = ""
                continue
            pending = ""
            texts.append(text)
        else:
            texts.append(text)
        x0s.append(x0)
        x1s.append(x1)
    return texts, x0s, x1s
