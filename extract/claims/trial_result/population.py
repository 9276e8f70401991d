"""Of whom, as assessed by whom and when: what narrows a trial result in a sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.claims.trial_result.terms import LINE

_PEOPLE = (
    r"(?:patients|participants|individuals|population|cohort|subgroup|cases|those(?!\s+of\b)|(?:wo)?men|adults|children|carriers|people"
    r"|tumou?rs)"
)
_REST = (
    r"(?:(?!\s(?:was|were|had|is|are|it|who\s+received|respond\w*|achiev\w*|reach\w*|show\w*|gave|experienced|compared|versus|vs|than|the\s+(?:median|ORR|PFS|OS|"
    r"objective|response|overall|rate))\b)[^,.;()\[\]])*"
)
_POPULATION = re.compile(
    rf"\b(?:(?:in|among|for|of)\s+(?:the\s+)?(?:(?!of\b|with\b|was\b)[\w-]+\s+){{0,4}}?{_PEOPLE}\b{_REST}"
    rf"|{_PEOPLE}\s+(?:with|without|who|whose|that|harbou?ring|having|previously|treated|of|[A-C])\b{_REST}"
    rf"|(?:in|among)\s+\w*[- ]?(?:na[iï]ve|pre-?treated|refractory){_REST})",
    re.IGNORECASE,
)
_ASSESSED = re.compile(
    r"\b(?:blinded\s+)?(?:investigators?|independent(?:ly)?|IRC|BICR|IRF|central(?:ly)?)\b"
    r"(?:[- ](?:central|radiolog\w+|review(?:ed|ers?)?|assess\w+|committee|facility))*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:by|per|as\s+(?:assessed|judged|reviewed)\s+by|according\s+to)\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:interim|updated?|final|initial(?:ly)?|earlier|preliminary|longer|extended|follow-?up|first\s+report|"
    r"cut-?off|(?:first|second|third|later|1st|2nd)[- ]line|crossover|retreatment)\b"
    r"(?:\s+(?:analys[ei]s|reports?|follow-?up|data|results?|cut-?off|treatment|setting))?",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r";|,?\s+(?:whereas|while|but)\s|,\s+(?:and|as)\s|(?<=[)\w%])\s+and\s+(?=(?:in|among)\s)", re.IGNORECASE
)


_LEAD_IN = re.compile(r"[;,\s]*(?:\b(?:and|as|whereas|while|but)\b\s*)?", re.IGNORECASE)
_VALUE = re.compile(r"\d\s?%|\d\s*(?:months?|weeks?|years?)\b")


def is_occasion(population: str) -> bool:
    """Say whether a result is narrowed by when it was analysed, or by whom: an update, a cut-off, a review."""
    return bool(_OCCASION.search(LINE.sub("", population)) or _ASSESSED.search(population))


def people(sentence: str, start: int, end: int) -> str:
    """Return what narrows the result that stands at `start` to `end` of a sentence.

    That is what its own clause says, and what the sentence begins with; where they say nothing, the whole sentence, but
    for what another clause begins with to narrow its own value ('... was 8 months; in patients with X it was 4').
    """
    bounds = [0, *(match.start() for match in _BOUND.finditer(sentence)), len(sentence)]
    own = next((sentence[low:high] for low, high in pairwise(bounds) if low <= start < high), sentence)
    opening = sentence[: bounds[1]] if start >= bounds[1] else ""
    opening = opening if re.match(r"\s*(?:in|among|for|at)\b", opening, re.IGNORECASE) else ""
    found = [*_narrowing(opening.split(",")[0]), *_narrowing(own)] or _lent(sentence, bounds, own)
    by = _BY.match(sentence, end)
    assessor = _ASSESSED.match(sentence, by.end()) if by else None
    if assessor:
        found = [one for one in found if not _ASSESSED.search(one)] + [assessor[0]]
    return "; ".join(dict.fromkeys(found))


def _lent(sentence: str, bounds: list[int], own: str) -> list[str]:
    """Return what the clauses of a sentence say that can narrow a value of its clause `own`, which says nothing."""
    found: list[str] = []
    for low, high in pairwise(bounds):
        clause = sentence[low:high]
        narrowed = _narrowing(clause)
        begins = narrowed and _LEAD_IN.fullmatch(clause[: clause.find(narrowed[0])])
        if clause != own and low and begins and _VALUE.search(clause):
            narrowed = narrowed[1:]
        found += narrowed
    return found


# Who was given what says the arm of a value, not of whom it is.
_ON_ARM = re.compile(
    r"\bfor\s+(?:the\s+)?(?:patients|those|participants)\s+"
    r"(?:treated\s+with|receiving|who\s+received|randomi[sz]ed\s+to|assigned\s+to|given)\b",
    re.IGNORECASE,
)


def _narrowing(text: str) -> list[str]:
    text = _ON_ARM.sub(lambda phrase: " " * len(phrase[0]), text)
    return [match[0].strip() for kind in (_POPULATION, _ASSESSED, _OCCASION) for match in kind.finditer(text)]
