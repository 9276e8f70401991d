"""How the variants of a paper stand to the genes that their context gives them.

What the rules on residues share: each variant once for each gene, with its places, the drugs that it is
listed for, whether the gene's protein has its residues, and what would explain it if not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from curate.records import Place
from extract.cache import for_the_last
from extract.claims.variant_response import VariantResponse
from extract.hgvs.notation import short_form
from extract.hgvs.reference_residues import Fit, Residue, fit, residues
from extract.mentions.grounding import topic_gene
from extract.records import BlockKind, Extraction, Mention, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "variant"

# Words of mouse models and of other organisms, whose proteins count their residues otherwise.
_ANIMALS = re.compile(
    r"\b(?:mouse|mice|murine|rats?|zebrafish|yeasts?|Drosophila|bovine|porcine|canine|feline|Cre(?:ER)?)\b|\bfl/fl\b|LSL-"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A variant with the gene of its context, and the drugs whose table rows list it.

    `name` is as curators write it, `printed` as the paper does. `fitting_genes` are the genes that explain
    the variant, most often named first: those of the paper that have the residues, and, where the residue
    number is within the protein of `gene`, so that many genes fit by chance, only those that the paper
    gives the same variant to elsewhere or is about. `neighbour` is a variant of the same gene, one keystroke
    away, or the same change the other way round, and named in the paper, that fits. `renumbered` says that most
    variants of the gene do not fit, so that the paper counts otherwise; `swapped` that the protein has the residue
    that the variant changes to, as reference sequences do that hold the rarer allele; `of_animals` that the paper
    speaks of the variant in animals alone, whose residues have other numbers.
    """

    name: str
    printed: str
    gene: str
    drugs: tuple[str, ...]
    named: tuple[Residue, ...]
    fit: Fit
    places: tuple[Place, ...]
    fitting_genes: tuple[str, ...] = ()
    neighbour: str = ""
    renumbered: bool = False
    swapped: bool = False
    of_animals: bool = False

    @property
    def cannot_be_judged(self) -> bool:
        """Say whether the human reference sequence has nothing to say against the variant."""
        return self.fit is Fit.UNKNOWN or self.of_animals or (self.swapped and not self.neighbour)

    @property
    def subject(self) -> str:
        """Return what a flag on this variant is about: 'ALK G2032R'."""
        return f"{self.gene} {self.printed}"


@for_the_last
def suspects(extraction: Extraction) -> tuple[Suspect, ...]:
    """Return each protein variant of a paper with what the reference sequences say of it."""
    return tuple(_suspects(extraction))


def _suspects(extraction: Extraction) -> Iterator[Suspect]:
    context = Context(extraction.document, extraction.mentions)
    found = _grouped(context)
    fits = {key: fit(key[1], residues(mentions[0].normalized)) for key, mentions in found.items()}
    genes = Counter(mention.normalized for mention in context.of_kind("gene"))
    topic = topic_gene(context)
    drugs = _row_drugs(extraction)
    for (name, gene), mentions in found.items():
        named = residues(mentions[0].normalized)
        fitted = fits[name, gene]
        suspect = Suspect(
            name=name,
            printed=_printed(mentions[0], name),
            gene=gene,
            drugs=tuple(dict.fromkeys(drug for mention in mentions for drug in drugs.get(mention.span, ()))),
            named=named,
            fit=fitted,
            places=tuple(_places(extraction, context, mentions, drugs)),
        )
        if fitted in (Fit.UNKNOWN, Fit.FITS):
            yield suspect
            continue
        explaining = (
            other
            for other, _ in sorted(genes.items(), key=lambda item: (-item[1], item[0]))
            if other != gene
            and fit(other, named) is Fit.FITS
            and (fitted is Fit.BEYOND_END or other == topic or fits.get((name, other)) is Fit.FITS)
        )
        yield replace(
            suspect,
            fitting_genes=tuple(explaining),
            neighbour=_neighbour(name, gene, found, fits) or _reverse(name, gene, fits),
            renumbered=_renumbered(gene, fits),
            swapped=fitted is Fit.OTHER_RESIDUE and _fits_reversed(name, gene),
            of_animals=all(_ANIMALS.search(context.text(context.sentence(mention.span))) for mention in mentions),
        )


_Key = tuple[str, str]  # a variant in one-letter form and the gene of its context


def _grouped(context: Context) -> dict[_Key, list[Mention]]:
    """Group the simple protein variants by name and gene, in the order of the text.

    Those in the titles of references are the words of other papers.
    """
    grouped: dict[_Key, list[Mention]] = defaultdict(list)
    for mention in context.of_kind("variant"):
        block = context.block(mention.span.start)
        if block is not None and block.kind is BlockKind.REFERENCE:
            continue
        names = short_form(mention.normalized) if residues(mention.normalized) else ()
        if len(names) == 1:
            grouped[names[0], mention.entity].append(mention)
    return grouped


def _printed(mention: Mention, name: str) -> str:
    """Return a variant as it stands in the paper where its name has another form: 'I1151Tins'."""
    return mention.text if "_" in name and "_" not in mention.text and " " not in mention.text else name


def _row_drugs(extraction: Extraction) -> dict[Span, tuple[str, ...]]:
    """Return the drugs that the variants of table cells are listed for, by the place of the variant."""
    drugs: dict[Span, tuple[str, ...]] = {}
    for claim in extraction.claims:
        if isinstance(claim.arguments, VariantResponse):
            for evidence in claim.evidence:
                if evidence.cell is not None:
                    drugs[evidence.span] = (*drugs.get(evidence.span, ()), claim.arguments.drug)
    return drugs


def _places(
    extraction: Extraction, context: Context, mentions: list[Mention], drugs: dict[Span, tuple[str, ...]]
) -> Iterator[Place]:
    locator = Locator(extraction.document)
    for mention in mentions:
        within, role = context.sentence(mention.span), "text"
        if mention.cell is not None:
            within = context.table(mention.cell).rows[mention.cell.row][mention.cell.column].span
            listed_for = " and ".join(dict.fromkeys(drugs.get(mention.span, ())))
            role = f"row of {listed_for}" if listed_for else "table"
        evidence = locator.evidence(mention.span, extractor=EXTRACTOR, cell=mention.cell, within=within)
        yield Place(role=role, evidence=evidence)


def _neighbour(name: str, gene: str, found: dict[_Key, list[Mention]], fits: dict[_Key, Fit]) -> str:
    """Return the one variant of the gene that fits and is one keystroke from `name`, the most often named."""
    counts: Counter[str] = Counter()
    for (other, of), mentions in found.items():
        if of == gene and fits[other, of] is Fit.FITS and OSA.distance(name, other) == 1:
            counts[other] += len(mentions)
    return min(counts, key=lambda other: (-counts[other], other)) if counts else ""


_SUBSTITUTION = re.compile(r"([A-Z])(\d+)([A-Z])")


def _reversed(name: str) -> str:
    return _SUBSTITUTION.sub(r"\3\2\1", name) if _SUBSTITUTION.fullmatch(name) else ""


def _fits_reversed(name: str, gene: str) -> bool:
    match = _SUBSTITUTION.fullmatch(name)
    return match is not None and fit(gene, (Residue(position=int(match[2]), letter=match[3]),)) is Fit.FITS


def _reverse(name: str, gene: str, fits: dict[_Key, Fit]) -> str:
    """Return the same change the other way round where the paper names it and it fits: L858R for 'R858L'."""
    return _reversed(name) if fits.get((_reversed(name), gene)) is Fit.FITS else ""


def _renumbered(gene: str, fits: dict[_Key, Fit]) -> bool:
    answers = Counter(answer for (_, of), answer in fits.items() if of == gene)
    return answers[Fit.OTHER_RESIDUE] >= max(2, answers[Fit.FITS])
