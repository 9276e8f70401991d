"""Stores in Datasette for the tests of the browser."""

import os
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from typesetting import PAPERS, store_of
from visiting import Visitor, serving

from curate.browse.server import application
from curate.store import Store

ROOT = Path(__file__).resolve().parents[3]


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


@pytest.fixture
def as_installed(tmp_path: Path) -> dict[str, str]:
    """The environment in which `datasette` finds the plugin by the project's entry point, as where it is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    installed = tmp_path / "installed" / "litcurate-0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: litcurate\nVersion: 0\n")
    (installed / "entry_points.txt").write_text(
        f"[datasette]\nlitcurate = {project['entry-points']['datasette']['litcurate']}\n"
    )
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(installed.parent)))}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, str]]:
    """Datasette as `litcurate browse` serves it, but in this process, with its address."""
    path = tmp_path_factory.mktemp("served") / "curation.db"
    Store.open(path, create=True).close()
    with Visitor(application(path, curator="ada")) as visitor, serving(visitor.datasette) as address:
        yield visitor, address


@pytest.fixture
def address(served: tuple[Visitor, str], store: Store) -> str:
    """What the addresses of the review pages begin with, on the store of the builders: add `review` for the queue."""
    visitor, start = served
    visitor.turn_to(store.path)
    return f"{start}/curation/-/"


@pytest.fixture(scope="session")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a store of the papers of `typesetting`, as the pipeline reads and checks their PDFs."""
    return store_of(tmp_path_factory.mktemp("papers"), PAPERS)


@pytest.fixture
def papers_store(extracted: Path, path: Path) -> Iterator[Store]:
    """A copy of it, to decide in."""
    shutil.copyfile(extracted, path)
    with Store.open(path) as store:
        yield store


@pytest.fixture
def papers_address(served: tuple[Visitor, str], papers_store: Store) -> str:
    """As `address`, on the store of the papers."""
    visitor, start = served
    visitor.turn_to(papers_store.path)
    return f"{start}/curation/-/"
