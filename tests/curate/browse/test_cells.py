"""How cells are shown: what becomes a link or a label, and what is left as it is."""

from __future__ import annotations

import pytest

from curate.browse.table_cells import cell

DOCUMENT = "ab" * 32
FLAG = "0123456789abcdef"


@pytest.mark.parametrize(
    ("table", "column", "value", "row", "shown"),
    [
        ("flags", "severity", "error", {}, '<span class="lc-severity lc-error">error</span>'),
        ("flags", "status", "open", {}, '<span class="lc-status lc-open">open</span>'),
        ("flags", "message", "a < b", {"id": FLAG}, f'<a href="/db/-/flag/{FLAG}">a &lt; b</a>'),
        (None, "message", "m", {"flag_id": FLAG}, f'<a href="/db/-/flag/{FLAG}">m</a>'),
        (None, "flag_id", FLAG, {}, f'<a href="/db/-/flag/{FLAG}">flag 01234567</a>'),
        ("flag_evidence", "flag_id", {"value": FLAG, "label": "<b>"}, {}, f'<a href="/db/-/flag/{FLAG}">&lt;b&gt;</a>'),
        ("cells", "table_id", {"value": FLAG, "label": ""}, {}, f'<a href="/db/tables/{FLAG}">(empty)</a>'),
        ("flags", "document_id", DOCUMENT, {}, f'<a href="/db/-/document/{DOCUMENT}">document abababab</a>'),
        ("documents", "run_id", 3, {}, '<a href="/db/runs/3">run 3</a>'),
        ("decisions", "target_id", FLAG, {"target_kind": "flag"}, f'<a href="/db/-/flag/{FLAG}">the flag</a>'),
        ("cells", "boxes", "[]", {}, "<span>none</span>"),
    ],
)
def test_shown_in_its_own_way(
    table: str | None, column: str, value: object, row: dict[str, object], shown: str
) -> None:
    assert cell("/db", table, column, value, row) == shown


@pytest.mark.parametrize(
    ("table", "column", "value", "row"),
    [
        ("claims", "message", "not a flag's", {}),
        ("flags", "severity", "<script>", {}),
        ("flags", "severity", None, {}),
        ("mentions", "cell_id", None, {}),
        (None, "flag_id", "../../etc", {}),
        (None, "flag_id", 'x" onclick="', {}),
        ("decisions", "target_id", FLAG, {"target_kind": "table"}),
        ("cells", "boxes", "not JSON", {}),
        ("cells", "boxes", '["page"]', {}),
        ("refs", "title", "A title", {}),
    ],
)
def test_left_to_datasette(table: str | None, column: str, value: object, row: dict[str, object]) -> None:
    assert cell("/db", table, column, value, row) is None
