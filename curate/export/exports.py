"""What can be exported: for each kind its columns and its records, document by document.

`document` in a record is the document's id, the SHA-256 of its file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import chain
from types import MappingProxyType

from curate.export.formats import Records, Source
from curate.store.decided import DECIDED
from curate.store.read_documents import Reader
from curate.store.rows.reading_rows import plain
from curate.store.stored import StoredCitation

# A decided row that the newest reading no longer gives is kept in the store, but it is not a finding.
_ARISING = "AND stale = 0"
# Who added a claim or mention, and when; empty for what the tool found.
ADDED = ("added_by", "added_at")


def _parts(store: Reader, columns: str, table: str, where: str = "") -> Iterator[sqlite3.Row]:
    """Yield a table's rows document by document: no sort of the whole, which may be a million rows."""
    statement = f"SELECT {columns} FROM {table} WHERE document_id = ? {where} ORDER BY ordinal"  # noqa: S608
    for document in store.documents():
        yield from store.select(statement, (document.id,))


def _plain(table: str, columns: str, *, boxes: bool = False, where: str = "") -> Source:
    """Return the kind whose records are rows of a table as they are."""
    names = tuple(column.split(" AS ")[-1].strip().strip('"') for column in columns.split(","))

    def records(store: Reader) -> Records:
        for row in _parts(store, columns, table, where):
            record = {name: row[name] for name in names}
            yield {**record, "boxes": json.loads(row["boxes"])} if boxes else record

    return Source(lambda _: names, records)


def _mentions(columns: str) -> Source:
    """Return the kind of mentions: the rows that stand, each with who added it, where a curator did."""
    rows = _plain("mentions", f"{columns}, added", boxes=True, where=_ARISING)

    def records(store: Reader) -> Records:
        for record in rows.records(store):
            shown = {name: value for name, value in record.items() if name != "added"}
            yield shown | _added(store, "mention", record)

    return Source(lambda store: (*(name for name in rows.columns(store) if name != "added"), *ADDED), records)


def _added(store: Reader, kind: str, row: Mapping[str, object] | sqlite3.Row) -> dict[str, object]:
    """Return which curators added a claim or mention and when the first did; empty for what the tool found."""
    made = store.standing_additions(kind, str(row["id"])) if row["added"] else ()
    names = dict.fromkeys(one.curator for one in made)
    return {"added_by": "; ".join(names), "added_at": made[0].added_at if made else ""}


def _tables(store: Reader) -> Records:
    for table in _parts(store, "*", "tables"):
        rows: dict[int, list[str]] = {}
        for cell in store.select(
            'SELECT "row", text FROM cells WHERE table_id = ? ORDER BY "row", "column"', (table["id"],)
        ):
            rows.setdefault(cell["row"], []).append(cell["text"])
        yield {
            "document": table["document_id"],
            "label": table["label"],
            "caption": table["caption"],
            "note": table["note"],
            "rows": list(rows.values()),
        }


def _claims(store: Reader) -> Records:
    for claim in _parts(store, "*", "claims", _ARISING):
        cited = store.citations(claim["id"])
        yield {
            "id": claim["id"],
            "document": claim["document_id"],
            "kind": claim["kind"],
            **json.loads(claim["arguments"]),
            "review_status": claim["review_status"],
            **_added(store, "claim", claim),
            "citations": [_citation(one) for one in dict.fromkeys(chain.from_iterable(cited))],
            "evidence": [
                {
                    **_place(place),
                    "extractor": place["extractor"],
                    "found": json.loads(place["found"]),
                    "citations": [one.number for one in there],
                }
                for place, there in zip(
                    store.select("SELECT * FROM claim_evidence WHERE claim_id = ? ORDER BY ordinal", (claim["id"],)),
                    cited,
                    strict=True,
                )
            ],
        }


def _flags(store: Reader) -> Records:
    for flag in _parts(store, "*", "flags", _ARISING):
        yield {
            "id": flag["id"],
            "document": flag["document_id"],
            **{name: flag[name] for name in ("rule", "severity", "subject", "message", "expected", "status")},
            "evidence": [
                {"role": place["role"], **_place(place)}
                for place in store.select(
                    "SELECT * FROM flag_evidence WHERE flag_id = ? ORDER BY ordinal", (flag["id"],)
                )
            ],
        }


def _citation(cited: StoredCitation) -> dict[str, object]:
    known = {name: value for name, value in asdict(cited).items() if name not in ("number", "listed")}
    return {"number": cited.number, **(known if cited.listed else {})}


def _place(row: sqlite3.Row) -> dict[str, object]:
    return {"quote": row["quote"], "page": row["page"], "boxes": json.loads(row["boxes"])}


def _decisions(store: Reader) -> Records:
    for row in store.select("SELECT * FROM decisions ORDER BY rowid"):
        yield {name: row[name] for name in _DECISION}


def _history(store: Reader) -> Records:
    for row in store.select(
        "SELECT decisions.*, NOT EXISTS (SELECT 1 FROM decisions AS later WHERE later.supersedes = decisions.id) "
        "AS current, EXISTS (SELECT 1 FROM additions WHERE decision_id = decisions.id) AS added "
        "FROM decisions ORDER BY rowid"
    ):
        replaced = store.decision(row["supersedes"]) if row["supersedes"] else None
        yield {
            **{name: row[name] for name in _DECISION},
            "current": bool(row["current"]),
            "added": bool(row["added"]),
            **_target(store, row["target_kind"], row["target_id"]),
            "replaces": None
            if replaced is None
            else {
                "id": replaced.id,
                "verdict": replaced.verdict.value,
                "value": replaced.value,
                "reason": replaced.reason,
                "curator": replaced.curator,
                "decided_at": replaced.decided_at,
            },
        }


_SHOWN = {
    "flag": "rule AS kind, subject || ': ' || message AS about",
    "claim": "kind, summary AS about",
    "mention": "kind, text AS about",
}


def _target(store: Reader, kind: str, target_id: str) -> dict[str, object]:
    """Return the document of what was decided, its kind (of a flag, the rule), what it says and if it still arises."""
    table, _ = DECIDED[kind]
    statement = f"SELECT document_id AS document, {_SHOWN[kind]}, NOT stale AS arises FROM {table} WHERE id = ?"  # noqa: S608
    for row in store.select(statement, (target_id,)):
        return {name: row[name] for name in ("document", "kind", "about")} | {"arises": bool(row["arises"])}
    return {"document": None, "kind": None, "about": None, "arises": False}


def _additions(store: Reader) -> Records:
    for document in store.documents():
        for one in store.additions(document.id):
            yield {
                "id": one.id,
                "document": one.document_id,
                "target_kind": one.target_kind,
                "target_id": one.target_id,
                "kind": one.kind,
                "quote": one.evidence.quote,
                "prefix": one.evidence.prefix,
                "suffix": one.evidence.suffix,
                "page": one.evidence.boxes[0].page if one.evidence.boxes else None,
                "boxes": plain(one.evidence.boxes),
                "curator": one.curator,
                "added_at": one.added_at,
                "decision": one.decision_id,
                "stands": store.stands(one.target_kind, one.target_id),
            }


_ADDITION = (
    "id",
    "document",
    "target_kind",
    "target_id",
    "kind",
    "quote",
    "prefix",
    "suffix",
    "page",
    "boxes",
    "curator",
    "added_at",
    "decision",
    "stands",
)
_DECISION = (
    "id",
    "target_kind",
    "target_id",
    "verdict",
    "value",
    "reason",
    "curator",
    "decided_at",
    "supersedes",
    "role",
)
_FLAG = ("id", "document", "rule", "severity", "subject", "message", "expected", "status", "evidence")

KINDS: Mapping[str, Source] = MappingProxyType(
    {
        "blocks": _plain(
            "blocks",
            "document_id AS document, kind, section, page, text",
        ),
        "tables": Source(lambda _: ("document", "label", "caption", "note", "rows"), _tables),
        "references": _plain(
            "refs",
            "document_id AS document, number, first_author, authors, title, source, year, doi, pmid",
        ),
        "mentions": _mentions(
            "id, document_id AS document, kind, text, normalized, entity, "
            'assertion, score, recognizer, page, boxes, span_start AS start, span_end AS "end", cell_id, '
            "measure, value, unit, low, high, interval, comparison, count, total, "
            "value_status, review_status",
        ),
        "claims": Source(
            lambda store: (
                "id",
                "document",
                "kind",
                *store.claim_arguments(),
                "review_status",
                *ADDED,
                "citations",
                "evidence",
            ),
            _claims,
        ),
        "flags": Source(lambda _: _FLAG, _flags),
        "decisions": Source(lambda _: _DECISION, _decisions),
        "additions": Source(lambda _: _ADDITION, _additions),
        "history": Source(
            lambda _: (*_DECISION, "current", "added", "document", "kind", "about", "arises", "replaces"), _history
        ),
    }
)
