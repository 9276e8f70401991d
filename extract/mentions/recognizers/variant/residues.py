"""Residues named without what they became: 'ALK G1202 mutation', 'L1196 and V1180' after a variant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.hgvs.notation import three_letter
from extract.mentions.recognizers.variant.residue_parts import ONE, THREE
from extract.mentions.shared.found import Found
from extract.mentions.shared.lookalikes import in_list_of_labels

_RESIDUE = re.compile(rf"(?<![A-Za-z0-9.-])(?P<ref>{THREE}|{ONE})(?P<pos>[1-9]\d{{1,4}})(?![A-Za-z0-9]|[.]\d|-\d)")
_MUTATED = re.compile(
    r"\s(?:(?:hot-?spot|point|missense|acquired|resistance|gatekeeper|solvent[- ]front|kinase domain|somatic)\s){0,2}"
    r"(?:mutation|mutant|mutated|substitution|variant)s?\b|[-\s](?:wild[-\s]?type|WT|mutant|mutated)\b"
)
_CELLS = re.compile(r"\bcell\s?lines?\b[^.;]{0,40}$")  # 'cell lines (H1975, L858R-positive)'
_SEPARATOR = re.compile(r"\s?(?:,|;|/|\+|,?\s(?:and|or|and/or))\s?")


def bare_residues(text: str, finds: Sequence[Found]) -> Iterator[Found]:
    """Yield residues that a word of mutation follows, or that stand in a list beside a protein change."""
    ends = {find.end for find in finds if find.names[0].startswith("p.")}
    starts = {find.start for find in finds if find.names[0].startswith("p.")}
    residues = [match for match in _RESIDUE.finditer(text) if not in_list_of_labels(text, match.start())]
    accepted: list[re.Match[str]] = []
    for match in residues:
        if _beside(text, match, starts, ends) or _MUTATED.match(text, match.end()):
            accepted.append(match)
            ends.add(match.end())
    # 'G12/G13 mutations': what is joined to an accepted residue by a slash is one too.
    slashed = {match.start() for match in accepted}
    for match in reversed(residues):
        if match not in accepted and text[match.end() : match.end() + 1] == "/" and match.end() + 1 in slashed:
            accepted.append(match)
            slashed.add(match.start())
    for match in accepted:
        name = f"p.{three_letter(match['ref'])}{match['pos']}"
        yield Found(start=match.start(), end=match.end(), names=(name,), score=0.9)


def _beside(text: str, match: re.Match[str], starts: set[int], ends: set[int]) -> bool:
    if int(match["pos"]) < 100 or _CELLS.search(text, max(0, match.start() - 60), match.start()):
        return False
    after = _SEPARATOR.match(text, match.end())
    if after and after.end() in starts and after[0].strip() != "and":
        return True
    before = text[max(0, match.start() - 6) : match.start()]
    for width in range(1, len(before) + 1):
        if match.start() - width in ends:
            return _SEPARATOR.fullmatch(before[-width:]) is not None
    return False
