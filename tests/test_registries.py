"""Everything that is registered is documented and tested."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pytest

from curate.export.formats import EXPORTERS
from curate.rules import RULES
from extract.claims import CLAIM_KINDS, ClaimKind, ClaimKinds, FormField
from extract.mentions.entity_kinds import ENTITY_KINDS, EntityKind, marked_kinds
from extract.mentions.recognizers import RECOGNIZERS
from extract.records import Arguments
from extract.registry import DuplicateNameError, Registry, UnknownNameError

ROOT = Path(__file__).parent.parent
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))


def registered() -> Iterator[tuple[str, str, Callable[..., object], str]]:
    """Yield folder of tests, name, function and module of each registered item."""
    for name, recognize in RECOGNIZERS.items():
        yield "recognizers", name, recognize, recognize.__module__
    for name, kind in CLAIM_KINDS.items():
        yield "claims", name, kind.find, kind.find.__module__
    for name, rule in RULES.items():
        yield "curate/rules", name, rule, rule.__module__
    for name, exporter in EXPORTERS.items():
        yield "curate/exporters", name, exporter.write, exporter.write.__module__


ITEMS = list(registered())
IDS = [f"{folder}-{name}" for folder, name, _, _ in ITEMS]


def test_there_is_something_in_each_registry() -> None:
    assert {folder for folder, *_ in ITEMS} == {"recognizers", "claims", "curate/rules", "curate/exporters"}


@pytest.mark.parametrize(("folder", "name", "item", "module"), ITEMS, ids=IDS)
def test_an_item_says_what_it_does(folder: str, name: str, item: Callable[..., object], module: str) -> None:
    docstring = inspect.getdoc(item) or ""
    assert len(docstring.splitlines()[0]) > 20
    assert docstring.splitlines()[0].endswith(".")


@pytest.mark.parametrize(("folder", "name", "item", "module"), ITEMS, ids=IDS)
def test_an_item_has_a_line_in_the_docs(folder: str, name: str, item: Callable[..., object], module: str) -> None:
    assert f"`{name}`" in DOCS


@pytest.mark.parametrize("name", list(CLAIM_KINDS))
def test_the_arguments_of_a_claim_are_in_the_docs(name: str) -> None:
    (line,) = (line for line in DOCS.splitlines() if line.startswith(f"| `{name}` |"))
    told = re.split(r"[,;] ", line.split("|")[2].strip())
    assert set(told) == {field.name for field in fields(CLAIM_KINDS[name].arguments)}


@pytest.mark.parametrize(("folder", "name", "item", "module"), ITEMS, ids=IDS)
def test_an_item_has_a_test_file(folder: str, name: str, item: Callable[..., object], module: str) -> None:
    file = ROOT / "tests" / folder / f"test_{module.rsplit('.', 1)[1]}.py"
    assert file.is_file(), f"{file.relative_to(ROOT)} is missing"


@pytest.mark.parametrize(("folder", "name", "item", "module"), ITEMS, ids=IDS)
def test_an_item_has_a_file_of_its_own(folder: str, name: str, item: Callable[..., object], module: str) -> None:
    assert [other for _, other, _, home in ITEMS if home == module] == [name]


def test_a_name_used_twice_is_refused() -> None:
    registry: Registry[int] = Registry("number", package="extract.claims")
    registry.register("one")(1)
    with pytest.raises(DuplicateNameError, match="two numbers are named 'one'"):
        registry.register("one")(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight(Arguments):
    """Arguments of a kind of claim that a test makes."""

    grams: str = ""


def kind_of_weight(**changes: object) -> ClaimKind:
    return replace(ClaimKind(Weight, lambda _: ()), **changes)  # type: ignore[arg-type]


def test_two_kinds_of_claim_cannot_share_their_arguments() -> None:
    kinds = ClaimKinds("kind of claim", package="curate.report")
    kinds.register("weight")(kind_of_weight())
    with pytest.raises(DuplicateNameError, match="'weight' and 'mass', have the arguments Weight"):
        kinds.register("mass")(kind_of_weight(title=lambda _: "another title"))


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ((FormField(name="grams", label="grams"), FormField(name="grams", label="weight")), DuplicateNameError),
        ((FormField(name="ounces", label="ounces"),), UnknownNameError),
    ],
)
def test_a_form_asks_for_each_argument_once(form: tuple[FormField, ...], error: type[Exception]) -> None:
    kinds = ClaimKinds("kind of claim", package="curate.report")
    with pytest.raises(error):
        kinds.register("weight")(kind_of_weight(form=form))


def test_two_kinds_of_mention_cannot_have_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert marked_kinds()
    monkeypatch.setitem(ENTITY_KINDS._items, "biomarker", EntityKind(key="v"))
    with pytest.raises(DuplicateNameError, match="'variant' and 'biomarker' have one key"):
        marked_kinds()


def test_a_name_that_is_not_there_lists_the_names_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"no rule is named 'nonsense'; there are: .*unit-mismatch"):
        RULES["nonsense"]
