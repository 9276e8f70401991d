"""Alterations that are named by their gene alone, and classes of drugs: 'KRAS-mutant', 'loss of PTEN', 'EGFR TKIs'.

Both are read as mentions of their own beside those of the recognisers, so that one grammar of clauses and cues serves
all of them. The names of alterations are those of CIViC's gene-level variants (Griffith et al. 2017): mutation,
overexpression, loss, amplification, methylation, wild type ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources

from extract.records import Assertion, Mention, Span
from extract.text.neighbourhood import Context

RECOGNIZER = "variant_response"


def _states() -> tuple[tuple[str, str], ...]:
    """Return the words of each alteration with the standard name that it has."""
    text = resources.files(__package__).joinpath("alterations.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((words, "" if name == "-" else name) for name, words, _ in lines)


STATES = _states()
_ANY_STATE = "|".join(f"(?P<s{place}>{words})" for place, (words, _) in enumerate(STATES))
_AFTER_GENE = re.compile(
    rf"(?:[-–\s]|\s\([^()]{{1,14}}\)\s)(?:(?:gene|protein|mRNA|kinase|receptor|promoter|tyrosine|oncogene|domain|activating|somatic|germline)[-\s]){{0,2}}(?:{_ANY_STATE})(?![A-Za-z])",
    re.IGNORECASE,
)
_BEFORE_GENE = re.compile(
    rf"(?<![A-Za-z-])(?:{_ANY_STATE})(?:\s+(?:of|in|on|at|within|for)(?:\s+(?:the|their|its|either|both|gene|human))*\s+|\s+)"
    r"(?:(?:the|anti-?apoptotic|protein|oncogene|tumou?r\s+suppressor|gene|receptor)\s+){0,2}$",
    re.IGNORECASE,
)
# 'mutant EGFR', 'activated KRAS': adjectives stand right before the gene, nouns take 'of' or 'in'.
_ADJECTIVE = re.compile(
    r"(?:mutant|mutated|wild[-\s]?type|amplified|methylated|rearranged|over-?\s?expressed)\s+$", re.IGNORECASE
)
_NEGATIVE = re.compile(
    r"[-\s](?:negative|free|na[iï]ve|status|inhibit|antagon|target|directed|specific\s+inhib)", re.IGNORECASE
)
_LISTED_GENES = re.compile(r"\s*(?:,|/|\band\b|\bor\b|,\s*(?:and|or))\s*$", re.IGNORECASE)
_LOOK_BACK = 70
_BESIDE = 14  # characters between a gene and a variant that names its mutation already

_ENZYMES = (
    r"[Tt]yrosine\s+[Kk]inase|[Kk]inase|TK|PARP|MEK|BRAF|RAF|EGFR|ALK|CDK4/6|mTOR|PI3K|HDAC|[Pp]roteasome"
    r"|[Aa]romatase|[Cc]heckpoint"
)
CLASSES = re.compile(
    r"(?<![A-Za-z-])(?:"
    rf"(?P<inhibitors>(?:[A-Z][\w/-]{{0,30}}\s+)?(?:[Rr]eceptor\s+)?(?:(?:{_ENZYMES})\s+[Ii]nhibitors?|TKIs?))"
    r"|(?P<chemotherapy>(?:neo)?(?:adjuvant\s+)?(?:[a-z0-9-]{1,30}-based\s+)?"
    r"(?:[Cc]hemo(?:radio)?therap(?:y|ies)|[Cc]hemotherapeutic(?:s|\s+(?:drugs?|agents?)))"
    r"|[Pp]latinum(?:-based)?\s+(?:therapy|drugs?|agents?|compounds?)|[Pp]latinum(?=\s+(?:sensitiv|resist)))"
    r"|(?P<radiotherapy>[Rr]adiotherapy|[Rr]adiation(?:\s+therapy|\s+treatment)?|[Ii]oni[sz]ing\s+radiation)"
    r"|(?P<endocrine>(?:[Ee]ndocrine|[Hh]ormon(?:e|al)|[Aa]nti-?[oe]strogen)\s+(?:therapy|treatment))"
    r"|(?P<immunotherapy>[Ii]mmunotherap(?:y|ies)|[Ii]mmune\s+checkpoint\s+(?:inhibitors?|blockade))"
    r"|(?P<other>anthracyclines?|taxanes?|alkylating\s+agents?|[Vv]inca\s+alkaloids?|fluoropyrimidines?|antifolates?)"
    r")(?![A-Za-z])"
)
_NEAR_DRUG = 16  # characters in which a drug names what its class is said of: 'the TKI dasatinib'
_CLASS_NAMES = {
    "chemotherapy": "chemotherapy",
    "radiotherapy": "radiotherapy",
    "endocrine": "endocrine therapy",
    "immunotherapy": "immunotherapy",
}


def markers(context: Context) -> Iterator[Mention]:
    """Yield the alterations that a text names by their gene: `normalized` is the standard name, `entity` the symbol.

    Variants of other notation than that of proteins, fusions and copy-number changes are yielded under their own names.
    """
    text = context.document.text
    for mention in context.of_kind("variant", "fusion", "copy number"):
        of_protein = mention.kind == "variant" and mention.normalized.startswith("p.")
        if not of_protein and mention.assertion is not Assertion.NEGATED:
            yield replace(mention, kind="variant")
    for gene in context.of_kind("gene"):
        if gene.assertion not in (Assertion.ASSERTED, Assertion.HISTORICAL):
            continue
        if _names_variant(context, gene) or _NEGATIVE.match(text, gene.span.end):
            continue
        after = _AFTER_GENE.match(text, gene.span.end)
        if after is not None:
            yield _marker(gene, Span(start=gene.span.start, end=after.end()), after, text)
            continue
        start = max(0, gene.span.start - _LOOK_BACK)
        before = _last_before(text, start, gene.span.start)
        if before is not None:
            yield _marker(gene, Span(start=start + before.start(), end=gene.span.end), before, text)


def _last_before(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the state that leads to a gene at `end`: with 'of' or 'in', or as an adjective right before it."""
    window = text[start:end]
    for match in _BEFORE_GENE.finditer(window):
        leads = re.search(r"\s(?:of|in|on|at|within|for)\b", window[match.start() :]) or _ADJECTIVE.search(
            window[match.start() :]
        )
        if leads:
            return match
    return None


def _marker(gene: Mention, span: Span, match: re.Match[str], text: str) -> Mention:
    place, said = next((int(name[1:]), value) for name, value in match.groupdict().items() if value)
    name = STATES[place][1] or " ".join(said.split())
    return replace(
        gene,
        kind="variant",
        text=text[span.start : span.end],
        normalized=name,
        entity=gene.normalized,
        span=span,
        recognizer=RECOGNIZER,
    )


def _names_variant(context: Context, gene: Mention) -> bool:
    """Say whether a variant stands at a gene: 'BRAF V600E mutation' is named by the variant."""
    around = Span(start=max(0, gene.span.start - 24), end=gene.span.end + 24)
    for variant in context.within(around, "variant", "fusion", "copy number"):
        gap = max(variant.span.start - gene.span.end, gene.span.start - variant.span.end)
        if gap <= _BESIDE:
            return True
    return False


def classes(context: Context) -> Iterator[Mention]:
    """Yield the classes of drugs and the kinds of treatment that sentences name, where no drug stands: 'EGFR TKIs'."""
    text = context.document.text
    for sentence in context.prose():
        for match in CLASSES.finditer(text, sentence.start, sentence.end):
            kind = match.lastgroup or ""
            span = Span(start=match.start(), end=match.end())
            name = _CLASS_NAMES.get(kind) or _inhibitors(match)
            beside = Span(start=max(0, span.start - _NEAR_DRUG), end=span.end + _NEAR_DRUG)
            if context.within(beside, "drug"):
                continue
            yield Mention(
                kind="drug",
                text=match[0],
                normalized=name,
                entity="",
                span=span,
                boxes=(),
                recognizer=RECOGNIZER,
                score=0.8,
            )


_OF_DISEASE = re.compile(
    r"[-\s]*(?:positive\s+|mutation-positive\s+)?(?:[\w-]+\s+){0,2}?(?:NSCLC|SCLC|cancers?|carcinomas?|adenocarcinomas?|melanomas?|leuk\w+|lymphomas?|gliomas?|glioblastomas?"
    r"|tumou?rs?|disease|patients?|GISTs?|CRC|malignanc\w+|neoplasms?|sarcomas?|AML|CML|ALL|CLL)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"\b(?:confer\w*|induc\w*|caus\w*|associat\w*|correlat\w*|relat\w+\s+to|link\w*|mediat\w*|lead\w*|led|result\w*|contribut\w*|driv\w*|due\s+to|through|via"
    r"|responsible|implicat\w*|predict\w*|indicat\w*|markers?|biomarkers?|includ\w*|increas\w*|enhanc\w*|reduc\w*|decreas\w*|render\w*|promot\w*|sensiti[sz]\w*|impair\w*"
    r"|by|owing|attribut\w*|determin\w*|depend\w*|explain\w*|was|were|is|are|be|showed?|shown|had|have|has|remain\w*|became|exhibit\w*|display\w*|demonstrat\w*|achiev\w*|respond\w*)\b",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"\b(?:with|harbou?r\w*|carr\w+|having|express\w*|in|of|against|bearing|contain\w*|for|toward\w*)\s+(?:(?:an?|the|both|specific|certain|patients|cells|tumou?rs|those)\s+)*(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)


def bears_on(context: Context, marker: Mention, cue: Span, *, resistant: bool) -> bool:
    """Say whether a clause ties a gene-level alteration to its cue, and does not only tell by it whose disease it is.

    'EGFR-mutant NSCLC with acquired resistance' says who became resistant, not by what.
    """
    text = context.document.text
    start, end = sorted((marker.span, cue))
    between = text[start.end : end.start] if start.end <= end.start else ""
    if resistant and _OF_DISEASE.match(text, marker.span.end):
        return (
            bool(
                re.match(
                    r"[-\s]*(?:[\w-]+\s+){0,3}(?:was|were|is|are|be|showed?|had|did|do|does|remain\w*)\b",
                    text[marker.span.end : cue.start],
                )
            )
            if marker.span.end <= cue.start
            else False
        )
    if not between.strip(" -–"):
        return True
    if marker.span.start > cue.start and not resistant:
        return bool(_LINKS.search(between) or _CARRIES.search(between))
    return bool(_LINKS.search(between))


def _inhibitors(match: re.Match[str]) -> str:
    said = " ".join(match[0].split())
    if match["inhibitors"]:
        said = re.sub(r"\b[Tt]yrosine\s[Kk]inase\s[Ii]nhibitors?\b|\bTKIs?\b", "TKI", said)
        return re.sub(r"\b([Ii])nhibitors\b", r"inhibitor", said)
    return said.lower().removesuffix("s")
