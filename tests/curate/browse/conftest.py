"""Stores in Datasette for the tests of the browser."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visiting import Visitor

from curate.browse.server import application
from curate.store import Store


@pytest.fixture(scope="session")
def ada(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The one user of `litcurate browse`; starting Datasette takes longer than most tests."""
    path = tmp_path_factory.mktemp("served") / "curation.db"
    Store.open(path, create=True).close()
    with Visitor(application(path, curator="ada")) as visitor:
        yield visitor


@pytest.fixture
def curator(ada: Visitor, store: Store) -> Visitor:
    """The same on the store of the builders."""
    ada.turn_to(store.path)
    return ada
