"""What curators add: a claim or mention that the tool missed, marked on the page.

An addition is appended with the decision that it comes with, a `confirm` under the curator's name; taking it back is
the undo of that decision. Its text is the text layer's, its normal form the recognisers' or the text itself, so that no
value enters the store that the paper does not print. What the tool already has is not added but confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from curate.errors import DecisionError
from curate.ids import marked_ids
from curate.marking import Marker
from curate.records import Addition, Decision, Verdict
from curate.review.decisions import decide
from curate.store import Store, now
from curate.store.anchoring import Placed
from curate.store.quote_search import occurrence_of
from curate.store.rows.reading_rows import claim_row, mention_rows
from curate.store.rows.shared_columns import Value
from extract.claims.merge import claim_id
from extract.content_id import content_id, paper_identity
from extract.mentions.entity_kinds import marked_kinds
from extract.records import Arguments, Claim, Evidence, Mention, Span

LONGEST = 2000  # code points of a mark: a long paragraph

# The columns that say where a row stands and what became of it, not what it is.
_OF_PLACE = frozenset(
    ("id", "document_id", "ordinal", "cell_id", "span_start", "span_end", "page", "x0", "top", "x1", "bottom", "boxes")
)


def add_mention(
    store: Store,
    marker: Marker,
    span: Span,
    kind: str,
    normalized: str,
    *,
    curator: str,
    reason: str = "",
    at: str | None = None,
) -> Decision:
    """Add a mention of a kind where a curator marked it, and return the decision that it comes with.

    `normalized` is one of the marker's proposals. A mention of that form that the tool has there is confirmed
    instead. Raises `DecisionError` where the mark is none, the tool has another form there, the document was read
    again meanwhile, or the curator has added it already.
    """
    if kind not in marked_kinds():
        raise DecisionError(f"unknown kind of mention {kind!r}; choose one of: {', '.join(marked_kinds())}")
    with store.transaction():
        _ensure_marked(store, marker, span)
        if not marker.in_one(span):
            raise DecisionError("a mention stands in one paragraph or cell; mark its words alone")
        mention = next((one for one in marker.proposals(span, kind) if one.normalized == normalized), None)
        if mention is None:
            raise DecisionError(f"the marked words do not give {normalized!r}; choose one of the forms that are shown")
        target = _tools_own(store, marker, mention) or _free_id(store, marker, mention)
        (row,) = mention_rows(marker.document, (mention,), "")
        return _add(store, marker, target, "mention", kind, _content(row), span, curator=curator, reason=reason, at=at)


def add_claim(
    store: Store,
    marker: Marker,
    span: Span,
    kind: str,
    arguments: Arguments,
    *,
    curator: str,
    reason: str = "",
    at: str | None = None,
) -> Decision:
    """Add a claim for which the marked words are the evidence, and return the decision that it comes with.

    A claim of the same arguments that the tool has is confirmed instead. `curate.review.claim_forms` makes the
    arguments of what the paper prints. Raises `DecisionError` as `add_mention`.
    """
    with store.transaction():
        _ensure_marked(store, marker, span)
        document = marker.document
        identity = claim_id(paper_identity(document.doi, document.id), kind, arguments)
        target = store.identifier(document.id)(identity)
        claim = Claim(id=target, kind=kind, arguments=arguments, evidence=())
        row = claim_row(document.id, claim, target, 0)
        return _add(store, marker, target, "claim", kind, _content(row), span, curator=curator, reason=reason, at=at)


def _ensure_marked(store: Store, marker: Marker, span: Span) -> None:
    document = marker.document
    if store.document_text(document.id) != document.text:
        raise DecisionError("the document was read again meanwhile; mark the words again")
    if not (0 <= span.start < span.end <= len(document.text)) or not document.text[span.start : span.end].strip():
        raise DecisionError("no words are marked")
    if span.end - span.start > LONGEST:
        raise DecisionError(f"more than {LONGEST:,} letters are marked; mark the words that say it")


def _tools_own(store: Store, marker: Marker, mention: Mention) -> str:
    """Return the id of the mention that the tool has of that kind at that place, empty where it has none."""
    there = store.mentions_at(marker.document.id, mention.kind, mention.span)
    if not there:
        return ""
    same = next((one for one, normalized in there if normalized == mention.normalized), None)
    if same is None:
        forms = ", ".join(repr(normalized) for _, normalized in there)
        raise DecisionError(f"the tool has this {mention.kind} as {forms}; accept or correct that")
    return same


def _free_id(store: Store, marker: Marker, mention: Mention) -> str:
    """Return the id of a marked mention: the first that no other mention has that stands.

    An equal one that a curator added there has the same id, and so has one that the tool found before but no more: the
    decisions on it go on.
    """
    document = marker.document
    ids = marked_ids(document, mention, store.stored_key(document.id))
    return next(one for one in ids if not store.stands("mention", one) or store.is_added_at(one, mention.span))


def _add(
    store: Store,
    marker: Marker,
    target: str,
    target_kind: str,
    kind: str,
    content: Mapping[str, Value],
    span: Span,
    *,
    curator: str,
    reason: str,
    at: str | None,
) -> Decision:
    evidence, at = marker.evidence(span), at or now()
    document = marker.document
    current = store.current_decision(target_kind, target, curator=curator.strip())
    if current is not None and current.verdict is Verdict.CONFIRM and store.stands(target_kind, target):
        raise DecisionError(f"{curator.strip()} has this {target_kind} added or accepted already")
    packed = json.dumps(content, ensure_ascii=False)
    store.place_addition(
        document,
        Placed(target_kind=target_kind, target_id=target, kind=kind, content=packed, evidence=evidence),
    )
    decision = decide(store, target_kind, target, Verdict.CONFIRM, curator=curator, reason=reason, at=at)
    if store.is_added(target_kind, target):
        store.append_addition(
            Addition(
                id=content_id("addition", target_kind, target, decision.id),
                document_id=document.id,
                target_kind=target_kind,
                target_id=target,
                decision_id=decision.id,
                kind=kind,
                content=packed,
                evidence=evidence,
                occurrence=_occurrence(marker, evidence),
                curator=decision.curator,
                added_at=at,
            )
        )
    return decision


def _occurrence(marker: Marker, evidence: Evidence) -> int:
    return occurrence_of(marker.document.text, evidence.span, prefix=evidence.prefix, suffix=evidence.suffix)


def _content(row: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in row.items() if name not in _OF_PLACE}
