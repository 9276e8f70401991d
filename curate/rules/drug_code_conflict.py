"""Development codes beside the name of another drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.drugs import Drug, drug
from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.subjects.wording import place_name
from extract.context import Context
from extract.places import Locator
from extract.records import BlockKind, Extraction, Mention, Span

EXTRACTOR = "drug"

_CODE = re.compile(r"[A-Za-z]{1,7}[- ]?\d{2,}[A-Za-z0-9-]*")
_OPENS = re.compile(
    r"\s?[(\[]\s?(?:(?:formerly|also|previously)\s+(?:known\s+as\s+)?)?|,?\s+(?:formerly|also\s+known\s+as|aka)\s+"
)
_CLOSES = re.compile(r"\s?[)\];,]")


@RULES.register("drug-code-conflict")
def drug_code_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find drugs that the paper gives the development code of another drug.

    Looks at a name with a code in brackets after it, and at a code with a name in brackets, where the reference data
    know both. Leaves alone two codes, two names ('brand (INN)'), codes that no drug is known by, names that combine
    several drugs, and the titles of references.

    Example: 'crizotinib (LDK378)'; LDK378 is ceritinib, crizotinib is PF-02341066.

    Source: FDA UNII/GSRS names.
    """
    context = Context(extraction.document, extraction.mentions)
    drugs = [mention for mention in context.of_kind("drug") if not _quoted(context, mention)]
    for one, other in pairwise(drugs):
        if one.cell != other.cell or not _beside(context, one, other):
            continue
        code, name = (one, other) if _CODE.fullmatch(one.text) else (other, one)
        if not _CODE.fullmatch(code.text) or _CODE.fullmatch(name.text):
            continue
        coded, named = drug(code.text), drug(name.text)
        if coded is None or named is None or code.score < 1.0 or name.score < 1.0:
            yield Outcome.NOT_APPLICABLE
        elif _same(coded, named):
            yield Outcome.CONSISTENT
        else:
            yield _doubt(context, name, named, code, coded)


def _quoted(context: Context, mention: Mention) -> bool:
    block = context.block(mention.span.start)
    return block is not None and block.kind is BlockKind.REFERENCE


def _beside(context: Context, one: Mention, other: Mention) -> bool:
    text = context.document.text
    joined = _OPENS.fullmatch(text[one.span.end : other.span.start]) is not None
    return joined and _CLOSES.match(text, other.span.end) is not None


def _same(one: Drug, other: Drug) -> bool:
    """Say whether two entries are one agent: their names, or one within the other (a salt, a conjugate's antibody)."""
    if one.name == other.name or (one.unii and one.unii == other.unii):
        return True
    mine, yours = set(one.name.split()), set(other.name.split())
    return mine <= yours or yours <= mine


def _codes(agent: Drug) -> str:
    """Return the sponsor's code of an agent; an NSC number is that of the screening programme."""
    return next((name for name in agent.names if _CODE.fullmatch(name) and not name.startswith("nsc")), "")


def _doubt(context: Context, name: Mention, named: Drug, code: Mention, coded: Drug) -> Doubt:
    span = Span(start=min(name.span.start, code.span.start), end=max(name.span.end, code.span.end))
    evidence = Locator(context.document).evidence(
        span, extractor=EXTRACTOR, cell=name.cell, within=context.sentence(name.span)
    )
    own = _codes(named)
    hint = f"; {named.name} is {own.upper()}" if own else ""
    return Doubt(
        severity=Severity.WARNING,
        subject=f"{name.text} ({code.text})",
        message=(
            f"{name.text} is given the code {code.text} in {place_name(context.document, evidence)}, but the reference "
            f"data know {code.text} as {coded.name}{hint}."
        ),
        expected=f"{coded.name} ({code.text})",
        key=(named.name, coded.name, code.text.casefold()),
        places=(Place(role="name and code", evidence=evidence),),
    )
