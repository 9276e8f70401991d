"""The rows of what curators added: the addition itself, and the claim or mention that follows from it."""

from __future__ import annotations

import json
import sqlite3

from curate.marking import MARKED
from curate.records import Addition
from curate.store.anchoring import Placed
from curate.store.rows.reading_rows import cell_key
from curate.store.rows.shared_columns import Row, place_columns, read_boxes
from extract.records import Assertion, Evidence, Mention, Quantity, Span


def addition_row(addition: Addition) -> Row:
    """Return the row of an addition."""
    evidence = addition.evidence
    return {
        "id": addition.id,
        "document_id": addition.document_id,
        "target_kind": addition.target_kind,
        "target_id": addition.target_id,
        "decision_id": addition.decision_id,
        "kind": addition.kind,
        "content": addition.content,
        "quote": evidence.quote,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
        "occurrence": addition.occurrence,
        "curator": addition.curator,
        "added_at": addition.added_at,
        **place_columns(evidence.span, evidence.boxes),
    }


def addition_of(row: sqlite3.Row) -> Addition:
    """Return the addition of a row; the cell that it lay in is not kept."""
    return Addition(
        id=row["id"],
        document_id=row["document_id"],
        target_kind=row["target_kind"],
        target_id=row["target_id"],
        decision_id=row["decision_id"],
        kind=row["kind"],
        content=row["content"],
        evidence=Evidence(
            quote=row["quote"],
            prefix=row["prefix"],
            suffix=row["suffix"],
            span=Span(start=row["span_start"], end=row["span_end"]),
            boxes=read_boxes(row["boxes"]),
            extractor=MARKED,
        ),
        occurrence=row["occurrence"],
        curator=row["curator"],
        added_at=row["added_at"],
    )


def added_mention_row(document_id: str, one: Placed, ordinal: int, *, found: bool) -> Row:
    """Return the row of an added mention; `found` where the tool has a mention of that kind at its place."""
    return {
        **json.loads(one.content),
        "id": one.target_id,
        "document_id": document_id,
        "ordinal": ordinal,
        "text": one.evidence.quote,
        "cell_id": cell_key(document_id, one.evidence.cell),
        "added": "lost" if one.lost else "found" if found else "placed",
        **place_columns(one.evidence.span, one.evidence.boxes),
    }


def added_claim_row(document_id: str, one: Placed, ordinal: int) -> Row:
    """Return the row of an added claim."""
    return {
        **json.loads(one.content),
        "id": one.target_id,
        "document_id": document_id,
        "ordinal": ordinal,
        "added": "lost" if one.lost else "placed",
    }


def mention_of(row: sqlite3.Row) -> Mention:
    """Return the mention of a row of `mentions`; the cell that it lies in is not kept."""
    quantity = Quantity(
        measure=row["measure"],
        value=row["value"],
        unit=row["unit"],
        low=row["low"],
        high=row["high"],
        interval=row["interval"],
        comparison=row["comparison"],
        count=row["count"],
        total=row["total"],
        status=row["value_status"],
        decimals=row["decimals"] or 0,
    )
    return Mention(
        kind=row["kind"],
        text=row["text"],
        normalized=row["normalized"],
        entity=row["entity"],
        span=Span(start=row["span_start"], end=row["span_end"]),
        boxes=read_boxes(row["boxes"]),
        recognizer=row["recognizer"],
        score=row["score"],
        assertion=Assertion(row["assertion"]),
        quantity=quantity if row["measure"] else None,
    )
