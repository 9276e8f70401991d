"""The classes of words that a substitution in words is made of, and the reading of a text as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.hgvs.notation import ONE_TO_THREE, RESIDUE_NAMES

_TOKEN = re.compile(
    r"(?P<number>\d+(?:st|nd|rd|th)?)|(?P<word>[A-Za-z]+)"
    r"|(?P<arrow>[-–—−]{1,4}\s?>|[-–—−]{2,4}|→|⟶|➔|⇒|>)|(?P<mark>[^\sA-Za-z0-9])"
)
_THREE = {form: three for three in ONE_TO_THREE.values() for form in (three, three.lower(), three.upper())}
_LONG = {form: three for name, three in RESIDUE_NAMES.items() for form in (name, f"{name}s")}
_LOCATORS = frozenset("position positions residue residues codon codons site sites aa acid acids".split())
_FORWARD = frozenset("to by with into".split())
_LISTING = frozenset(("and", "or", ",", "/"))
_CHANGE = re.compile(
    r"(?:substitut|replac|exchang|chang|conver|mutat|mutant|missense|point|transition|alter|variant|transversion"
    r"|polymorphism)"
)
_FILLERS = frozenset(
    """
    the a an of is was were are be been being has have had from amino acid acids single residue residues wild type
    conserved in either side chain individually each natural invariant highly catalytic essential active acidic
    basic nucleophile respectively also non conservative at on both
    """.split()
)
_MARKS = {"-": "h", "–": "h", "(": "h", ")": "q", '"': "q", "'": "q", ".": "e", ";": "e", ":": "e", "?": "e", "!": "e"}
_UNITS = frozenset("kda mm nm um mg ml kb bp fold a amino times mol".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the grammar: its class, where it stands, and the residue and position that it states."""

    symbol: str
    start: int
    end: int
    residue: str = ""
    number: str = ""


class Reader:
    """Reads a window of text as tokens of the grammar, joining words that make one ('aspartic acid 12')."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.parts = list(_TOKEN.finditer(text, start, end))
        self.text = text

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens in order."""
        index = 0
        while index < len(self.parts):
            token, index = self._token(index)
            yield token

    def _token(self, index: int) -> tuple[Token, int]:
        part = self.parts[index]
        if part.lastgroup == "word":
            return self._word(index)
        if part.lastgroup == "number":
            return self._ordinal(index)
        symbol = "F" if part.lastgroup == "arrow" else _MARKS.get(part[0], "c" if part[0] in ",/" else "o")
        if part[0] == "." and not self.text[part.end() : part.end() + 1].isspace():
            symbol = "o"
        return Token(symbol, part.start(), part.end()), index + 1

    def _word(self, index: int) -> tuple[Token, int]:
        part = self.parts[index]
        residue, last = self._residue(index)
        if residue:
            number, after = self._number(last + 1, joints="-–(")
            if number:
                return Token("N", part.start(), self.parts[after].end(), residue, number), after + 1
            return Token("R", part.start(), self.parts[last].end(), residue), last + 1
        word = part[0]
        one = ONE_TO_THREE.get(word)
        if one and self._touches(index) and self._is_free(index) and not self._of_chain(index):
            number = self._plain(index + 1)
            if number:
                return Token("O", part.start(), self.parts[index + 1].end(), one, number), index + 2
        lowered = word.lower()
        if lowered in _LOCATORS:
            skipped = index + 1
            if self._lower(skipped) in ("number", "position", "residue", "no"):
                skipped += 1
            number, after = self._number(skipped, joints="-(")
            if number:
                return Token("P", part.start(), self.parts[after].end(), "", number), after + 1
        return self._plain_word(index, lowered)

    def _plain_word(self, index: int, lowered: str) -> tuple[Token, int]:
        part = self.parts[index]
        pair = (self._lower(index + 1), self._lower(index + 2))
        if (lowered == "in" and pair in (("place", "of"), ("lieu", "of"))) or (lowered, pair[0]) in (
            ("instead", "of"),
            ("rather", "than"),
        ):
            last = index + (2 if lowered == "in" else 1)
            return Token("B", part.start(), self.parts[last].end()), last + 1
        if lowered in ("stop", "termination"):
            last = index + (pair[0] == "codon")
            return Token("R", part.start(), self.parts[last].end(), "Ter"), last + 1
        return Token(_class_of(lowered), part.start(), part.end()), index + 1

    def _ordinal(self, index: int) -> tuple[Token, int]:
        part = self.parts[index]
        if part[0][-1].isalpha() and self._lower(index + 1) in ("position", "residue", "codon"):
            return Token("P", part.start(), self.parts[index + 1].end(), "", part[0][:-2]), index + 2
        return Token("o", part.start(), part.end()), index + 1

    def _residue(self, index: int) -> tuple[str, int]:
        """Return the residue named at a part and the index of its last part; no residue is an empty string."""
        word = self.parts[index][0]
        lowered = word.lower()
        if lowered in ("aspartic", "glutamic") and self._lower(index + 1) == "acid":
            return _LONG[lowered], index + 1
        if not self._is_free(index):
            return "", index
        return _THREE.get(word) or _LONG.get(lowered) or "", index

    def _is_free(self, index: int) -> bool:
        """Say whether no letter or figure touches the part from the left."""
        start = self.parts[index].start()
        return start == 0 or not self.text[start - 1].isalnum()

    def _of_chain(self, index: int) -> bool:
        """Say whether a letter names the chain of the residue before it: 'Asn-M52'."""
        return index > 1 and self.parts[index - 1][0] in ("-", "–") and self.parts[index - 2][0] in _THREE

    def _touches(self, index: int) -> bool:
        return index + 1 < len(self.parts) and self.parts[index].end() == self.parts[index + 1].start()

    def _lower(self, index: int) -> str:
        return self.parts[index][0].lower() if index < len(self.parts) else ""

    def _plain(self, index: int) -> str:
        """Return the whole number at a part, or empty where it is a measure, part of a name or none."""
        if index >= len(self.parts):
            return ""
        part = self.parts[index]
        if part.lastgroup != "number" or not part[0].isdigit() or part[0][0] == "0" or len(part[0]) > LONGEST:
            return ""
        follows = self.text[part.end() : part.end() + 2]
        if follows[:1].isalpha() or follows[:1] == "%" or (follows[:1] == "." and follows[1:].isdigit()):
            return ""
        return "" if self._lower(index + 1) in _UNITS and follows[:1] == " " else part[0]

    def _number(self, index: int, *, joints: str) -> tuple[str, int]:
        """Return the number at or just after a joint, and the index of the last part that belongs to it."""
        opened = False
        for _ in range(2):
            if index < len(self.parts) and self.parts[index][0] in joints:
                opened |= self.parts[index][0] == "("
                index += 1
        number = self._plain(index)
        if number and opened and self._lower(index + 1) == ")":
            return number, index + 1
        return number, index


def _class_of(lowered: str) -> str:
    if lowered in _FORWARD:
        return "F"
    if lowered == "for":
        return "B"
    if lowered in _LISTING:
        return "c"
    if lowered in _FILLERS:
        return "f"
    return "S" if _CHANGE.match(lowered) else "o"


LONGEST = 5
