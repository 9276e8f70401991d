"""Reading the files of `corpus/reference`, wherever the package is installed."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

# Every dash that a typesetter puts for a hyphen, and the Greek letters that subunit names end with.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
_GREEK = str.maketrans({"α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "κ": "k", "λ": "l", "ζ": "z"})


def path(name: str) -> Traversable:
    """Return the reference file of that name."""
    return resources.files("corpus") / "reference" / name


def read_text(name: str) -> str:
    """Return the text of a reference file, decompressed where its name ends with `.xz`."""
    data = path(name).read_bytes()
    return (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8")


def rows(text: str) -> Iterator[list[str]]:
    """Yield the tab-separated fields of each line; blank lines and lines that start with `#` are comments."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def dashed(name: str) -> str:
    """Return the name with each kind of dash as a hyphen."""
    return name if name.isascii() else name.translate(_DASHES)


def folded(name: str) -> str:
    """Return the form under which spellings of a name meet: no case, one hyphen, Latin for Greek letters."""
    return name.casefold() if name.isascii() else dashed(name).casefold().translate(_GREEK)


def unpunctuated(name: str) -> str:
    """Return the letters and figures of a name without case, however its hyphens, spaces and signs are set."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
