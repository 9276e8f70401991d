"""The catalogue of rules, made from their docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from curate.rules import RULES

_HEAD = """# Rules

Each rule is one file in `curate/rules/` and looks for one kind of inconsistency. It answers for everything that it
looked at: consistent, flagged, not applicable (it could not check) or failed; the store keeps the counts of each run
in `rule_counts`. This page is made from the rules' docstrings by `litcurate rules --format markdown`.
"""


def as_text() -> str:
    """Return the catalogue as plain text, a rule's name above its description."""
    return "\n\n".join(f"{name}\n{_indented(description)}" for name, description in _described())


def as_markdown() -> str:
    """Return the catalogue as a page of the documentation."""
    return "\n".join((_HEAD, *(f"## `{name}`\n\n{description}\n" for name, description in _described())))


def _described() -> Iterator[tuple[str, str]]:
    for name, rule in RULES.items():
        yield name, inspect.getdoc(rule) or "(not described)"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
