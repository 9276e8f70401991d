"""Variant responses: these variants confer resistance, or sensitivity, to this drug."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

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


def _from_cell(context: Context, locator: Locator, cell: Cell, ref: CellRef, direction: str) -> Iterator[Statement]:
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
_HEDGE = re.compile(r"\b(?:may|might|could|potential(?:ly)?|hypothesi[sz]\w*|whether|possib\w+)\b", re.IGNORECASE)
_PAST_TREATMENT = re.compile(
    r"\b(?:prior|previous(?:ly)?|pre-?treated|naive|naïve|after|following|before)\b[^.;]{0,40}$", re.IGNORECASE
)
_OTHER_THERAPY = re.compile(r"[A-Za-z]{4,}[-–]$")
_NO_DIFFERENCE = re.compile(r"\bno\s+(?:\w+\s+){0,2}difference", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:than|compared\s+(?:with|to)|relative\s+to|versus|vs\.?)\s", re.IGNORECASE)
_TO_DRUG = re.compile(
    r"\s*(?:(?:and|or)\s+[\w-]+\s+)?(?:to|toward|towards|against|with|on|after|following|under|during|upon)\s+"
    r"(?:(?:the|both|either|combined|inhibition|treatment|therapy|by|with|of|[\w/]+\s+inhibitors?)\s+){0,4}",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\s*(?:\([^)]{1,20}\)\s*)?(?:,|/|\+|&|,?\s*(?:and|or|plus|as\s+well\s+as))\s*(?:to\s+)?", re.IGNORECASE
)
_ANAPHOR = re.compile(
    r"\b(?:this|these|those|the\s+same|such)\s+(?:\w+\s+){0,2}?"
    r"(?:mutations?|variants?|mutants?|substitutions?|cells?|cell\s+lines?|patients?|tumou?rs?|residue)\b"
    r"|\bthe\s+(?:mutations?|variants?|mutants?|patient|tumou?r)\b|^(?:he|she|it)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """A word that tells the direction, and the drugs that stand right at it ('resistance to a and b')."""

    direction: str
    span: Span
    drugs: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """What one clause says; what it leaves out, it takes from the clause before."""

    span: Span
    drugs: tuple[Mention, ...] = ()
    variants: tuple[Mention, ...] = ()
    cues: tuple[_Cue, ...] = ()


def _from_prose(context: Context, locator: Locator) -> Iterator[Statement]:
    last = _Clause(span=Span(start=0, end=0))
    for sentence in context.prose():
        if not context.within(sentence, "variant", "drug"):
            continue
        before = _referred(context, sentence, last)
        for span in _clauses(context.text(sentence), sentence.start):
            clause = _completed(context, _read_clause(context, span), before)
            before = clause
            yield from _of_clause(context, locator, clause, sentence)
        last = _Clause(
            span=sentence,
            drugs=context.within(sentence, "drug"),
            variants=context.within(sentence, "variant") or before.variants,
        )


def _completed(context: Context, clause: _Clause, before: _Clause) -> _Clause:
    """Return a clause with the drugs and variants of the one before where it names none.

    A drug that the clause before is done with, by an earlier treatment or a cue of its own, is not taken:
    'resistant to a but sensitized' speaks of another.
    """
    done = {drug.normalized for cue in before.cues for drug in cue.drugs}
    open_drugs = tuple(
        drug for drug in before.drugs if drug.normalized not in done and not _is_past(context, before, drug)
    )
    return replace(clause, drugs=clause.drugs or open_drugs, variants=clause.variants or before.variants)


def _referred(context: Context, sentence: Span, last: _Clause) -> _Clause:
    """Return what a sentence can take from the one before: the variant that 'this mutation' means."""
    nothing = _Clause(span=Span(start=sentence.start, end=sentence.start))
    near = context.block(last.span.start) == context.block(sentence.start)
    if not near or context.within(sentence, "variant") or not _ANAPHOR.search(context.text(sentence)):
        return nothing
    meant = last.variants if len({variant.normalized for variant in last.variants}) == 1 else ()
    return replace(nothing, variants=meant[:1])


def _clauses(text: str, start: int) -> Iterator[Span]:
    begin = 0
    for match in _CLAUSE.finditer(text):
        yield Span(start=start + begin, end=start + match.start())
        begin = match.end()
    yield Span(start=start + begin, end=start + len(text))


def _read_clause(context: Context, span: Span) -> _Clause:
    text = context.text(span)
    drugs = context.within(span, "drug")
    cues = [
        _Cue(direction=direction, span=place, drugs=_attached(text, span.start, place, drugs))
        for direction, place in _cue_words(text, span.start)
    ]
    cues = [cue for cue in cues if cue.drugs or not _OTHER_THERAPY.search(text[: cue.span.start - span.start])]
    end = span.end
    if cues:
        compared = _COMPARED.search(text, cues[0].span.end - span.start)
        end = span.start + compared.start() if compared else end
    kept = Span(start=span.start, end=end)
    return _Clause(
        span=span,
        drugs=tuple(drug for drug in drugs if drug.span.end <= end),
        variants=context.within(kept, "variant"),
        cues=tuple(cues),
    )


def _cue_words(text: str, start: int) -> Iterator[tuple[str, Span]]:
    """Yield the direction and the place of each cue word of a clause."""
    resistant = [match.span() for match in _RESISTANT.finditer(text)]
    for begin, end in resistant:
        if not _OVERCOMING.search(text[:begin]) and not _NEGATION.search(text[:begin]):
            yield RESISTANCE, Span(start=start + begin, end=start + end)
    for match in _SENSITIVE.finditer(text):
        if any(begin < match.end() and match.start() < end for begin, end in resistant):
            continue
        if _NO_DIFFERENCE.search(text):
            continue
        direction = RESISTANCE if _NEGATION.search(text[: match.start()]) else SENSITIVITY
        yield direction, Span(start=start + match.start(), end=start + match.end())


def _attached(text: str, start: int, cue: Span, drugs: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the drugs right before a cue word ('a-resistant') or led to by it ('sensitive to a, b and c')."""
    found: list[Mention] = []
    for drug in drugs:
        gap = text[drug.span.end - start : cue.start - start]
        if drug.span.end <= cue.start and re.fullmatch(r"[\s–-]{0,2}", gap):
            found.append(drug)
    leading = _TO_DRUG.match(text, cue.end - start)
    reached = start + leading.end() if leading else None
    for drug in drugs:
        if reached is not None and drug.span.start == reached:
            found.append(drug)
            following = _LIST.match(text, drug.span.end - start)
            reached = start + following.end() if following else None
    return tuple(found)


def _of_clause(context: Context, locator: Locator, clause: _Clause, sentence: Span) -> Iterator[Statement]:
    if not clause.cues or not clause.variants or _HEDGE.search(context.text(clause.span)):
        return
    for drug in _distinct((*clause.drugs, *(drug for cue in clause.cues for drug in cue.drugs))):
        cue = _cue_of(context, clause, drug)
        if cue is None:
            continue
        for variants in _variant_sets(clause.variants):
            yield Statement(
                arguments=_arguments(variants, drug.normalized, cue.direction),
                evidence=locator.evidence(
                    _cover(variants, drug, cue.span, sentence), extractor=EXTRACTOR, within=sentence
                ),
            )


def _cue_of(context: Context, clause: _Clause, drug: Mention) -> _Cue | None:
    """Return the cue that speaks of a drug: one that it stands at, else one that no other drug stands at."""
    own = [cue for cue in clause.cues if any(other.normalized == drug.normalized for other in cue.drugs)]
    if own:
        return own[0] if len({cue.direction for cue in own}) == 1 else None
    free = [cue for cue in clause.cues if not cue.drugs]
    if not free or _is_past(context, clause, drug):
        return None
    # A word of resistance beats a general one of activity: 'resistance through lower inhibition'.
    return next((cue for cue in free if cue.direction == RESISTANCE), free[0])


def _is_past(context: Context, clause: _Clause, drug: Mention) -> bool:
    """Say whether a drug is named as an earlier treatment while the clause names others."""
    before = context.document.text[max(clause.span.start, drug.span.start - 60) : drug.span.start]
    return len({other.normalized for other in clause.drugs}) > 1 and bool(_PAST_TREATMENT.search(before))


def _cover(variants: Sequence[Mention], drug: Mention, cue: Span, sentence: Span) -> Span:
    """Return the stretch of the sentence from the first to the last of what the statement stands on."""
    spans = [*(variant.span for variant in variants), drug.span, cue]
    within = [span for span in spans if sentence.start <= span.start and span.end <= sentence.end]
    return Span(start=min(span.start for span in within), end=max(span.end for span in within))


# -- both --------------------------------------------------------------------------------------------------


def _variant_sets(mentions: Iterable[Mention]) -> Iterator[tuple[Mention, ...]]:
    """Yield each variant on its own; the parts of a compound are left to the compound."""
    listed = [mention for mention in mentions if mention.normalized.startswith("p.")]
    compounds = [mention for mention in listed if ";" in mention.normalized]
    for mention in listed:
        inside = any(
            mention is not whole and whole.span.start <= mention.span.start and mention.span.end <= whole.span.end
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
