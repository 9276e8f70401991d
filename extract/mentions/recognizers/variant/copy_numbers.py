"""Copy-number changes of genes: amplification, gain, deletion and loss, before the gene's name or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.shared.found import Found
from extract.mentions.shared.gene_names import GeneName, gene_of

_DEGREE = (
    r"(?:(?:homozygous|hemizygous|heterozygous|biallelic|bi-allelic|monoallelic|deep|shallow|focal|genomic"
    r"|somatic|germline|gene|high-level|low-level)[\s-])"
)
_AFTER = re.compile(
    rf"(?P<more>/[A-Z0-9]{{1,2}})?(?:\s(?:gene|locus|focal|high-level|low-level|genomic|oncogene|proto-oncogene))?[\s-]{_DEGREE}{{0,2}}"
    r"(?P<word>amplifications?|amplified|amp|copy[\s-]?numbers?[\s-](?:gains?|losse?s?|amplifications?|alterations?|increases?)"
    r"|gene\scopy\snumber\sgains?|CNG|CNL|co-?deletions?|deletions?|(?:co-?)?deleted|loss(?:es)?|gains?|polysomy)(?![A-Za-z]|[\s-]of\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![A-Za-z-])(?P<word>{_DEGREE}{{0,2}}(?:(?:amplifications?|copy[\s-]numbers?\s(?:gains?|loss|losses|amplifications?)|co-?deletions?|deletions?|loss(?:es)?|gains?)"
    r"\s(?:of|in|at|involving)\s(?:the\s)?(?:chromosom\w+\s)?|(?<![a-z]\s)(?:amplified|deleted|co-?amplified)\s))$",
    re.IGNORECASE,
)
# What is lost or gained is not the gene but its protein or function; 'deletion mutants' are constructs.
_NOT_COPIES = re.compile(
    r"[\s-](?:(?:gene|protein|nuclear|mRNA|IHC)\s)?(?:expression|protein|function|activity|staining|immuno|signal|of[\s-]function|mutant|mutation|construct|inhibit|binding"
    r"|phosphoryl|exon|promoter|domain|variant)|\sin\sexon|\s(?:knock|mice|polymorphism)",
    re.IGNORECASE,
)
_OF_AN_EXON = re.compile(
    r"(?:exons?|intron|codon)[\s-]\d+[a-z]?\s$|\b(?:bp|base[\s-]pair|nucleotide|amino[\s-]acid|residue|partial|small|frame)[\s-]$",
    re.IGNORECASE,
)
REACH = 48


def copy_numbers(text: str, names: tuple[GeneName, ...]) -> Iterator[Found]:
    """Yield the copy-number change of the genes that stand at one place, `MET amplification`, with a name for each."""
    first = names[0]
    after = _AFTER.match(text, first.end)
    if after and _NOT_COPIES.match(text, after.end()):
        after = None
    before = None if after else _BEFORE.search(text, max(0, first.start - REACH), first.start)
    if before and (
        _NOT_COPIES.match(text, first.end) or _OF_AN_EXON.search(text, max(0, before.start() - 24), before.start())
    ):
        before = None
    match = after or before
    if match:
        word = _copy_word(match["word"])
        yield Found(
            start=first.start if after else match.start(),
            end=match.end() if after else first.end,
            names=tuple(f"{symbol} {word}" for symbol in _symbols(names, after["more"] if after else None)),
            kind="copy number",
            gene=first.gene.symbol,
        )


def _symbols(names: tuple[GeneName, ...], more: str | None) -> Iterator[str]:
    """Yield the symbols of the genes at one place, and the one that 'CDKN2A/B' adds."""
    yield from (name.gene.symbol for name in names)
    other = gene_of(names[0].gene.symbol[: 1 - len(more)] + more[1:]) if more else None
    if other:
        yield other.symbol


def _copy_word(word: str) -> str:
    lowered = word.lower()
    if "amp" in lowered:
        return "amplification"
    numbered = "copy" in lowered or lowered.startswith("cn")
    if "delet" in lowered:
        return "deletion"
    if "loss" in lowered or lowered == "cnl":
        return "copy number loss" if numbered else "loss"
    return "polysomy" if "polysomy" in lowered else "copy number gain"
