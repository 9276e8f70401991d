"""Columns that the rows of many tables share, and what values they may have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from extract.records import Box, Span

Value: TypeAlias = str | int | float | bytes | None
Values: TypeAlias = tuple[Value, ...] | Mapping[str, Value]
Row: TypeAlias = Mapping[str, Value]

_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text with what UTF-8 cannot hold (lone surrogates of broken fonts) replaced, length kept."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def boxes_json(boxes: Iterable[Box]) -> str:
    """Return boxes as a JSON list of objects with page, x0, top, x1 and bottom."""
    return json.dumps(
        [{"page": b.page, "x0": b.x0, "top": b.top, "x1": b.x1, "bottom": b.bottom} for b in boxes],
        separators=(",", ":"),
    )


def read_boxes(text: str) -> tuple[Box, ...]:
    """Return the boxes that `boxes_json` wrote."""
    return tuple(Box(**box) for box in json.loads(text))


def strings(values: Iterable[str]) -> str:
    """Return texts as a JSON list."""
    return json.dumps(list(values), ensure_ascii=False)


def box_columns(boxes: tuple[Box, ...]) -> Row:
    """Return the columns of the first box, and all boxes as JSON; empty ones where there are none."""
    if not boxes:
        return {"page": None, "x0": None, "top": None, "x1": None, "bottom": None, "boxes": "[]"}
    first = boxes[0]
    return {
        "page": first.page,
        "x0": first.x0,
        "top": first.top,
        "x1": first.x1,
        "bottom": first.bottom,
        "boxes": boxes_json(boxes),
    }


def place_columns(span: Span, boxes: tuple[Box, ...]) -> Row:
    """Return the columns that say where in the text and on its page something stands."""
    return {"span_start": span.start, "span_end": span.end, **box_columns(boxes)}
