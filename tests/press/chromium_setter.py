"""Set an article by Chromium: a page of HTML, printed to PDF."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from press.setting import EntryList, Figure, Heading, Paragraph, Setting
from press.style import Style
from press.table_setting import SetCell, SetTable
from press.wording import Run

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 120  # seconds
FACES = {
    "serif": '"Liberation Serif", "DejaVu Serif Condensed", serif',
    "modern": '"Liberation Serif", "DejaVu Serif Condensed", serif',
    "sans": '"Liberation Sans", "DejaVu Sans Condensed", sans-serif',
    "condensed": '"Liberation Sans Narrow", "DejaVu Sans Condensed", sans-serif',
    "typewriter": '"Liberation Mono", "DejaVu Sans Mono", monospace',
}
COLOURS = {"black": "#000", "grey": "#8a8a8a", "tinted": "#2b5c9e"}
FILLS = {"light": "background:#e4e4e4;", "dark": "background:#1f3b63;color:#fff;"}
_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
            "--disable-component-update", "--no-pdf-header-footer")  # fmt: skip
_SOFT = re.compile(r"(?<=[bcdfghklmnprstvw][aeiou])(?=[bcdfghklmnprstvw][aeiou][a-z])")


class PressError(Exception):
    """A producer failed."""


def program() -> str | None:
    """Return the path of the browser, None where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def write_pdf(setting: Setting, path: Path) -> None:
    """Set the article and write the PDF; raises `PressError` where the browser fails."""
    browser = program()
    if browser is None:
        raise PressError("Chromium is not installed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "article.html"
        source.write_text(source_of(setting), encoding="utf-8")
        command = [browser, *_OPTIONS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={path}", source.as_uri()]
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if run.returncode or not path.exists():
        raise PressError(f"Chromium failed: {run.stderr.strip()[-300:]}")


def content(runs: Iterable[Run], *, hyphens: bool = False) -> str:
    """Return runs as HTML, with soft hyphens in long words where asked for."""
    out = []
    for run in runs:
        text = html.escape(run.text)
        if hyphens and not run.mark:
            text = re.sub(r"\b[a-z]{8,}\b", lambda found: _SOFT.sub("&shy;", found[0]), text)
        for asked, tag in ((run.raised, "sup"), (run.italic, "i"), (run.bold, "b")):
            text = f"<{tag}>{text}</{tag}>" if asked else text
        out.append(text)
    return "".join(out)


def source_of(setting: Setting) -> str:
    """Return the HTML of a setting."""
    style = setting.style
    hyphens = style.hyphenated == "yes"
    parts = [*_front(setting), '<div class="columns">']
    abstract = f'<div class="abstract"><b>Abstract</b><br>{content(setting.abstract, hyphens=hyphens)}</div>'
    parts.insert(len(parts) - 1 if style.abstract == "across" else len(parts), abstract)
    for block in setting.blocks:
        match block:
            case Heading():
                parts.append(f"<h2>{html.escape(block.text)}</h2>")
            case Paragraph():
                lead = f"<b>{html.escape(block.run_in)}</b> " if block.run_in else ""
                kind = ' class="first"' if block.first else ""
                parts.append(f"<p{kind}>{lead}{content(block.runs, hyphens=hyphens)}</p>")
            case Figure():
                parts.append(_figure(block))
            case SetTable():
                parts += _placed(block, style)
            case EntryList():
                parts += _entries(block, style)
    parts.append("</div>")
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(setting.title)}</title>' + (
        f"<style>{_rules(setting)}</style><body>" + "\n".join(parts) + "</body></html>"
    )


def _rules(setting: Setting) -> str:
    style = setting.style
    width, height = style.sheet
    margins = " ".join(f"{edge}mm" for edge in style.edges)
    boxes = ""
    words = {"journal": setting.journal, "title": setting.short_title, "ruled": setting.journal}.get(style.running_head)
    small = "font-size:7.5pt;"
    if words:
        ruled = "border-bottom:0.5pt solid #000;margin-bottom:3mm;" if style.running_head == "ruled" else ""
        boxes += f'@top-left{{content:"{words}";{small}{ruled}white-space:nowrap;width:80%}}'
    places = {"bottom": "@bottom-center", "outer": "@bottom-right", "of": "@bottom-center", "top": "@top-right"}
    if style.folio in places:
        shown = 'counter(page) " of " counter(pages)' if style.folio == "of" else "counter(page)"
        boxes += f"{places[style.folio]}{{content:{shown};{small}}}"
    if style.side == "turned":
        boxes += (
            f'@left-middle{{content:"Downloaded from the archive of {setting.journal} by a guest on 4 May 2024";'
            "font-size:6.5pt;writing-mode:sideways-lr;white-space:nowrap;}"
        )
    spaced = style.paragraphs == "spaced"
    heading = {
        "italic": "font-weight:normal;font-style:italic;",
        "capitals": "font-weight:normal;letter-spacing:0.02em;",
        "centred": "text-align:center;",
    }.get(style.headings, "")
    abstract = {"boxed": "background:#ebebeb;padding:6pt;", "italic": "font-style:italic;"}.get(style.abstract, "")
    # Chromium draws the rule through tables over all columns that a page's end cuts, which no journal does.
    crossed = any(isinstance(block, SetTable) and block.place == "across" for block in setting.blocks)
    rule = "column-rule:0.4pt solid #000;" if style.gutter == "ruled" and not crossed else ""
    return f"""
@page{{size:{width}mm {height}mm;margin:{margins};{boxes}}}
@page flat{{size:{height}mm {width}mm}}
body{{margin:0;font-family:{FACES[style.face]};font-size:{style.points}pt;line-height:{style.pitch};}}
.columns{{column-count:{style.column_count};column-gap:{style.gap}mm;{rule}}}
h1{{font-size:1.7em;line-height:1.15;margin:0 0 6pt;}} .front{{text-align:{_side(style.title)};margin-bottom:12pt;}}
.front div{{margin:3pt 0;font-size:0.88em;}} .abstract{{margin:0 0 9pt;{abstract}}}
h2{{font-size:1.08em;margin:1.1em 0 0.5em;break-after:avoid;{heading}}}
p{{margin:{"0 0 0.7em" if spaced else "0"};text-indent:{"0" if spaced else "1.2em"};
 text-align:{"justify" if style.justified == "yes" else "left"};hyphens:manual;}} p.first{{text-indent:0}}
sup{{font-size:0.65em;line-height:0;vertical-align:0.45em;}}
.caption{{margin:4pt 0;break-after:avoid;text-align:{_side(style.caption_align)};}} .note{{margin:3pt 0;}}
.here{{margin:10pt 0;}} .across{{column-span:all;margin:10pt 0;}} .whole{{break-inside:avoid;}}
.flat{{page:flat;break-before:page;break-after:page;}}
.turned{{writing-mode:sideways-lr;break-before:page;break-after:page;}}
.beside{{display:grid;grid-template-columns:22% 1fr;column-gap:3%;}}
table{{border-collapse:collapse;table-layout:fixed;line-height:1.22;}} tr{{break-inside:avoid;}}
.through tr{{break-inside:auto;}} td{{hyphens:none;text-align:left;}} .h{{visibility:hidden;}}
.figure{{margin:10pt 0;break-inside:avoid;font-size:0.88em;}} .figure svg{{width:100%;height:34mm;}}
.list{{font-size:{style.reference_points}pt;line-height:1.2;column-gap:{style.gap}mm;}}
.list div{{overflow-wrap:anywhere;}}
.strip{{position:absolute;left:-34mm;top:60mm;width:30mm;font-size:6.5pt;}}
"""


def _side(kind: str) -> str:
    return "center" if kind == "centred" else "left"


def _front(setting: Setting) -> Iterator[str]:
    if setting.style.side == "strip" and setting.style.margins == "uneven":
        yield '<div class="strip">Received 3 March<br>Accepted 9 July<br><br>Open access under a licence</div>'
    yield (
        f'<div class="front"><h1>{html.escape(setting.title)}</h1><div>{content(setting.authors)}</div>'
        f"<div><sup>1</sup>{html.escape(setting.affiliation)}</div>"
        f"<div>{html.escape(setting.journal)}, doi: {html.escape(setting.doi)}</div></div>"
    )


def _figure(figure: Figure) -> str:
    bars = "".join(
        f'<rect x="{8 + n * 18}" y="{100 - high}" width="9" height="{high}" fill="#999"/>'
        for n, high in enumerate((72, 41, 58, 24, 83))
    )
    picture = f'<svg viewBox="0 0 100 100" preserveAspectRatio="none">{bars}</svg>'
    return f'<div class="figure">{picture}<b>{html.escape(figure.label)}</b> {content(figure.caption)}</div>'


def _placed(table: SetTable, style: Style) -> Iterator[str]:
    """Yield the table with caption and note; one on a page of its own ends the columns and begins them anew."""
    size = table.size * (0.9 if style.caption_face == "small" else 1.05)
    text = content(table.caption)
    text = {"bold": f"<b>{text}</b>", "italic": f"<i>{text}</i>"}.get(style.caption_face, text)
    label = html.escape(table.label)
    label = f"<b>{label}</b>" if style.caption_face.startswith("bold") else label
    between = "<br>" if style.caption_lines == "two" else " "
    caption = f'<div class="caption" style="font-size:{size:.1f}pt">{label}{between if label else ""}{text}</div>'
    note = ""
    if table.note and style.note_at != "last-row":
        ruled = '<hr style="width:30%;margin:3pt auto 3pt 0">' if style.note_at == "ruled" else ""
        note = f'<div class="note" style="font-size:{table.size * 0.9:.1f}pt">{ruled}{content(table.note)}</div>'
    body = f"{_grid(table, style)}{note}"
    room = style.sheet[1] - style.edges[0] - style.edges[2]
    whole = " whole" if style.breaks == "whole" and table.height < 0.7 * room else ""
    if table.caption_at == "beside":
        body = f'<div class="beside"><div>{caption}</div><div>{body}</div></div>'
    else:
        body = f"{body}{caption}" if table.caption_at == "below" else f"{caption}{body}"
    match table.place:
        case "landscape":
            yield f'</div><div class="flat">{body}</div><div class="columns">'
        case "turned":
            long = sum(table.widths) / (0.75 if table.caption_at == "beside" else 1)
            yield f'</div><div class="turned" style="height:{long:.1f}mm">{body}</div><div class="columns">'
        case "across" if style.column_count > 1:
            yield f'<div class="across{whole}">{body}</div>'
        case _:
            yield f'<div class="here{whole}">{body}</div>'


def _grid(table: SetTable, style: Style) -> str:
    colour = COLOURS[style.rule_colour]
    columns = "".join(f'<col style="inline-size:{width:.2f}mm">' for width in table.widths)
    rows = []
    for at, row in enumerate(table.rows):
        cells = "".join(_cell(table, at, n, cell, style, colour) for n, cell in enumerate(row.cells) if cell)
        rows.append(f"<tr>{cells}</tr>")
    if table.note and style.note_at == "last-row":
        rows.append(f'<tr><td colspan="{len(table.widths)}">{content(table.note)}</td></tr>')
    head, body = "".join(rows[: table.head]), "".join(rows[table.head :])
    inner = f"<thead>{head}</thead><tbody>{body}</tbody>"
    if style.repeated_head == "no":
        inner = f"<tbody>{head}{body}</tbody>"
    face = f"font-family:{FACES['sans']};" if style.table_face == "sans" else ""
    through = ' class="through"' if style.breaks == "within-rows" else ""
    # Columns are made as wide as they are asked to be by a width for the whole table, in the writing's own direction.
    css = f"{face}font-size:{table.size}pt;inline-size:{sum(table.widths):.2f}mm"
    return f'<table{through} style="{css}">{columns}{inner}</table>'


def _cell(table: SetTable, at: int, column: int, cell: SetCell, style: Style, colour: str) -> str:
    row, last = table.rows[at], table.rows[at + cell.rows - 1]
    css = f"padding:{table.padding[1] + 0.6}pt {table.padding[0]}pt;vertical-align:{cell.valign};"
    css += f"text-align:{'center' if cell.align == 'centre' else cell.align};{FILLS.get(row.fill, '')}"
    if at == 0 and table.top_rule:
        css += f"border-block-start:0.9pt solid {colour};"
    spanning = row.head and 1 < cell.columns < len(row.cells) and style.rules in ("three", "groups", "columns")
    if last.rule_below or spanning:
        css += f"border-block-end:{0.9 if at + cell.rows == len(table.rows) else 0.5}pt solid {colour};"
    if table.column_rules:
        css += f"border-inline:0.5pt solid {colour};"
    if cell.indented:
        css += f"padding-inline-start:{table.padding[0] + table.size}pt;"
    inner = content(cell.runs)
    if cell.before or cell.after:
        inner = f'<span class="h">{cell.before}</span>{inner}<span class="h">{cell.after}</span>'
    return f'<td colspan="{cell.columns}" rowspan="{cell.rows}" style="{css}">{inner}</td>'


def _entries(block: EntryList, style: Style) -> Iterator[str]:
    gap = 3.5 if style.reference_gap == "some" else 0.5
    entries = []
    for entry in block.entries:
        number = html.escape(entry.number)
        body = f"{number} {content(entry.runs)}".strip()
        match style.reference_shape:
            case "columns":
                css = "padding-left:2.6em;"
                place = "display:inline-block;width:2.6em;margin-left:-2.6em"
                body = f'<span style="{place}">{number}</span>{content(entry.runs)}'
            case "hanging":
                css = "padding-left:1.6em;text-indent:-1.6em;"
            case "indented":
                css = "text-indent:1.4em;"
            case _:
                css = ""
        entries.append(f'<div style="margin-bottom:{gap}pt;{css}">{body}</div>')
    heading = f"<h2>{html.escape(block.heading.text)}</h2>"
    inner = "\n".join(entries)
    if style.list_columns == style.column_count:
        yield f'{heading}<div class="list">{inner}</div>'
    else:
        count = f"column-count:{style.list_columns}"
        yield f'</div>{heading}<div class="list" style="{count}">{inner}</div><div class="columns">'
