"""One table between two paragraphs, set by typst or by Chromium: for tests of one kind of layout in two producers."""

from __future__ import annotations

import html
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import typst
from press.chromium_setter import program

PRODUCERS = ("typst", "chromium")
BEFORE = (
    "Response was assessed every eight weeks by two radiologists who did not know the arm of treatment. Patients who "
    "went off treatment for any cause other than progression were censored at the date of their last scan."
)
AFTER = (
    "Most patients had received at least two earlier lines of therapy, and one third had brain metastases at baseline. "
    "The median time between the first diagnosis and enrolment was 19 months. No patient was lost to follow-up before "
    "the first assessment of response, and none withdrew consent in the course of the first year of the study."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePdf:
    """How a table is set: lengths in points; `rules` are the numbers of the rows above which a rule is drawn.

    `widths` are the columns' (none: as wide as their texts); `align` has a letter a column: l, c or r. A cell of '^'
    is spanned by the one above it. In a cell '|' ends a line.
    """

    rows: Sequence[Sequence[str]]
    rules: Sequence[int] = (0, 1, -1)
    widths: Sequence[float] = ()
    align: str = ""
    cells_at: str = "top"
    pad: tuple[float, float] = (4.0, 2.0)
    size: float = 8.0
    leading: float = 9.6
    caption: str = "Table 1."
    title: str = "Characteristics of the patients"
    note: str = ""
    page_width: float = 595.0
    bold_head: bool = False
    style: str = field(default="", kw_only=True)  # more CSS, for Chromium alone


def write(table: TablePdf, producer: str, path: Path) -> Path:
    """Write the PDF; raises `RuntimeError` where Chromium fails."""
    if producer == "typst":
        source = _typst(table).encode()
        typst.compile(source, output=path)
        return path
    browser = program()
    if browser is None:
        raise RuntimeError("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_html(table), encoding="utf-8")
        options = (
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/u",
        )
        command = [browser, *options, f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path


def rows_of(table: TablePdf) -> list[list[str]]:
    """Return the cells that a reader sees; those that a cell above spans are empty."""
    return [["" if cell == "^" else " ".join(cell.split("|")) for cell in row] for row in table.rows]


def _spans(table: TablePdf, row: int, column: int) -> int:
    end = row + 1
    while end < len(table.rows) and table.rows[end][column] == "^":
        end += 1
    return end - row


def _typst(table: TablePdf) -> str:
    def text(cell: str) -> str:
        escaped = "".join(f"\\{c}" if c in "\\#$*_`<>@[]~=-+/'\"" else c for c in cell)
        return escaped.replace("|", " \\ ")

    places = {"l": "left", "c": "center", "r": "right"}
    count = len(table.rows[0])
    widths = ", ".join(f"{w}pt" for w in table.widths) or ", ".join(["auto"] * count)
    align = ", ".join(f"{places[c]} + {_HORIZON[table.cells_at]}" for c in (table.align or "l" * count))
    lines = []
    for n, row in enumerate(table.rows):
        if n in table.rules:
            lines.append("table.hline(stroke: 0.6pt),")
        for m, cell in enumerate(row):
            if cell == "^":
                continue
            body = f"[*{text(cell)}*]" if table.bold_head and n == 0 and cell else f"[{text(cell)}]"
            span = _spans(table, n, m)
            lines.append(f"table.cell(rowspan: {span}){body}," if span > 1 else f"{body},")
    if -1 in table.rules:
        lines.append("table.hline(stroke: 0.6pt),")
    x, y = table.pad
    return f"""#set page(width: {table.page_width}pt, height: 780pt, margin: 54pt)
#set text(font: "Liberation Serif", size: 10pt, hyphenate: false)
#set par(justify: true)
{BEFORE}

#text(size: {table.size + 0.5}pt)[*{text(table.caption)}* {text(table.title)}]

#block[#set text(size: {table.size}pt, top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: false, leading: {table.leading - table.size}pt)
#table(columns: ({widths},), align: ({align},), stroke: none, inset: (x: {x}pt, y: {y}pt),
{chr(10).join(lines)}
)]
{f"#text(size: {table.size - 0.5}pt)[{text(table.note)}]" if table.note else ""}

{AFTER}
"""


_HORIZON = {"top": "top", "middle": "horizon", "bottom": "bottom"}


def _html(table: TablePdf) -> str:
    places = {"l": "left", "c": "center", "r": "right"}
    align = table.align or "l" * len(table.rows[0])
    lines = []
    for n, row in enumerate(table.rows):
        edges = []
        if n in table.rules:
            edges.append("border-top:0.6pt solid #000")
        if n == len(table.rows) - 1 and -1 in table.rules:
            edges.append("border-bottom:0.6pt solid #000")
        cells = []
        for m, cell in enumerate(row):
            if cell == "^":
                continue
            span = _spans(table, n, m)
            end = ["border-bottom:0.6pt solid #000"] if n + span == len(table.rows) and -1 in table.rules else []
            css = [f"text-align:{places[align[m]]}", *dict.fromkeys([*edges, *end])]
            if table.widths:
                css.append(f"width:{table.widths[m]}pt")
            if table.bold_head and n == 0:
                css.append("font-weight:bold")
            body = "<br>".join(html.escape(part) for part in cell.split("|"))
            cells.append(f'<td rowspan={span} style="{";".join(css)}">{body}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    x, y = table.pad
    return f"""<!doctype html><meta charset=utf-8><style>
@page {{ size: {table.page_width}pt 780pt; margin: 54pt }}
body {{ font: 10pt/12pt 'Liberation Serif'; margin: 0; text-align: justify }}
table {{ border-collapse: collapse; font-size: {table.size}pt; line-height: {table.leading}pt; text-align: left }}
td {{ padding: {y}pt {x}pt; vertical-align: {table.cells_at} }}
.c {{ font-size: {table.size + 0.5}pt }} .n {{ font-size: {table.size - 0.5}pt }}
{table.style}
</style><p>{BEFORE}</p><p class=c><b>{html.escape(table.caption)}</b> {html.escape(table.title)}</p>
<table>{"".join(lines)}</table>{f"<p class=n>{html.escape(table.note)}</p>" if table.note else ""}<p>{AFTER}</p>"""
