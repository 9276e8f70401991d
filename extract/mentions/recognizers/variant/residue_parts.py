"""The smallest parts of the notation of protein changes, as pieces of patterns."""

from __future__ import annotations

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
