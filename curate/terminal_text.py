"""Text for a terminal: what a PDF holds must not steer the terminal that shows it."""

from __future__ import annotations

import textwrap


def printable(text: str) -> str:
    """Return the text on one line; control and format characters (escape codes, text direction) show as �."""
    return "".join(" " if letter.isspace() else letter if letter.isprintable() else "�" for letter in text)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 page`, `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
