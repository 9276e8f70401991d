"""Whether two texts name the same: family names and titles without accents, case, hyphens and small words."""

from __future__ import annotations

import re
import unicodedata

from corpus.resources import unpunctuated

_TOKEN = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    """
    a an the of in on for to with and or by from as at is was were are its their this that gene genes protein proteins
    oncogene oncogenes kinase first new novel patients
    """.split()
)


def folded(text: str) -> str:
    """Return the letters and figures of a name without accents and case."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("ø", "o").replace("ł", "l").replace("ß", "ss")
    return unpunctuated(plain)


def tokens(text: str) -> frozenset[str]:
    """Return the words of a text that tell what it is on, folded and in the singular; hyphens part words."""
    words = (folded(word) for word in _TOKEN.findall(text))
    return frozenset(_singular(word) for word in words if word and word not in _SMALL)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
