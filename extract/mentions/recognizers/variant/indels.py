"""Deletions, insertions, duplications and frameshifts of a protein in compact notation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.hgvs.notation import three_letter
from extract.mentions.recognizers.variant.residue_parts import LEFT, ONE, POSITION, PREFIX, RIGHT, THREE
from extract.mentions.shared.found import Found, anchored

RESIDUE = rf"(?:{THREE}|{ONE})"
SEQUENCE = rf"(?:(?:{THREE})+|{ONE}{{1,30}}|\d{{1,2}}{ONE}(?![A-Za-z])|\d{{1,3}}(?:\s?aa)?|\(\d{{1,3}}\))"
FRAMESHIFT = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z0-9]))(?P<ref>{THREE}|{ONE})(?P<pos>{POSITION})"
    rf">?(?P<alt>{THREE}|{ONE})?\s?-?(?:fs|FS|frameshift)"
    rf"(?:\s?[-+]?\(?(?P<stop>(?:X|\*|Ter|[Ss]top)?[-+]?\d{{0,4}}|\*\?|X\?)\)?)?{RIGHT}"
)
INDEL = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z0-9]))(?P<ref>{RESIDUE})?(?P<pos>{POSITION})"
    rf"(?:\s?[-_–]\s?(?P<end_ref>{RESIDUE})?(?P<end>{POSITION}))?\)?"
    rf"\s?(?P<edit>[dD]el[iI]ns|[dD]el|DEL|[iI]ns|INS|[dD]up|DUP|>)\s?(?P<seq>{SEQUENCE})?(?:[iI]ns(?P<inserted>{SEQUENCE}))?{RIGHT}"
)
# '1151Tins' and 'I1151Tins': the inserted residue stands before the word.
INSERTED_BEFORE = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z0-9]))(?P<ref>{ONE})?(?P<pos>[1-9]\d{{1,4}})(?P<seq>{ONE}{{1,4}})"
    rf"(?:\s?ins|(?<={ONE}{{2}})\s(?:insertions?|ins)){RIGHT}"
)
# 'EGFR 762_823ins': a stretch in which something is inserted.
_SOMEWHERE = re.compile(
    r"(?<![A-Za-z0-9._-])(?P<first>[1-9]\d{1,3})_(?P<last>[1-9]\d{1,3})(?P<edit>ins|dup|delins)(?![A-Za-z0-9])"
)
DELETED = re.compile(
    rf"(?<![A-Za-z])(?:(?:delta|Delta|DELTA|[Dd]el|DEL|Δ|∆|δ)[\s-]?)(?P<ref>{RESIDUE})(?P<pos>{POSITION})"
    rf"(?:[-–_](?P<end_ref>{RESIDUE})?(?P<end>{POSITION}))?(?P<alt>{ONE})?{RIGHT}"
)
_FRAME_ANCHOR = re.compile("fs|FS|frameshift")
_INDEL_ANCHOR = re.compile(r"\d\)?\s?(?:[dD]el|DEL|[iI]ns|INS|[dD]up|DUP|>)")
_INSERTED_ANCHOR = re.compile(r"\d[A-Z]{1,4}\s?ins")
_SOMEWHERE_ANCHOR = re.compile(r"_\d{2,4}(?:ins|dup|delins)")


def frameshifts(text: str) -> Iterator[Found]:
    """Yield frameshifts, with the new stop where it is given: `p.Ala1838ProfsTer31`."""
    for match in anchored(FRAMESHIFT, _FRAME_ANCHOR, text):
        stop = re.sub(r"\D", "", match["stop"] or "")
        reference = three_letter(match["ref"]) or ""
        alternative = (three_letter(match["alt"]) or "") if match["alt"] else ""
        name = f"p.{reference}{match['pos']}{alternative}fs" + (f"Ter{stop}" if stop else "")
        yield _found(match, (name,))


def indels(text: str) -> Iterator[Found]:
    """Yield deletions, insertions, duplications and both together, of named or numbered residues."""
    for match in anchored(INDEL, _INDEL_ANCHOR, text):
        name = _indel_name(match)
        if name:
            yield _found(match, (name,))
    for match in anchored(INSERTED_BEFORE, _INSERTED_ANCHOR, text):
        position = int(match["pos"])
        # HGVS names both neighbours of an insertion; only the first may be known here.
        before = (three_letter(match["ref"]) or "") if match["ref"] else ""
        yield _found(match, (f"p.{before}{position}_{position + 1}ins{_spelled(match['seq'])}",))
    for match in anchored(_SOMEWHERE, _SOMEWHERE_ANCHOR, text):
        if int(match["first"]) < int(match["last"]):
            yield Found(start=match.start(), end=match.end(), names=(f"p.{match[0]}",), score=0.7)
    for match in DELETED.finditer(text):
        reference = three_letter(match["ref"])
        first = f"{reference}{match['pos']}"
        last = f"_{three_letter(match['end_ref'] or match['ref'])}{match['end']}" if match["end"] else ""
        yield _found(match, (f"p.{first}{last}del",))


def _indel_name(match: re.Match[str]) -> str | None:
    """Return the normal form, or None where the change is one of DNA (no residue is named)."""
    edit, sequence, inserted = match["edit"].lower(), (match["seq"] or "").strip("()"), match["inserted"] or ""
    residues = match["ref"] or match["end_ref"]
    prefixed = match[0][0] in "pP" and "." in match[0][:3]
    if not residues and not prefixed and not (sequence and set(sequence) - set("ACGT0123456789 a")):
        return None
    if edit == ">":
        if not sequence or not (match["end"] or (match["ref"] and _residue_count(sequence) > 1)):
            return None
        edit = "delins"
    if edit == "del" and inserted:
        edit, sequence = "delins", inserted
    first = f"{three_letter(match['ref'] or '') or ''}{match['pos']}"
    last = f"_{three_letter(match['end_ref'] or '') or ''}{match['end']}" if match["end"] else ""
    spelled = _spelled(sequence)
    if edit == "dup" and not residues and not prefixed:
        return None
    if edit == "ins" and not last:
        # '1151Tins' and 'I1151insT' name the residue before the insertion (HGVS names both neighbours).
        last = f"_{int(match['pos']) + 1}"
    if edit == "del" and not residues and spelled and not spelled[0].isdigit():
        return f"p.{spelled}{match['pos']}del"
    if edit in ("del", "dup"):
        spelled = ""
    return f"p.{first}{last}{edit}{spelled}"


def _residue_count(sequence: str) -> int:
    if re.fullmatch(f"(?:{THREE})+", sequence):
        return len(sequence) // 3
    return 0 if any(map(str.isdigit, sequence)) else len(sequence)


def _spelled(sequence: str) -> str:
    """Return inserted residues in three letters; a count stays a count."""
    sequence = sequence.replace("aa", "").strip()
    if not sequence or sequence.isdigit():
        return sequence
    repeated = re.fullmatch(rf"(\d{{1,2}})({ONE})", sequence)
    if repeated:
        return (three_letter(repeated[2]) or "") * int(repeated[1])
    if re.fullmatch(f"{THREE}+", sequence) and not re.fullmatch(f"{ONE}{{1,2}}", sequence):
        return "".join(sequence[i : i + 3].title() for i in range(0, len(sequence), 3))
    return "".join(three_letter(letter) or "" for letter in sequence)


def _found(match: re.Match[str], names: tuple[str, ...]) -> Found:
    return Found(start=match.start(), end=match.end(), names=names)
