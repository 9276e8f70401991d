"""Words -> text, with the place of each word in it: spaces, line ends, hyphens, superscript citations.

A hyphen at a line's end is taken out when the two parts are one word and kept when they are not. The
document's own vocabulary decides (does the joined or the hyphenated form stand elsewhere?), then the form
of the parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from extract.glyphs import baseline_of
from extract.records import Box, Citation, Span, Word

HYPHENS = "-"
DASHES = "–—-−"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A text, where each of its words stands in it (None for a citation), and the citations taken out."""

    text: str
    spans: tuple[Span | None, ...]
    citations: tuple[Citation, ...] = ()


class Raised(Enum):
    """What becomes of superscript citations: all taken out, bracketed ones left in (cells), all left in."""

    OUT = "out"
    BRACKETED_IN = "bracketed in"
    IN = "in"


def join(words: Sequence[Word], known: Vocabulary, *, raised: Raised = Raised.OUT) -> Joined:
    """Join the words of one block or cell, in reading order.

    Offsets are into the text returned. A superscript citation that stays in the text stands apart from the
    figure before it; other superscripts are glued to the word that they stand at.
    """
    text = ""
    spans: list[Span | None] = []
    citations: list[Citation] = []
    at = 0
    after_citation = False
    while at < len(words):
        end = _citation_end(words, at, text) if raised is not Raised.IN else at
        if end > at:
            group = words[at:end]
            citations.append(_citation(group, len(text)))
            if raised is Raised.BRACKETED_IN and group[0].text[0] in "[(":
                text += " "
                for word in group:
                    spans.append(Span(start=len(text), end=len(text) + len(word.text)))
                    text += word.text
            else:
                spans.extend([None] * len(group))
            at, after_citation = end, True
            continue
        word = words[at]
        if text:
            last = words[at - 1]
            breaks = ends_line(last, word)
            if breaks and not after_citation and text.endswith("-") and _hyphen_goes(words, at, text, known):
                text = text[:-1]
                previous = spans[-1]
                if previous is not None:
                    spans[-1] = Span(start=min(previous.start, len(text)), end=len(text))
            elif _space(text, word, breaks=breaks, after_citation=after_citation):
                text += " "
        spans.append(Span(start=len(text), end=len(text) + len(word.text)))
        text += word.text
        after_citation = False
        at += 1
    return Joined(text=text, spans=tuple(spans), citations=tuple(citations))


def ends_line(last: Word, word: Word) -> bool:
    """Say whether a word begins a new line after the last one."""
    if last.box.page != word.box.page:
        return True
    if not (last.upright and word.upright):
        return word.spaced
    size = max(last.size, word.size)
    drop = abs(baseline_of(word) - baseline_of(last))
    return drop > 0.8 * size or word.box.x1 < last.box.x0


def _space(text: str, word: Word, *, breaks: bool, after_citation: bool) -> bool:
    if breaks:
        return not _runs_on(text.rsplit(None, 1)[-1], word.text)
    if after_citation and not word.spaced:
        return word.text[0].isalnum()
    return word.spaced


def _runs_on(token: str, following: str) -> bool:
    """Say whether a token goes on in the next line without a space: after '/', a dash, within an address."""
    if following[0] == "/" or (len(token) > 1 and token[-1] in "/–—" and token[-2] not in DASHES):
        return True
    if token.endswith("-"):
        return len(token) > 1 and following[0].isalnum() and following not in LINKS
    address = "://" in token or re.match(r"(?:doi:)?10\.\d{4}|www\.", token) is not None
    figures = any(letter.isdigit() for letter in following)
    return address and (token[-1] in "_=?&" or (token[-1] == "." and figures and following[0].isalnum()))


def _hyphen_goes(words: Sequence[Word], at: int, text: str, known: Vocabulary) -> bool:
    right = words[at].text
    for word in words[at + 1 :]:
        if word.spaced or ends_line(words[at], word):
            break
        right += word.text
    return known.joins(text.rsplit(None, 1)[-1][:-1], right)


# A citation's numbers, bare or bracketed: 12; 1,2; 3-5; [7,9-11].
_NUMBERS = re.compile(r"[\[(]?\d{1,3}(?:(?:[,;]|[-–—])\d{1,3})*[\])]?[,;.]?")
_POWERS = re.compile(r"(?:^|[^A-Za-zµμ])[kdcmnµμ]?m$|^(?:in|ft|[A-Za-zα-ωΑ-Ω]|[Tt]au|[Cc]hi|[Ee]ta)$")


def _citation_end(words: Sequence[Word], at: int, text: str) -> int:
    """Return the end of the superscript citation that begins at a word, or `at` where none does."""
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


def _citation(group: Sequence[Word], anchor: int) -> Citation:
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


def boxes_of(words: Sequence[Word]) -> tuple[Box, ...]:
    """Return one box a line for the words of a passage, in reading order."""
    boxes: list[Box] = []
    last: Word | None = None
    for word in words:
        if last is None or ends_line(last, word):
            boxes.append(word.box)
        else:
            box = boxes[-1]
            boxes[-1] = Box(
                page=box.page,
                x0=min(box.x0, word.box.x0),
                top=min(box.top, word.box.top),
                x1=max(box.x1, word.box.x1),
                bottom=max(box.bottom, word.box.bottom),
            )
        last = word
    return tuple(boxes)
