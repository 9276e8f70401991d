"""Consistency rules: one a file, each a function from an extraction to what it found.

A rule yields one answer for each thing that it looked at: `Outcome.CONSISTENT`, `Outcome.NOT_APPLICABLE`
('could not check' never reads as 'fine') or a `Doubt`. Its docstring says what it looks for, what it
leaves alone and why; `litcurate rules` prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from curate.records import Doubt, Outcome
from extract.records import Extraction
from extract.registry import Registry

Rule = Callable[[Extraction], Iterable[Doubt | Outcome]]

RULES: Registry[Rule] = Registry("rule", package="curate.rules.checks")
