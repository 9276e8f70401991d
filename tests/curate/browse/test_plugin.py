"""The plugin in Datasette: what it adds to a store, and that it leaves other databases alone."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import builders
import pytest
from datasette.app import Datasette
from visiting import Visitor, text_of

from curate.browse.metadata import columns
from curate.browse.server import register
from curate.store import Store

CONFLICT = builders.Ids().conflict


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE flags (id TEXT PRIMARY KEY, severity TEXT, message TEXT, boxes TEXT)")
        connection.execute("INSERT INTO flags VALUES ('0123456789abcdef', 'error', 'none of ours', '[]')")
    connection.close()
    return path


def test_other_databases_are_left_alone(store: Store, other: Path) -> None:
    register()
    with Visitor(Datasette([str(other), str(store.path)])) as visitor:
        for path in ("/other", "/other/flags", "/other/flags/0123456789abcdef"):
            page = visitor.get(path)
            assert page.status_code == 200
            assert "lc-" not in page.text
            assert "review.css" not in page.text
            assert "/other/-/" not in page.text
        for path in ("/other/-/review", "/other/-/flag/0123456789abcdef", "/other/-/document/0123456789abcdef"):
            assert visitor.get(path).status_code == 404
        metadata = visitor.get("/-/metadata.json").json()
        assert set(metadata["databases"]) == {"curation"}
        assert visitor.get("/other.json").json()["queries"] == []
        assert visitor.get("/-/litcurate").headers["location"] == "/curation/-/review"


def test_every_table_and_described_column_is_there(curator: Visitor) -> None:
    metadata = curator.get("/-/metadata.json").json()["databases"]["curation"]["tables"]
    there = columns(curator.datasette.get_database("curation"))
    shown = {name for name in there if "_fts" not in name}
    assert set(metadata) == shown
    for name, table in metadata.items():
        assert set(table.get("columns", {})) <= set(there[name])
        assert set(table.get("facets", [])) <= set(there[name])
        if name != "extractions":
            assert table["title"]
            assert table["description"]


def test_every_table_and_query_opens(curator: Visitor) -> None:
    page = curator.get("/curation.json").json()
    assert {table["name"] for table in page["tables"] if table["hidden"]} >= {"extractions", "blocks_fts"}
    for table in page["tables"]:
        assert curator.get(f"/curation/{table['name']}").status_code == 200, table["name"]
    assert {query["name"] for query in page["queries"]} == {
        "open_flags",
        "flags_by_rule",
        "trials_and_endpoints",
        "drugs_and_variants",
        "not_checked",
    }
    for query in page["queries"]:
        assert curator.get(f"/curation/{query['name']}").status_code == 200, query["name"]


def rows(visitor: Visitor, query: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = visitor.get(f"/curation/{query}.json?_shape=array").json()
    return found


def test_the_queries_answer_what_they_are_named_for(curator: Visitor) -> None:
    assert [row["flag_id"] for row in rows(curator, "open_flags")] == [CONFLICT, builders.Ids().spelling]
    (result,) = rows(curator, "trials_and_endpoints")
    assert (result["trial"], result["endpoint"], result["value"], result["different_values"]) == ("ALTA", "ORR", 53, 1)
    # Two variants that an article names together are one row, not two.
    assert [(row["drug"], row["variants"], row["direction"]) for row in rows(curator, "drugs_and_variants")] == [
        ("brigatinib", "G1202R + L1196M", "resistance")
    ]
    unchecked = {row["what"]: row["not_applicable"] for row in rows(curator, "not_checked")}
    assert unchecked == {"rule claim-conflict": 2, "page 2": None}


def test_rows_link_by_name_and_flags_to_their_page(curator: Visitor) -> None:
    flags = curator.get("/curation/flags").text
    assert f'<a href="/curation/-/flag/{CONFLICT}">claim-conflict: the objective' in flags
    assert '<span class="lc-severity lc-error">error</span>' in flags
    assert f'<a href="/curation/-/document/{"a" * 64}">Brigatinib in ALTA</a>' in flags
    places = curator.get("/curation/flag_evidence").text
    assert f'<a href="/curation/-/flag/{CONFLICT}">claim-conflict' in places
    assert re.search(r'<a href="/curation/cells/[0-9a-f]+">53</a>', places)
    assert "p. 1: 1 box, p. 2: 1 box" in text_of(places)
    assert f"/curation/-/flag/{CONFLICT}" in curator.get("/curation/open_flags").text


def test_text_is_found(curator: Visitor) -> None:
    assert "arm B" in text_of(curator.get("/curation/blocks?_search=objective").text)
    assert curator.get("/curation/blocks.json?_search=objective").json()["filtered_table_rows_count"] == 1


def test_visitors_cannot_write_with_sql(curator: Visitor, store: Store) -> None:
    for sql in ("DELETE FROM flags", "UPDATE flags SET status = 'dismissed'", "PRAGMA user_version=9"):
        assert curator.get(f"/curation.json?sql={sql}").status_code == 400, sql
    assert [flag.status for flag in store.flags()] == ["open", "open"]


def test_plain_datasette_finds_the_installed_plugin(store: Store, as_installed: dict[str, str], tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "datasette", str(store.path), "--get", f"/curation/-/flag/{CONFLICT}"],
        env=as_installed,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "0 of 2 decided" in text_of(run.stdout)
    assert "may read this store, but not decide" in text_of(run.stdout)
