"""Grounding: the gene that each variant mention belongs to, by context and by reference sequence.

A context proposes genes in the order in which a reader would think of them; the first whose protein
has the named residues is taken. Where none has them, the variant keeps the gene that the context means
and a low score, and the consistency rules say what is wrong with it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz.distance import OSA

from extract.hgvs.notation import short_form
from extract.hgvs.reference_residues import Fit, fit, residues
from extract.records import BlockKind, CellRef, Document, Mention, Span
from extract.text.neighbourhood import Context

FITTED = 0.9
UNFITTED = 0.5

# A gene is the topic of a document when it has this share of all its gene mentions, or stands in the title.
TOPIC_SHARE = 0.4

# Characters before its sentence in which a variant's gene is looked for: a paragraph, not a whole text file.
REACH = 3000

# 'COMT rs4680 (Val158Met)' names the gene too.
_BEFORE = re.compile(r"[\s\-‐–:(]*(?:rs\d{3,12}[\s,;:(]*)?(?:p\.)?\(?$")
_AFTER = re.compile(
    r"^\)?(?:\s+(?:mutations?|mutants?|variants?|substitutions?|alterations?))?\s*\(?(?:(?:in|of)\s+(?:the\s+)?)?$"
)
_LISTED = re.compile(r"(?:[\s,;/+&]|\b(?:and|or|plus|the|p\.)\s?)*")
_RESPECTIVELY = re.compile(r"[^.;]{0,140}\brespectively\b")
# 'C677T', 'G2677A/T': letters that are residues and bases both.
_BASES = re.compile(r"[ACGT][1-9]\d{1,5}[ACGT](?:\s?/\s?[ACGT])*")


def ground(document: Document, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions with the gene symbol in `entity` of each protein variant that a context grounds."""
    context = Context(document, mentions)
    topic = topic_gene(context)
    grounded: dict[int, Mention] = {}
    unfitted: list[int] = []
    for index, mention in enumerate(context.mentions):
        if mention.kind != "variant" or not residues(mention.normalized):
            continue
        fitted = _fitted(context, mention, topic)
        if fitted is None:
            unfitted.append(index)
        else:
            grounded[index] = fitted
    known = _Known(context, grounded)
    for index in unfitted:
        grounded[index] = _unfitted(context, context.mentions[index], known, topic)
    return tuple(grounded.get(index, mention) for index, mention in enumerate(context.mentions))


class _Known:
    """The genes of the variants of a paper that fit."""

    def __init__(self, context: Context, grounded: dict[int, Mention]) -> None:
        self._genes = {id(context.mentions[index]): mention.entity for index, mention in grounded.items()}
        self._named: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in grounded.values():
            for name in short_form(mention.normalized):
                self._named[name][mention.entity] += 1

    def beside(self, context: Context, mention: Mention) -> str:
        """Return the gene of most of the fitting variants in a variant's cell, or in its list in a sentence."""
        if mention.cell is not None:
            cell = context.table(mention.cell).rows[mention.cell.row][mention.cell.column]
            return _most(Counter(self._of(context.within(cell.span, "variant"))))
        listed: list[Mention] = []
        before = None
        for other in context.within(context.sentence(mention.span), "variant"):
            gap = context.document.text[before.span.end : other.span.start] if before is not None else "."
            if not _LISTED.fullmatch(gap):
                if mention in listed:
                    break
                listed = []
            listed.append(other)
            before = other
        return _most(Counter(self._of(listed))) if mention in listed else ""

    def same(self, mention: Mention) -> str:
        """Return the gene that the same variant fits elsewhere in the paper."""
        return _most(sum((self._named[name] for name in short_form(mention.normalized)), Counter()))

    def near(self, mention: Mention) -> str:
        """Return the gene of the fitting variants that are one keystroke from a variant."""
        names = short_form(mention.normalized)
        if len(names) != 1:
            return ""
        near = (genes for name, genes in self._named.items() if OSA.distance(name, names[0], score_cutoff=1) == 1)
        return _most(sum(near, Counter()))

    def _of(self, mentions: Iterable[Mention]) -> Iterator[str]:
        return (self._genes[id(mention)] for mention in mentions if id(mention) in self._genes)


def _most(genes: Counter[str]) -> str:
    return min(genes, key=lambda gene: (-genes[gene], gene)) if genes else ""


def topic_gene(context: Context) -> str:
    """Return the symbol of the gene that a document is about, empty where no gene stands out."""
    genes = [
        gene
        for gene in context.of_kind("gene")
        if (block := context.block(gene.span.start)) is None or block.kind is not BlockKind.REFERENCE
    ]
    if not genes:
        return ""
    counts = Counter(gene.normalized for gene in genes)
    symbol, count = counts.most_common(1)[0]
    in_title = {
        gene.normalized
        for gene in genes
        if (block := context.block(gene.span.start)) is not None and block.kind is BlockKind.TITLE
    }
    stands_out = count >= TOPIC_SHARE * len(genes) or in_title == {symbol}
    return symbol if stands_out else ""


def _fitted(context: Context, mention: Mention, topic: str) -> Mention | None:
    """Return the mention with the first gene of its context that has its residues."""
    named = residues(mention.normalized)
    if mention.entity and fit(mention.entity, named) is Fit.FITS:
        return mention
    touching = next(_touching(context, mention), "")
    if touching and not _in_turn(context, mention):
        return replace(mention, entity=touching) if fit(touching, named) is Fit.FITS else None
    for gene in _proposed(context, mention, topic):
        if fit(gene, named) is Fit.FITS:
            return replace(mention, entity=gene, score=min(mention.score, FITTED))
    return None


def _in_turn(context: Context, mention: Mention) -> bool:
    """Say whether the genes of variants are listed after them: 'V600E and G12C in BRAF and KRAS, respectively'."""
    return _RESPECTIVELY.match(context.document.text, mention.span.end, mention.span.end + 150) is not None


def _touching(context: Context, mention: Mention) -> Iterator[str]:
    """Yield the gene that stands right before a variant, or right after it with 'in' or 'of'."""
    text = context.document.text
    around = Span(start=max(0, mention.span.start - 40), end=mention.span.end + 60)
    genes = context.within(around, "gene")
    for gene in reversed(genes):
        if gene.span.end <= mention.span.start and _BEFORE.fullmatch(text[gene.span.end : mention.span.start]):
            yield gene.normalized
    for gene in genes:
        between = text[mention.span.end : gene.span.start]
        if gene.span.start >= mention.span.end and re.search(r"\b(?:in|of)\b", between) and _AFTER.match(between):
            yield gene.normalized


def _proposed(context: Context, mention: Mention, topic: str) -> Iterator[str]:
    """Yield the genes of a variant's context, the most telling first."""
    if mention.cell is not None:
        proposed = list(_of_table(context, mention))
        yield from proposed
        if topic and not (len(proposed) == 1 and _is_gene_column(context, mention.cell, proposed[0])):
            yield topic
        return
    if topic:
        yield topic
    sentence = context.sentence(mention.span)
    near = sorted(context.within(sentence, "gene"), key=lambda gene: abs(gene.span.start - mention.span.start))
    yield from dict.fromkeys(gene.normalized for gene in near)
    block = context.block(mention.span.start)
    if block is not None:
        start = max(block.span.start, sentence.start - REACH)
        before = context.within(Span(start=start, end=sentence.start), "gene")
        yield from dict.fromkeys(gene.normalized for gene in reversed(before))


def _of_table(context: Context, mention: Mention) -> Iterator[str]:
    """Yield the genes that a cell's row heading, its column header and the caption name.

    A row headed by one gene alone ('Gene' columns) is about that gene and no other.
    """
    ref = mention.cell
    if ref is None:
        return
    headings = dict.fromkeys(_of_heading(context, ref))
    yield from headings
    if len(headings) == 1 and _is_gene_column(context, ref, next(iter(headings))):
        return
    table = context.table(ref)
    for header in table.rows[: table.header_rows]:
        for cell in header:
            if cell.column <= ref.column < cell.column + cell.column_span:
                yield from (gene.normalized for gene in context.within(cell.span, "gene"))
    for block in context.document.blocks:
        if block.kind is BlockKind.CAPTION and table.caption and table.caption in context.text(block.span):
            yield from (gene.normalized for gene in context.within(block.span, "gene"))


def _of_heading(context: Context, ref: CellRef) -> Iterator[str]:
    """Yield the genes of the cells left of a cell, but for those with variants of their own.

    A cell to the right tells what follows from the row, not what the row is about.
    """
    for cell in context.row(ref)[: ref.column]:
        if not context.within(cell.span, "variant"):
            yield from (gene.normalized for gene in context.within(cell.span, "gene"))


def _is_gene_column(context: Context, ref: CellRef, gene: str) -> bool:
    """Say whether a cell of the row's heading holds the name of that gene and nothing else."""
    return any(
        mention.normalized == gene and mention.span == cell.span
        for cell in context.row(ref)[: ref.column]
        for mention in context.within(cell.span, "gene")
    )


def _unfitted(context: Context, mention: Mention, known: _Known, topic: str) -> Mention:
    """Return a variant that no gene of its context has, with the gene that it is given to or must mean.

    What a known gene does not have, and what is written in letters of bases, is read as a change of its DNA
    ('MTHFR C677T'), unless a variant of the paper that fits is one keystroke away.
    """
    touching = "" if _in_turn(context, mention) else next(_touching(context, mention), mention.entity)
    gene = touching or _meant(context, mention, known, topic)
    if not gene:
        return mention
    answer = fit(gene, residues(mention.normalized))
    explained = known.near(mention) or (not touching and known.same(mention))
    if answer in (Fit.OTHER_RESIDUE, Fit.BEYOND_END) and _BASES.fullmatch(mention.text) and not explained:
        name = next(iter(short_form(mention.normalized)))
        normalized = f"c.{name[1:-1]}{name[0]}>{name[-1]}"
        return replace(mention, entity=touching, normalized=normalized, score=min(mention.score, FITTED))
    return replace(mention, entity=gene, score=min(mention.score, FITTED if answer is Fit.FITS else UNFITTED))


def _meant(context: Context, mention: Mention, known: _Known, topic: str) -> str:
    """Return the gene that the context of an unfitting variant means.

    That is the gene of the variants that it is listed with or of its row, else the one that has it elsewhere in the
    paper or has a variant one keystroke away, else what is named near by.
    """
    said = known.beside(context, mention)
    if not said and mention.cell is not None:
        said = next(_of_heading(context, mention.cell), "")
    if said:
        return said
    block = context.block(mention.span.start)
    if block is not None and block.kind is BlockKind.REFERENCE:
        topic = ""  # a reference need not be about what the paper is about
    return known.same(mention) or known.near(mention) or _named_near(context, mention) or topic


def _named_near(context: Context, mention: Mention) -> str:
    """Return the nearest gene of a variant's sentence, or the first that its table proposes."""
    if mention.cell is not None:
        return next(_proposed(context, mention, ""), "")
    genes = context.within(context.sentence(mention.span), "gene")
    nearest = min(genes, key=lambda gene: abs(gene.span.start - mention.span.start), default=None)
    return nearest.normalized if nearest else ""
