"""Hyphens at line ends: taken out when the two parts are one word, kept when they are not.

The document's own vocabulary decides (does the joined or the hyphenated form stand elsewhere?), then the form
of the parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

TRIM = "()[]{}.,;:!?'\"“”‘’"

# First parts that English writes with a hyphen before a word that stands by itself.
FIRST = frozenset(
    (
        *(
            "non",
            "self",
            "well",
            "half",
            "quasi",
            "all",
            "cross",
            "long",
            "short",
            "high",
            "low",
            "full",
        ),
        *(
            "single",
            "double",
            "triple",
            "first",
            "second",
            "third",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
        ),
        *("seven", "eight", "nine", "ten", "large", "small", "late", "early", "open", "end", "mid", "multi"),
        *("dose", "time"),
    )
)
# Last parts that English writes with a hyphen.
LAST = frozenset(
    (
        *(
            "based",
            "free",
            "related",
            "like",
            "specific",
            "dependent",
            "independent",
            "derived",
            "induced",
            "up",
        ),
        *(
            "mediated",
            "associated",
            "driven",
            "resistant",
            "sensitive",
            "positive",
            "negative",
            "treated",
            "to",
        ),
        *(
            "naive",
            "naïve",
            "blind",
            "blinded",
            "label",
            "arm",
            "line",
            "term",
            "year",
            "month",
            "week",
            "day",
        ),
        *(
            "old",
            "down",
            "type",
            "wide",
            "rich",
            "poor",
            "targeted",
            "adjusted",
            "matched",
            "controlled",
            "wild",
        ),
        *(
            "confirmed",
            "proven",
            "known",
            "quality",
            "risk",
            "grade",
            "stage",
            "directed",
            "binding",
            "defined",
        ),
        *(
            "reported",
            "only",
            "linked",
            "containing",
            "inducing",
            "fold",
            "conjugated",
            "labelled",
            "labeled",
            "coated",
        ),
    )
)
# First parts that are words but mostly begin longer ones.
SOLID = frozenset(
    (
        *("in", "on", "over", "under", "out", "up", "down", "inter", "intra", "sub", "super", "trans", "re"),
        *("pre", "post", "anti", "co", "with", "for", "by", "a", "an", "be"),
    )
)


# First parts that keep their hyphen before any word.
ALWAYS = frozenset(("self", "well", "half", "quasi", "semi"))
# Words between two parts that share what follows: 'short- and long-term'.
LINKS = frozenset(("and", "or", "to", "versus", "vs", "vs."))
# Parts that are no words and begin longer ones.
PREFIXES = frozenset(("un", "dis", "mis", "de", "im", "ir", "il", "ex", "con", "com", "ad", "re", "en", "em", "sub"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """How often each word form stands within a line of the document, case folded."""

    forms: Counter[str]

    def joins(self, left: str, right: str) -> bool:
        """Say whether 'left-' at a line's end and 'right' are one word without the hyphen."""
        if not left or not right or not right[0].isalpha() or not left[-1].isalpha() or right in LINKS:
            return False
        if not right[0].islower():  # two capitalised parts are one word only where the document says so
            whole, parted = (left + right).strip(TRIM).casefold(), f"{left}-{right}".strip(TRIM).casefold()
            return self.forms[whole] > 1 and not self.forms[parted]
        if re.search(r"://|www\.|[@/\\_=]", left):
            return False
        head, tail = left.rpartition("-")[2].strip(TRIM), re.split(r"[-/–]", right)[0].strip(TRIM)
        if not head.isalpha() or not tail or (len(head) > 1 and head[1:] != head[1:].lower()):
            return False
        return self._one_word(left.strip(TRIM).casefold(), head.casefold(), tail.casefold())

    def _one_word(self, left: str, head: str, tail: str) -> bool:
        solid = self._count(head + tail)
        hyphenated = max(self._count(f"{left}-{tail}"), self._count(f"{head}-{tail}"))
        if solid or hyphenated:
            return solid >= hyphenated
        if head in PREFIXES:
            return True
        if head == "non":
            return self._begun(head) > self._begun(f"{head}-")
        if head in ALWAYS or tail in LAST or (self.forms[tail] and (head in FIRST or self._begun(f"{head}-") > 1)):
            return False
        both = self.forms[head] and self.forms[tail] and len(head) > 2 and len(tail) > 2
        return not both or head in SOLID

    def _begun(self, head: str) -> int:
        """Count the longer words of the document that begin so."""
        return sum(n for form, n in self.forms.items() if form.startswith(head) and form[len(head) + 4 :].isalpha())

    def _count(self, form: str) -> int:
        """Count a form with its plural or singular."""
        return self.forms[form] + self.forms[form + "s"] + (self.forms[form[:-1]] if form.endswith("s") else 0)


def vocabulary(lines: Iterable[str]) -> Vocabulary:
    """Count the words of lines of text; what a line's end may have cut in two is left out."""
    forms: Counter[str] = Counter()
    cut = False
    for line in lines:
        tokens = line.split()
        if not tokens:
            continue
        inner = tokens[1:] if cut else tokens
        cut = tokens[-1].endswith("-")
        for token in inner[:-1] if cut else inner:
            form = token.strip(TRIM).casefold()
            forms[form] += 1
            if "-" in form:
                forms.update(part for part in form.split("-") if len(part) > 3)
    return Vocabulary(forms=forms)
