"""Events that a gene's name is part of: fusions and copy-number changes.

Fusions are named as the HGNC recommends, partners in the order 5'::3' (Bruford et al., Leukemia 2021;35:3040); `v::`
stands for any partner, as in the VICC gene fusion specification.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extract.mentions.shared.found import Found
from extract.mentions.shared.gene_names import GeneName

_PARTNER_JOINT = re.compile(r"::|[-‐‑–/]|\s?-\s?")
_FUSED = re.compile(
    r"(?:[\s-](?:gene|oncogene|oncogenic|chimeric))?[\s-](?P<word>fusions?|fused|rearrange\w+|translocat\w+)\b"
)
_FUSED_BEFORE = re.compile(
    r"(?:fusions?\s(?:of|in|involving)|(?:rearrangements?|translocations?)\s(?:of|involving))\s(?:the\s)?$"
)
_VARIANT = re.compile(
    r"(?:\s(?:fusion|fusions|gene|positive|rearranged)){0,2}\s?[(,]?\s?(?:variants?|[vV]\.?)\s?(?P<number>\d{1,2}[a-c]?(?:/[a-c])?)(?![\w.])"
)
_EXONS = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]\d{1,2}[a-c]?(?:/[a-c]|/[A-Z]?\d{1,2}[a-c]?)?;\s?[A-Z]\d{1,2}(?![A-Za-z0-9])"
)
_COPY = re.compile(
    r"(?:\s(?:gene|locus|focal|high-level|low-level|genomic|oncogene|proto-oncogene))?[\s-]"
    r"(?P<word>amplifications?|amplified|amp|copy[\s-]?numbers?[\s-](?:gains?|losse?s?|amplifications?|alterations?)"
    r"|gene\scopy\snumber\sgains?|CNG|deep\sdeletions?|homozygous\s(?:deletions?|loss)|polysomy)(?![A-Za-z])"
)
_COPY_BEFORE = re.compile(
    r"(?P<word>[Aa]mplifications?|[Cc]opy[\s-]numbers?\s(?:gains?|loss|losses))\s(?:of|in|at)\s(?:the\s)?$"
)
_FUSION_WORDS = re.compile(
    r"fusion|fused|rearrang|translocat|positive|driven|oncogen|chimer|harbou?r|transcript|variant|inhibit|express|mutant"
    r"|mutation|transform|kinase",
    re.IGNORECASE,
)
BEFORE = 40


def gene_events(text: str, genes: Sequence[GeneName]) -> Iterator[Found]:
    """Yield fusions (`EML4::ALK`, `EML4::ALK variant 3`, `v::ALK`) and copy-number changes (`MET amplification`)."""
    partnered: set[int] = set()
    for first, second in itertools.pairwise(genes):
        if first.start not in partnered and _joined(text, first, second):
            partnered.update((first.start, second.start))
            yield _fusion(text, first, second)
    for name in genes:
        yield from _copy_number(text, name)
        if name.start not in partnered:
            yield from _any_partner(text, name)
    for match in _EXONS.finditer(text):
        yield Found(start=match.start(), end=match.end(), names=(match[0].replace(" ", ""),), kind="fusion", score=0.9)


def _joined(text: str, first: GeneName, second: GeneName) -> bool:
    if first.gene == second.gene or second.start <= first.end or second.start - first.end > len(" - "):
        return False
    joint = text[first.end : second.start]
    if not _PARTNER_JOINT.fullmatch(joint):
        return False
    if "/" in joint:
        # 'ALK/ROS1 rearrangement' names two genes, each of which may be rearranged with another.
        if _is_kinase(first) and _is_kinase(second):
            return False
        return _FUSED.match(text, second.end) is not None
    return joint == "::" or (first.exact and second.exact) or _is_spoken_of(text, first, second)


def _fusion(text: str, first: GeneName, second: GeneName) -> Found:
    variant = _VARIANT.match(text, second.end)
    end = variant.end() if variant else second.end
    if variant and "(" in variant[0] and text[end : end + 1] == ")":
        end += 1
    turned = "/" in text[first.end : second.start] and _is_kinase(first)
    partners = (second, first) if turned else (first, second)
    name = "::".join(partner.gene.symbol for partner in partners)
    return Found(
        start=first.start,
        end=end,
        names=(f"{name} variant {variant['number']}" if variant else name,),
        kind="fusion",
        gene=partners[1].gene.symbol,
        score=1.0 if "::" in text[first.end : second.start] or _is_spoken_of(text, first, second) else 0.8,
    )


def _is_kinase(name: GeneName) -> bool:
    """Say whether a gene is of a kinase, which stands last (3') in the fusions that drive cancer."""
    return "kinase" in name.gene.name


def _is_spoken_of(text: str, first: GeneName, second: GeneName) -> bool:
    """Say whether words near two joined genes speak of a fusion, or the passage is little more than the two."""
    near = _FUSION_WORDS.search(text, max(0, first.start - 2 * BEFORE), second.end + 2 * BEFORE)
    return near is not None or len(text) < second.end - first.start + BEFORE


def _any_partner(text: str, name: GeneName) -> Iterator[Found]:
    after = _FUSED.match(text, name.end)
    before = _FUSED_BEFORE.search(text, max(0, name.start - BEFORE), name.start)
    if after or before:
        start = before.start() if before and not after else name.start
        end = after.end() if after else name.end
        symbol = name.gene.symbol
        yield Found(start=start, end=end, names=(f"v::{symbol}",), kind="fusion", score=0.9, gene=symbol)


def _copy_number(text: str, name: GeneName) -> Iterator[Found]:
    after = _COPY.match(text, name.end)
    before = None if after else _COPY_BEFORE.search(text, max(0, name.start - BEFORE), name.start)
    match = after or before
    if match:
        symbol = name.gene.symbol
        yield Found(
            start=name.start if after else match.start(),
            end=match.end() if after else name.end,
            names=(f"{symbol} {_copy_word(match['word'])}",),
            kind="copy number",
            gene=symbol,
        )


def _copy_word(word: str) -> str:
    lowered = word.lower()
    if "amp" in lowered:
        return "amplification"
    if "loss" in lowered or "deletion" in lowered:
        return "copy number loss"
    return "polysomy" if "polysomy" in lowered else "copy number gain"
