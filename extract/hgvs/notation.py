"""Protein changes in the notation of the HGVS: residue names, and names of changes made and read.

The notation follows the HGVS recommendations for protein variants (den Dunnen et al., Hum Mutat 2016;37:564):
three-letter residues, `Ter` for a stop, `Xaa` for any residue, `fs` for a frameshift.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ONE_TO_THREE = {
    "A": "Ala",
    "C": "Cys",
    "D": "Asp",
    "E": "Glu",
    "F": "Phe",
    "G": "Gly",
    "H": "His",
    "I": "Ile",
    "K": "Lys",
    "L": "Leu",
    "M": "Met",
    "N": "Asn",
    "P": "Pro",
    "Q": "Gln",
    "R": "Arg",
    "S": "Ser",
    "T": "Thr",
    "V": "Val",
    "W": "Trp",
    "Y": "Tyr",
}
THREE_TO_ONE = {three: one for one, three in ONE_TO_THREE.items()} | {"Ter": "*", "Xaa": "X"}

# Adjectives and salts included, as 'aspartic acid', 'aspartate' and 'aspartyl' name one residue.
RESIDUE_NAMES = {
    "alanine": "Ala",
    "arginine": "Arg",
    "asparagine": "Asn",
    "aspartate": "Asp",
    "aspartic acid": "Asp",
    "aspartic": "Asp",
    "cysteine": "Cys",
    "cystine": "Cys",
    "glutamate": "Glu",
    "glutamic acid": "Glu",
    "glutamic": "Glu",
    "glutamine": "Gln",
    "glycine": "Gly",
    "histidine": "His",
    "isoleucine": "Ile",
    "leucine": "Leu",
    "lysine": "Lys",
    "methionine": "Met",
    "phenylalanine": "Phe",
    "proline": "Pro",
    "serine": "Ser",
    "threonine": "Thr",
    "tryptophan": "Trp",
    "tyrosine": "Tyr",
    "valine": "Val",
    "alanyl": "Ala",
    "arginyl": "Arg",
    "cysteinyl": "Cys",
    "glycyl": "Gly",
    "histidyl": "His",
    "leucyl": "Leu",
    "lysyl": "Lys",
    "prolyl": "Pro",
    "seryl": "Ser",
    "threonyl": "Thr",
    "tyrosyl": "Tyr",
    "valyl": "Val",
}
STOPS = frozenset({"*", "ter", "stop", "term", "och", "amb", "opal", "ochre", "amber"})


def three_letter(residue: str) -> str | None:
    """Return the three-letter symbol of a residue named by one letter, three letters or a word.

    One-letter symbols must be upper case; names are read in any case. `*` and 'stop' give `Ter`, `X` and
    'Xaa' give `Xaa`. None where it names no residue.
    """
    if len(residue) == 1:
        if residue == "X":
            return "Xaa"
        return "Ter" if residue == "*" else ONE_TO_THREE.get(residue)
    lowered = " ".join(residue.lower().split())
    if lowered in STOPS or lowered == "stop codon" or lowered == "termination":
        return "Ter"
    titled = lowered.title()
    return titled if titled in THREE_TO_ONE else RESIDUE_NAMES.get(lowered)


def substitution(reference: str, position: int | str, alternative: str) -> str:
    """Return `p.Gly1202Arg` from three-letter residues and a position; `=` where nothing changes."""
    after = "=" if alternative == reference else alternative
    return f"p.{reference}{position}{after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProteinChange:
    """A protein change read from HGVS notation.

    `reference` and `alternative` are three-letter symbols, empty where the name has none; `end_reference` and
    `end` are those of a range. `edit` is `sub`, `del`, `ins`, `dup`, `delins`, `fs` or `residue` (a
    position named without what it became).
    """

    reference: str
    position: int
    edit: str
    alternative: str = ""
    end_reference: str = ""
    end: int | None = None


_RESIDUE = r"(?:[A-Z][a-z]{2})"
_CHANGE = re.compile(
    rf"(?P<ref>{_RESIDUE})?(?P<pos>\d+)(?:_(?P<end_ref>{_RESIDUE})?(?P<end>\d+))?"
    rf"(?:(?P<edit>delins|del|ins|dup)(?P<seq>(?:{_RESIDUE})*|\d+)"
    rf"|(?P<fs>{_RESIDUE}?fs(?:(?:Ter|\*)\d*)?)"
    rf"|(?P<alt>{_RESIDUE}|=))?"
)


def changes(normalized: str) -> tuple[ProteinChange, ...]:
    """Return the protein changes that a normalised name stands for; empty where it names none.

    `p.Gly1202Arg` gives one, `p.[Cys1156Tyr;Leu1198Phe]` two, `c.35G>A` none.
    """
    if not normalized.startswith("p."):
        return ()
    found = []
    for part in normalized[2:].strip("[]()").split(";"):
        match = _CHANGE.fullmatch(part)
        if match is None:
            return ()
        found.append(_change(match))
    return tuple(found)


_SYMBOL = re.compile("|".join(THREE_TO_ONE))


def short_form(normalized: str) -> tuple[str, ...]:
    """Return the changes of a variant in one-letter form, as curators write them.

    >>> short_form("p.[Cys1156Tyr;Leu1198Phe]")
    ('C1156Y', 'L1198F')
    """
    body = normalized.removeprefix("p.").strip("[]()")
    return tuple(_SYMBOL.sub(lambda symbol: THREE_TO_ONE[symbol[0]], part) for part in body.split(";") if part)


def _change(match: re.Match[str]) -> ProteinChange:
    edit, alternative = "residue", ""
    if match["edit"]:
        edit, alternative = match["edit"], match["seq"] or ""
    elif match["fs"]:
        edit = "fs"
    elif match["alt"]:
        edit = "sub"
        alternative = (match["ref"] or "") if match["alt"] == "=" else match["alt"]
    return ProteinChange(
        reference=match["ref"] or "",
        position=int(match["pos"]),
        edit=edit,
        alternative=alternative,
        end_reference=match["end_ref"] or "",
        end=int(match["end"]) if match["end"] else None,
    )
