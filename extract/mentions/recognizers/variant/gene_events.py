"""Events that a gene's name is part of: fusions and copy-number changes.

Fusions are named as the HGNC recommends, partners in the order 5'::3' (Bruford et al., Leukemia 2021;35:3040); `v::`
stands for any partner, as in the VICC gene fusion specification.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from corpus.genes import Gene, gene
from extract.mentions.recognizers.variant.copy_numbers import copy_numbers
from extract.mentions.shared.found import Found, near
from extract.mentions.shared.gene_names import GeneName, gene_of
from extract.mentions.shared.word_lists import alternatives, listed

# What joins partners, with the exons that some papers put in: 'EML4 e13::ALK e20', 'KIF5B exon 15–RET exon 12'.
_EXON_OF = r"(?:\s?\(?(?:e|ex|[Ee]xon\s?|E)\d{1,2}\)?)?"
_PARTNER_JOINT = re.compile(rf"{_EXON_OF}(?:\s?(?:::|--|[-‐‑–—]{{1,2}}|−|/)\s?|:)")
_EXON_BEHIND = re.compile(r"\s\(?(?:e|ex|[Ee]xon\s?|E)\d{1,2}\)?(?![A-Za-z0-9])")
_NOT_FUSION = re.compile(
    rf"\s(?:[a-z-]+\s){{0,1}}?(?:is\san?\s|are\s|was\sa\s|form\sa\s"
    rf"|forms\sa\s)?(?:{alternatives(listed(__package__, 'not_fusions.tsv'))})(?![a-z])(?!\s(?:fusion|rearrange))"
)
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
    old = list(_of_old_names(text))
    partnered.update(name.start for name in genes for find in old if find.start <= name.start < find.end)
    yield from old
    for _, group in itertools.groupby(genes, key=lambda name: (name.start, name.end)):
        names = tuple(group)
        yield from copy_numbers(text, names)
        if names[0].start not in partnered:
            yield from _any_partner(text, names)
    for match in _OF_FAMILY.finditer(text):
        yield Found(start=match.start(), end=match.end(), names=(f"v::{match['family']}",), kind="fusion", score=0.8)
    for match in _EXONS.finditer(text):
        yield Found(start=match.start(), end=match.end(), names=(match[0].replace(" ", ""),), kind="fusion", score=0.9)


def _joined(text: str, first: GeneName, second: GeneName) -> bool:
    if first.gene == second.gene or second.start <= first.end or second.start - first.end > len(" (exon 15) - "):
        return False
    joint = text[first.end : second.start]
    if not _PARTNER_JOINT.fullmatch(joint) or _NOT_FUSION.match(text, second.end):
        return False
    if "/" in joint:
        # 'ALK/ROS1 rearrangement' names two genes, each of which may be rearranged with another.
        if _is_kinase(first) and _is_kinase(second):
            return False
        return _FUSED.match(text, second.end) is not None
    if "::" in joint or "--" in joint:
        return True
    if len(joint.strip()) > 1 or joint == ":":
        # Exons, or a colon: 'TMPRSS2:ERG', but 'BRAF:KRAS' may be a ratio or a list.
        return (
            _EXON_OF_PARTNER.search(joint) is not None
            or (first.exact and second.exact)
            or _is_spoken_of(text, first, second)
        )
    return (first.exact and second.exact) or _is_spoken_of(text, first, second)


def _fusion(text: str, first: GeneName, second: GeneName) -> Found:
    variant = _VARIANT.match(text, second.end)
    end = variant.end() if variant else second.end
    if variant and "(" in variant[0] and text[end : end + 1] == ")":
        end += 1
    behind = None if variant else _EXON_BEHIND.match(text, second.end)
    if behind and _EXON_OF_PARTNER.search(text[first.end : second.start]):
        end = behind.end()
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


_EXON_OF_PARTNER = re.compile(r"(?:e|ex|[Ee]xon\s?|E)\d")
_OF_FAMILY = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<family>{alternatives(listed(__package__, 'fusion_families.tsv'))})"
    rf"(?:1[/-]3)?[\s-](?:gene\s|oncogene\s|kinase\s)?"
    r"(?:fusions?|fused|rearrange\w+|translocat\w+)\b"
)
_PARTNERS = {line[0]: line[1] for line in listed(__package__, "fusion_partners.tsv")}
_OLD = re.compile(
    rf"(?<![A-Za-z0-9-])(?:(?P<first>{alternatives(listed(__package__, 'fusion_partners.tsv'))})(?P<joint>::|--"
    rf"|[-‐‑–/:])(?P<second>[A-Z][A-Za-z0-9α-ω]{{1,8}})"
    rf"|(?P<first2>[A-Z][A-Za-z0-9α-ω]{{1,8}})(?P<joint2>::|--|[-‐‑–/:])"
    rf"(?P<second2>{alternatives(listed(__package__, 'fusion_partners.tsv'))}))(?![A-Za-z0-9]|-\d)"
)

_OLD_JOINT = re.compile(r"[-‐‑–/:](?=[A-Z])")


def _of_old_names(text: str) -> Iterator[Found]:
    """Yield fusions whose partners have names that mean other things alone: 'AML1-ETO', 'EWS/FLI1'."""
    joints = [match.start() for match in _OLD_JOINT.finditer(text)]
    for match in near(_OLD, text, joints, back=12, ahead=14):
        names = (match["first"] or match["first2"], match["second"] or match["second2"])
        partners = [_partner(name) for name in names]
        if None in partners or _NOT_FUSION.match(text, match.end()):
            continue
        symbols = [partner.symbol for partner in partners if partner]
        if symbols[0] != symbols[1]:
            yield Found(
                start=match.start(),
                end=match.end(),
                names=("::".join(symbols),),
                kind="fusion",
                gene=symbols[1],
                score=0.9,
            )


def _partner(name: str) -> Gene | None:
    return gene(_PARTNERS[name]) if name in _PARTNERS else gene_of(name)


def _any_partner(text: str, names: tuple[GeneName, ...]) -> Iterator[Found]:
    name = names[0]
    after = _FUSED.match(text, name.end)
    before = _FUSED_BEFORE.search(text, max(0, name.start - BEFORE), name.start)
    if after or before:
        start = before.start() if before and not after else name.start
        end = after.end() if after else name.end
        symbol = name.gene.symbol
        symbols = tuple(f"v::{one.gene.symbol}" for one in names)
        yield Found(start=start, end=end, names=symbols, kind="fusion", score=0.9, gene=symbol)
