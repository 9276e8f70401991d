"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from curate.export.formats import EXPORTERS, Format, Pieces, Record


def as_jsonl(columns: Sequence[str], records: Iterable[Record]) -> Pieces:  # noqa: ARG001 - objects name them
    """Yield an object a record, each on a line of its own."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


EXPORTERS.register("jsonl")(Format(as_jsonl))
