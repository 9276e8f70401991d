"""Exporters: one format a file, from the store's rows to text.

An exporter gets the columns of the kind that is exported and its records, and yields text piece by piece,
so that memory does not grow with the store.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import TypeAlias

from extract.registry import Registry

Record: TypeAlias = Mapping[str, object]
Pieces: TypeAlias = Generator[str, None, None]
Exporter: TypeAlias = Callable[[Sequence[str], Iterable[Record]], Pieces]

EXPORTERS: Registry[Exporter] = Registry("export format", package="curate.exporters")
