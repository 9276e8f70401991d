"""What is said to be frequent: the alterations that a sentence names, alone or in lists, with their nouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extract.records import Mention, Span
from extract.text.neighbourhood import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An alteration, or a list of them that the sentence speaks of as one, where it stands.

    `what` is their standard form, in the order of the alphabet where there are several; `gene` the symbol, empty where
    there are several genes.
    """

    what: str
    gene: str
    span: Span


ALTERATIONS = ("variant", "fusion", "copy number")

_NOUNS = {
    "mutation": r"mutations?|mutants?|mutated|mutant",
    "alteration": r"alterations?|aberrations?|abnormalit(?:y|ies)|altered",
    "rearrangement": r"rearrange(?:ments?|d)|translocat(?:ions?|ed)",
    "fusion": r"fusions?",
    "overexpression": r"over-?\s?express(?:ion|ed)",
    "expression": r"expression",
    "amplification": r"amplifications?|amplified",
    "copy number gain": r"copy[\s-]number\s+gains?",
    "loss": r"loss(?:es)?|inactivation",
    "deletion": r"deletions?",
    "insertion": r"insertions?",
    "variant": r"variants?|polymorphisms?",
    "positive": r"positiv(?:e|ity)",
}
_ADJECTIVES = (
    r"(?:(?:activating|inactivating|sensiti[sz]ing|somatic|germline|driver|resistance|oncogenic|pathogenic|point|missense"
    r"|truncating|hotspot|kinase[\s-]domain|gene|protein|genomic|genetic|secondary|acquired)[\s-]+){0,3}"
)


def _named(kinds: Mapping[str, str]) -> str:
    """Return the forms of kinds as the branches of a pattern, each with a group that tells its place."""
    return "|".join(f"(?P<n{index}>{form})" for index, form in enumerate(kinds.values()))


_NOUN = re.compile(
    r"[\s-]+" + _ADJECTIVES + f"(?:{_named(_NOUNS)})" + r"\b",
    re.IGNORECASE,
)
_NOUN_OF = re.compile(
    "(?:"
    + "|".join(f"(?P<n{i}>{form})" for i, form in enumerate(_NOUNS.values()))
    + r")\s+(?:of|in|involving)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# What describes the alteration and makes it another than the bare one.
_MODIFIER = (
    r"(?:acquired|secondary|primary|concomitant|concurrent|co-?occurring|co-?existing|germline|somatic|activating|oncogenic"
    r"|sensiti[sz]ing|uncommon|rare|common|compound|de\s+novo|pathogenic|baseline|hot-?spot|intrinsic|o[nf]+-target|resistance"
    r"|double|multiple|novel|additional|other|recurrent|truncating|missense|inactivating|loss-of-function|gain-of-function"
    r"|high-level|low-level|focal|biallelic|homozygous|heterozygous|classical|atypical|solvent-front|gatekeeper|simultaneous"
    r"|pre-?treatment|pre-?existing|further)"
)
_MODIFIERS = re.compile(rf"(?<![\w-])(?:{_MODIFIER}\s+){{1,3}}$", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s*(?:,|/|,?\s*\b(?:and/or|and|or)\b)\s*(?:the\s+)?", re.IGNORECASE)
_ABSENT = re.compile(
    r"(?:\bnon[\s-]?|\b(?:no|without|lack\w*|absence\s+of|negative\s+for|neither|nor|than|except|versus|vs\.?)\s+)$",
    re.IGNORECASE,
)
# What follows the name of an alteration that is tested for, inhibited or not there.
_NOT_IT = re.compile(
    r"[\s-]*(?:negativ\w+|wild|inhibit\w*|TKIs?\b|blockade|antibod\w*|test\w*|status|screen\w*|assay\w*|directed|target\w*"
    r"|analys\w+|na[iï]ve|specific|independent|dependent|mediated|subgroup|allele|VAF|kinase|signall?ing|pathway)",
    re.IGNORECASE,
)
# 'HER2 is overexpressed in': the verb of the sentence says what of the gene.
_STATES = {
    "mutation": r"mutated",
    "alteration": r"altered",
    "rearrangement": r"rearranged|translocated",
    "overexpression": r"over-?\s?expressed",
    "expression": r"expressed",
    "amplification": r"amplified",
    "loss": r"lost|inactivated|silenced",
    "deletion": r"deleted",
    "methylation": r"(?:hyper)?methylated",
}
_STATE = re.compile(
    r"(?:\s*\([^()]{1,15}\)|\))?\s*,?\s*(?:which\s+|that\s+)?(?:is|are|was|were|has\s+been|have\s+been)\s+"
    r"(?:(?:[a-z]+ly|also|often|most|more|found|reported|known|to|be)\s+){0,4}"
    f"(?:{_named(_STATES)})" + r"\s+in\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A name with its noun: `what` is None for a gene that waits for the noun of its list."""

    what: str | None
    gene: str
    start: int
    end: int


def subjects(context: Context, sentence: Span) -> Iterator[Subject]:
    """Yield the alterations of a sentence in order; those of a list ('KRAS, NRAS or BRAF mutations') as one."""
    text = context.document.text
    chain: list[_Part] = []
    for part in _parts(context, sentence):
        if chain and not _LIST_GAP.fullmatch(text, chain[-1].end, part.start):
            yield from _of_chain(text, sentence, chain)
            chain = []
        chain.append(part)
    yield from _of_chain(text, sentence, chain)


def _of_chain(text: str, sentence: Span, chain: list[_Part]) -> Iterator[Subject]:
    while chain and chain[-1].what is None:
        chain.pop()
    if not chain:
        return
    start, end = chain[0].start, chain[-1].end
    if _ABSENT.search(text, sentence.start, start) or _NOT_IT.match(text, end, sentence.end):
        return
    names: list[str] = []
    named = chain[-1]
    for part in reversed(chain):
        named = part if part.what is not None else named
        names.append(part.what or _like(named, part.gene))
    modifiers = _MODIFIERS.search(text, max(sentence.start, start - 60), start)
    words = " ".join(modifiers[0].split()).casefold() + " " if modifiers else ""
    genes = {part.gene for part in chain}
    yield Subject(
        what=words + "; ".join(sorted({name for one in names for name in one.split("; ")})),
        gene=genes.pop() if len(genes) == 1 else "",
        span=Span(start=modifiers.start() if modifiers else start, end=end),
    )


def _like(named: _Part, gene: str) -> str:
    """Return what the part of a list that ends with `named` means of another gene: 'ROS1 or RET fusions'."""
    if named.what is not None and named.gene and named.gene in named.what:
        return named.what.replace(named.gene, gene)
    return f"{gene} mutation"


def _parts(context: Context, sentence: Span) -> Iterator[_Part]:
    text = context.document.text
    events = context.within(sentence, *ALTERATIONS)
    inside = [mention.span for mention in events]
    pending: Mention | None = None  # a gene that may belong to the alteration right after it
    reached = sentence.start
    for mention in context.within(sentence, "gene", *ALTERATIONS):
        if mention.span.start < reached:
            continue
        if mention.kind != "gene":
            at = mention.span.start
            if pending is not None and not text[pending.span.end : at].strip(" -("):
                at = pending.span.start
            elif pending is not None:
                yield _Part(None, pending.normalized, pending.span.start, pending.span.end)
            pending = None
            noun = _NOUN.match(text, mention.span.end, sentence.end)
            reached = noun.end() if noun else mention.span.end
            names = sorted({other.normalized for other in events if other.span == mention.span})
            yield _Part("; ".join(names), mention.entity, at, reached)
        elif not any(span.start <= mention.span.start and mention.span.end <= span.end for span in inside):
            if pending is not None:
                yield _Part(None, pending.normalized, pending.span.start, pending.span.end)
            pending = None
            reached = mention.span.end
            noun = _NOUN.match(text, mention.span.end, sentence.end)
            before = _NOUN_OF.search(text, max(sentence.start, mention.span.start - 50), mention.span.start)
            state = _STATE.match(text, mention.span.end, sentence.end)
            if noun:
                reached = noun.end()
                yield _Part(
                    f"{mention.normalized} {_kind(noun, _NOUNS)}", mention.normalized, mention.span.start, reached
                )
            elif before:
                yield _Part(
                    f"{mention.normalized} {_kind(before, _NOUNS)}", mention.normalized, before.start(), reached
                )
            elif state:
                what = f"{mention.normalized} {_kind(state, _STATES)}"
                yield _Part(what, mention.normalized, mention.span.start, reached)
            else:
                pending = mention
    if pending is not None:
        yield _Part(None, pending.normalized, pending.span.start, pending.span.end)


def _kind(match: re.Match[str], kinds: Iterable[str]) -> str:
    return next(kind for index, kind in enumerate(kinds) if match[f"n{index}"])
