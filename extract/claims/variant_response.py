"""Variant responses: these variants confer resistance, or sensitivity, to this drug."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement
from extract.context import Context
from extract.places import Locator
from extract.records import Arguments, Cell, CellRef, Mention, Span
from extract.residues import short_form

EXTRACTOR = "variant_response"
RESISTANCE = "resistance"
SENSITIVITY = "sensitivity"


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantResponse(Arguments):
    """The gene, the variants that act together (one-letter form, sorted), the drug (INN), the direction."""

    gene: str
    variants: tuple[str, ...]
    drug: str
    direction: str


# -- table columns -----------------------------------------------------------------------------------------

_RESISTANT_HEADER = re.compile(r"\bresist", re.IGNORECASE)
_SENSITIVE_HEADER = re.compile(r"\b(?:sensitiv|suscept|respon[ds])", re.IGNORECASE)
_OTHER_HEADER = re.compile(r"\b(?:overcom|strateg|method|treat|rate|PFS|ORR)", re.IGNORECASE)


def _header_direction(header: str) -> str:
    """Return the direction that a column header states, empty where it states none or both."""
    if _OTHER_HEADER.search(header):
        return ""
    resistant, sensitive = _RESISTANT_HEADER.search(header), _SENSITIVE_HEADER.search(header)
    if bool(resistant) == bool(sensitive):
        return ""
    return RESISTANCE if resistant else SENSITIVITY


def _from_tables(context: Context, locator: Locator) -> Iterator[Statement]:
    for number, table in enumerate(context.document.tables):
        for row in table.rows[table.header_rows :]:
            for cell in row:
                ref = CellRef(table=number, row=cell.row, column=cell.column)
                direction = _header_direction(context.header(ref)) if cell.text else ""
                if direction:
                    yield from _from_cell(context, locator, cell, ref, direction)


def _from_cell(
    context: Context, locator: Locator, cell: Cell, ref: CellRef, direction: str
) -> Iterator[Statement]:
    drugs = _row_drugs(context, ref)
    for variants in _variant_sets(context.within(cell.span, "variant")):
        for drug in drugs:
            yield Statement(
                arguments=_arguments(variants, drug.normalized, direction),
                evidence=locator.evidence(variants[0].span, extractor=EXTRACTOR, cell=ref, within=cell.span),
            )


def _row_drugs(context: Context, ref: CellRef) -> tuple[Mention, ...]:
    """Return the drugs of the first cell left of `ref` that names any: the row's heading."""
    for cell in context.row(ref)[: ref.column]:
        drugs = context.within(cell.span, "drug")
        if drugs:
            return _distinct(drugs)
    return ()


# -- sentences ---------------------------------------------------------------------------------------------

_CLAUSE = re.compile(r",?\s+(?:but|whereas|while|although|however)\s+|;\s+", re.IGNORECASE)
_RESISTANT = re.compile(
    r"\b(?:(?:cross-?)?resist\w*|refractory|insensitiv\w*|unresponsive|non-?respon\w*"
    r"|(?:less|reduced|decreased|diminished|lower|loss\s+of|lack\s+of|impaired|poor)\s+"
    r"(?:\w+\s+){0,2}?(?:sensitiv\w*|suscept\w*|respon\w*|efficacy|potency|affinity)"
    r"|(?:disease\s+)?progress(?:ed|ion)\s+(?:on|with|after|following|during|under|despite))\b",
    re.IGNORECASE,
)
_SENSITIVE = re.compile(
    r"\b(?:(?:hyper)?sensitiv\w*|sensitiz\w*|sensitis\w*|suscept\w*|respon(?:d|ds|ded|ders?|se|ses|sive\w*)"
    r"|effective\w*|efficacy|remission|regress\w*|(?:disease|progression)-?\s?free\s+survival|clinical\s+benefit"
    r"|inhibit(?:ed|s|ion)?|(?:tumou?r\s+)?shrinkage|stable\s+disease|active|activity|benefit\w*)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:no|not|non|never|without|neither|nor|fail(?:ed|s|ure)?(?:\s+to)?|absence\s+of|did\s+not|does\s+not)\b[^,.;]{0,25}$",
    re.IGNORECASE,
)
_OVERCOMING = re.compile(
    r"\b(?:overc[oa]m\w*|circumvent\w*|revers\w*|abrogat\w*|against|prevent\w*|delay\w*|restor\w*|re-?sensiti\w*|"
    r"target\w*|combat\w*|address\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|potential(?:ly)?|hypothesi[sz]\w*|whether|possib\w+)\b", re.IGNORECASE
)
_PAST_TREATMENT = re.compile(
    r"\b(?:prior|previous(?:ly)?|pre-?treated|naive|naïve|after|following|before)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Clause:
    """What one clause says; what it leaves out, it takes from the clause before."""

    span: Span
    drugs: tuple[Mention, ...] = ()
    variants: tuple[Mention, ...] = ()
    cues: list[tuple[str, Span]] = field(default_factory=list)


def _from_prose(context: Context, locator: Locator) -> Iterator[Statement]:
    for sentence in context.prose():
        if not context.within(sentence, "variant") or not context.within(sentence, "drug"):
            continue
        before = _Clause(span=Span(start=sentence.start, end=sentence.start))
        for span in _clauses(context.text(sentence), sentence.start):
            clause = _read_clause(context, span)
            clause.drugs = clause.drugs or before.drugs
            clause.variants = clause.variants or before.variants
            before = clause
            yield from _of_clause(context, locator, clause, sentence)


def _clauses(text: str, start: int) -> Iterator[Span]:
    begin = 0
    for match in _CLAUSE.finditer(text):
        yield Span(start=start + begin, end=start + match.start())
        begin = match.end()
    yield Span(start=start + begin, end=start + len(text))


def _read_clause(context: Context, span: Span) -> _Clause:
    text = context.text(span)
    clause = _Clause(span=span, drugs=context.within(span, "drug"), variants=context.within(span, "variant"))
    resistant = [match.span() for match in _RESISTANT.finditer(text)]
    for start, end in resistant:
        if not _OVERCOMING.search(text[:start]) and not _NEGATION.search(text[:start]):
            clause.cues.append((RESISTANCE, Span(start=span.start + start, end=span.start + end)))
    for match in _SENSITIVE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in resistant):
            continue
        direction = RESISTANCE if _NEGATION.search(text[: match.start()]) else SENSITIVITY
        place = Span(start=span.start + match.start(), end=span.start + match.end())
        clause.cues.append((direction, place))
    return clause


def _of_clause(context: Context, locator: Locator, clause: _Clause, sentence: Span) -> Iterator[Statement]:
    directions = {direction for direction, _ in clause.cues}
    if not directions or not clause.variants or not clause.drugs or _HEDGE.search(context.text(clause.span)):
        return
    if len(directions) > 1:
        # A word of resistance beats a general one of activity: 'resistance to inhibition by ...'.
        directions = {RESISTANCE}
    direction = directions.pop()
    place = next(span for name, span in clause.cues if name == direction)
    for variants in _variant_sets(clause.variants):
        for drug in _told(context, clause.drugs, place):
            yield Statement(
                arguments=_arguments(variants, drug.normalized, direction),
                evidence=locator.evidence(
                    _cover(variants, drug, place), extractor=EXTRACTOR, within=sentence
                ),
            )


def _told(context: Context, drugs: Sequence[Mention], cue: Span) -> tuple[Mention, ...]:
    """Return the drugs that the cue is about: not those of an earlier treatment where others are named."""
    text = context.document.text
    present = [
        drug
        for drug in drugs
        if not _PAST_TREATMENT.search(text[max(cue.start - 200, drug.span.start - 60, 0) : drug.span.start])
    ]
    return _distinct(present or drugs)


def _cover(variants: Sequence[Mention], drug: Mention, cue: Span) -> Span:
    """Return the stretch of the sentence from the first to the last of what the statement stands on."""
    spans = [*(variant.span for variant in variants), drug.span, cue]
    return Span(start=min(span.start for span in spans), end=max(span.end for span in spans))


# -- both --------------------------------------------------------------------------------------------------


def _variant_sets(mentions: Iterable[Mention]) -> Iterator[tuple[Mention, ...]]:
    """Yield each variant on its own; the parts of a compound are left to the compound."""
    listed = [mention for mention in mentions if mention.normalized.startswith("p.")]
    compounds = [mention for mention in listed if ";" in mention.normalized]
    for mention in listed:
        inside = any(
            mention is not whole
            and whole.span.start <= mention.span.start
            and mention.span.end <= whole.span.end
            for whole in compounds
        )
        if not inside:
            yield (mention,)


def _arguments(variants: Sequence[Mention], drug: str, direction: str) -> VariantResponse:
    names = sorted({name for variant in variants for name in short_form(variant.normalized)})
    return VariantResponse(gene=variants[0].entity, variants=tuple(names), drug=drug, direction=direction)


def _distinct(drugs: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple({drug.normalized: drug for drug in drugs}.values())


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the variant responses of a document's tables and sentences.

    In a table, the column header gives the direction and the row's heading the drug. In a sentence, a
    cue word of the same clause does ('resistant to', 'sensitivity', 'responded'); hedged clauses
    ('may confer') and clauses about overcoming resistance are left alone.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    yield from _from_tables(context, locator)
    yield from _from_prose(context, locator)


CLAIM_KINDS.register("variant_response")(ClaimKind(VariantResponse, find))
