"""Protein changes in compact notation: substitutions, and shorthand for several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from extract.hgvs.notation import ONE_TO_THREE, substitution, three_letter
from extract.mentions.recognizers.variant.residue_parts import ARROW, LEFT, ONE, POSITION, PREFIX, RIGHT, STOP, THREE
from extract.mentions.shared.found import Found, found_at, matches_in, near, windows
from extract.mentions.shared.gene_names import gene_of
from extract.mentions.shared.lookalikes import NAMES, has_evidence, is_lookalike

ONE_LETTER = re.compile(
    rf"(?P<prefix>{LEFT}{PREFIX}|(?<![A-Za-z0-9]))(?P<ref>{ONE}|X)(?:{ARROW})?(?P<pos>{POSITION})"
    rf"(?:(?P<arrow>{ARROW})|(?P<gap>\s|-)(?!\d))?(?P<alt>{ONE}|X|{STOP})"
    rf"(?P<more>(?:\s?/\s?(?:{ONE}|X|\*)(?![A-Za-z0-9*]))*){RIGHT}\)?"
)
THREE_LETTER = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z])|(?<=[A-Z])(?=[A-Z][a-z]))(?P<ref>{THREE})(?:[-–(]{{0,2}}|(?P<space>\s))(?P<pos>{POSITION})\)?"
    rf"(?:{ARROW}|(?(space)(?!)|[-/]))?(?P<alt>{THREE}|{STOP}|X(?:aa)?|=)"
    rf"(?P<more>(?:\s?/\s?{THREE}(?![A-Za-z]))*){RIGHT}(?![-–]\d)\)?"
)
# 'Met/Val 470', 'Arg/Gln399': both residues of a place before its number.
_PAIR_FIRST = re.compile(
    rf"(?<![A-Za-z0-9/])(?P<ref>{THREE})/(?P<alt>{THREE})[\s-]?(?P<pos>[1-9]\d{{1,4}})(?![A-Za-z0-9]|[.,]\d|[-/]\d)"
)
# After a prefix nothing else can be meant, so lower case is read as well.
PREFIXED = re.compile(
    rf"{LEFT}p\.\s?\(?(?P<ref>{THREE}|[A-Za-z])(?P<pos>{POSITION})"
    rf"(?P<alt>{THREE}|{STOP}|[A-Za-z]|=)?{RIGHT}"
)
REPEATED = re.compile(rf"{LEFT}(?P<ref>{ONE})(?P<pos>{POSITION}){ARROW}(?P<alt>{ONE})(?P<again>{POSITION}){RIGHT}")
# One residue at two places: 'C77/95A'.
TWO_SITES = re.compile(
    rf"(?<![A-Za-z0-9])(?P<ref>{ONE})(?P<pos>[1-9]\d{{1,4}})/(?P<other>[1-9]\d{{1,4}})(?P<alt>{ONE}){RIGHT}"
)
_TWO_SITES_LONG = re.compile(
    rf"(?<![A-Za-z0-9])(?P<ref>{THREE})(?P<pos>[1-9]\d{{1,4}})\s?/\s?(?P<other>[1-9]\d{{1,4}})(?P<alt>{THREE}){RIGHT}"
)
# The subunit glued before the change: 'alphaD60N', 'γR43Q'.
SUBUNIT = re.compile(
    rf"(?P<ref>{ONE})(?:(?<=alpha[A-Z])|(?<=beta[A-Z])|(?<=gamma[A-Z])|(?<=delta[A-Z])|(?<=epsilon[A-Z])|(?<=[α-ω][A-Z]))"
    rf"(?P<pos>{POSITION})(?P<alt>{ONE}){RIGHT}"
)
# Residues that one nucleotide can turn into a stop (standard genetic code), without glycine, whose X mostly
# stands for 'any'.
TO_STOP = frozenset({"Gln", "Arg", "Trp", "Tyr", "Glu", "Lys", "Ser", "Cys", "Leu"})
_NONSENSE = re.compile(r"nonsense|stop|truncat|terminat|frame-?shift|fs[X*]|\bnull\b|splic|IVS\d", re.IGNORECASE)
_PLAIN = re.compile(rf"{ONE}{POSITION}[A-Z]")
NEAR = 500
_OTHER_STOPS = re.compile(rf"(?<![A-Za-z0-9])[QRWYEK]{POSITION}X{RIGHT}")
_ANY = re.compile(r"\bX\s?(?:denotes|indicates|stands|=|represents|is any)")
_CDNA_WORDS = re.compile(
    r"mtDNA|mitochondri|promoter|\bnucleotides?\b|\brRNA|\btRNA|\bbp\b|transition|transversion|\bintron|\bcDNA|\bSNP"
)


_DIGITS = re.compile(r"[1-9]\d*")
_RESIDUES = frozenset(three.lower() for three in ONE_TO_THREE.values())
BACK, AHEAD = 16, 90


def _numbers(text: str) -> Iterator[int]:
    """Yield where numbers stand that a residue may stand before: joined to a letter, an arrow or a bracket."""
    for match in _DIGITS.finditer(text):
        start = match.start()
        before = text[start - 1 : start]
        if before.isspace():
            joined = (
                text[start - 2 : start - 1] in _ARROW_ENDS or text[max(0, start - 4) : start - 1].lower() in _RESIDUES
            )
        else:
            joined = before.isalpha() or before in _JOINTS
        if joined and before:
            yield start


_ARROW_ENDS = frozenset(">→⟶➔⇒-–—−")
_JOINTS = _ARROW_ENDS | frozenset("(/")


def substitutions(text: str) -> Iterator[Found]:
    """Yield substitutions in compact notation; shorthand gives one find with several names."""
    numbered = list(windows(_numbers(text), text, BACK, AHEAD))
    for match in matches_in(REPEATED, text, numbered):
        if match["pos"] == match["again"]:
            yield _found(match, (_named(match["ref"], match["pos"], match["alt"]),))
    for match in matches_in(ONE_LETTER, text, numbered):
        find = _one_letter(match)
        if find:
            yield find
    for match in chain(matches_in(TWO_SITES, text, numbered), matches_in(_TWO_SITES_LONG, text, numbered)):
        yield _found(match, tuple(_named(match["ref"], match[site], match["alt"]) for site in ("pos", "other")))
    subunits = (one for one in matches_in(SUBUNIT, text, numbered) if one[0] not in NAMES)  # 'γH2A.X'
    for match in chain(matches_in(_PAIR_FIRST, text, numbered), subunits):
        yield _found(match, (_named(match["ref"], match["pos"], match["alt"]),))
    for match in matches_in(THREE_LETTER, text, numbered):
        alternatives = [match["alt"], *_listed(match["more"])]
        names = [_named(match["ref"], match["pos"], alternative) for alternative in alternatives]
        yield _stopped(text, match, names)
    for match in near(PREFIXED, text, found_at(text, "p."), back=0, ahead=30):
        reference = three_letter(match["ref"].upper() if len(match["ref"]) == 1 else match["ref"])
        if reference is None:
            continue
        if match["alt"] is None:
            yield _found(match, (f"p.{reference}{match['pos']}",))
        else:
            alternative = match["alt"].upper() if len(match["alt"]) == 1 else match["alt"]
            if three_letter(alternative):
                yield _stopped(text, match, [_named(reference, match["pos"], alternative)])


def _one_letter(match: re.Match[str]) -> Found | None:
    text = match.string
    start, end = match.span()
    prefixed = bool(match["prefix"])
    if match["gap"] and not (prefixed or match["more"]) and not _spaced_elsewhere(match):
        return None
    if match["ref"] == "X" and not has_evidence(text, start, end):
        return None
    position = int(match["pos"])
    if _is_exon_event(match) or _is_of_chain(match):
        return None
    if not prefixed and not match["more"] and is_lookalike(text, start, end, match["ref"], position):
        return None
    gene = gene_of(match[0])
    if gene is not None and gene.symbol == match[0]:
        return None
    names = []
    for alternative in [match["alt"], *_listed(match["more"])]:
        if not prefixed and _is_dna(text, match, alternative):
            names.append(f"{_dna_prefix(text, start)}{position}{match['ref']}>{alternative}")
        else:
            names.append(_named(match["ref"], match["pos"], alternative))
    return _stopped(text, match, names)


def _is_exon_event(match: re.Match[str]) -> bool:
    """Say whether 'E20I' is the passage's short form of 'exon 20 insertion'."""
    event = {"I": "ins", "D": "del"}.get(match["alt"])
    if match["ref"] != "E" or event is None or len(match["pos"]) != 2:
        return False
    said = rf"\b[Ee]xons?[\s-]?{match['pos']}[\s-](?:in-?frame\s)?{event}"
    return re.search(said, match.string[max(0, match.start() - 3 * NEAR) : match.end() + NEAR]) is not None


def _is_of_chain(match: re.Match[str]) -> bool:
    """Say whether the first letter names the chain of a residue named before it: 'Asn-M52-->Asp'."""
    before = match.string[max(0, match.start() - 4) : match.start()]
    return before[-1:] in ("-", "–") and before[:-1].lower() in _RESIDUES


def _spaced_elsewhere(match: re.Match[str]) -> bool:
    """Say whether 'E174 K' was written with its prefix before, so that the space is a habit of the author."""
    before = match.string[max(0, match.start() - NEAR) : match.end()]
    return match["gap"] != "-" and f"p.{match['ref']}{match['pos']}" in before


def _is_dna(text: str, match: re.Match[str], alternative: str) -> bool:
    """Say whether `A1555G` is of bases: letters of both alphabets, and words of DNA near by."""
    if match["ref"] not in "ACGT" or alternative not in "ACGT" or match["arrow"]:
        return False
    if int(match["pos"]) < 100:
        return False
    return _CDNA_WORDS.search(text, max(0, match.start() - 100), match.end() + 60) is not None


def _dna_prefix(text: str, start: int) -> str:
    near = text[max(0, start - 200) : start + 100]
    return "m." if re.search("mtDNA|mitochondri|rRNA|tRNA", near) else "c."


def _listed(more: str) -> list[str]:
    return [part.strip() for part in more.split("/") if part.strip()]


def _named(reference: str, position: str, alternative: str) -> str:
    before = three_letter(reference) or "Xaa"
    if alternative == "=":
        return f"p.{before}{position}="
    return substitution("Ter" if before == "Xaa" else before, position, three_letter(alternative) or "Xaa")


def _stopped(text: str, match: re.Match[str], names: list[str]) -> Found:
    """Settle what a final X says: a stop (the older notation) or any residue."""
    score = 1.0
    for index, name in enumerate(names):
        if name.endswith("Xaa"):
            score = 0.8
            if _means_stop(text, match, name[2:5], len(names)):
                names[index] = f"{name[:-3]}Ter"
    start, end = match.span()
    if text[end - 1] == ")" and "(" not in match[0]:
        end -= 1
    return Found(start=start, end=end, names=tuple(dict.fromkeys(names)), score=score)


def _means_stop(text: str, match: re.Match[str], reference: str, alternatives: int) -> bool:
    if alternatives > 1 or _ANY.search(text, match.end(), match.end() + NEAR):
        return False
    low, high = max(0, match.start() - NEAR), match.end() + NEAR
    if _NONSENSE.search(text, low, high):
        return True
    site = match["ref"] + match["pos"]
    others = {other[0][:-1] for other in _PLAIN.finditer(text, low, high) if other[0][-1] not in "X"}
    if reference == "Gly":
        return _OTHER_STOPS.search(text, low, high) is not None
    return reference in TO_STOP and site not in others


def _found(match: re.Match[str], names: tuple[str, ...], score: float = 1.0) -> Found:
    return Found(start=match.start(), end=match.end(), names=names, score=score)
