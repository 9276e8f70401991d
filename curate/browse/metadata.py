"""What Datasette is told about a store: titles, descriptions, units, facets, labels, orders and queries.

The texts are data, in `metadata.json`; what they say of a table or column that this store lacks is left out,
since Datasette would fail on a facet, or show a column, that is not there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from markupsafe import Markup

from curate.browse.hosting import Database
from curate.browse.stores import address_of
from curate.store.migrations import RECORDS
from curate.store.schema import LABEL_COLUMNS, view_of
from extract.claims import CLAIM_KINDS


class TableTexts(TypedDict, total=False):
    """The metadata of a table, as Datasette takes it."""

    title: str
    description: str
    facets: list[str]
    sort: str
    sort_desc: str
    size: int
    hidden: bool
    label_column: str
    columns: dict[str, str]


class Query(TypedDict):
    """A canned query; `needs` names the columns without which it is not offered."""

    title: str
    sql: str
    description: NotRequired[str]
    needs: dict[str, list[str]]


class _Texts(TypedDict):
    description: str
    license: str
    tables: dict[str, TableTexts]
    shared_columns: dict[str, str]
    queries: dict[str, Query]


class DatabaseTexts(TypedDict):
    """The metadata of a database, as Datasette takes it."""

    description_html: str
    license: str
    tables: dict[str, TableTexts]


@cache
def _texts() -> _Texts:
    return cast(_Texts, json.loads(files("curate.browse").joinpath("metadata.json").read_text(encoding="utf-8")))


def database_metadata(database: Database, base: str) -> DatabaseTexts:
    """Return the metadata of a store, made anew: Datasette changes what it is given.

    `base` is the address of the database.
    """
    texts = _texts()
    there = columns(database)
    return {
        "description_html": Markup('<p>{}</p><p><a href="{}/-/review">Review the flags</a></p>').format(
            texts["description"], base
        ),
        "license": texts["license"],
        "tables": {
            name: _table(name, table, there[name])
            for name, table in {**texts["tables"], **_views()}.items()
            if name in there
        },
    }


@cache
def _views() -> dict[str, TableTexts]:
    """Return the texts of the view of each kind of claim, and of the record of migrations."""
    views: dict[str, TableTexts] = {}
    for kind in CLAIM_KINDS:
        said = kind.replace("_", " ")
        title = view_of(kind).replace("_", " ").capitalize()
        views[view_of(kind)] = {
            "title": title,
            "description": f"The claims of the kind '{said}', an argument a column.",
        }
    views[RECORDS] = {
        "title": "Migrations",
        "description": "What brought this store up to date, and when.",
        "hidden": True,
    }
    return views


def canned_queries(database: Database) -> dict[str, dict[str, str | bool]]:
    """Return the queries for which this store has the columns."""
    there = columns(database)
    return {
        name: {key: value for key, value in query.items() if isinstance(value, str)} | {"hide_sql": True}
        for name, query in _texts()["queries"].items()
        if all(set(needed) <= set(there.get(table, ())) for table, needed in query["needs"].items())
    }


def columns(database: Database) -> dict[str, tuple[str, ...]]:
    """Return the columns of each table and view of a store, none where it can't be read now."""
    path = Path(database.path or "")
    try:
        return _columns(path, address_of(path, mutable=database.is_mutable), tuple(_state(path)))
    except (OSError, sqlite3.DatabaseError):
        return {}


def _state(path: Path) -> Iterator[tuple[int, int]]:
    """Yield what changes with each write to a store, so that a changed schema is read again."""
    for file in (path, path.with_name(path.name + "-wal")):
        if file.exists():
            state = file.stat()
            yield state.st_mtime_ns, state.st_size


@lru_cache(maxsize=64)
def _columns(_path: Path, address: str, _state: tuple[tuple[int, int], ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect(address, uri=True)) as connection:
        for table, column in connection.execute(
            "SELECT things.name, columns.name FROM sqlite_master AS things, pragma_table_xinfo(things.name) "
            "AS columns WHERE things.type IN ('table', 'view') ORDER BY things.name, columns.cid"
        ):
            found.setdefault(str(table), []).append(str(column))
    return {table: tuple(names) for table, names in found.items()}


def _table(name: str, texts: TableTexts, there: tuple[str, ...]) -> TableTexts:
    described = {**_texts()["shared_columns"], **texts.get("columns", {})}
    table = cast(TableTexts, dict(texts))
    table["columns"] = {column: described[column] for column in there if column in described}
    if "facets" in texts:
        table["facets"] = [column for column in texts["facets"] if column in there]
    if name in LABEL_COLUMNS:
        table["label_column"] = LABEL_COLUMNS[name]
    return table
