"""The rows of what a reading yields and curators decide: mentions, claims, flags, their places and decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from curate.ids import cell_id, mention_ids, part_id
from curate.records import Decision, Flag, RuleCount
from curate.store.rows.shared_columns import Row, Value, place_columns
from extract.claims import title
from extract.records import CellRef, Claim, Document, Evidence, Mention, Quantity
from extract.text.locator import CONTEXT

_NO_QUANTITY = Quantity(measure="")


def mention_rows(document: Document, mentions: tuple[Mention, ...], paper: str) -> Iterator[Row]:
    """Yield the rows of the mentions in their order."""
    identities = mention_ids(document, mentions, paper)
    for ordinal, (identity, mention) in enumerate(zip(identities, mentions, strict=True)):
        quantity = mention.quantity or _NO_QUANTITY
        yield {
            "id": identity,
            "document_id": document.id,
            "ordinal": ordinal,
            "kind": mention.kind,
            "text": mention.text,
            "normalized": mention.normalized,
            "entity": mention.entity,
            "assertion": mention.assertion.value,
            "score": mention.score,
            "recognizer": mention.recognizer,
            "measure": quantity.measure,
            "value": quantity.value,
            "unit": quantity.unit,
            "low": quantity.low,
            "high": quantity.high,
            "interval": quantity.interval,
            "comparison": quantity.comparison,
            "count": _whole(quantity.count),
            "total": _whole(quantity.total),
            "value_status": quantity.status,
            "decimals": quantity.decimals if mention.quantity else None,
            "cell_id": cell_key(document.id, mention.cell),
            **place_columns(mention.span, mention.boxes),
        }


def _whole(number: int | None) -> int | None:
    """Return the number, None where SQLite cannot hold it: no count is that large; the text still has it."""
    return number if number is None or abs(number) < 2**63 else None


def claim_row(document_id: str, claim: Claim, identity: str, ordinal: int) -> Row:
    """Return the row of a claim, one column an argument; tuples and records are JSON text."""
    arguments = {field.name: _argument(getattr(claim.arguments, field.name)) for field in fields(claim.arguments)}
    return {
        "id": identity,
        "document_id": document_id,
        "ordinal": ordinal,
        "kind": claim.kind,
        "summary": summary(claim),
        "arguments": json.dumps(plain(claim.arguments), ensure_ascii=False),
        **arguments,
    }


def summary(claim: Claim) -> str:
    """Return a claim in a few words: its kind and what it says.

    Where it does not say what it is of, the words around its first place do.
    """
    said = title(claim.arguments)
    if getattr(claim.arguments, "subject", None) == "" and claim.evidence:
        said = f"{said}: {_in_its_words(claim.evidence[0])}"
    return f"{claim.kind.replace('_', ' ')}: {said}"


def _in_its_words(evidence: Evidence) -> str:
    """Return a quote with the words around it, '…' where its sentence goes on."""
    before, after = evidence.prefix, evidence.suffix
    if len(before) == CONTEXT:
        before = "…" + before.partition(" ")[2]
    if len(after) == CONTEXT:
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}{evidence.quote}{after}".split())


def _argument(value: object) -> Value:
    if isinstance(value, Enum):
        return _argument(value.value)
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else str(value)
    if value is None or isinstance(value, str | float):
        return value
    return json.dumps(plain(value), ensure_ascii=False)


def plain(value: object) -> object:
    """Return a record or tuple as what JSON has: objects, lists, texts and numbers."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def evidence_row(owner: str, owner_id: str, document_id: str, ordinal: int, evidence: Evidence) -> Row:
    """Return the row of one place of a claim or flag; `owner` is `claim` or `flag`."""
    found = {one.argument: one.how.value for one in evidence.found}
    return {
        **({"found": json.dumps(found, ensure_ascii=False)} if owner == "claim" else {}),
        "id": part_id(f"{owner} evidence", owner_id, ordinal),
        f"{owner}_id": owner_id,
        "ordinal": ordinal,
        "quote": evidence.quote,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
        "extractor": evidence.extractor,
        "cell_id": cell_key(document_id, evidence.cell),
        **place_columns(evidence.span, evidence.boxes),
    }


def citation_rows(document: Document, places: Iterable[tuple[str, Evidence]]) -> Iterator[Row]:
    """Yield the rows of what the places of claims cite, each place with its id.

    Of several references with one number the first is meant.
    """
    ordinals: dict[int, int] = {}
    for at, reference in enumerate(document.references):
        ordinals.setdefault(reference.number, at)
    for place, evidence in places:
        for ordinal, number in enumerate(evidence.citations):
            yield {
                "id": part_id("citation", place, ordinal),
                "claim_evidence_id": place,
                "ordinal": ordinal,
                "number": number,
                "ref_id": part_id("reference", document.id, ordinals[number]) if number in ordinals else None,
            }


def flag_row(document_id: str, flag: Flag, identity: str, ordinal: int) -> Row:
    """Return the row of a flag; its status is derived by the store."""
    return {
        "id": identity,
        "document_id": document_id,
        "ordinal": ordinal,
        "rule": flag.rule,
        "severity": flag.doubt.severity.value,
        "subject": flag.doubt.subject,
        "message": flag.doubt.message,
        "expected": flag.doubt.expected,
    }


def count_row(run: int, document_id: str, count: RuleCount) -> Row:
    """Return the row of what one rule answered for one document in one run."""
    return {
        "run_id": run,
        "document_id": document_id,
        "rule": count.rule,
        "consistent": count.consistent,
        "flagged": count.flagged,
        "not_applicable": count.not_applicable,
        "failed": count.failed,
        "error": count.error,
    }


def cell_key(document_id: str, cell: CellRef | None) -> str | None:
    """Return the id of a cell, None for no cell."""
    return cell_id(document_id, cell) if cell else None


def decision_row(decision: Decision) -> Row:
    """Return the row of a decision."""
    return {
        "id": decision.id,
        "target_kind": decision.target_kind,
        "target_id": decision.target_id,
        "verdict": decision.verdict.value,
        "value": decision.value,
        "reason": decision.reason,
        "curator": decision.curator,
        "decided_at": decision.decided_at,
        "supersedes": decision.supersedes,
        "role": decision.role.value,
    }
