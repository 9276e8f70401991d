"""Variant responses: these variants confer resistance, or sensitivity, to this drug."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.claims import CLAIM_KINDS, ClaimKind, FormField, Reading, Statement, told
from extract.claims.variant_response.antecedents import Scene, acquired, entered, inherited, left
from extract.claims.variant_response.clauses import Clause, Cue, clauses, completed, is_past, read_clause
from extract.claims.variant_response.cues import RESISTANCE, SENSITIVITY
from extract.claims.variant_response.markers import bears_on, classes, markers
from extract.hgvs.notation import short_form
from extract.records import Arguments, Cell, CellRef, How, Mention, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "variant_response"


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


def _from_cell(context: Context, locator: Locator, cell: Cell, ref: CellRef, direction: str) -> Iterator[Statement]:
    drugs = _row_drugs(context, ref)
    for variants in _variant_sets(context.within(cell.span, "variant")):
        for drug in drugs:
            yield Statement(
                arguments=_arguments(variants, drug.normalized, direction),
                evidence=told(
                    locator.evidence(variants[0].span, extractor=EXTRACTOR, cell=ref, within=cell.span),
                    variants=How.SAID,
                    drug=How.ROW,
                    direction=How.COLUMN,
                ),
            )


def _row_drugs(context: Context, ref: CellRef) -> tuple[Mention, ...]:
    """Return the drugs of the first cell left of `ref` that names any: the row's heading."""
    for cell in context.row(ref)[: ref.column]:
        drugs = context.within(cell.span, "drug")
        if drugs:
            return _distinct(drugs)
    return ()


# -- sentences ---------------------------------------------------------------------------------------------

_HEDGE = re.compile(r"\b(?:may|might|could|potential(?:ly)?|hypothesi[sz]\w*|whether|possib\w+)\b", re.IGNORECASE)


# What should be given, or was assigned, says nothing yet of a response to it.
_ADVISED = re.compile(
    r"\bshould\s+(?:receive|be\s+(?:treated|given|offered|considered))|\brecommend(?:ed|s)?\b|\b(?:was|were)\s+assigned\s+to\b",
    re.IGNORECASE,
)


def _from_prose(context: Context, locator: Locator, only: frozenset[Mention] = frozenset()) -> Iterator[Statement]:
    """Yield the responses of sentences; with `only`, those alone that speak of one of these mentions."""
    scene = Scene()
    for sentence in context.prose():
        if only and only.isdisjoint(context.within(sentence, "variant", "drug")):
            continue
        scene = entered(context, scene, sentence)
        before = inherited(context, scene, sentence)
        if not (context.within(sentence, "variant", "drug") or (before.variants and before.drugs)):
            continue
        found = acquired(context, scene, sentence)
        if found is not None:
            before = replace(before, drugs=found[1])
        for span in clauses(context, sentence):
            clause = completed(context, read_clause(context, span), before)
            if found is not None and span.start <= sentence.start + found[0].start < span.end:
                place = Span(start=sentence.start + found[0].start, end=sentence.start + found[0].end)
                clause = replace(clause, cues=(Cue(word=found[0], span=place),))
            before = clause
            yield from _of_clause(context, locator, clause, sentence, only)
        scene = left(context, scene, sentence, before)


def _of_clause(
    context: Context, locator: Locator, clause: Clause, sentence: Span, only: frozenset[Mention]
) -> Iterator[Statement]:
    said = context.text(clause.span)
    if not clause.cues or not clause.variants or _HEDGE.search(said) or _ADVISED.search(said):
        return
    for drug in _distinct((*clause.drugs, *(drug for cue in clause.cues for drug in cue.drugs))):
        cue = _cue_of(context, clause, drug)
        if cue is None:
            continue
        for variants in _variant_sets(clause.variants if cue.variants is None else cue.variants, beside=bool(only)):
            if only and drug not in only and not any(variant in only for variant in variants):
                continue
            resistant = cue.word.direction == RESISTANCE
            if only and not all(
                bears_on(context, one, cue.span, resistant=resistant) for one in variants if one in only
            ):
                continue
            yield Statement(
                arguments=_arguments(variants, drug.normalized, cue.word.direction),
                evidence=told(
                    locator.evidence(_cover(variants, drug, cue.span, sentence), extractor=EXTRACTOR, within=sentence),
                    variants=_how(sentence, *variants),
                    drug=_how(sentence, drug),
                    direction=How.SAID,
                ),
            )


def _cue_of(context: Context, clause: Clause, drug: Mention) -> Cue | None:
    """Return the cue that speaks of a drug: one that it stands at, else one that no other drug stands at."""
    own = [cue for cue in clause.cues if any(other.normalized == drug.normalized for other in cue.drugs)]
    own = [cue for cue in own if not cue.word.weak] or own
    if own:
        return own[0] if len({cue.word.direction for cue in own}) == 1 else None
    free = [cue for cue in clause.cues if not cue.drugs]
    free = [cue for cue in free if not cue.word.weak] or free
    if not free or is_past(context, clause, drug):
        return None
    # A property beats what was seen: 'resistance through lower inhibition', 'responded at first, then resistant'.
    resistant = [cue for cue in free if cue.word.direction == RESISTANCE]
    if resistant and len(resistant) < len(free):
        return next((cue for cue in resistant if not cue.word.outcome), None)
    return free[0]


def _how(sentence: Span, *mentions: Mention) -> How:
    """Return whether what a statement is of stands in its sentence, or in one before it."""
    inside = all(sentence.start <= one.span.start and one.span.end <= sentence.end for one in mentions)
    return How.SAID if inside else How.BEFORE


def _cover(variants: Sequence[Mention], drug: Mention, cue: Span, sentence: Span) -> Span:
    """Return the stretch of the sentence from the first to the last of what the statement stands on."""
    spans = [*(variant.span for variant in variants), drug.span, cue]
    within = [span for span in spans if sentence.start <= span.start and span.end <= sentence.end]
    return Span(start=min(span.start for span in within), end=max(span.end for span in within))


# -- both --------------------------------------------------------------------------------------------------


def _variant_sets(mentions: Iterable[Mention], *, beside: bool = False) -> Iterator[tuple[Mention, ...]]:
    """Yield each variant on its own; the parts of a compound are left to the compound.

    Those without a protein change are taken only with `beside`.
    """
    listed = [mention for mention in mentions if beside or mention.normalized.startswith("p.")]
    compounds = [mention for mention in listed if ";" in mention.normalized]
    for mention in listed:
        inside = any(
            mention is not whole and whole.span.start <= mention.span.start and mention.span.end <= whole.span.end
            for whole in compounds
        )
        if not inside:
            yield (mention,)


def _arguments(variants: Sequence[Mention], drug: str, direction: str) -> VariantResponse:
    names = sorted({name for variant in variants for name in _names(variant)})
    return VariantResponse(gene=variants[0].entity, variants=tuple(names), drug=drug, direction=direction)


def _names(variant: Mention) -> tuple[str, ...]:
    """Return what a variant is called: its one-letter form, or what it is where it has none."""
    return short_form(variant.normalized) if variant.normalized.startswith("p.") else (variant.normalized,)


def _distinct(drugs: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple({drug.normalized: drug for drug in drugs}.values())


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the variant responses of a document's tables and sentences.

    In a table, the column header gives the direction and the row's heading the drug. In a sentence, a
    cue word of the same clause does ('resistant to', 'sensitivity', 'responded'); what nobody showed (0 of 6)
    is resistance. A case ('a patient with ...') lends its one variant and its treatment to the sentences on its
    outcome. Hedged clauses ('may confer'), clauses about overcoming resistance, what was only sought, variants
    that were not there and what a comparison holds against are left alone.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    yield from _from_tables(context, locator)
    yield from _from_prose(context, locator)
    named = (*markers(context), *classes(context))
    if named:
        beside = Context(reading.document, (*reading.mentions, *named))
        yield from _from_prose(beside, locator, only=frozenset(named))


def why_no_response(context: Context, sentence: Span) -> str:
    """Return in a few words why a sentence on variants and drugs gives no response; empty where it is on none."""
    variants, drugs = context.within(sentence, "variant"), context.within(sentence, "drug")
    if not variants and not drugs:
        return ""
    if not variants:
        return "names a drug but no variant"
    if not drugs:
        return "names a variant but no drug"
    if _HEDGE.search(context.text(sentence)):
        return "is hedged (may, could, potentially ...)"
    read = [read_clause(context, span) for span in clauses(context, sentence)]
    if not any(clause.cues for clause in read):
        return "no word says a direction, or it is negated, sought or overcome"
    if not any(clause.cues and clause.variants for clause in read):
        return "the clause with the direction has no variant that is there"
    return "the directions of its clauses do not agree, or the drug was given before"


FORM = (
    FormField(name="variants", label="variants", kinds=("variant",), many=True, near=True),
    FormField(name="gene", label="gene", kinds=("gene", "variant"), required=False),
    FormField(name="drug", label="drug", kinds=("drug",)),
    FormField(name="direction", label="direction", choices=(RESISTANCE, SENSITIVITY)),
)

CLAIM_KINDS.register("variant_response")(ClaimKind(VariantResponse, find, form=FORM, order=1))
