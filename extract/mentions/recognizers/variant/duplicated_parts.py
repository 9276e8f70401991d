"""Duplications of a part of a gene by their short names: FLT3-ITD, KMT2A-PTD, EGFR-KDD, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.recognizers.variant.gene_at_variant import gene_spelled
from extract.mentions.shared.found import Found

_NAMES = {
    "ITD": "internal tandem duplication",
    "PTD": "partial tandem duplication",
    "KDD": "kinase domain duplication",
    "TKD": "tyrosine kinase domain mutation",
    "BCR-ITD": "internal tandem duplication",
}
_SHORT = re.compile(
    r"(?<![A-Za-z0-9])(?P<gene>[A-Z][A-Za-z0-9]{1,7})(?:\s?[-‐‑–/]\s?|\s|\s\()(?P<event>ITD|PTD|KDD|TKD(?=[-\s]?(?:mut|[+-]|positive)))s?"
    r"(?![A-Za-z0-9])"
)
_WORDED = re.compile(
    r"(?<![A-Za-z])(?P<event>(?:[Ii]nternal|[Pp]artial)[-\s]tandem[-\s]duplications?|(?:tyrosine\s)?[Kk]inase[-\s]domain[-\s]duplications?)(?![A-Za-z])"
)
_ALONE = re.compile(
    r"(?<![A-Za-z0-9-])(?P<event>ITD|PTD|KDD)(?=[-\s]?(?:positive|negative|mutat|mutant|allel|status|\+))"
)


def duplicated_parts(text: str) -> Iterator[Found]:
    """Yield duplications of parts, named in words; a short name stands at a gene or before a word of mutation."""
    if "ITD" in text or "PTD" in text or "KDD" in text or "TKD" in text:
        for match in _SHORT.finditer(text):
            gene = gene_spelled(match["gene"])
            if gene:
                yield _found(match, _NAMES[match["event"]], gene.symbol)
        for match in _ALONE.finditer(text):
            yield _found(match, _NAMES[match["event"]], "")
    if "uplication" in text:
        for match in _WORDED.finditer(text):
            plain = re.sub(r"[-\s]", " ", match["event"].lower()).removeprefix("tyrosine ").removesuffix("s")
            yield _found(match, plain, "")


def _found(match: re.Match[str], name: str, gene: str) -> Found:
    return Found(start=match.start("event"), end=match.end(), names=(name,), gene=gene, score=0.9)
