"""What a sentence on response takes from the sentences before it in its paragraph.

A case report and an abstract name the variant once, the treatment once, and the outcome sentences later. A
paragraph is read as one such case only as long as it names one variant, and a sentence that brings in
patients of its own ends the case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.claims.variant_response.clauses import Clause, read_clause
from extract.claims.variant_response.cues import RESISTANCE, CueWord, cue_words
from extract.records import Mention, Span
from extract.text.neighbourhood import Context

REACH = 3  # sentences over which a case is remembered

_CASE = re.compile(
    r"\b(?:patients?|man|woman|male|female|boy|girl|case|individuals?|tumou?rs?|cells?|xenografts?|mice|clones?|Ba/?F3)\b",
    re.IGNORECASE,
)
_NEW_PEOPLE = re.compile(
    r"(?<!\bboth )(?<!\bthese )(?<!\bthe )(?<!\ball )(?<!\bthose )"
    r"\b(?:patients|participants|individuals|cohorts?|population)\b|\b(?:series|trials?|studies|literature|et\s+al)\b"
    r"|\b(?:another|other|second|different)\s+(?:patient|case|study|group)\b",
    re.IGNORECASE,
)
# A name in capitals is a study's; two groups side by side are its arms.
_STUDY = re.compile(r"\bIn\s+(?:the\s+)?[A-Z][A-Za-z]*[A-Z]{2}[\w-]*\b|\b(?:vs\.?|versus|arms?|groups?)\s")
_GIVEN = re.compile(
    r"\b(?:treat(?:ed|ment|ing)|therapy|started|receiv\w+|given|administ\w+|began|initiated|exposed|switched|trial|"
    r"stud(?:y|ied)|enrolled|respon\w+)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[\s,/+&()]*(?:(?:and|or|plus|with)\s+)?")
_THERAPY = re.compile(r"\s+(?:mono)?(?:therapy|treatment)\b")
_EARLIER = re.compile(r"\b(?:prior|previous(?:ly)?|pre-?treated|earlier)\b[^.;]{0,50}$", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\b(?:this|these|those|the\s+same|such)\s+(?:\w+\s+){0,2}?"
    r"(?:mutations?|variants?|mutants?|substitutions?|cells?|cell\s+lines?|patients?|tumou?rs?|residue)\b"
    r"|\bthe\s+(?:mutations?|variants?|mutants?|patient|patients['’]\s\w+|tumou?r)\b|^(?:he|she|it)\b",
    re.IGNORECASE,
)
_ACQUIRED = re.compile(
    r"\b(?:acquired|emerg\w+|secondary|newly|at\s+(?:the\s+time\s+of\s+)?(?:disease\s+)?(?:progression|relapse)|"
    r"(?:post-?(?:treatment|progression)|second|repeat|re-?)\s?(?:re-?)?biops\w+|"
    r"not\s+(?:present|detected|found|detectable)\s+(?:in|before|prior))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a paragraph has set: the last sentence, the one variant of its case, the drugs given and failed."""

    block: int = -1
    variants: tuple[Mention, ...] = ()
    case: tuple[Mention, ...] = ()
    age: int = 0
    given: tuple[Mention, ...] = ()
    failed: tuple[Mention, ...] = ()


def entered(context: Context, scene: Scene, sentence: Span) -> Scene:
    """Return the scene as a sentence finds it: a new one at the start of a block."""
    block = context.block(sentence.start)
    start = block.span.start if block else sentence.start
    return scene if scene.block == start else Scene(block=start)


def inherited(context: Context, scene: Scene, sentence: Span) -> Clause:
    """Return the variants and drugs that a sentence takes from its scene."""
    text = context.text(sentence)
    variants, drugs = context.within(sentence, "variant"), context.within(sentence, "drug")
    taken = Clause(span=Span(start=sentence.start, end=sentence.start))
    seen = any(word.outcome for word in cue_words(text))
    if not variants:
        if _ANAPHOR.search(text) and len({variant.normalized for variant in scene.variants}) == 1:
            taken = replace(taken, variants=scene.variants[:1])
        elif seen and (drugs or scene.given) and not _is_new(context, scene, sentence):
            taken = replace(taken, variants=scene.case[:1])
    if not drugs and seen and (variants or taken.variants):
        taken = replace(taken, drugs=scene.given)
    return taken


def acquired(context: Context, scene: Scene, sentence: Span) -> tuple[CueWord, tuple[Mention, ...]] | None:
    """Return the cue and the drugs where a sentence finds a variant after the drugs before it had failed."""
    text = context.text(sentence)
    match = _ACQUIRED.search(text)
    if match is None or not scene.failed or context.within(sentence, "drug") or next(cue_words(text), None):
        return None
    return CueWord(direction=RESISTANCE, start=match.start(), end=match.end(), outcome=True), scene.failed


def left(context: Context, scene: Scene, sentence: Span, before: Clause) -> Scene:
    """Return the scene as a sentence leaves it."""
    text = context.text(sentence)
    variants = tuple(one for one in context.within(sentence, "variant") if one.normalized.startswith("p."))
    drugs = context.within(sentence, "drug")
    case, age = (scene.case, scene.age + 1) if scene.age < REACH else ((), 0)
    if variants:
        one_case = len({variant.normalized for variant in variants}) == 1 and _CASE.search(text)
        case, age = (variants[:1], 0) if one_case else ((), 0)
    given, failed = scene.given, scene.failed
    if drugs:
        given = _given(context, sentence, drugs)
        cues = [cue for cue in read_clause(context, sentence).cues if cue.word.direction == RESISTANCE]
        failed = tuple(drug for cue in cues for drug in cue.drugs) or (given if cues else ())
        failed = failed if len({drug.normalized for drug in failed}) == 1 else ()
    elif given and any(word.direction == RESISTANCE and word.outcome for word in cue_words(text)):
        failed = given
    return Scene(
        block=scene.block, variants=variants or before.variants, case=case, age=age, given=given, failed=failed
    )


def _is_new(context: Context, scene: Scene, sentence: Span) -> bool:
    """Say whether a sentence speaks of others than the case: other patients, a trial, another gene."""
    genes = {gene.normalized for gene in context.within(sentence, "gene")}
    return bool(
        _NEW_PEOPLE.search(context.text(sentence))
        or _STUDY.search(context.text(sentence))
        or context.within(sentence, "trial")
        or genes - {variant.entity for variant in scene.case}
    )


def _given(context: Context, sentence: Span, drugs: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the drugs of a sentence that are given now; none where it names others beside them."""
    text = context.document.text
    now: list[Mention] = []
    for drug in drugs:
        before = text[sentence.start : drug.span.start]
        after = text[drug.span.end : drug.span.end + 20]
        listed = now and _LISTED.fullmatch(text[now[-1].span.end : drug.span.start])
        if not _EARLIER.search(before) and (listed or _GIVEN.search(before) or _THERAPY.match(after)):
            now.append(drug)
    return tuple({drug.normalized: drug for drug in now}.values())
