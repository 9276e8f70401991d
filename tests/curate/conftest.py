"""Stores for the tests of curate: an empty one and one with the article of `builders`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import builders

from curate.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "curation.db"


@pytest.fixture
def empty(path: Path) -> Iterator[Store]:
    with Store.open(path, create=True) as store:
        yield store


@pytest.fixture
def store(empty: Store) -> Store:
    builders.save(empty)
    return empty
