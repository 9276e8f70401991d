"""The clauses of a sentence on response: the drugs, the variants and the cue words of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.claims.variant_response.cues import CueWord, cue_words
from extract.records import Mention, Span
from extract.text.neighbourhood import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue word where it stands, and the drugs that stand right at it ('resistance to a and b').

    `variants` are the only ones that it speaks of, where it is the adjective of a mutation that is named after it ('the
    a-sensitizing mutation B together with C'); None where it speaks of all of its clause.
    """

    word: CueWord
    span: Span
    drugs: tuple[Mention, ...] = ()
    variants: tuple[Mention, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What one clause says; what it leaves out, it takes from the clause before."""

    span: Span
    drugs: tuple[Mention, ...] = ()
    variants: tuple[Mention, ...] = ()
    cues: tuple[Cue, ...] = ()


_BOUND = re.compile(r",?\s+(?:but|whereas|while|although|though|however|yet)\s+|;\s+", re.IGNORECASE)
_JOINED = re.compile(r"(?P<comma>,)?\s+and\s+", re.IGNORECASE)
_LISTING = re.compile(r",|;|\b(?:and|or)\b")
_CLAUSE_REACH = 300  # characters around an 'and' in which its clauses have their cues
_SUBJECT_REACH = 40  # characters from the start of a clause to the variant or drug that it is about
_PAST_TREATMENT = re.compile(
    r"\b(?:prior|previous(?:ly)?|pre-?treated|naive|naïve|after|following|before)\b[^.;]{0,40}$", re.IGNORECASE
)
_OTHER_THERAPY = re.compile(r"[A-Za-z]{4,}[-–]$|[-–\s](?:mediated|induced|driven)\s$")
_COMPARED = re.compile(
    r"\b(?:than|compared\s+(?:with|to)|relative\s+to|versus|vs\.?|unlike|in\s+contrast\s+(?:to|with))\s", re.IGNORECASE
)
_LACKING = re.compile(
    r"\b(?:without|no|lack(?:ed|ing|s)?|absence\s+of|negative\s+for|free\s+of)\s+(?:an?\s+|the\s+|any\s+)?"
    r"(?:(?!(?:against|to|in|with|of|for|on)\b)[\w-]+\s+){0,3}(?:\(\s?(?:e\.g\.,?|i\.e\.,?|such\s+as|including)\s+)?$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"(?<!\()\b(?:(?:analogous|equivalent|homologous|correspond\w+|similar)\s+(?:to|with)|(?:persistence|retention|loss|maintenance|status)\s+of)"
    r"\s+(?:the\s+|an?\s+)?(?:(?!(?:against|to|in|with|of|for|on)\b)[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
# 'As compared with A, B ...' and 'wild-type cells were not ...' speak of others than the clause's variants.
_COMPARED_FIRST = re.compile(r"(?:as\s+)?(?:compared\s+(?:with|to)|unlike|in\s+contrast\s+to)\s[^,]+,", re.IGNORECASE)
_WILD_TYPE = re.compile(
    r"\bwild[-\s]?type\b[^.;,]*\b(?:was|were|is|are|did|do|does|showed|remained|had|responded)\b", re.IGNORECASE
)
_BACKBONE = re.compile(r"\badd(?:ing|ed|ition\s+of)\b[^.;]{0,60}\bto\s+(?:the\s+)?$", re.IGNORECASE)
_BASED = re.compile(r"\s?[-–]\s?(?:based|containing)\b", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"\s?(?:[-–]\s?negative\b|(?:mutations?\s+)?(?:was|were)\s+(?:not\s+(?:detect|found|seen|present|observ)|absent|never))"
    r"|\s(?:mutation(?:al)?\s)?status\b",
    re.IGNORECASE,
)
_NO_MUTATION = re.compile(
    r"\b(?:mutations?|variants?|mutants?|alterations?|substitutions?)\s+(?:was|were)\s+(?:not|never|absent)\b|"
    r"\b(?:no|without|lack(?:ed|ing)?)\s+(?:[\w-]+\s+){0,2}(?:mutations?|variants?|alterations?)\b",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:to|toward|towards|against|with|on|after|following|under|during|upon|despite)"
_TREATMENT = (
    r"\s+(?:(?:the|both|either|combined|inhibition|treatment|therapy|by|with|of|drugs?|agents?"
    r"|(?:[\w/-]+\s+){0,3}(?:inhibitors?|inhibition|antibod(?:y|ies))"
    r"|\d+\s+(?:days?|weeks?|months?|years?)\s+of)[\s,]+){0,4}"
)
_TO_DRUG = re.compile(
    rf"\s*(?:(?:and|or)\s+[\w-]+\s+)?(?:treatment\s+|therapy\s+|rates?\s+)?{_PREPOSITION}{_TREATMENT}",
    re.IGNORECASE,
)
_AFTER_PREPOSITION = re.compile(_TREATMENT, re.IGNORECASE)
_ENDS_IN_PREPOSITION = re.compile(rf"\b{_PREPOSITION}$", re.IGNORECASE)
_RIGHT_BEFORE = re.compile(r"[\s–-]{0,2}")
_NOUN = re.compile(
    r"\s+(?:mutations?|mutants?|variants?|alterations?|substitutions?)\s*(?:[,:(]\s*)?(?-i:[A-Z][A-Z0-9]{1,6}\s+(?=[A-Z]\d))?",
    re.IGNORECASE,
)
_UNREAD_CHANGE = re.compile(r"(?:del|ins|dup|delins|exon)\b|[A-Z]*\d", re.IGNORECASE)
_LIST = re.compile(
    r"\s*(?:\([^)]{1,80}\)\s*)?(?:,?\s*(?:and|n?or|plus|as\s+well\s+as|followed\s+by)\b|,|/|\+|&)\s*(?:to\s+|the\s+)?"
    r"(?:(?:[\w/-]+\s+){0,5}(?:inhibitors?|antibod(?:y|ies)|concentrations?\s+of)\s+)?",
    re.IGNORECASE,
)


def clauses(context: Context, sentence: Span) -> Iterator[Span]:
    """Yield the clauses of a sentence: parts that each say something of a variant or a drug of their own."""
    text = context.text(sentence)
    begin = 0
    for match in _BOUND.finditer(text):
        yield from _joined(context, Span(start=sentence.start + begin, end=sentence.start + match.start()))
        begin = match.end()
    yield from _joined(context, Span(start=sentence.start + begin, end=sentence.end))


def _joined(context: Context, span: Span) -> Iterator[Span]:
    """Yield the parts of a clause that 'and' joins, where both have a cue and the second its own subject."""
    text, begin = context.text(span), 0
    for match in _JOINED.finditer(text):
        if next(cue_words(text[max(begin, match.start() - _CLAUSE_REACH) : match.start()]), None) is None:
            continue
        if _has_subject(context, Span(start=span.start + match.end(), end=span.end), comma=bool(match["comma"])):
            yield Span(start=span.start + begin, end=span.start + match.start())
            begin = match.end()
    yield Span(start=span.start + begin, end=span.end)


def _has_subject(context: Context, span: Span, *, comma: bool) -> bool:
    named = context.within(span, *(("variant", "drug") if comma else ("variant",)))
    if not named or named[0].span.start - span.start > _SUBJECT_REACH:
        return False
    text = context.text(span)[:_CLAUSE_REACH]
    cue = next(cue_words(text), None)
    end = named[0].span.end - span.start
    return cue is not None and cue.start >= end and not _LISTING.search(text[end : cue.start])


def read_clause(context: Context, span: Span) -> Clause:
    """Return what a clause names and says; what it only compares with ('than the wild type') is left out."""
    text = context.text(span)
    drugs = context.within(span, "drug")
    named = context.within(span, "variant")
    found = (_cue(text, span.start, word, drugs, named) for word in cue_words(text))
    cues = tuple(cue for cue in found if cue.drugs or not _elsewhere(text, cue.word))
    cues = tuple(cue for cue in cues if not _of_wild_type(text, span.start, cue.word, named))
    drugs = tuple(drug for drug in drugs if not _is_backbone(text, span.start, drug))
    first = _COMPARED_FIRST.match(text)
    begin, end = span.start + (first.end() if first else 0), span.end
    if cues:
        compared = _COMPARED.search(text, cues[0].span.end - span.start)
        end = span.start + compared.start() if compared else end
    variants = context.within(Span(start=begin, end=max(begin, end)), "variant")
    absent = [one.span for one in variants if _absent(text, one.span.start - span.start, one.span.end - span.start)]
    present = tuple(
        one
        for one in variants
        if not any(other.start <= one.span.start and one.span.end <= other.end for other in absent)
    )
    return Clause(
        span=span,
        drugs=tuple(drug for drug in drugs if drug.span.end <= end),
        variants=present,
        cues=cues if len(present) == len(variants) or present else (),
    )


def _of_wild_type(text: str, start: int, word: CueWord, variants: Sequence[Mention]) -> bool:
    """Say whether a cue speaks of the wild type, named after the last variant before it."""
    last = max((one.span.end - start for one in variants if one.span.end - start <= word.start), default=0)
    return _WILD_TYPE.search(text, last, word.start) is not None


def _is_backbone(text: str, start: int, drug: Mention) -> bool:
    """Say whether a drug is what another was added to: 'adding a to b-based chemotherapy'."""
    before = text[max(0, drug.span.start - start - 100) : drug.span.start - start]
    return bool(_BASED.match(text, drug.span.end - start) and _BACKBONE.search(before))


def _absent(text: str, start: int, end: int) -> bool:
    """Say whether a variant is named as one that is not there."""
    before = text[max(0, start - 80) : start]
    return bool(_LACKING.search(before) or _ANOTHER.search(before) or _NOT_FOUND.match(text, end))


def completed(context: Context, clause: Clause, before: Clause) -> Clause:
    """Return a clause with the drugs and variants of the one before where it names none.

    A drug that the clause before is done with, by an earlier treatment or a cue of its own, is not taken:
    'resistant to a but sensitized' speaks of another.
    """
    done = {drug.normalized for cue in before.cues for drug in cue.drugs}
    open_drugs = tuple(
        drug for drug in before.drugs if drug.normalized not in done and not is_past(context, before, drug)
    )
    others = () if _NO_MUTATION.search(context.text(clause.span)) else before.variants
    return replace(clause, drugs=clause.drugs or open_drugs, variants=clause.variants or others)


def is_past(context: Context, clause: Clause, drug: Mention) -> bool:
    """Say whether a drug is named as an earlier treatment while the clause names others."""
    before = context.document.text[max(clause.span.start, drug.span.start - 60) : drug.span.start]
    return len({other.normalized for other in clause.drugs}) > 1 and bool(_PAST_TREATMENT.search(before))


def _cue(text: str, start: int, word: CueWord, drugs: Sequence[Mention], variants: Sequence[Mention]) -> Cue:
    span = Span(start=start + word.start, end=start + word.end)
    return Cue(
        word=word,
        span=span,
        drugs=_attached(text, start, span, drugs),
        variants=_described(text, start, word, variants) if word.describes else None,
    )


def _described(text: str, start: int, word: CueWord, variants: Sequence[Mention]) -> tuple[Mention, ...] | None:
    """Return the variants that a cue is the adjective of, as a list right after its noun; None where none is named."""
    noun = _NOUN.match(text, word.end)
    if noun is None:
        return None
    found: list[Mention] = []
    ahead = start + noun.end()
    for variant in variants:
        if variant.span.start == ahead:
            found.append(variant)
            following = _LIST.match(text, variant.span.end - start)
            ahead = start + following.end() if following else variant.span.end
    return tuple(found) if found or _UNREAD_CHANGE.match(text, noun.end()) else None


def _elsewhere(text: str, word: CueWord) -> bool:
    """Say whether a cue without a drug speaks of another therapy ('platinum-resistant') or only describes."""
    return word.describes or bool(_OTHER_THERAPY.search(text[max(0, word.start - 40) : word.start]))


def _attached(text: str, start: int, cue: Span, drugs: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the drugs right before a cue word ('a-resistant') or led to by it ('sensitive to a, b and c')."""
    found: list[Mention] = []
    reached = cue.start
    for drug in reversed(drugs):
        gap = text[drug.span.end - start : reached - start]
        if drug.span.end <= reached and (_LIST if found else _RIGHT_BEFORE).fullmatch(gap):
            found.insert(0, drug)
            reached = drug.span.start
    led = _AFTER_PREPOSITION if _ENDS_IN_PREPOSITION.search(text[cue.start - start : cue.end - start]) else _TO_DRUG
    leading = led.match(text, cue.end - start)
    ahead = start + leading.end() if leading else None
    for drug in drugs:
        if drug.span.start == ahead:
            found.append(drug)
            following = _LIST.match(text, drug.span.end - start)
            ahead = start + following.end() if following else None
    return tuple(found)
