"""CSV as RFC 4180 has it, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from curate.export.formats import EXPORTERS, Format, Pieces, Record

# What a spreadsheet may take for a formula, or for white space before one (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: `json.dumps` makes one a call
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def as_csv(columns: Sequence[str], records: Iterable[Record]) -> Pieces:
    """Yield a header line and a line a record; lists and objects are JSON in their cell.

    A text that a spreadsheet would run as a formula gets an apostrophe before it, unless it is a number; so
    does one that is such a text after apostrophes, so that taking one away gives back what was there.
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(columns)
    yield line.getvalue()
    for record in records:
        line.seek(0)
        line.truncate()
        writer.writerow([_text(record.get(column)) for column in columns])
        yield line.getvalue()


def guarded(text: str) -> str:
    """Return the text, with an apostrophe before it where a spreadsheet would take it for a formula.

    `unguarded` is its inverse.
    """
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` got."""
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if type(value) is int:
        return str(value)
    return _JSON.encode(value)


EXPORTERS.register("csv")(Format(as_csv))
