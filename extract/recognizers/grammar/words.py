"""Substitutions written in words: 'glycine 1202 to arginine', 'Gly to Arg substitution at residue 1202'.

A sentence that names a residue is read as a string of token classes, one character a token, and the patterns
below run over that string: the idea of a grammar over classes of words is that of MutationFinder (Caporaso
et al., Bioinformatics 2007;23:1862), which lists its forms one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.notation import ONE_TO_THREE, RESIDUE_NAMES, substitution
from extract.recognizers.grammar.found import Found

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
    r"(?:substitut|replac|exchang|chang|conver|mutat|mutant|missense|point|transition|alter|variant|transversion|polymorphism)"
)
_FILLERS = frozenset(
    """
    the a an of is was were are be been being has have had from amino acid acids single residue residues wild type conserved
    in either side chain individually each natural invariant highly catalytic essential active acidic basic nucleophile
    respectively also non conservative at on both
    """.split()
)
_MARKS = {"-": "h", "–": "h", "(": "h", ")": "q", '"': "q", "'": "q", ".": "e", ";": "e", ":": "e", "?": "e", "!": "e"}
_UNITS = frozenset("kda mm nm um mg ml kb bp fold a amino times mol".split())
_SEED = re.compile(
    "|".join(sorted({*_THREE, *RESIDUE_NAMES, *(name.title() for name in RESIDUE_NAMES)}, key=len, reverse=True))
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A token of the grammar: its class, where it stands, and the residue and position that it states."""

    symbol: str
    start: int
    end: int
    residue: str = ""
    number: str = ""


class _Reader:
    """Reads a window of text as tokens of the grammar, joining words that make one ('aspartic acid 12')."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.parts = list(_TOKEN.finditer(text, start, end))
        self.text = text

    def tokens(self) -> Iterator[_Token]:
        """Yield the tokens in order."""
        index = 0
        while index < len(self.parts):
            token, index = self._token(index)
            yield token

    def _token(self, index: int) -> tuple[_Token, int]:
        part = self.parts[index]
        if part.lastgroup == "word":
            return self._word(index)
        if part.lastgroup == "number":
            return self._ordinal(index)
        symbol = "F" if part.lastgroup == "arrow" else _MARKS.get(part[0], "c" if part[0] in ",/" else "o")
        if part[0] == "." and not self.text[part.end() : part.end() + 1].isspace():
            symbol = "o"
        return _Token(symbol, part.start(), part.end()), index + 1

    def _word(self, index: int) -> tuple[_Token, int]:
        part = self.parts[index]
        residue, last = self._residue(index)
        if residue:
            number, after = self._number(last + 1, joints="-–(")
            if number:
                return _Token("N", part.start(), self.parts[after].end(), residue, number), after + 1
            return _Token("R", part.start(), self.parts[last].end(), residue), last + 1
        word = part[0]
        one = ONE_TO_THREE.get(word)
        if one and self._touches(index) and self._is_free(index):
            number = self._plain(index + 1)
            if number:
                return _Token("O", part.start(), self.parts[index + 1].end(), one, number), index + 2
        lowered = word.lower()
        if lowered in _LOCATORS:
            skipped = index + 1
            if self._lower(skipped) in ("number", "position", "residue", "no"):
                skipped += 1
            number, after = self._number(skipped, joints="-(")
            if number:
                return _Token("P", part.start(), self.parts[after].end(), "", number), after + 1
        return self._plain_word(index, lowered)

    def _plain_word(self, index: int, lowered: str) -> tuple[_Token, int]:
        part = self.parts[index]
        pair = (self._lower(index + 1), self._lower(index + 2))
        if (lowered == "in" and pair in (("place", "of"), ("lieu", "of"))) or (lowered, pair[0]) in (
            ("instead", "of"),
            ("rather", "than"),
        ):
            last = index + (2 if lowered == "in" else 1)
            return _Token("B", part.start(), self.parts[last].end()), last + 1
        if lowered in ("stop", "termination"):
            last = index + (pair[0] == "codon")
            return _Token("R", part.start(), self.parts[last].end(), "Ter"), last + 1
        return _Token(_class_of(lowered), part.start(), part.end()), index + 1

    def _ordinal(self, index: int) -> tuple[_Token, int]:
        part = self.parts[index]
        if part[0][-1].isalpha() and self._lower(index + 1) in ("position", "residue", "codon"):
            return _Token("P", part.start(), self.parts[index + 1].end(), "", part[0][:-2]), index + 2
        return _Token("o", part.start(), part.end()), index + 1

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

# N numbered residue, R residue, P position, F forwards, B backwards, S word of change, f filler, c list, h joint.
_LISTED_RESIDUES = "(?P<alts>R(?:c{1,2}f?R)*)"
_LISTED_NUMBERED = "(?P<refs>N(?:c{1,2}f?N)*)"
_MID = "[fSqh]{0,5}"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Gly 1202 (was) changed to Arg (or Lys); Gly1202 --> Arg, Lys
        f"{_LISTED_NUMBERED}{_MID}F[f]{{0,2}}h?{_LISTED_RESIDUES}",
        # His-554 of the subunit was mutated to glutamine: other words before the verb
        f"{_LISTED_NUMBERED}[foqhc]{{1,7}}S[f]{{0,2}}F[f]{{0,2}}{_LISTED_RESIDUES}",
        f"{_LISTED_NUMBERED}[foqhc]{{1,24}}fSF[f]{{0,2}}{_LISTED_RESIDUES}",
        # the role of Asn71 was studied by substituting Ala, Ser, or Gln
        f"{_LISTED_NUMBERED}[foqhcS]{{1,20}}FSf{{0,3}}{_LISTED_RESIDUES}(?!f{{0,2}}[BF])",
        # W92 was replaced by smaller residues (alanine, serine, ...)
        f"(?P<refs>[NO](?:c{{1,2}}[NO])*)q?[fS]{{0,4}}SF[foF]{{0,7}}h{_LISTED_RESIDUES}(?=q)",
        # substitution of His-146-beta with Ala
        f"Sf{{0,3}}{_LISTED_NUMBERED}[hoq]{{0,4}}F[f]{{0,2}}{_LISTED_RESIDUES}",
        # His to Ala substitution in the B subunit at position 57
        "(?P<ref>R)h?Fh?(?P<alts>R)[fh]{0,2}S[fo]{0,7}(?P<pos>P)",
        # glycine to arginine (substitution) at residue 1202; glycine-to-arginine; Leu --> Pro mutation at
        f"(?P<ref>R)h?{_MID}F[fh]{{0,3}}(?P<alts>R){_MID}[oB]?{_MID}c?{_MID}(?P<pos>P)",
        # glycine at position 1202 was replaced by arginine
        f"(?P<ref>R)f{{0,2}}(?P<pos>P)[fSqoc]{{0,6}}F[f]{{0,3}}{_LISTED_RESIDUES}",
        # arginine (substituted) for glycine at codon 1202 / for glycine-1202; also after 'substitution of'
        f"(?P<back>R)[fS]{{0,3}}B[f]{{0,3}}(?P<ref>R)f{{0,2}}(?P<pos>P)",
        f"(?P<back>R)[fS]{{0,3}}B[f]{{0,3}}(?P<refs>N)",
        # alanine substitution of Ser131; serine replacing Cys95
        "(?P<back>R)f{0,1}Sf{0,2}(?P<refs>N)(?!f{0,2}[FBh]R)",
        # residue 1202 (changed) from glycine to arginine; codon 12 (Gly to Val)
        f"(?P<pos>P)[fSqho]{{0,4}}(?P<ref>R)h?F[fh]{{0,2}}{_LISTED_RESIDUES}",
        f"(?P<pos>P)[fSqho]{{0,4}}(?P<back>R)[fS]{{0,2}}B[f]{{0,2}}(?P<ref>R)",
        # Gly --> Arg1202
        "(?P<ref>R)h?Fh?(?P<last>N)",
        # replacing G1202 with arginine
        f"(?P<refs>O(?:c+O)*){_MID}F[f]{{0,2}}{_LISTED_RESIDUES}",
    )
)


def worded_substitutions(text: str) -> Iterator[Found]:
    """Yield substitutions in words; the find runs from the first to the last word that matters."""
    for start, end in _windows(text):
        tokens = list(_Reader(text, start, end).tokens())
        symbols = "".join(token.symbol for token in tokens)
        for pattern in _PATTERNS:
            for found in pattern.finditer(symbols):
                find = _read(text, found, tokens)
                if find:
                    yield find


REACH = 150
_RESPECTIVELY = re.compile("respectively")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches around named residues, joined where they meet, cut to a bounded reach."""
    window: tuple[int, int] | None = None
    for seed in _SEED.finditer(text):
        low, high = max(0, seed.start() - REACH), min(len(text), seed.end() + REACH)
        if window and low <= window[1]:
            window = (window[0], high)
            continue
        if window:
            yield window
        window = (low, high)
    if window:
        yield window


def _read(text: str, found: re.Match[str], tokens: list[_Token]) -> Found | None:
    groups = found.groupdict()
    start, end = found.span()

    def listed(group: str) -> list[_Token]:
        if not groups.get(group):
            return []
        low, high = found.span(group)
        return [token for token in tokens[low:high] if token.symbol in "NRPO"]

    position = listed("pos")
    references = [
        (token.residue, position[0].number if position else token.number)
        for token in listed("ref") or listed("refs")
    ]
    alternatives = [token.residue for token in (listed("alts") or listed("back") or listed("last"))]
    last = listed("last")
    if last:
        references = [(residue, last[0].number) for residue, _ in references]
    if not all(alternatives) or not all(residue and number for residue, number in references):
        return None
    # Without 'respectively' a list stands for every pair, as in a library of mutants.
    paired = _RESPECTIVELY.search(text, tokens[start].start, tokens[end - 1].end + len(" respectively") + 20)
    if paired and len(references) > 1 and len(alternatives) == len(references):
        pairs = list(zip(references, alternatives, strict=True))
    else:
        pairs = [(reference, alternative) for reference in references for alternative in alternatives]
    names = tuple(
        dict.fromkeys(substitution(residue, number, alternative) for (residue, number), alternative in pairs)
    )
    if any(name.endswith("=") for name in names) or any("Ter" in name[:5] for name in names):
        return None
    return Found(start=tokens[start].start, end=tokens[end - 1].end, names=names)
