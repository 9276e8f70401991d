"""The gene that a variant belongs to, where it stands at the variant: 'ALK G1202R', 'BRAFV600E', 'EGFR (T790M)'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.genes import Gene
from extract.hgvs.notation import substitution, three_letter
from extract.hgvs.reference_residues import Fit, fit, residues
from extract.mentions.recognizers.variant.residue_parts import ONE, RIGHT
from extract.mentions.shared.found import Found, anchored
from extract.mentions.shared.gene_names import GeneName, gene_of

_GLUED = re.compile(
    rf"(?<![A-Za-z0-9])(?P<gene>[A-Za-z][A-Za-z0-9]{{1,8}}?)(?:[-_]|p\.)?(?P<ref>{ONE})(?P<pos>[1-9]\d{{1,4}})(?P<alt>{ONE}){RIGHT}"
)
_BETWEEN = re.compile(
    r"(?:\s|-|–|:|_|\s?\(|,\s|/)?(?:(?:gene|mutant|mutated|mutation|mutations|variant|variants|protein|kinase|fusion|the|a"
    r"|positive|promoter|exon\s?\d{1,2}|[NX][MPRG]_\d{4,9}(?:\.\d{1,2})?)(?:\s|:|,\s|\s?\()){0,4}(?:p\.\(?|\(|\[|\*)?"
)
_AFTER = re.compile(
    r"\)?\s(?:(?:point|missense|resistance|somatic|acquired|germline)\s)?(?:(?:mutations?|substitutions?|variants?|alleles?)\s)?"
    r"(?:(?:in|of)\s(?:the\s)?)?(?=[A-Za-z])|\)?-(?=[A-Z])"
)
_LIST = re.compile(
    r"(?:\s?(?:,|;|/|\+|&|:|,?\s(?:and|or|and/or|plus))\s?|\s?[(\[]|\)?\s)(?:the\s)?(?:[NX][MPRG]_\d{4,9}(?:\.\d{1,2})?:)?(?:p\.\(?)?"
)
# The clinic's names of altered receptors: 'METex14 skipping', 'EGFRvIII'; and a residue on its gene, 'BRAFV600'.
_EXON_GLUED = re.compile(
    r"(?<![A-Za-z0-9])(?P<gene>[A-Z][A-Z0-9]{1,7}?)-?(?P<event>(?:Δ|∆)?ex(?:on)?\s?(?P<number>\d{1,2})"
    r"[\s-]?(?P<edit>skipping|del(?:etion)?|ins(?:ertion)?|mutations?|mut)?)(?![A-Za-z0-9])"
)
_TRUNCATED = re.compile(r"(?<![A-Za-z0-9])(?P<gene>[A-Z][A-Z0-9]{1,7}?)[\s-]?(?P<event>v(?:III|II|IV))(?![A-Za-z0-9])")
_RESIDUE_GLUED = re.compile(
    rf"(?<![A-Za-z0-9])(?P<gene>[A-Z][A-Z0-9]{{2,7}}?)(?P<ref>{ONE})(?P<pos>[1-9]\d{{1,3}})"
    r"(?=[-\s](?:mut|positive|wild|hot))"
)
# Histones, whose residues are counted without the first Met: 'H3K27M', 'H3.3 G34R'.
_HISTONE = re.compile(
    rf"(?<![A-Za-z0-9])(?:H3(?:[.-][1-3A-C])?|H4|H2A(?:\.[XZ])?|H2B)(?:[\s-]|p\.)?(?P<ref>{ONE})(?P<pos>[1-9]\d{{0,2}})(?P<alt>{ONE}){RIGHT}"
)
# 'braf v600e' in lower case is a variant where the gene has that residue.
_LOWER = re.compile(
    r"(?<![A-Za-z0-9])(?P<gene>[a-z]{2,5}\d?)[\s-](?:p\.)?(?P<ref>[a-z])(?P<pos>[1-9]\d{1,3})(?P<alt>[a-z])(?![A-Za-z0-9])"
)
_LOWER_ANCHOR = re.compile(r"[a-z][1-9]\d{1,3}[a-z](?![A-Za-z0-9])")
_EXON_ANCHOR = re.compile(r"[A-Z0-9]-?[Δ∆]?ex(?:on)?\s?\d")
_TRUNCATED_ANCHOR = re.compile(r"v(?:III|II|IV)")
_RESIDUE_ANCHOR = re.compile(rf"{ONE}\d{{2,4}}[-\s](?:mut|positive|wild|hot)")
_GLUED_ANCHOR = re.compile(rf"{ONE}[1-9]\d{{1,4}}{ONE}(?![A-Za-z0-9])")
_EXON_EDITS = {"ski": "skipping", "del": "deletion", "ins": "insertion", "mut": "mutation"}
REACH = 60


def glued_events(text: str) -> Iterator[Found]:
    """Yield events written onto the symbol of their gene: 'METex14 skipping', 'EGFRvIII', 'BRAFV600'."""
    for match in anchored(_EXON_GLUED, _EXON_ANCHOR, text):
        gene = gene_of(match["gene"])
        edit = "deletion" if match["event"][0] in "Δ∆" else _EXON_EDITS.get((match["edit"] or "")[:3])
        if gene and edit:
            name = f"exon {match['number']} {edit}"
            yield Found(start=match.start("event"), end=match.end(), names=(name,), gene=gene.symbol, score=0.9)
    for match in anchored(_TRUNCATED, _TRUNCATED_ANCHOR, text):
        gene = gene_of(match["gene"])
        if gene:
            yield Found(
                start=match.start("event"), end=match.end(), names=(match["event"],), gene=gene.symbol, score=0.9
            )
    for match in anchored(_RESIDUE_GLUED, _RESIDUE_ANCHOR, text):
        gene = gene_of(match["gene"])
        if gene and gene_of(match[0]) is None:
            name = f"p.{three_letter(match['ref'])}{match['pos']}"
            yield Found(start=match.start("ref"), end=match.end(), names=(name,), gene=gene.symbol, score=0.8)


def glued(text: str) -> Iterator[Found]:
    """Yield changes written onto the symbol of their gene: 'ALKL1196M', 'BRAFV600E'."""
    for match in anchored(_GLUED, _GLUED_ANCHOR, text):
        gene = gene_spelled(match["gene"])
        if gene is None:
            continue
        reference, alternative = three_letter(match["ref"]), three_letter(match["alt"])
        if reference and alternative:
            name = substitution(reference, match["pos"], alternative)
            yield Found(start=match.start("ref"), end=match.end(), names=(name,), gene=gene.symbol)
    for match in _HISTONE.finditer(text):
        name = substitution(three_letter(match["ref"]) or "", match["pos"], three_letter(match["alt"]) or "")
        yield Found(start=match.start("ref"), end=match.end(), names=(name,))
    for match in anchored(_LOWER, _LOWER_ANCHOR, text):
        gene = gene_of(match["gene"].upper())
        before = three_letter(match["ref"].upper())
        after = three_letter(match["alt"].upper())
        if gene and before and after and fit(gene.symbol, residues(f"p.{before}{match['pos']}")) is Fit.FITS:
            name = substitution(before, match["pos"], after)
            yield Found(start=match.start("ref"), end=match.end(), names=(name,), gene=gene.symbol, score=0.8)


def gene_spelled(spelled: str) -> Gene | None:
    """Return the gene of a name as spelled, or as the gene of a mouse is ('Kras')."""
    return gene_of(spelled) or (gene_of(spelled.upper()) if spelled.istitle() else None)


def grounded(text: str, finds: Sequence[Found], genes: Sequence[GeneName]) -> Iterator[Found]:
    """Yield the finds with the gene that stands at them; a list of variants shares the gene at its first."""
    ends = {name.end: name.gene.symbol for name in genes}
    starts = {name.start: name.gene.symbol for name in genes}
    before: Found | None = None
    for find in finds:
        gene = find.gene or _gene_before(text, find, ends) or _gene_after(text, find, starts)
        if not gene and before is not None and before.gene and _listed(text, before, find):
            gene = before.gene
        before = find.of(gene)
        yield before


def _gene_before(text: str, find: Found, ends: dict[int, str]) -> str:
    for width in range(min(REACH, find.start) + 1):
        end = find.start - width
        if end in ends:
            return ends[end] if _BETWEEN.fullmatch(text, end, find.start) else ""
    return ""


def _gene_after(text: str, find: Found, starts: dict[int, str]) -> str:
    match = _AFTER.match(text, find.end)
    return starts.get(match.end(), "") if match else ""


def _listed(text: str, before: Found, find: Found) -> bool:
    return before.end <= find.start <= before.end + REACH and (
        _LIST.fullmatch(text, before.end, find.start) is not None
    )
