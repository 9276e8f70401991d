"""What was found in a text and by what, sentence by sentence, and why a sentence gives no claim."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extract.claims import CLAIM_KINDS, title
from extract.claims.trial_result.from_report import why_no_result
from extract.claims.trial_result.study import own_study
from extract.claims.variant_response import why_no_response
from extract.records import Assertion, Claim, Extraction, Mention, Span
from extract.text.neighbourhood import Context

_WIDEST = 100  # columns of a line before the marks under it begin anew


def explained(extraction: Extraction) -> Iterator[str]:
    """Yield lines on an extraction of plain text: each sentence, its mentions, its claims, what it does not give."""
    context = Context(extraction.document, extraction.mentions)
    no_result = partial(why_no_result, own_study(context))
    for sentence in context.prose():
        yield from _sentence(context.text(sentence), sentence.start, context.within(sentence))
        claims = [(claim, one) for claim in extraction.claims for one in claim.evidence if _in(one.span, sentence)]
        for claim, evidence in claims:
            how = ", ".join(f"{one.argument} {one.how}" for one in evidence.found)
            yield f"  claim    {_titled(claim)}" + (f"  [{how}]" if how else "")
        made = {claim.kind for claim, _ in claims}
        for kind, why in (("variant_response", why_no_response), ("trial_result", no_result)):
            reason = why(context, sentence) if kind not in made else ""
            if reason:
                yield f"  no {kind.replace('_', ' ')}: {reason}"
        yield ""


def _titled(claim: Claim) -> str:
    assert claim.kind in CLAIM_KINDS  # noqa: S101 - every claim is of a registered kind
    return f"{claim.kind.replace('_', ' ')}: {title(claim.arguments)}"


def _in(span: Span, sentence: Span) -> bool:
    return sentence.start <= span.start < sentence.end


def _sentence(text: str, start: int, mentions: tuple[Mention, ...]) -> Iterator[str]:
    """Yield a sentence in lines, under each the marks of its mentions, then a line for each mention."""
    plain = text.replace("\n", " ")
    for begin in range(0, len(plain), _WIDEST):
        line = plain[begin : begin + _WIDEST]
        marks = [" "] * len(line)
        for mention in mentions:
            for offset in range(mention.span.start - start - begin, mention.span.end - start - begin):
                if 0 <= offset < len(marks):
                    marks[offset] = "^"
        yield line
        if "^" in marks:
            yield "".join(marks).rstrip()
    for mention in mentions:
        assertion = "" if mention.assertion is Assertion.ASSERTED else f", {mention.assertion.value}"
        named = mention.normalized + (f" ({mention.entity})" if mention.entity else "")
        by = f"{mention.recognizer} {mention.score:g}{assertion}"
        yield f"  {mention.kind:12} {' '.join(mention.text.split())!r} -> {named}  [{by}]"
