"""Substitutions written in words: 'glycine 1202 to arginine', 'Gly to Arg substitution at residue 1202'.

A sentence that names a residue is read as a string of token classes, one character a token, and the patterns
below run over that string: the idea of a grammar over classes of words is that of MutationFinder (Caporaso
et al., Bioinformatics 2007;23:1862), which lists its forms one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.notation import RESIDUE_NAMES, substitution, three_letter
from extract.recognizers.grammar.found import Found
from extract.recognizers.grammar.protein import ONE, THREE

_LONG = "|".join(sorted((name.replace(" ", r"\s") for name in RESIDUE_NAMES), key=len, reverse=True))
_NAME = rf"(?:(?:{THREE})(?![a-z])|(?i:{_LONG})s?(?![a-z]))"
_NUMBER = r"[1-9]\d{0,4}"
# A residue and its number, joined or apart: 'Gly1202', 'Gly-1202', 'glycine (1202)', 'Gly 1202'.
_NUMBERED = rf"(?:{_NAME}\s?[-–(]?\s?\(?{_NUMBER}(?![\d.%]|\s?(?:%|mM|nm|kDa|fold))\)?)"
_LOCATOR = (
    rf"(?:(?:at|in|of|on|to|for)\s)?(?:the\s)?(?:amino[\s-]acids?\s)?"
    rf"(?:(?:positions?|residues?|codons?|sites?|aa|(?<=at\s)amino[\s-]acids?|amino[\s-]acids?)"
    rf"(?:\snumber|\sposition|\sresidue)?\s?[-(]?\s?{_NUMBER}\)?|{_NUMBER}(?:st|nd|rd|th)\s(?:position|residue|codon))"
)
_TOKEN = re.compile(
    rf"(?P<N>(?<![A-Za-z]){_NUMBERED}(?![A-Za-z]))"
    rf"|(?P<R>(?<![A-Za-z]){_NAME}(?![A-Za-z0-9])|(?i:(?:a\s)?(?:stop|termination)(?:\scodon)?)(?![a-z]))"
    rf"|(?P<P>(?i:\b{_LOCATOR})(?![\d.%]))"
    rf"|(?P<O>(?<![A-Za-z0-9]){ONE}[1-9]\d{{1,3}}(?![A-Za-z0-9]))"
    r"|(?P<F>\bto\b|\bby\b|\bwith\b|\binto\b|[-–—−]{1,4}\s?>|[-–—−]{2,4}|→|⟶|➔|⇒|(?<=[\s\d])>|(?<=[A-Za-z])>)"
    r"|(?P<B>(?i:\bfor\b|\bin\s(?:place|lieu)\sof\b|\binstead\sof\b|\brather\sthan\b))"
    r"|(?P<S>(?i:\b(?:substitut\w*|replace\w*|replacing|exchange\w*|chang\w+|conver\w+|mutat\w+|mutant|missense"
    r"|point|transition|altered|alteration|variant|variants|transversion|polymorphism)\b))"
    r"|(?P<f>(?i:\b(?:the|a|an|of|is|was|were|are|be|been|being|has|have|had|from|residues?|amino|acids?|single"
    r"|wild-type|conserved|in|either|side|chain|individually|each|either|natural|invariant|highly|catalytic|essential"
    r"|active|site|acidic|basic|nucleophile|respectively|also|non-conservative|conservative|at)\b))"
    r"|(?P<c>,\s(?:and|or)\b|\b(?:and|or)\b|[,/])"
    r"|(?P<e>[.;:?!](?=\s|$))"
    r"|(?P<h>[-–(])|(?P<q>[)\"'])"
    r"|(?P<o>[A-Za-z0-9]+|\S)"
)
_SEED = re.compile(_NAME)


@dataclass(frozen=True, slots=True)
class _Token:
    symbol: str
    start: int
    end: int
    text: str

    @property
    def residue(self) -> str:
        """The three-letter residue of a token that names one."""
        name = re.sub(r"[\d()\s–-]+$", "", self.text)
        if self.symbol == "O":
            name = self.text[0]
        name = re.sub(r"^a\s", "", name)
        return three_letter(name) or three_letter(name.removesuffix("s")) or ""

    @property
    def number(self) -> str:
        """The position that the token states."""
        found = re.search(r"\d+", self.text)
        return found[0] if found else ""


# N numbered residue, R residue, P position, F forwards, B backwards, S word of change, f filler, c list, h joint.
_LISTED_RESIDUES = "(?P<alts>R(?:(?:c|cf)R)*)"
_LISTED_NUMBERED = "(?P<refs>N(?:c+f?N)*)"
_MID = "[fSqh]{0,5}"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Gly 1202 (was) changed to Arg (or Lys); Gly1202 --> Arg, Lys
        f"{_LISTED_NUMBERED}{_MID}F[f]{{0,2}}h?{_LISTED_RESIDUES}",
        # glycine to arginine (substitution) at residue 1202; glycine-to-arginine; Leu --> Pro mutation at
        f"(?P<ref>R)h?{_MID}F[fh]{{0,3}}(?P<alts>R){_MID}[oB]?{_MID}c?{_MID}(?P<pos>P)",
        # glycine at position 1202 was replaced by arginine
        f"(?P<ref>R)f{{0,2}}(?P<pos>P)[fSqoc]{{0,6}}F[f]{{0,3}}{_LISTED_RESIDUES}",
        # arginine (substituted) for glycine at codon 1202 / for glycine-1202; also after 'substitution of'
        f"(?P<back>R)[fS]{{0,3}}B[f]{{0,3}}(?P<ref>R)f{{0,2}}(?P<pos>P)",
        f"(?P<back>R)[fS]{{0,3}}B[f]{{0,3}}(?P<refs>N)",
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
        tokens = [
            _Token(match.lastgroup or "o", match.start(), match.end(), match[0])
            for match in _TOKEN.finditer(text, start, end)
        ]
        symbols = "".join(token.symbol for token in tokens)
        for pattern in _PATTERNS:
            for found in pattern.finditer(symbols):
                find = _read(found, tokens)
                if find:
                    yield find


_BOUNDARY = re.compile(r"[.;?!]\s+(?=[A-Z0-9(])|\n")
REACH = 200


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


def _read(found: re.Match[str], tokens: list[_Token]) -> Find:
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
    if len(references) > 1 and len(alternatives) == len(references):
        pairs = list(zip(references, alternatives, strict=True))
    else:
        pairs = [(reference, alternative) for reference in references for alternative in alternatives]
    names = tuple(
        dict.fromkeys(substitution(residue, number, alternative) for (residue, number), alternative in pairs)
    )
    if any(name.endswith("=") for name in names) or any("Ter" in name[:5] for name in names):
        return None
    return Found(start=tokens[start].start, end=_trimmed(tokens[end - 1]), names=names)


def _trimmed(token: _Token) -> int:
    text = token.text
    return token.end - (1 if text.endswith(")") and "(" not in text else 0)


Find = Found | None
