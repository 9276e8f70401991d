"""Grounding: the gene that each variant mention belongs to, by context and by reference sequence.

A context proposes genes in the order in which a reader would think of them; the first whose protein
has the named residues is taken. Where none has them, the variant keeps the gene that the context means
and a low score, and the consistency rules say what is wrong with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from extract.context import Context
from extract.records import BlockKind, CellRef, Document, Mention, Span
from extract.residues import Fit, fit, residues

FITTED = 0.9
UNFITTED = 0.5

# A gene is the topic of a document when it has this share of all its gene mentions, or stands in the title.
TOPIC_SHARE = 0.4

# Characters before its sentence in which a variant's gene is looked for: a paragraph, not a whole text file.
REACH = 3000

_BEFORE = re.compile(r"[\s\-‐–:(]*(?:p\.)?\(?$")
_AFTER = re.compile(
    r"^\)?(?:\s+(?:mutations?|mutants?|variants?|substitutions?|alterations?))?\s*\(?(?:(?:in|of)\s+(?:the\s+)?)?$"
)


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
    fitted_genes = {id(context.mentions[index]): mention.entity for index, mention in grounded.items()}
    for index in unfitted:
        mention = context.mentions[index]
        gene = _meant(context, mention, fitted_genes, topic)
        if gene:
            grounded[index] = replace(mention, entity=gene, score=min(mention.score, UNFITTED))
    return tuple(grounded.get(index, mention) for index, mention in enumerate(context.mentions))


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
    if touching:
        return replace(mention, entity=touching) if fit(touching, named) is Fit.FITS else None
    for gene in _proposed(context, mention, topic):
        if fit(gene, named) is Fit.FITS:
            return replace(mention, entity=gene, score=min(mention.score, FITTED))
    return None


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


def _meant(context: Context, mention: Mention, fitted: dict[int, str], topic: str) -> str:
    """Return the gene that the context of an unfitting variant means: that of the variants beside it.

    `fitted` gives the gene of each variant that fits, by the identity of its mention.
    """
    touching = next(_touching(context, mention), mention.entity)
    if touching:
        return touching
    if mention.cell is None:
        around = context.sentence(mention.span)
    else:
        around = context.table(mention.cell).rows[mention.cell.row][mention.cell.column].span
    beside = Counter(fitted[id(other)] for other in context.within(around, "variant") if id(other) in fitted)
    if beside:
        return min(beside, key=lambda gene: (-beside[gene], gene))
    return next(_proposed(context, mention, topic), "")
