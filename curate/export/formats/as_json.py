"""JSON: one list of objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from curate.export.formats import EXPORTERS, Format, Pieces, Record


def as_json(columns: Sequence[str], records: Iterable[Record]) -> Pieces:  # noqa: ARG001 - objects name them
    """Yield a JSON list with an object a record, a line each."""
    before = "[\n"
    for record in records:
        yield before + json.dumps(record, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


EXPORTERS.register("json")(Format(as_json))
