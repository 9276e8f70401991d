"""What all tests share: golden files, rewritten only by `--rewrite-golden` (`make golden`), and how Hypothesis runs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("litcurate", deadline=None)
settings.load_profile("litcurate")

pytest.register_assert_rewrite("cases", "papers")
pytest_plugins = ["chromium"]

GOLDEN = Path(__file__).parent / "data" / "golden"
Json = list[dict[str, object]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Json], None]:
    """Return a function that compares a result with the golden file of that name, or writes it."""

    def compare(name: str, found: Json) -> None:
        path = GOLDEN / f"{name}.json"
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        assert found == json.loads(path.read_text(encoding="utf-8"))

    return compare
