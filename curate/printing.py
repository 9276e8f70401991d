"""Text for a terminal: what a PDF holds must not steer the terminal that shows it."""

from __future__ import annotations

import textwrap
import unicodedata


def printable(text: str) -> str:
    """Return the text on one line; control and format characters (escape codes, text direction) show as �."""
    return "".join(
        " " if letter.isspace() else "�" if unicodedata.category(letter) in _HIDDEN else letter for letter in text
    )


_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})


def wrapped(text: str, *, width: int, lines: int, indent: str = "") -> list[str]:
    """Return the text in at most that many lines of that width, ending in … where it is cut."""
    return textwrap.wrap(
        printable(text),
        width=max(width, len(indent) + 2),
        initial_indent=indent,
        subsequent_indent=indent,
        max_lines=max(lines, 1),
        placeholder=" …",
    ) or [indent]
