"""Grounding: the gene that each variant mention belongs to, by context and by reference sequence.

A context proposes genes in the order in which a reader would think of them; the first whose protein
has the named residues is taken. Where none has them, the variant keeps the gene that the context means
and a low score, and the consistency rules say what is wrong with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
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
    near = _Sentences(context)
    topic = topic_gene(context)
    grounded: dict[int, Mention] = {}
    unfitted: list[int] = []
    for index, mention in enumerate(context.mentions):
        if mention.kind != "variant" or not residues(mention.normalized):
            continue
        fitted = _fitted(near, mention, topic)
        if fitted is None:
            unfitted.append(index)
        else:
            grounded[index] = fitted
    known = _Known(near, grounded)
    for index in unfitted:
        grounded[index] = _unfitted(near, context.mentions[index], known, topic)
    settled = tuple(grounded.get(index, mention) for index, mention in enumerate(context.mentions))
    return tuple(_beside_named(document, settled, near))


class _Sentences:
    """What stands in the sentences of a paper, looked up once for each: many variants may share one."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._genes: dict[int, tuple[Mention, ...]] = {}
        self._lists: dict[int, dict[int, list[Mention]]] = {}

    def genes(self, sentence: Span) -> tuple[Mention, ...]:
        """Return the genes of a sentence in order."""
        if sentence.start not in self._genes:
            self._genes[sentence.start] = self.context.within(sentence, "gene")
        return self._genes[sentence.start]

    def nearest_genes(self, mention: Mention) -> list[Mention]:
        """Return the genes of a mention's sentence, the nearest first; of a great many those around it."""
        genes = self.genes(self.context.sentence(mention.span))
        at = bisect_left(genes, mention.span.start, key=lambda gene: gene.span.start)
        around = genes[max(0, at - MOST_GENES) : at + MOST_GENES]
        return sorted(around, key=lambda gene: abs(gene.span.start - mention.span.start))

    def listed_with(self, mention: Mention) -> list[Mention]:
        """Return the variants of a sentence that a list joins to one, itself among them."""
        sentence = self.context.sentence(mention.span)
        if sentence.start not in self._lists:
            self._lists[sentence.start] = self._listed(sentence)
        return self._lists[sentence.start].get(id(mention), [])

    def _listed(self, sentence: Span) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        listed: list[Mention] = []
        before = None
        for other in self.context.within(sentence, "variant"):
            gap = self.context.document.text[before.span.end : other.span.start] if before is not None else "."
            if not _LISTED.fullmatch(gap):
                listed = []
            listed.append(other)
            found[id(other)] = listed
            before = other
        return found


MOST_GENES = 40
"""How many genes before and behind a variant in its sentence are thought of: a list as one sentence has thousands."""


class _Known:
    """The genes of the variants of a paper that fit."""

    def __init__(self, near: _Sentences, grounded: dict[int, Mention]) -> None:
        context = near.context
        self._near_by = near
        self._nearby_names: dict[str, str] = {}
        self._of_list: dict[int, str] = {}
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
        listed = self._near_by.listed_with(mention)
        if id(listed) not in self._of_list:
            self._of_list[id(listed)] = _most(Counter(self._of(listed)))
        return self._of_list[id(listed)] if listed else ""

    def same(self, mention: Mention) -> str:
        """Return the gene that the same variant fits elsewhere in the paper."""
        return _most(sum((self._named[name] for name in short_form(mention.normalized)), Counter()))

    def near(self, mention: Mention) -> str:
        """Return the gene of the fitting variants that are one keystroke from a variant."""
        names = short_form(mention.normalized)
        if len(names) != 1:
            return ""
        if names[0] not in self._nearby_names:
            self._nearby_names[names[0]] = self._nearest(names)
        return self._nearby_names[names[0]]

    def _nearest(self, names: tuple[str, ...]) -> str:
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


def _fitted(near: _Sentences, mention: Mention, topic: str) -> Mention | None:
    """Return the mention with the first gene of its context that has its residues."""
    context = near.context
    named = residues(mention.normalized)
    if mention.entity and fit(mention.entity, named) is Fit.FITS:
        return mention
    touching = next(_touching(context, mention), "")
    if touching and not _in_turn(context, mention):
        return replace(mention, entity=touching) if fit(touching, named) is Fit.FITS else None
    for gene in _proposed(near, mention, topic):
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


def _proposed(near: _Sentences, mention: Mention, topic: str) -> Iterator[str]:
    """Yield the genes of a variant's context, the most telling first."""
    context = near.context
    if mention.cell is not None:
        proposed = list(_of_table(context, mention))
        yield from proposed
        if topic and not (len(proposed) == 1 and _is_gene_column(context, mention.cell, proposed[0])):
            yield topic
        return
    if topic:
        yield topic
    sentence = context.sentence(mention.span)
    yield from dict.fromkeys(gene.normalized for gene in near.nearest_genes(mention))
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


def _unfitted(near: _Sentences, mention: Mention, known: _Known, topic: str) -> Mention:
    """Return a variant that no gene of its context has, with the gene that it is given to or must mean.

    What a known gene does not have, and what is written in letters of bases, is read as a change of its DNA
    ('MTHFR C677T'), unless a variant of the paper that fits is one keystroke away.
    """
    touching = "" if _in_turn(near.context, mention) else next(_touching(near.context, mention), mention.entity)
    gene = touching or _meant(near, mention, known, topic)
    if not gene:
        return mention
    answer = fit(gene, residues(mention.normalized))
    explained = known.near(mention) or (not touching and known.same(mention))
    of_bases = _BASES.fullmatch(mention.text) is not None and (touching or _speaks_of_dna(near.context, mention))
    if answer in (Fit.OTHER_RESIDUE, Fit.BEYOND_END) and of_bases and not explained:
        name = next(iter(short_form(mention.normalized)))
        normalized = f"c.{name[1:-1]}{name[0]}>{name[-1]}"
        return replace(mention, entity=touching, normalized=normalized, score=min(mention.score, FITTED))
    return replace(mention, entity=gene, score=min(mention.score, FITTED if answer is Fit.FITS else UNFITTED))


_DNA = re.compile(
    r"polymorphi|\bSNPs?\b|genotyp|allel|typed|nucleotide|promoter|haplotyp|homozyg|heterozyg|carrier|\brs\d|intron|\bc\.\d|exon|transition|transversion",
    re.IGNORECASE,
)


def _speaks_of_dna(context: Context, mention: Mention) -> bool:
    """Say whether words of DNA stand near a mention: 'C77A' of an enzyme's mutant is of residues."""
    start, end = max(0, mention.span.start - 200), mention.span.end + 150
    return _DNA.search(context.document.text, start, end) is not None


def _meant(near: _Sentences, mention: Mention, known: _Known, topic: str) -> str:
    """Return the gene that the context of an unfitting variant means.

    That is the gene of the variants that it is listed with or of its row, else the one that has it elsewhere in the
    paper or has a variant one keystroke away, else what is named near by.
    """
    said = known.beside(near.context, mention)
    if not said and mention.cell is not None:
        said = next(_of_heading(near.context, mention.cell), "")
    if said:
        return said
    block = near.context.block(mention.span.start)
    if block is not None and block.kind is BlockKind.REFERENCE:
        topic = ""  # a reference need not be about what the paper is about
    return known.same(mention) or known.near(mention) or _named_near(near, mention) or topic


def _named_near(near: _Sentences, mention: Mention) -> str:
    """Return the nearest gene of a variant's sentence, or the first that its table proposes."""
    if mention.cell is not None:
        return next(_proposed(near, mention, ""), "")
    return next((gene.normalized for gene in near.nearest_genes(mention)), "")


# What may stand between a change of DNA or an exon event and the change of the protein that it is: 'L858R (c.2573T>G)'.
_SAME_CHANGE = re.compile(r"\s?[(\[,;:/=]{0,2}\s?(?:[NX][MPRG]_\d{4,9}(?:\.\d{1,2})?:)?")
_OF_DNA = re.compile(r"[cnr]\.|IVS|exon|rs\d|codon|internal|partial|kinase|v[IV]|[A-Z]\d+_splice|p\.\d")


def _beside_named(document: Document, mentions: tuple[Mention, ...], near: _Sentences) -> Iterator[Mention]:
    """Yield the mentions, those of DNA changes and exon events with the gene beside them.

    That is the gene of the protein change that it is put beside, of the variant that it is listed with, or the one
    gene that its sentence names.
    """
    last: Mention | None = None
    for mention in mentions:
        plain = mention.kind == "variant" and not mention.entity and _OF_DNA.match(mention.normalized)
        if plain and mention.cell is None:
            gene = ""
            if last is not None and last.entity and last.span.end <= mention.span.start:
                gap = document.text[last.span.end : mention.span.start]
                gene = last.entity if _SAME_CHANGE.fullmatch(gap) or _LISTED.fullmatch(gap) else ""
            if not gene:
                named = {gene.normalized for gene in near.genes(near.context.sentence(mention.span))}
                gene = named.pop() if len(named) == 1 else ""
            if gene:
                mention = replace(mention, entity=gene, score=min(mention.score, FITTED))
        if mention.kind == "variant":
            last = mention
        yield mention
