"""How the cells of a store's tables look in Datasette: names as links, severities as labels, boxes in short."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

# Which table a foreign key of the store leads to.
_LEADS_TO: Mapping[str, str] = MappingProxyType(
    {
        "document_id": "documents",
        "run_id": "runs",
        "table_id": "tables",
        "cell_id": "cells",
        "flag_id": "flags",
        "claim_id": "claims",
        "supersedes": "decisions",
        "decision_id": "decisions",
    }
)
_SHOWN_BY_PAGE: Mapping[str, str] = MappingProxyType(
    {"documents": "document", "flags": "flag", "claims": "claim", "mentions": "mention"}
)
_DECIDED = ("flag", "claim", "mention")
_NAMED = (("claims", "summary"), ("mentions", "text"))
_SEVERITIES = ("error", "warning", "notice")
_STATUSES = ("open", "confirmed", "dismissed", "corrected")
_ID = re.compile(r"[0-9a-f]{16,64}|[0-9]+")
_LONGEST_LABEL = 90


def address(base: str, table: str, identity: str) -> str:
    """Return the address of the page that shows a row of a store best; `base` is that of the database."""
    page = _SHOWN_BY_PAGE.get(table)
    return f"{base}/-/{page}/{identity}" if page else f"{base}/{table}/{identity}"


def cell(base: str, table: str | None, column: str, value: object, row: Mapping[str, object]) -> Markup | None:
    """Return how a cell is shown, or None where Datasette's own way is right."""
    if column in _LEADS_TO and value:
        return _reference(base, _LEADS_TO[column], value)
    if column == "severity" and value in _SEVERITIES:
        return Markup('<span class="lc-severity lc-{0}">{0}</span>').format(value)
    if column in ("status", "review_status") and value in _STATUSES:
        return Markup('<span class="lc-status lc-{0}">{0}</span>').format(value)
    if column == "message" and (table == "flags" or "flag_id" in row):
        return _link(base, "flags", str(row["id" if table == "flags" else "flag_id"]), str(value))
    if column == "label" and table == "documents":
        return _link(base, "documents", str(row["id"]), str(value))
    if column == "target_id" and row["target_kind"] in _DECIDED:
        return _link(base, f"{row['target_kind']}s", str(value), f"the {row['target_kind']}")
    if (table, column) in _NAMED:
        return _link(base, str(table), str(row["id"]), str(value) or "(empty)")
    if column == "boxes" and isinstance(value, str):
        return _boxes(value)
    return None


def _reference(base: str, table: str, value: object) -> Markup | None:
    if isinstance(value, Mapping):
        # Datasette has looked up the label of the row.
        return _link(base, table, str(value["value"]), str(value["label"]) or "(empty)")
    identity = str(value)
    if not _ID.fullmatch(identity):
        return None
    return _link(base, table, identity, f"{table.removesuffix('s')} {identity[:8]}")


def _link(base: str, table: str, identity: str, label: str) -> Markup | None:
    if not _ID.fullmatch(identity):
        return None
    short = label if len(label) <= _LONGEST_LABEL or table == "flags" else label[: _LONGEST_LABEL - 1] + "…"
    return Markup('<a href="{}">{}</a>').format(address(base, table, identity), short)


def _boxes(text: str) -> Markup | None:
    try:
        pages = [int(box["page"]) for box in json.loads(text)]
    except (ValueError, TypeError, KeyError):
        return None
    if not pages:
        return Markup("<span>none</span>")
    said = ", ".join(
        f"p. {page}: {count} box{'es' if count > 1 else ''}"
        for page, count in ((page, pages.count(page)) for page in sorted(set(pages)))
    )
    return Markup('<span title="{}">{}</span>').format(text, said)
