"""The papers of `producers` in stores, each extracted once."""

from pathlib import Path

import pytest
from chromium import Chromium
from producers import set_by_chromium, set_by_typst

from curate.rules.run import check
from curate.store import Store
from extract.pipeline import extract


def _stored(folder: Path, pdf: Path) -> Path:
    path = folder / "curation.db"
    extraction = extract(pdf)
    with Store.open(path, create=True) as store:
        run = store.begin_run("extract", version="1.2.3", settings="{}", at="2024-01-02T03:04:05+00:00")
        store.save(extraction, check(extraction), run, path=str(pdf))
        store.finish_run(run, read=1, at="2024-01-02T03:05:00+00:00")
    return path


@pytest.fixture(scope="session")
def by_typst(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a store of the paper as typst sets it; for reading only."""
    folder = tmp_path_factory.mktemp("typst")
    return _stored(folder, set_by_typst(folder))


@pytest.fixture(scope="session")
def by_chromium(tmp_path_factory: pytest.TempPathFactory, chromium: Chromium) -> Path:
    """The path of a store of the paper as Chromium prints it; for reading only."""
    folder = tmp_path_factory.mktemp("chromium")
    return _stored(folder, set_by_chromium(folder, chromium))
