"""Which files are taken for stores."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from visiting import Visitor, text_of

from curate.browse.server import application
from curate.browse.stores import is_store_file
from curate.store import Store


def test_a_store_is_known_while_it_is_written_and_after(path: Path) -> None:
    with Store.open(path, create=True):
        # The mark may still be in the write-ahead log alone.
        assert is_store_file(path)
    assert is_store_file(path)


@pytest.mark.parametrize("content", [b"", b"SQLite", b"LITC", b"SQLite format 3\x00" + b"\x00" * 84, b"%PDF-1.7"])
def test_other_files_are_not(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    assert not is_store_file(path)


def test_another_database_is_not_even_with_a_log(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE flags (id)")
    connection.commit()
    assert path.with_name("other.db-wal").exists()
    assert not is_store_file(path)
    connection.close()


def test_a_folder_and_a_missing_file_are_not(tmp_path: Path) -> None:
    assert not is_store_file(tmp_path)
    assert not is_store_file(tmp_path / "none.db")


@pytest.mark.parametrize("page", ["review", "claims", "mentions", "results", "plots"])
def test_a_page_of_an_older_store_says_how_to_bring_it_up_to_date(store: Store, page: str) -> None:
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA user_version = 3")
    with Visitor(application(store.path, curator="ada")) as visitor:
        answer = visitor.get(f"/curation/-/{page}")
    assert answer.status_code == 503
    assert f"`litcurate check --store {store.path}` brings it up to date" in text_of(answer.text)
