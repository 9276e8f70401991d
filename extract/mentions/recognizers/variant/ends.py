"""Changes at the ends of a protein and changes told in part: stop-loss, start-loss, 'G719(A^S)', 'X1010_splice'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.hgvs.notation import three_letter
from extract.mentions.recognizers.variant.residue_parts import LEFT, ONE, POSITION, PREFIX, THREE
from extract.mentions.shared.found import Found, anchored

_STOP = r"(?:\*|X|Ter|TER|[Ss]top)"
_EXTENDED = re.compile(
    rf"(?:{LEFT}{PREFIX}|(?<![A-Za-z0-9.]))\(?(?P<ref>{_STOP}|Met|M)(?P<pos>{POSITION}){_STOP}?(?P<alt>{THREE}|{ONE})?\s?ext"
    rf"(?:(?P<residues>(?:{THREE})*)(?P<stop>{_STOP})?(?P<length>[-−–]?\d{{1,4}}|\?)?)\)?(?![A-Za-z0-9])"
)
_START_LOST = re.compile(
    rf"{LEFT}p\.\s?\(?(?:Met1|M1)\s?(?P<sign>\?|ext|del)\)?(?![A-Za-z0-9])|{LEFT}p\.\(?0\??\)?(?![A-Za-z0-9.])"
)
_EITHER = re.compile(
    rf"{LEFT}p\.\s?\(?(?P<ref>{THREE}|{ONE})(?P<pos>{POSITION})\(?(?P<alts>(?:{THREE}|{ONE})(?:\^(?:{THREE}|{ONE}))+)\)*"
)
_SPLICED = re.compile(rf"(?<![A-Za-z0-9])(?:p\.)?(?P<ref>X|{ONE})(?P<pos>{POSITION})_splice(?![A-Za-z0-9])")
_EXTENDED_ANCHOR = re.compile(r"\d(?:Ter|TER|[Ss]top|[*X])?(?:[A-Z][a-z]{2}|[A-Z])?\s?ext")


def ends(text: str) -> Iterator[Found]:
    """Yield extensions (`p.Ter320SerextTer72`), lost starts (`p.Met1?`) and residues beside a splice site."""
    if "ext" in text:
        for match in anchored(_EXTENDED, _EXTENDED_ANCHOR, text):
            yield Found(start=match.start(), end=match.end(), names=(_extension(match),))
    if "p." in text:
        for match in _START_LOST.finditer(text):
            name = "p.Met1del" if match["sign"] == "del" else "p.Met1?" if match["sign"] else "p.0?"
            yield Found(start=match.start(), end=match.end(), names=(name,))
        for match in _EITHER.finditer(text):
            reference = three_letter(match["ref"]) or ""
            names = (f"p.{reference}{match['pos']}{three_letter(one)}" for one in match["alts"].split("^"))
            yield Found(start=match.start(), end=match.end(), names=tuple(names), score=0.8)
    if "_splice" in text:
        for match in _SPLICED.finditer(text):
            yield Found(start=match.start(), end=match.end(), names=(f"{match['ref']}{match['pos']}_splice",))


def _extension(match: re.Match[str]) -> str:
    first = "Met" if match["ref"].startswith("M") else "Ter"
    alternative = (three_letter(match["alt"]) or "") if match["alt"] else ""
    length = re.sub("[−–]", "-", match["length"] or "")
    stop = "Ter" if match["stop"] else ""
    return f"p.{first}{match['pos']}{alternative}ext{match['residues'] or ''}{stop}{length}"
