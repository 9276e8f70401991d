"""Names that have the form of a substitution and are none, and the surroundings that give others away."""

from __future__ import annotations

import re

# Cell lines and strains (Cellosaurus), adenoviral and histone proteins, receptors, complement, cell-cycle borders,
# methods: each is letter, number, letter. What a lexicon of genes knows is not repeated here.
NAMES = frozenset(
    """
    T47D T98G C127I A20S D17S T24T G401T H9C H4S L6E L6C C3H C3L C4L F9A N2A N1E P3X P19S P388D L5178Y R28K E14T
    E1A E1C E2A E2F E3L E4F E5K E6A H2A H2K H3K H4K H1F D1R D2R D3R D4R D1S M1R M2R M3R A1R A2A A2R A3R
    V1A V1R V2R P2Y P2X P1R P2R H1R H2R H3R H4R I1R S1P S2P C1Q C1R C1S C2C C3A C4A C4D C5A C5R F2R C3D C3G
    G1S G2M G0G T1D T2D T2W T1W T2A F2A P2A E2A T1R T2R Y1R Y2R Y2H K5R D2L D2S Q3D Q4W Q6W Q8W Q2W Q3W
    Q12H Q24H Q4H Q6H Q8H H2S H4F I2C P4P P4D P4H P3K I3C V3L H2D H2L H2N H2E A4F D3T D4T L1S S6K S1S S2S
    D3S M2P M2A N2H N2V K2P K1K K2K T3C P5C P5I R3H E3K A2M A1C M3C N6A M6A M5C M1A
    A375P A375M A375S P13K
    """.split()
)

_EVIDENCE = re.compile(
    r"mutat|mutant|mutein|variant|substitut|polymorphi|allel|missense|residue|amino acid|genotyp|codon|replace|SNP",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:\bfig(?:ure)?s?|\btables?|\bpanels?|\bsuppl\w*|\bappendix|\bsections?|\blanes?|\bchapter|\bbox|\bschemes?)"
    r"\.?\s{0,2}(?:(?:and|or|to|&|[,;–-])?\s{0,2}[A-Z]?\d{1,3}[A-Za-z]?\s{0,2}(?:and|or|to|&|[,;–-])\s{0,2}){0,6}$",
    re.IGNORECASE,
)
_STAGE = re.compile(r"\b(?:stage|TNM|staging|p?T\d[a-d]?\s?N\d)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:\b(?:no\.|nos\.?|no(?=[#:])|number|grants?|award|cat|catalog(?:ue)?|code|ICD(?:-\d+)?|ref|clone|plasmid|strain|lot"
    r"|contract|accession|PDB|wells?|vol(?:ume)?|building|room)\b\.?[\s#:]{0,3})$",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"\s{0,2}(?:strain|cell lines?\b(?! (?:with|harbou?r|carry|express))|monoclonal|antibod|plasmid|buffer|rotor"
    r"|chromatogra|receptor (?:ant)?agonist)"
)
BEFORE, AFTER = 60, 80


def has_evidence(text: str, start: int, end: int) -> bool:
    """Say whether words of mutation stand near a stretch of the text."""
    return _EVIDENCE.search(text, max(0, start - BEFORE), min(len(text), end + AFTER)) is not None


def in_list_of_labels(text: str, start: int) -> bool:
    """Say whether a stretch follows 'Figure', 'Table' and the like, or 'grant', 'clone' and the like."""
    before = text[max(0, start - BEFORE) : start]
    return _FIGURE.search(before) is not None or _NUMBERED.search(before) is not None


def is_lookalike(text: str, start: int, end: int, reference: str, position: int) -> bool:
    """Say whether a one-letter substitution is more likely something else of that form.

    Positions below 10 and `S` with a low number (supplementary figures) need words of mutation near by, unless
    the passage is little more than the name.
    """
    if text[start:end].rstrip(")") in NAMES or in_list_of_labels(text, start):
        return True
    if position >= 10 and not (reference == "S" and position < 20):
        return _ATTACHED.match(text, end) is not None and not has_evidence(text, start, end)
    if reference in "TNM" and position < 5 and _STAGE.search(text, max(0, start - BEFORE), end + AFTER):
        return True
    return len(text) > 2 * (end - start) + 10 and not has_evidence(text, start, end)
