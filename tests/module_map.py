"""The map of all modules, made from their docstrings: `python tests/module_map.py` writes docs/modules.md."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "modules.md"
FLOORS = ("corpus", "extract", "curate")
HEAD = """# Modules

Every module, in the words of its own first line. A folder is named for what comes out of it, a file for the thing that
it makes. `make docs` writes this page.
"""


def modules() -> list[Path]:
    """Return all modules of the project, a room's own page before its files."""
    found = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]

    def place(path: Path) -> tuple[int, tuple[str, ...], bool, str]:
        floor = FLOORS.index(path.relative_to(ROOT).parts[0])
        return floor, path.parent.parts, path.name != "__init__.py", path.name

    return sorted(found, key=place)


def render() -> str:
    """Return the page."""
    lines = [HEAD]
    room: Path | None = None
    for path in modules():
        said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()
        first = said[0] if said else ""
        name = path.relative_to(ROOT)
        if path.parent != room:
            room = path.parent
            lines.append(f"\n## `{name.parent}/`\n")
            if path.name == "__init__.py":
                lines.append(f"{first}\n")
            lines.append("| module | what it is |\n|---|---|")
        lines.append(f"| `{name}` | {first.replace('|', chr(92) + '|')} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
