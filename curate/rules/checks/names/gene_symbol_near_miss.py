"""Symbols that no gene has, a letter off one that the paper uses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from corpus.diseases import disease
from corpus.drugs import drug
from corpus.genes import genes_named
from corpus.genes import names as gene_names
from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.compounds import difference, swapped
from curate.rules.shared.wording import place_name
from extract.claims.abbreviation import Expansion
from extract.hgvs.reference_residues import Fit, fit, residues
from extract.mentions.capture import passages
from extract.records import BlockKind, CellRef, Extraction, Mention, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "gene"
COMMON, RATIO = 3, 3  # times that the other symbol stands in the paper at least, and for each of the doubtful one
ENDING = 2  # letters and figures at most that tell the genes of a family apart
SHORT = 3  # letters of symbols that many other things have too
MOST_PLACES = 3  # of the other symbol: the first places are enough to find the others by

_SYMBOL = re.compile(r"(?<![A-Za-z0-9])(?=[A-Z0-9]*[A-Z]{3})[A-Z][A-Z0-9]{2,7}(?![A-Za-z0-9])")
_MUTATED = re.compile(r"[\s-](?:mutations?|mutants?|mutated|amplifi\w+|rearrange\w+|exon\s\d)")
_GENE = re.compile(
    rf"{_MUTATED.pattern}|[\s-](?:genes?|fusions?|translocations?|positive|inhibitors?|TKIs?|alterations?|variants?|m?RNA|proteins?"
    r"|(?:over)?express\w+|polymorphisms?|genotypes?)\b"
)
_PARTNER = re.compile(r"(?<![A-Za-z0-9])(?P<gene>[A-Z][A-Z0-9]{1,9})(?:[-‐‑–]|::?)\Z")
_CAPITALS_AFTER = re.compile(r"\s[A-Z]{3,}\b")
_CAPITALS_BEFORE = re.compile(r"\b[A-Z]{3,}\s\Z")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A symbol at one of its places, with what there speaks of a gene."""

    span: Span
    cell: CellRef | None
    variant: Mention | None
    spoken: bool
    mutated: bool
    partner: bool


@RULES.register("gene-symbol-near-miss")
def gene_symbol_near_miss(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find gene symbols that are misspelled: a letter off one that the paper uses.

    Looks at words of capitals that are no symbol, alias or family of genes, no drug, disease, trial or abbreviation of
    the paper. Flagged are those that differ from a symbol that the paper uses several times, and thrice as often, in
    two letters that changed places, or in a letter more or less where 'expression', 'inhibitor' and the like follow,
    or in another letter where 'mutation', 'amplification' and the like do; and those before a variant that the protein
    of the other gene has. Differing figures are other genes, and are left alone, as are the entries of the reference
    list and symbols that they have too, and words of three letters unless they are a fusion's partner or stand at such
    a variant.

    Example: 'BARF V600E' in a paper on BRAF.

    Source: HGNC symbols; optimal string alignment distance (Damerau 1964).
    """
    context = Context(extraction.document, extraction.mentions)
    used: dict[str, list[Mention]] = defaultdict(list)
    for mention in context.of_kind("gene"):
        if _SYMBOL.fullmatch(mention.text):
            used[mention.text].append(mention)
    for _ in {mention.normalized for mentions in used.values() for mention in mentions}:
        yield Outcome.CONSISTENT
    shorts = {form.short for form in extraction.abbreviations}
    shorts |= {claim.arguments.short for claim in extraction.claims if isinstance(claim.arguments, Expansion)}
    printed, quoted = _unknown(context)
    for symbol, places in sorted(printed.items()):
        meant = "" if symbol in shorts or symbol in quoted else _meant(symbol, places, used)
        if meant:
            yield _doubt(context, symbol, places, meant, used[meant])
        elif any(one.spoken or one.variant or one.partner for one in places):
            yield Outcome.NOT_APPLICABLE


def _unknown(context: Context) -> tuple[dict[str, list[_Printed]], frozenset[str]]:
    """Return the symbols that name nothing known, with their places, and those that the reference list has."""
    printed: dict[str, list[_Printed]] = defaultdict(list)
    quoted = set()
    for passage in passages(context.document):
        block = context.block(passage.span.start)
        if block is not None and block.kind is BlockKind.FRONT_MATTER:
            continue
        for match in _SYMBOL.finditer(passage.text):
            span = Span(start=passage.span.start + match.start(), end=passage.span.start + match.end())
            if _names_something(match[0]) or _overlapped(context, span) or _in_capitals(passage.text, match):
                continue
            if block is not None and block.kind is BlockKind.REFERENCE:
                quoted.add(match[0])
            else:
                printed[match[0]].append(_place(context, passage.text, match, span, passage.cell))
    return printed, frozenset(quoted)


def _overlapped(context: Context, span: Span) -> bool:
    around = Span(start=span.start - 40, end=span.end + 40)
    return any(one.span.start < span.end and span.start < one.span.end for one in context.within(around))


def _in_capitals(text: str, match: re.Match[str]) -> bool:
    before = _CAPITALS_BEFORE.search(text, max(0, match.start() - 12), match.start())
    return before is not None and _CAPITALS_AFTER.match(text, match.end()) is not None


@cache
def _names_something(symbol: str) -> bool:
    """Say whether a gene, a family of genes, a drug or a disease is known by a symbol, or begins so."""
    if genes_named(symbol) or drug(symbol) or disease(symbol):
        return True
    first, last = (bisect_left(_sorted_names(), end) for end in (symbol, symbol + "~"))
    return any(len(name) <= len(symbol) + ENDING for name in _sorted_names()[first:last])


@cache
def _sorted_names() -> tuple[str, ...]:
    return tuple(sorted({name.upper() for name in gene_names()}))


def _place(context: Context, text: str, match: re.Match[str], span: Span, cell: CellRef | None) -> _Printed:
    beside = context.within(Span(start=span.end, end=span.end + 24), "variant")
    follows = beside and re.fullmatch(r"[\s-](?:\(?p\.)?", context.document.text[span.end : beside[0].span.start])
    joined = _PARTNER.search(text, max(0, match.start() - 14), match.start())
    return _Printed(
        span=span,
        cell=cell,
        variant=beside[0] if follows else None,
        spoken=_GENE.match(text, match.end()) is not None,
        mutated=_MUTATED.match(text, match.end()) is not None,
        partner=joined is not None and bool(genes_named(joined["gene"])),
    )


def _meant(symbol: str, places: list[_Printed], used: Mapping[str, list[Mention]]) -> str:
    """Return the symbol of the paper that an unknown one is likely meant for, empty where none is."""
    counts = Counter({name: len(mentions) for name, mentions in used.items()})
    near = [name for name in counts if _near(symbol, name) and _is_slip(symbol, name, places, used[name])]
    return max(near, key=lambda name: (swapped(symbol, name), counts[name], name), default="")


def _near(symbol: str, name: str) -> bool:
    """Say whether two symbols differ in letters alone, by one keystroke."""
    figures = [re.sub(r"\D", "", one) for one in (symbol, name)]
    return figures[0] == figures[1] and OSA.distance(symbol, name) == 1


def _is_slip(symbol: str, name: str, places: list[_Printed], uses: list[Mention]) -> bool:
    fits = any(
        one.variant is not None and fit(uses[0].normalized, residues(one.variant.normalized)) is Fit.FITS
        for one in places
    )
    if fits:
        return True
    if len(uses) < max(COMMON, len(places) * RATIO) or len(symbol) <= SHORT:
        return swapped(symbol, name) and any(one.partner for one in places)
    if swapped(symbol, name):
        return True
    if len(symbol) == len(name):
        return len(places) == 1 and any(one.mutated for one in places)
    return symbol[-1] == name[-1] and any(one.spoken for one in places)


def _doubt(context: Context, symbol: str, printed: list[_Printed], meant: str, uses: list[Mention]) -> Doubt:
    locator = Locator(context.document)
    sides = [(symbol, [(one.span, one.cell) for one in printed]), (meant, [(one.span, one.cell) for one in uses])]
    places = tuple(
        Place(
            role=name,
            evidence=locator.evidence(
                span, extractor=EXTRACTOR, cell=cell, within=context.sentence(span) if cell is None else None
            ),
        )
        for name, found in sides
        for span, cell in found[:MOST_PLACES]
    )
    times = f" {len(uses)} times" if len(uses) > 1 else ""
    return Doubt(
        severity=Severity.NOTICE,
        subject=symbol,
        message=(
            f"{symbol} in {place_name(context.document, places[0].evidence)} is no gene's symbol; it differs in "
            f"{difference(symbol, meant)} from {meant}, which the paper names{times}."
        ),
        expected=meant,
        key=(symbol, meant),
        places=places,
    )
