"""What the claims of a store say together: drugs against variants, trials against endpoints, intervals, flags.

Rejected claims, and claims that no longer arise, are left out. The selections run on Datasette's own read-only
connections, under its time limit.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from curate.browse.hosting import Database, Value
from curate.browse.metadata import columns
from curate.records import Status

MOST_CLAIMS = 2000  # read for one table: more make a table that nobody reads
_RESPONSE = ("gene", "variants", "drug", "direction")
_RESULT = ("trial", "arm", "population", "endpoint", "value", "unit", "low", "high", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one claim puts into a cell: a text, where it stands, and what a curator put in its place."""

    claim: str
    document: str
    text: str
    sign: str = ""
    status: str = "open"
    corrected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of claims: the names of its rows and columns and what is said where they meet.

    `cut` says that there are more claims than were read.
    """

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    cells: dict[tuple[tuple[str, ...], str], tuple[Said, ...]]
    cut: bool = False

    def verdict(self, row: tuple[str, ...], column: str) -> str:
        """Return the one sign of what is said there, `both` where there are several, empty where none."""
        signs = {said.sign for said in self.cells.get((row, column), ()) if said.sign}
        return "both" if len(signs) > 1 else next(iter(signs), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One trial result with a number."""

    claim: str
    label: str
    value: float
    low: float | None
    high: float | None


async def responses(database: Database, *, document: str = "", gene: str = "") -> Grid:
    """Return variants (gene, variants) against drugs; the sign of what is said is the direction."""
    found, cut = await _claims(database, "variant_response", _RESPONSE, {"document_id": document, "gene": gene})
    placed = (
        (
            (str(row["gene"]), " + ".join(json.loads(row["variants"]))),
            str(row["drug"]),
            _said(row, str(row["direction"])),
        )
        for row in found
    )
    return _grid(placed, cut)


async def results(database: Database, *, document: str = "", trial: str = "", endpoint: str = "") -> Grid:
    """Return trials (trial, arm) against endpoints."""
    wanted = {"document_id": document, "trial": trial, "endpoint": endpoint}
    found, cut = await _claims(database, "trial_result", _RESULT, wanted)
    placed = (((str(row["trial"]), str(row["arm"] or "")), str(row["endpoint"]), _said(row, "")) for row in found)
    return _grid(placed, cut)


async def intervals(database: Database, *, endpoint: str, unit: str, document: str = "") -> list[Result]:
    """Return the results of an endpoint in a unit that give an interval, or a value beside one."""
    wanted = {"document_id": document, "endpoint": endpoint, "unit": unit}
    found, _ = await _claims(database, "trial_result", _RESULT, wanted, also="value IS NOT NULL AND low IS NOT NULL")
    return [
        Result(
            claim=row["id"],
            label=", ".join(str(row[name]) for name in ("trial", "arm", "population") if row[name]),
            value=float(row["value"]),
            low=None if row["low"] is None else float(row["low"]),
            high=None if row["high"] is None else float(row["high"]),
        )
        for row in found
    ]


async def endpoints(database: Database, *, document: str = "") -> list[tuple[str, str, int]]:
    """Return the endpoints with their units that have intervals, and how many, most first."""
    if not _has(database, _RESULT):
        return []
    found = await database.execute(
        "SELECT endpoint, unit, count(*) AS count FROM claims WHERE kind = 'trial_result' AND stale = 0 "
        "AND review_status <> 'dismissed' AND value IS NOT NULL AND low IS NOT NULL "
        "AND (:document = '' OR document_id = :document) "
        "GROUP BY endpoint, unit ORDER BY count DESC, endpoint, unit LIMIT 40",
        {"document": document},
    )
    return [(str(row["endpoint"]), str(row["unit"]), int(row["count"])) for row in found.rows]


async def flags_by_rule(database: Database, *, document: str = "") -> list[tuple[str, Counter[str]]]:
    """Return the rules with how many flags of each severity they raise, most flags first."""
    # Status by status, so that an index answers without the rows.
    found = await asyncio.gather(
        *(
            database.execute(
                "SELECT rule, severity, count(*) AS count FROM flags WHERE stale = 0 AND status = :status "
                "AND (:document = '' OR document_id = :document) GROUP BY rule, severity",
                {"document": document, "status": status.value},
            )
            for status in Status
        )
    )
    by_rule: dict[str, Counter[str]] = {}
    for row in (row for one in found for row in one.rows):
        by_rule.setdefault(str(row["rule"]), Counter())[str(row["severity"])] += int(row["count"])
    return sorted(by_rule.items(), key=lambda item: (-sum(item[1].values()), item[0]))


async def _claims(
    database: Database, kind: str, named: tuple[str, ...], wanted: dict[str, str], *, also: str = "1"
) -> tuple[list[sqlite3.Row], bool]:
    """Return the claims of a kind, at most `MOST_CLAIMS`, and whether there are more."""
    if not _has(database, named):
        return [], False
    chosen = {name: value for name, value in wanted.items() if value}
    where = "".join(f"AND item.{name} = :{name} " for name in chosen)
    said = ", ".join(f'item."{name}"' for name in named)
    values: dict[str, Value] = {**chosen, "kind": kind, "most": MOST_CLAIMS + 1}
    found = await database.execute(
        f"SELECT item.id, item.review_status, documents.label AS document, {said}, "  # noqa: S608 - our own names
        "CASE item.review_status WHEN 'corrected' THEN (SELECT value FROM current_decisions "
        "WHERE target_kind = 'claim' AND target_id = item.id AND verdict = 'correct' "
        "ORDER BY role, decided_at DESC LIMIT 1) ELSE '' END AS corrected "
        "FROM claims AS item JOIN documents ON documents.id = item.document_id WHERE item.kind = :kind "
        f"AND item.stale = 0 AND item.review_status <> 'dismissed' {where} AND {also} "
        "ORDER BY item.document_id, item.ordinal LIMIT :most",
        values,
    )
    return list(found.rows[:MOST_CLAIMS]), len(found.rows) > MOST_CLAIMS


def _has(database: Database, named: Iterable[str]) -> bool:
    """Return whether the store has the columns: a kind of claim brings its own with its first run."""
    return set(named) <= set(columns(database).get("claims", ()))


def _said(row: sqlite3.Row, sign: str) -> Said:
    return Said(
        claim=row["id"],
        document=row["document"],
        text=sign or _result(row),
        sign=sign,
        status=row["review_status"],
        corrected=row["corrected"] or "",
    )


def _result(row: sqlite3.Row) -> str:
    """Return a result as a table prints it: the value with its unit, the interval, the population."""
    unit = str(row["unit"])
    value = (
        str(row["status"]) if row["value"] is None else f"{row['value']:g}{'%' if unit == '%' else f' {unit}'.rstrip()}"
    )
    if row["low"] is not None or row["high"] is not None:
        ends = ("…" if row[name] is None else f"{row[name]:g}" for name in ("low", "high"))
        value += f" ({' to '.join(ends)})"
    # A population is kept as the sentence has it, which may begin with the preposition.
    return f"{value} in {str(row['population']).removeprefix('in ')}" if row["population"] else value


def _grid(placed: Iterable[tuple[tuple[str, ...], str, Said]], cut: bool) -> Grid:
    cells: dict[tuple[tuple[str, ...], str], tuple[Said, ...]] = {}
    often: Counter[str] = Counter()
    for row, column, said in placed:
        cells[row, column] = (*cells.get((row, column), ()), said)
        often[column] += 1
    return Grid(
        rows=tuple(sorted({row for row, _ in cells}, key=lambda row: tuple(part.casefold() for part in row))),
        columns=tuple(sorted(often, key=lambda column: (-often[column], column.casefold()))),
        cells=cells,
        cut=cut,
    )
