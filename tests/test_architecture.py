"""The one way through the house: curate imports extract, extract imports corpus, nothing the other way."""

import ast
import re
from pathlib import Path

import module_map
import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "corpus": {"corpus"},
    "extract": {"corpus", "extract"},
    "curate": {"corpus", "extract", "curate"},
}
# Only these modules may import what is heavy, what writes, or what serves.
KEPT_TO = {
    "spacy": {"extract/ner/spacy_pipelines.py"},
    "scispacy": {"extract/ner/spacy_pipelines.py"},
    "pdfplumber": {"extract/pdf/reader.py", "extract/pdf/drawing.py"},
    "pdfminer": {
        "extract/pdf/reader.py",
        "extract/pdf/drawing.py",
        "extract/pdf/unpacking.py",
        "extract/pdf/glyph_names.py",
    },
    "sqlite_utils": {"curate/store/schema.py", "curate/store/migrations/__init__.py"},
    "typst": {"corpus/typeset.py"},
}
RULES_MAY_IMPORT = {"corpus", "extract", "curate.records", "curate.rules"}


# The rooms of a floor, each of which may import those before it; modules beside them are free.
ORDER = {
    "extract": ("pdf", "page", "tables", "blocks", "text", "citations", "hgvs", "ner", "mentions", "claims"),
    "curate": ("store", "rules", "review", "run", "export", "report", "browse", "commands"),
}
# Each floor has these; commands are named for what one types.
COMMON = {"__init__.py", "cli.py", "records.py", "errors.py"}
# Classes of one name in two rooms that are left: a name may only be taken off this list.
TWICE = {
    "Arguments", "Drawing", "Entry", "Found", "Grid", "Line", "Outcome", "Part", "Parts", "Piece", "Place", "Placed",
    "Reader", "Shown", "Token", "Writer",
}  # fmt: skip


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def top_level_imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_before_it(room: str) -> None:
    assert modules(room)
    for path in modules(room):
        of_project = {name.split(".")[0] for name in imports(path)} & set(ROOMS)
        assert of_project <= ROOMS[room], f"{path.relative_to(ROOT)} imports {of_project - ROOMS[room]}"


@pytest.mark.parametrize("library", KEPT_TO)
def test_a_library_is_imported_only_where_the_design_says(library: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in modules(room)
        if library in {name.split(".")[0] for name in imports(path)}
    }
    assert users <= KEPT_TO[library]


def test_spacy_is_imported_lazily() -> None:
    assert not {"spacy", "scispacy"} & top_level_imports(ROOT / "extract" / "ner" / "spacy_pipelines.py")


def test_the_records_of_a_document_need_no_library() -> None:
    assert top_level_imports(ROOT / "extract" / "records.py") <= {"__future__", "dataclasses", "enum"}


def test_rules_see_extractions_and_reference_data_only() -> None:
    for path in modules("curate/rules/checks"):
        of_curate = {name for name in imports(path) if name.split(".")[0] in ROOMS}
        strangers = {
            name
            for name in of_curate
            if not any(name == allowed or name.startswith(f"{allowed}.") for allowed in RULES_MAY_IMPORT)
        }
        assert not strangers, f"{path.name} imports {strangers}"


@pytest.mark.parametrize("floor", ORDER)
def test_the_rooms_of_a_floor_import_one_way(floor: str) -> None:
    order = ORDER[floor]
    assert {path.parent.name for path in (ROOT / floor).glob("*/__init__.py")} == set(order)
    for path in modules(floor):
        parts = path.relative_to(ROOT).parts
        if len(parts) < 3:
            continue
        later = set(order[order.index(parts[1]) + 1 :])
        named = (name.split(".") for name in imports(path))
        wrong = {".".join(parts) for parts in named if parts[0] == floor and len(parts) > 1 and parts[1] in later}
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


def test_no_file_name_stands_in_two_rooms() -> None:
    rooms: dict[str, set[Path]] = {}
    for path in (path for floor in ORDER for path in modules(floor)):
        if path.name not in COMMON and path.parent != ROOT / "curate" / "commands":
            rooms.setdefault(path.name, set()).add(path.parent)
    assert rooms
    assert not {name: places for name, places in rooms.items() if len(places) > 1}


def test_no_class_name_stands_in_two_rooms() -> None:
    rooms: dict[str, set[Path]] = {}
    for path in (path for floor in ORDER for path in modules(floor)):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                rooms.setdefault(node.name, set()).add(path)
    twice = {name for name, places in rooms.items() if len(places) > 1}
    assert twice <= TWICE, "a name for two things: find another for the newer one"


def test_the_map_of_modules_is_complete() -> None:
    assert module_map.PAGE.read_text(encoding="utf-8") == module_map.render(), "run: make docs"


def test_the_docs_name_files_that_there_are() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    named = {path for text in texts for path in re.findall(r"`((?:extract|curate|corpus|tests)/[\w/.]*)`", text)}
    assert len(named) > 10
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
