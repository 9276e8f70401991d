import sys
from pathlib import Path

import pytest

from extract.registry import DuplicateNameError, Registry, UnknownNameError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of two modules that register themselves."""
    folder = tmp_path / "shapes_of_a_test"
    folder.mkdir()
    (folder / "__init__.py").write_text(
        "from extract.registry import Registry\nSHAPES = Registry('shape', package='shapes_of_a_test')\n"
    )
    for name, sides in (("square", 4), ("angle", 3)):
        (folder / f"{name}.py").write_text(
            f"from shapes_of_a_test import SHAPES\n@SHAPES.register('{name}')\ndef sides(): return {sides}\n"
        )
    monkeypatch.syspath_prepend(tmp_path)
    yield "shapes_of_a_test"
    for module in [one for one in sys.modules if one.startswith("shapes_of_a_test")]:
        del sys.modules[module]


def test_modules_are_found_when_an_item_is_first_asked_for(package: str) -> None:
    shapes = __import__(package).SHAPES
    assert f"{package}.square" not in sys.modules
    assert shapes["square"]() == 4
    assert f"{package}.angle" in sys.modules


def test_names_come_in_order_of_the_alphabet(package: str) -> None:
    shapes = __import__(package).SHAPES
    assert list(shapes) == ["angle", "square"]
    assert [(name, item()) for name, item in shapes.items()] == [("angle", 3), ("square", 4)]


def test_a_name_used_twice_is_an_error(package: str) -> None:
    shapes = __import__(package).SHAPES
    assert list(shapes)
    with pytest.raises(DuplicateNameError, match="two shapes are named 'square'"):
        shapes.register("square")(lambda: 5)
    assert shapes["square"]() == 4


def test_a_name_that_is_not_there_lists_those_that_are(package: str) -> None:
    with pytest.raises(UnknownNameError, match="no shape is named 'circle'; there are: angle, square"):
        __import__(package).SHAPES["circle"]


def test_the_decorator_returns_what_it_was_given() -> None:
    numbers: Registry[int] = Registry("number", package="extract.claims")
    assert numbers.register("four")(4) == 4
