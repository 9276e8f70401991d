"""Exporters: one format a file, from the store's rows to text.

A format gets the columns of what is exported and its records, and yields text piece by piece, so that memory
does not grow with the store. A format that needs more than the plain records of a kind brings its own sources.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from curate.store.read_documents import Reader
from extract.registry import Registry

Record: TypeAlias = Mapping[str, object]
Records: TypeAlias = Generator[Record, None, None]
Pieces: TypeAlias = Generator[str, None, None]
Writer: TypeAlias = Callable[[Sequence[str], Iterable[Record]], Pieces]


@dataclass(frozen=True, slots=True)
class Source:
    """What can be exported: the names of its columns and the function that yields its records."""

    columns: Callable[[Reader], tuple[str, ...]]
    records: Callable[[Reader], Records]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what writes it, and the sources of the kinds that it can write; without any, it writes all kinds."""

    write: Writer
    sources: Mapping[str, Source] = field(default_factory=dict)


EXPORTERS: Registry[Format] = Registry("export format", package="curate.export.formats")
