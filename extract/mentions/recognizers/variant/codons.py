"""Substitutions given by their codons: 'codon 12 (GGT to GTT)', 'ACA-->ACG change of codon 990'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.hgvs.notation import substitution
from extract.mentions.recognizers.variant.residue_parts import ARROW
from extract.mentions.shared.found import Found, found_at, near

_BASES = "TCAG"
# The standard genetic code in the order of its bases (NCBI translation table 1).
_RESIDUES = (
    "Phe Phe Leu Leu Ser Ser Ser Ser Tyr Tyr Ter Ter Cys Cys Ter Trp Leu Leu Leu Leu Pro Pro Pro Pro His His Gln Gln "
    "Arg Arg Arg Arg Ile Ile Ile Met Thr Thr Thr Thr Asn Asn Lys Lys Ser Ser Arg Arg Val Val Val Val Ala Ala Ala Ala "
    "Asp Asp Glu Glu Gly Gly Gly Gly"
).split()
CODONS = {
    first + second + third: _RESIDUES[16 * i + 4 * j + k]
    for i, first in enumerate(_BASES)
    for j, second in enumerate(_BASES)
    for k, third in enumerate(_BASES)
}
_CODON = "[ACGTU]{3}"
_TO = rf"(?:{ARROW}|\sto\s|-to-)"
_NUMBER_FIRST = re.compile(
    rf"\b[Cc]odon\s(?P<position>[1-9]\d{{0,4}})\b(?:[^.;()\d]{{0,10}}\(|[^.;()]{{0,60}}?\s)"
    rf"(?P<before>{_CODON}){_TO}(?P<after>{_CODON})(?![A-Za-z])"
)
_NUMBER_LAST = re.compile(
    rf"(?<![A-Za-z0-9])(?P<before>{_CODON}){_TO}(?P<after>{_CODON})(?:\s[a-z]+){{0,3}}\s(?:of|at|in)\scodon\s"
    r"(?P<position>[1-9]\d{0,4})(?![\d.])"
)


def codon_changes(text: str) -> Iterator[Found]:
    """Yield changes of one codon into another, named by the residues that they stand for."""
    codons = found_at(text, "odon")
    for pattern in (_NUMBER_FIRST, _NUMBER_LAST) if codons else ():
        for match in near(pattern, text, codons, back=120, ahead=120):
            before = CODONS[match["before"].replace("U", "T")]
            after = CODONS[match["after"].replace("U", "T")]
            name = substitution(before, match["position"], after)
            yield Found(start=match.start(), end=match.end(), names=(name,))
