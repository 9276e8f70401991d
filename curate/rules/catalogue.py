"""The catalogue of rules, made from their docstrings."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from importlib import resources

from curate.rules import RULES

_HEAD = """# Rules

Each rule is one file in `curate/rules/` and looks for one kind of inconsistency. It answers for everything that it
looked at: consistent, flagged, not applicable (it could not check) or failed; the store keeps the counts of each run
in `rule_counts`. This page is made from the rules' docstrings by `litcurate rules --format markdown`.

The figures are those of `make bench-rules` on the project's own small papers: errors of the rule's kind that were put
into sound papers and found, and flags that the rule raised in the untouched papers. The rules were written with these
papers at hand; expect less on others.
"""


def as_text() -> str:
    """Return the catalogue as plain text, a rule's name above its description."""
    return "\n\n".join(f"{name}\n{_indented(description)}" for name, description in _described())


def as_markdown() -> str:
    """Return the catalogue as a page of the documentation."""
    return "\n".join((_HEAD, *(f"## `{name}`\n\n{description}\n" for name, description in _described())))


def _described() -> Iterator[tuple[str, str]]:
    measured = json.loads((resources.files("curate") / "rules" / "measured.json").read_text(encoding="utf-8"))
    for name, rule in RULES.items():
        description = inspect.getdoc(rule) or "(not described)"
        figures = measured.get(name)
        yield name, f"{description}\n\n{_measured(**figures)}" if figures else description


def _measured(*, put_in: int, found: int, untouched: int, documents: int) -> str:
    return f"Measured: {found} of {put_in} seeded errors found; {untouched} flags in {documents} untouched papers."


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
