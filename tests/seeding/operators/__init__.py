"""One operator a rule: where in a sound document an error of that rule's kind can be put, and what it reads then.

A file a family of rules; a new operator is a function under `@OPERATORS.register` with the rule's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seeding.editing import Edit

from extract.records import Extraction
from extract.registry import Registry

Operator = Callable[[Extraction], Iterator[Edit]]

OPERATORS: Registry[Operator] = Registry("operator", package="seeding.operators")
