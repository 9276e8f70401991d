"""Stores in Datasette for the tests of the browser."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visiting import Visitor

from curate.browse.server import application
from curate.store import Store


@pytest.fixture
def curator(store: Store) -> Iterator[Visitor]:
    """The one user of `litcurate browse` on the store of the builders."""
    with Visitor(application(store.path, curator="ada")) as visitor:
        yield visitor
