"""Protein changes in compact notation: substitutions, shorthand for several, deletions, insertions, frameshifts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.notation import substitution, three_letter
from extract.recognizers.grammar.found import Found
from extract.recognizers.grammar.lookalikes import has_evidence, is_lookalike

ONE = "[ACDEFGHIKLMNPQRSTVWY]"
THREE = (
    "(?:Ala|Arg|Asn|Asp|Cys|Gln|Glu|Gly|His|Ile|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Val"
    "|ALA|ARG|ASN|ASP|CYS|GLN|GLU|GLY|HIS|ILE|LEU|LYS|MET|PHE|PRO|SER|THR|TRP|TYR|VAL"
    "|ala|arg|asn|asp|cys|gln|glu|gly|his|ile|leu|lys|met|phe|pro|ser|thr|trp|tyr|val)"
)
STOP = r"(?:\*|[Ss]top|STOP|Ter|TER|ter|[Tt]erm|[Oo]ch|[Aa]mb|[Oo]pal)"
# Arrows as the field types them: '->', '-->', '----', '>', '→'; a space may stand on either side.
ARROW = r"\s?(?:[-–—−]{1,4}\s?>|[-–—−]{2,4}|→|⟶|➔|⇒|>)\s?"
POSITION = r"[1-9]\d{0,4}"
PREFIX = r"(?:[pP]\.\s?\(?)"
LEFT = r"(?<![A-Za-z0-9.])"
RIGHT = r"(?![A-Za-z0-9])"

ONE_LETTER = re.compile(
    rf"(?P<prefix>{LEFT}{PREFIX}|(?<![A-Za-z0-9]))(?P<ref>{ONE}|X)(?:{ARROW})?(?P<pos>{POSITION})"
    rf"(?:(?P<arrow>{ARROW})|(?P<gap>\s|-)(?!\d))?(?P<alt>{ONE}|X|{STOP})"
    rf"(?P<more>(?:\s?/\s?(?:{ONE}|X|\*)(?![A-Za-z0-9*]))*)(?(arrow)|){RIGHT}"
)
THREE_LETTER = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z])|(?<=[A-Z])(?=[A-Z][a-z]))(?P<ref>{THREE})(?:[-–(]{{0,2}}|(?P<space>\s))(?P<pos>{POSITION})\)?"
    rf"(?:{ARROW}|(?(space)(?!)|[-/]))?(?P<alt>{THREE}|{STOP}|X(?:aa)?|=)"
    rf"(?P<more>(?:\s?/\s?{THREE}(?![A-Za-z]))*){RIGHT}\)?"
)
# After a prefix nothing else can be meant, so lower case is read as well.
PREFIXED = re.compile(
    rf"{LEFT}p\.\s?\(?(?P<ref>{THREE}|[A-Za-z])(?P<pos>{POSITION})"
    rf"(?P<alt>{THREE}|{STOP}|[A-Za-z]|=)?{RIGHT}"
)
REPEATED = re.compile(
    rf"{LEFT}(?P<ref>{ONE})(?P<pos>{POSITION}){ARROW}(?P<alt>{ONE})(?P<again>{POSITION}){RIGHT}"
)
# One residue at two places: 'C77/95A'.
TWO_SITES = re.compile(rf"(?<![A-Za-z0-9])(?P<ref>{ONE})(?P<pos>[1-9]\d{{1,4}})/(?P<other>[1-9]\d{{1,4}})(?P<alt>{ONE}){RIGHT}")
RESIDUE = rf"(?:{THREE}|{ONE})"
SEQUENCE = rf"(?:(?:{THREE})+|{ONE}{{1,30}}|\d{{1,3}}(?:\s?aa)?)"
FRAMESHIFT = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z0-9]))(?P<ref>{THREE}|{ONE})(?P<pos>{POSITION})"
    rf"(?P<alt>{THREE}|{ONE})?\s?-?(?:fs|FS|frameshift)"
    rf"(?:\s?[-+]?\(?(?P<stop>(?:X|\*|Ter|[Ss]top)?[-+]?\d{{0,4}}|\*\?|X\?)\)?)?{RIGHT}"
)
INDEL = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z0-9]))(?P<ref>{RESIDUE})?(?P<pos>{POSITION})"
    rf"(?:\s?[-_–]\s?(?P<end_ref>{RESIDUE})?(?P<end>{POSITION}))?\)?"
    rf"\s?(?P<edit>delins|del|ins|dup|>)\s?(?P<seq>{SEQUENCE})?(?:ins(?P<inserted>{SEQUENCE}))?{RIGHT}"
)
# '1151Tins' and 'I1151Tins': the inserted residue stands before the word.
INSERTED_BEFORE = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z0-9]))(?P<ref>{ONE})?(?P<pos>[1-9]\d{{1,4}})(?P<seq>{ONE}{{1,4}})\s?ins{RIGHT}"
)
# The subunit glued before the change: 'alphaD60N', 'γR43Q'.
SUBUNIT = re.compile(
    rf"(?P<ref>{ONE})(?:(?<=alpha[A-Z])|(?<=beta[A-Z])|(?<=gamma[A-Z])|(?<=delta[A-Z])|(?<=epsilon[A-Z])|(?<=[α-ω][A-Z]))"
    rf"(?P<pos>{POSITION})(?P<alt>{ONE}){RIGHT}"
)
DELETED = re.compile(
    rf"(?<![A-Za-z])(?:(?:delta|Delta|DELTA|[Dd]el|DEL|Δ|∆|δ)[\s-]?)(?P<ref>{RESIDUE})(?P<pos>{POSITION})"
    rf"(?:[-–_](?P<end_ref>{RESIDUE})?(?P<end>{POSITION}))?(?P<alt>{ONE})?{RIGHT}"
)
# Residues that one nucleotide can turn into a stop (standard genetic code), without glycine, whose X mostly
# stands for 'any'.
TO_STOP = frozenset({"Gln", "Arg", "Trp", "Tyr", "Glu", "Lys", "Ser", "Cys", "Leu"})
_NONSENSE = re.compile(
    r"nonsense|stop|truncat|terminat|frame-?shift|fs[X*]|\bnull\b|splic|IVS\d", re.IGNORECASE
)
_PLAIN = re.compile(rf"{ONE}{POSITION}[A-Z]")
NEAR = 500
_ANY = re.compile(r"\bX\s?(?:denotes|indicates|stands|=|represents|is any)")
_CDNA_WORDS = re.compile(
    r"mtDNA|mitochondri|promoter|\bnucleotides?\b|\brRNA|\btRNA|\bbp\b|transition|transversion|\bintron|\bcDNA|\bSNP"
)


def protein_changes(text: str) -> Iterator[Found]:
    """Yield changes in compact notation; shorthand gives one find with several names."""
    yield from _substitutions(text)
    yield from _frameshifts(text)
    yield from _indels(text)


def _substitutions(text: str) -> Iterator[Found]:
    for match in REPEATED.finditer(text):
        if match["pos"] == match["again"]:
            yield _found(match, (_named(match["ref"], match["pos"], match["alt"]),))
    for match in ONE_LETTER.finditer(text):
        find = _one_letter(match)
        if find:
            yield find
    for match in TWO_SITES.finditer(text):
        names = tuple(_named(match["ref"], match[site], match["alt"]) for site in ("pos", "other"))
        yield _found(match, names)
    for match in SUBUNIT.finditer(text):
        yield _found(match, (_named(match["ref"], match["pos"], match["alt"]),))
    for match in THREE_LETTER.finditer(text):
        alternatives = [match["alt"], *_listed(match["more"])]
        names = [_named(match["ref"], match["pos"], alternative) for alternative in alternatives]
        yield _stopped(text, match, names)
    for match in PREFIXED.finditer(text):
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
    if match["gap"] and not (prefixed or match["more"]):
        if match["gap"] == "-" or f"p.{match['ref']}{match['pos']}" not in text[max(0, start - NEAR) : end]:
            return None
    if match["ref"] == "X" and not has_evidence(text, start, end):
        return None
    position = int(match["pos"])
    if not prefixed and not match["more"] and is_lookalike(text, start, end, match["ref"], position):
        return None
    names = []
    for alternative in [match["alt"], *_listed(match["more"])]:
        if not prefixed and _is_dna(text, match, alternative):
            names.append(f"{_dna_prefix(text, start)}{position}{match['ref']}>{alternative}")
        else:
            names.append(_named(match["ref"], match["pos"], alternative))
    return _stopped(text, match, names)


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
    return reference in TO_STOP and site not in others


def _found(match: re.Match[str], names: tuple[str, ...], score: float = 1.0) -> Found:
    return Found(start=match.start(), end=match.end(), names=names, score=score)


def _anchored(pattern: re.Pattern[str], anchor: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that hold an anchor, which is rare and quick to find."""
    reached = 0
    for rare in anchor.finditer(text):
        if rare.start() < reached:
            continue
        match = pattern.search(text, max(reached, rare.start() - BACK), rare.end() + AHEAD)
        if match:
            reached = match.end()
            yield match


_FRAME_ANCHOR = re.compile("fs|FS|frameshift")
_INDEL_ANCHOR = re.compile(r"\d\)?\s?(?:del|ins|dup|>)")
_INSERTED_ANCHOR = re.compile(r"\d[A-Z]{1,4}\s?ins")
BACK, AHEAD = 30, 90


def _frameshifts(text: str) -> Iterator[Found]:
    for match in _anchored(FRAMESHIFT, _FRAME_ANCHOR, text):
        stop = re.sub(r"\D", "", match["stop"] or "")
        reference = three_letter(match["ref"]) or ""
        alternative = (three_letter(match["alt"]) or "") if match["alt"] else ""
        name = f"p.{reference}{match['pos']}{alternative}fs" + (f"Ter{stop}" if stop else "")
        yield _found(match, (name,))


def _indels(text: str) -> Iterator[Found]:
    for match in _anchored(INDEL, _INDEL_ANCHOR, text):
        name = _indel_name(match)
        if name:
            yield _found(match, (name,))
    for match in _anchored(INSERTED_BEFORE, _INSERTED_ANCHOR, text):
        position = int(match["pos"])
        # HGVS names both neighbours of an insertion; only the first may be known here.
        before = (three_letter(match["ref"]) or "") if match["ref"] else ""
        yield _found(match, (f"p.{before}{position}_{position + 1}ins{_spelled(match['seq'])}",))
    for match in DELETED.finditer(text):
        reference = three_letter(match["ref"])
        first = f"{reference}{match['pos']}"
        last = f"_{three_letter(match['end_ref'] or match['ref'])}{match['end']}" if match["end"] else ""
        yield _found(match, (f"p.{first}{last}del",))


def _indel_name(match: re.Match[str]) -> str | None:
    """Return the normal form, or None where the change is one of DNA (no residue is named)."""
    edit, sequence, inserted = match["edit"], match["seq"] or "", match["inserted"] or ""
    residues = match["ref"] or match["end_ref"]
    prefixed = match[0][0] in "pP" and "." in match[0][:3]
    if not residues and not prefixed and not (sequence and set(sequence) - set("ACGT0123456789 a")):
        return None
    if edit == ">":
        if not (match["end"] and sequence):
            return None
        edit = "delins"
    if edit == "del" and inserted:
        edit, sequence = "delins", inserted
    first = f"{three_letter(match['ref'] or '') or ''}{match['pos']}"
    last = f"_{three_letter(match['end_ref'] or '') or ''}{match['end']}" if match["end"] else ""
    spelled = _spelled(sequence)
    if edit == "ins" and not last:
        # '1151Tins' and 'I1151insT' name the residue before the insertion (HGVS names both neighbours).
        last = f"_{int(match['pos']) + 1}"
    if edit == "del" and not residues and spelled and not spelled[0].isdigit():
        return f"p.{spelled}{match['pos']}del"
    if edit in ("del", "dup"):
        spelled = ""
    return f"p.{first}{last}{edit}{spelled}"


def _spelled(sequence: str) -> str:
    """Return inserted residues in three letters; a count stays a count."""
    sequence = sequence.replace("aa", "").strip()
    if not sequence or sequence.isdigit():
        return sequence
    if re.fullmatch(f"{THREE}+", sequence) and not re.fullmatch(f"{ONE}{{1,2}}", sequence):
        return "".join(sequence[i : i + 3].title() for i in range(0, len(sequence), 3))
    return "".join(three_letter(letter) or "" for letter in sequence)
