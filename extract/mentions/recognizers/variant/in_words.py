"""Substitutions written in words: 'glycine 1202 to arginine', 'Gly to Arg substitution at residue 1202'.

A sentence that names a residue is read as a string of token classes, one character a token, and the patterns
below run over that string: the idea of a grammar over classes of words is that of MutationFinder (Caporaso
et al., Bioinformatics 2007;23:1862), which lists its forms one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.hgvs.notation import ONE_TO_THREE, RESIDUE_NAMES, substitution
from extract.mentions.recognizers.variant.word_classes import Reader, Token
from extract.mentions.shared.found import Found

_WORD = re.compile(r"[A-Za-z]{3,14}")
# 'met', 'his' and 'pro' are words as well: in lower case a short name needs its number.
_SHORT = frozenset(ONE_TO_THREE.values()) | {three.upper() for three in ONE_TO_THREE.values()}
_LOWER_SHORT = frozenset(three.lower() for three in ONE_TO_THREE.values())
_SEEDS = _SHORT | _LOWER_SHORT | {form for name in RESIDUE_NAMES for form in (name, name.title(), f"{name}s")}
_NUMBER_FOLLOWS = re.compile(r"[\s-]?\(?\d")
_COMPACT = re.compile(r"[-(]?\d+\)?(?:[A-Z][a-z]{2}|[A-Z*]|fs|del|ins|dup|_)")

# N numbered residue, R residue, P position, F forwards, B backwards, S word of change, f filler, c list, h joint.
_LISTED_RESIDUES = "(?P<alts>R(?:c{1,2}f?R){0,25})"
_LISTED_NUMBERED = "(?P<refs>N(?:c{1,2}f?N){0,25})"
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
        f"(?P<refs>[NO](?:c{{1,2}}[NO]){{0,25}})q?[fS]{{0,4}}SF[foF]{{0,7}}h{_LISTED_RESIDUES}(?=q)",
        # substitution of His-146-beta with Ala
        f"Sf{{0,3}}{_LISTED_NUMBERED}[hoq]{{0,4}}F[f]{{0,2}}{_LISTED_RESIDUES}",
        # His to Ala substitution in the B subunit at position 57
        "(?P<ref>R)h?Fh?(?P<alts>R)[fh]{0,2}S[fo]{0,7}(?P<pos>P)",
        # glycine to arginine (substitution) at residue 1202; glycine-to-arginine; Leu --> Pro mutation at
        f"(?P<ref>R)h?{_MID}F[fh]{{0,3}}(?P<alts>R){_MID}[oB]?{_MID}c?{_MID}(?P<pos>P)",
        # glycine at position 1202 was replaced by arginine
        f"(?P<ref>R)f{{0,2}}(?P<pos>P)[fSqoc]{{0,6}}F[f]{{0,3}}{_LISTED_RESIDUES}",
        # arginine (substituted) for glycine at codon 1202 / for glycine-1202; also after 'substitution of'
        "(?P<back>R)[fS]{0,3}B[f]{0,3}(?P<ref>R)f{0,2}(?P<pos>P)",
        "(?P<back>R)[fS]{0,3}B[f]{0,3}(?P<refs>N)",
        # alanine substitution of Ser131; serine replacing Cys95
        "(?P<back>R)f{0,1}Sf{0,2}(?P<refs>N)(?!f{0,2}[FBh]R)",
        # residue 1202 (changed) from glycine to arginine; codon 12 (Gly to Val)
        f"(?P<pos>P)[fSqho]{{0,4}}(?P<ref>R)h?F[fh]{{0,2}}{_LISTED_RESIDUES}",
        "(?P<pos>P)[fSqho]{0,4}(?P<back>R)[fS]{0,2}B[f]{0,2}(?P<ref>R)",
        # Gly --> Arg1202
        "(?P<ref>R)h?Fh?(?P<last>N)",
        # replacing G1202 with arginine
        f"(?P<refs>O(?:c{{1,2}}O){{0,25}}){_MID}F[f]{{0,2}}{_LISTED_RESIDUES}",
    )
)


def worded_substitutions(text: str) -> Iterator[Found]:
    """Yield substitutions in words; the find runs from the first to the last word that matters."""
    for start, end in _windows(text):
        tokens = list(Reader(text, start, end).tokens())
        symbols = "".join(token.symbol for token in tokens)
        for pattern in _PATTERNS:
            for found in pattern.finditer(symbols):
                find = _read(text, found, tokens)
                if find:
                    yield find


REACH = 150
_FIGURE = re.compile(r"\d")
_RESPECTIVELY = re.compile("respectively")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches around named residues, joined where they meet, cut to a bounded reach."""
    window: tuple[int, int] | None = None
    for seed in _WORD.finditer(text):
        word = seed[0]
        if word not in _SEEDS or not _is_seed(text, seed, word):
            continue
        low, high = max(0, seed.start() - REACH), min(len(text), seed.end() + REACH)
        if window and low <= window[1]:
            window = (window[0], high)
            continue
        if window:
            yield window
        window = (low, high)
    if window:
        yield window


def _is_seed(text: str, seed: re.Match[str], word: str) -> bool:
    """Say whether a residue's name may stand in a worded change: not in compact notation, a number within reach."""
    if word in _LOWER_SHORT and not _NUMBER_FOLLOWS.match(text, seed.end()):
        return False
    if word in _SHORT and _COMPACT.match(text, seed.end()):
        return False
    return _FIGURE.search(text, max(0, seed.start() - REACH), seed.end() + REACH) is not None


def _read(text: str, found: re.Match[str], tokens: list[Token]) -> Found | None:
    groups = found.groupdict()
    start, end = found.span()

    def listed(group: str) -> list[Token]:
        if not groups.get(group):
            return []
        low, high = found.span(group)
        return [token for token in tokens[low:high] if token.symbol in "NRPO"]

    position = listed("pos")
    references = [
        (token.residue, position[0].number if position else token.number) for token in listed("ref") or listed("refs")
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
    names = tuple(dict.fromkeys(substitution(residue, number, alternative) for (residue, number), alternative in pairs))
    if any(name.endswith("=") for name in names) or any("Ter" in name[:5] for name in names):
        return None
    stated = [token for token in tokens[start:end] if token.symbol in "NRPO"]
    return Found(start=stated[0].start, end=stated[-1].end, names=names)
