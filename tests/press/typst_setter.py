"""Set an article by typst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import typst

from press.setting import EntryList, Figure, Heading, Paragraph, Setting
from press.style import Style
from press.table_setting import SetCell, SetRow, SetTable
from press.wording import Run

FACES = {
    "serif": ("Liberation Serif", "Libertinus Serif"),
    "modern": ("New Computer Modern",),
    "sans": ("Liberation Sans", "DejaVu Sans"),
    "condensed": ("Libertinus Serif",),
    "typewriter": ("DejaVu Sans Mono",),
}
SANS = ("Liberation Sans", "DejaVu Sans")
COLOURS = {"black": "black", "grey": 'rgb("#8a8a8a")', "tinted": 'rgb("#2b5c9e")'}
_SIDES = {"left": "left", "centre": "center", "right": "right"}
_HEIGHTS = {"top": "top", "middle": "horizon", "bottom": "bottom"}


def escaped(text: str) -> str:
    """Return a text as typst sets it letter by letter."""
    out = "".join(f"\\{letter}" if letter in "\\#$*_`<>@[]~=-+/\"'" else letter for letter in text)
    out = re.sub(r"^(\d+)\.", r"\1\\.", out)  # a number at the start would begin a list of typst's own
    return out.replace("...", ".\\..\\.")


def content(runs: Iterable[Run]) -> str:
    """Return runs as typst markup."""
    out = []
    for run in runs:
        text = escaped(run.text)
        if run.raised:
            text = f"#super(typographic: false)[{text}]"
        if run.italic:
            text = f"#emph[{text}]"
        if run.bold:
            text = f"#strong[{text}]"
        out.append(text)
    return "".join(out)


def write_pdf(setting: Setting, path: Path) -> None:
    """Set the article and write the PDF."""
    pdf = typst.compile(source_of(setting).encode(), format="pdf")
    assert isinstance(pdf, bytes)
    path.write_bytes(pdf)


def source_of(setting: Setting) -> str:
    """Return the typst source of a setting."""
    style = setting.style
    parts = [*_preamble(setting), *_front(setting)]
    # typst sets floats of a column over those of the page where they meet: where one spreads over the page, all do
    spread = any(isinstance(block, SetTable) and block.place in ("across", "turned") for block in setting.blocks)
    columned = style.column_count > 1 and style.abstract == "across"
    if not columned:
        parts += _abstract(setting)
    for block in setting.blocks:
        match block:
            case Heading():
                parts.append(_heading(block.text, style))
            case Paragraph():
                lead = f"#strong[{escaped(block.run_in)}] " if block.run_in else ""
                parts.append(f"{lead}{content(block.runs)}\n\n")
            case Figure():
                parts.append(_figure(block, style, spread=spread))
            case SetTable():
                parts.append(_table(block, style, spread=spread))
            case EntryList():
                parts.append(_entries(block, style))
    return "\n".join(parts)


def _fonts(names: Iterable[str]) -> str:
    return "(" + "".join(f'"{name}", ' for name in names) + ")"


def _preamble(setting: Setting) -> Iterator[str]:
    style = setting.style
    width, height = style.sheet
    top, right, bottom, left = style.edges
    yield f'#set document(title: "{setting.title}", date: none)'
    number = {"bottom": "center", "outer": "right", "of": "center"}.get(style.folio)
    shown = "#context counter(page).display()" + (
        " of #context counter(page).final().first()" if style.folio == "of" else ""
    )
    footer = f"[#align({number})[#text(size: 8pt)[{shown}]]]" if number else "none"
    words = {"journal": setting.journal, "title": setting.short_title, "ruled": setting.journal}.get(
        style.running_head, ""
    )
    head = escaped(words) + (" #h(1fr) #context counter(page).display()" if style.folio == "top" else "")
    line = "#line(length: 100%, stroke: 0.4pt)" if style.running_head == "ruled" else ""
    header = f"[#block(below: 3pt, text(size: 7.5pt)[{head}]){line}]"
    header = header if head else "none"
    background = "none"
    if style.side == "turned":
        text = escaped(f"Downloaded from the archive of {setting.journal} by a guest on 4 May 2024")
        background = (
            f"place(left + horizon, dx: 1mm, box(width: 9mm, rotate(-90deg, reflow: true, text(size: 6.5pt)[{text}])))"
        )
    columns = f", columns: {style.column_count}" if style.column_count > 1 else ""
    yield (
        f"#set page(width: {width}mm, height: {height}mm, margin: (top: {top}mm, right: {right}mm, bottom: {bottom}mm, "
        f"left: {left}mm){columns}, footer: {footer}, header: {header}, background: {background})"
    )
    yield f"#set columns(gutter: {style.gap}mm)"
    hyphenate = _true(style.hyphenated)
    yield f'#set text(font: {_fonts(FACES[style.face])}, size: {style.points}pt, hyphenate: {hyphenate}, lang: "en")'
    indent = "1.2em" if style.paragraphs == "indented" else "0em"
    leading = style.pitch - 0.7
    spacing = leading if style.paragraphs == "indented" else leading + 0.6
    yield (
        f"#set par(justify: {_true(style.justified)}, first-line-indent: {indent}, leading: {leading:.2f}em, "
        f"spacing: {spacing:.2f}em)"
    )
    if style.line_numbers != "none":
        shows = (
            "n => if calc.rem(n, 5) == 0 { text(size: 6pt)[#n] }"
            if style.line_numbers == "fifth"
            else "n => text(size: 6pt)[#n]"
        )
        yield f"#set par.line(numbering: {shows})"


def _true(kind: str) -> str:
    return "true" if kind == "yes" else "false"


def _flush(markup: str) -> str:
    return f"#par(first-line-indent: 0em, justify: false)[{markup}]"


def _front(setting: Setting) -> Iterator[str]:
    style = setting.style
    side = "center" if style.title == "centred" else "left"
    inner = (
        f'#text(size: {style.points * 1.7:.1f}pt, weight: "bold", hyphenate: false)[{escaped(setting.title)}]\n\n'
        f"{content(setting.authors)}\n\n#text(size: 0.85em)[#super[1]{escaped(setting.affiliation)}]\n\n"
        f"#text(size: 0.85em)[{escaped(setting.journal)}, doi: {escaped(setting.doi)}]\n"
    )
    if style.column_count > 1 and style.abstract == "across":
        inner += "\n" + "".join(_abstract(setting))
    front = f"#align({side})[#set par(first-line-indent: 0em, justify: false)\n{inner}]\n"
    if style.column_count > 1:
        front = f'#place(top, scope: "parent", float: true, clearance: 14pt, block(width: 100%)[{front}])\n'
    yield front + "\n"
    if style.side == "strip" and style.margins == "uneven":
        words = "Received 3 March\\ Accepted 9 July\\ \\ Open access under a licence"
        yield f"#place(top + left, dx: -34mm, dy: 60mm, block(width: 30mm, text(size: 6.5pt)[{_flush(words)}]))\n"


def _abstract(setting: Setting) -> list[str]:
    style = setting.style
    body = content(setting.abstract)
    if style.abstract == "italic":
        return [f"#strong[Abstract.] #emph[{body}]\n\n"]
    if style.abstract == "boxed":
        return [f"#block(width: 100%, fill: luma(235), inset: 6pt)[#strong[Abstract]\\ {body}]\n\n"]
    return [f"#block[#align(left)[#strong[Abstract]\\ {body}]]\n\n"]


def _heading(text: str, style: Style) -> str:
    weight = "regular" if style.headings in ("italic", "capitals") else "bold"
    shape = "italic" if style.headings == "italic" else "normal"
    side = "center" if style.headings == "centred" else "left"
    return (
        f"#block(above: 1.3em, below: 0.8em, sticky: true, width: 100%, align({side}, "
        f'text(size: 1.08em, weight: "{weight}", style: "{shape}", hyphenate: false)[{escaped(text)}]))\n'
    )


def _figure(figure: Figure, style: Style, *, spread: bool) -> str:
    bars = "\n".join(
        f"#place(bottom + left, dx: {8 + n * 18}%, rect(width: 9%, height: {height}%, fill: luma(150)))"
        for n, height in enumerate((72, 41, 58, 24, 83))
    )
    picture = f"block(width: 100%, height: 34mm, stroke: 0.5pt, breakable: false)[{bars}]"
    caption = f"#text(size: 0.85em)[#strong[{escaped(figure.label)}] {content(figure.caption)}]"
    body = f"#block(width: 100%, breakable: false)[#{picture}\n#par(first-line-indent: 0em)[{caption}]]"
    return _floating(body, style, across=spread) + "\n\n"


def _floating(body: str, style: Style, *, across: bool) -> str:
    scope = "parent" if across and style.column_count > 1 else "column"
    # typst lays floats of a column and of the page at the foot of one page over each other
    if style.floats == "top" or (style.floats == "bottom" and (scope == "parent" or style.column_count == 1)):
        return f'#place({style.floats}, scope: "{scope}", float: true, clearance: 12pt, [{body}])'
    if style.column_count > 1:
        # Floats, and at the top: a block that finds too little room left beside floats is set over the page's foot.
        return f'#place(top, scope: "{scope}", float: true, clearance: 12pt, [{body}])'
    return f"#block(above: 1.4em, below: 1.4em)[{body}]"


def _caption(table: SetTable, style: Style) -> str:
    bold = style.caption_face in ("bold", "bold-label")
    label = f"#strong[{escaped(table.label)}]" if bold else escaped(table.label)
    text = content(table.caption)
    text = {"bold": f"#strong[{text}]", "italic": f"#emph[{text}]"}.get(style.caption_face, text)
    between = "\\ " if style.caption_lines == "two" else " "
    whole = f"{label}{between}{text}" if table.label else text
    size = table.size * (0.9 if style.caption_face == "small" else 1.05)
    side = "center" if style.caption_align == "centred" else "left"
    sized = f"text(size: {size:.1f}pt)[{_flush(whole)}]"
    return f"#block(sticky: true, below: 0.6em, above: 0.6em, width: 100%, align({side}, {sized}))"


def _table(table: SetTable, style: Style, *, spread: bool) -> str:
    """Return the table with its caption and note at its place."""
    grid = _grid(table, style)
    note = ""
    if table.note and style.note_at != "last-row":
        line = "#block(below: 4pt, line(length: 30%, stroke: 0.4pt))" if style.note_at == "ruled" else ""
        sized = f"#text(size: {table.size * 0.9:.1f}pt)[{_flush(content(table.note))}]"
        note = f"#block(above: 0.5em, width: 100%)[{line}{sized}]"
    caption = _caption(table, style)
    room = style.sheet[1] - style.edges[0] - style.edges[2]
    whole = style.breaks == "whole" and table.height < 0.7 * room
    if table.caption_at == "beside":
        body = f"#grid(columns: (22%, 1fr), column-gutter: 3%, [{caption}], [{grid}\n{note}])"
    elif table.caption_at == "below":
        body = f"{grid}\n{note}\n{caption}"
    else:
        body = f"{caption}\n{grid}\n{note}"
    if table.place == "landscape":
        return f"#page(columns: 1, flipped: true)[{body}]\n\n"
    if table.place == "turned":
        width = sum(table.widths) / (0.75 if table.caption_at == "beside" else 1)
        turned = f"rotate(-90deg, reflow: true, block(width: {width:.1f}mm, breakable: false)[{body}])"
        return f'#place(auto, scope: "parent", float: true, clearance: 12pt, {turned})\n\n'
    across = table.place == "across"
    if across and style.column_count > 1 and (style.floats == "end" or table.height > 0.6 * room):
        return f"#page(columns: 1)[{body}]\n\n"
    if (across and style.column_count > 1) or (whole and (style.column_count > 1 or style.floats in ("top", "bottom"))):
        return _floating(f"#block(width: 100%, breakable: false)[{body}]", style, across=spread) + "\n\n"
    return f"#block(above: 1.4em, below: 1.4em, width: 100%, breakable: {'false' if whole else 'true'})[{body}]\n\n"


def _grid(table: SetTable, style: Style) -> str:
    colour = COLOURS[style.rule_colour]
    head = [row for row in table.rows if row.head]
    body = [row for row in table.rows if not row.head]
    parts = [f"table.hline(stroke: 0.9pt + {colour})"] if table.top_rule else []
    rows = [part for row in head for part in _row(row, style, colour, table)]
    if style.repeated_head == "yes" and head:
        parts.append(f"table.header({', '.join([*parts, *rows])})")
        parts = parts[1:] if table.top_rule else parts
    else:
        parts += rows
    parts += [part for row in body for part in _row(row, style, colour, table)]
    if table.note and style.note_at == "last-row":
        parts.append(f"table.cell(colspan: {len(table.widths)})[#text(size: 0.9em)[{content(table.note)}]]")
    lines = "x: 0.5pt + " + colour if table.column_rules else "x: none"
    fonts = f"font: {_fonts(SANS)}, " if style.table_face == "sans" else ""
    widths = ", ".join(f"{width:.2f}mm" for width in table.widths)
    tight = ((style.breaks == "within-rows") and "true") or "false"
    return (
        f"#[#set text({fonts}size: {table.size}pt, hyphenate: false)\n"
        f"#set par(justify: false, first-line-indent: 0em, leading: 0.5em, spacing: 0.5em)\n"
        f"#show table.cell: set block(breakable: {tight})\n"
        f"#table(columns: ({widths},), stroke: ({lines}, y: none), "
        f"inset: (x: {table.padding[0]}pt, y: {table.padding[1] + 1}pt), {', '.join(parts)})]"
    )


def _row(row: SetRow, style: Style, colour: str, table: SetTable) -> Iterator[str]:
    for cell in row.cells:
        if cell is not None:
            yield _cell(cell, row, style)
    spans = [n for n, cell in enumerate(row.cells) if row.head and cell and 1 < cell.columns < len(row.cells)]
    last_head = row is [one for one in table.rows if one.head][-1] if row.head else False
    if not last_head and style.rules in ("three", "groups", "columns"):
        for n in spans:
            cell = row.cells[n]
            assert cell is not None
            yield f"table.hline(start: {n}, end: {n + cell.columns}, stroke: 0.4pt + {colour})"
    if row.rule_below:
        yield _rule(row, colour, table)


def _rule(row: SetRow, colour: str, table: SetTable) -> str:
    """Return the rule below a row; where a cell goes on below it, the rule begins behind that cell."""
    at = table.rows.index(row)
    following = table.rows[at + 1] if at + 1 < len(table.rows) else None
    start = 0
    while following and start < len(following.cells) and following.cells[start] is None:
        start += 1
    weight = 0.9 if following is None else 0.5
    if following and start >= len(following.cells):
        start = 0
    return f"table.hline(start: {start}, stroke: {weight}pt + {colour})"


def _cell(cell: SetCell, row: SetRow, style: Style) -> str:
    fill = {"light": "luma(228)", "dark": 'rgb("#1f3b63")'}.get(row.fill, "none")
    inner = content(cell.runs)
    if cell.before or cell.after:
        inner = f"#hide[{cell.before}]{inner}#hide[{cell.after}]"
    if cell.indented:
        inner = f"#h(1em){inner}"
    if row.fill == "dark":
        inner = f"#text(fill: white)[{inner}]"
    return (
        f"table.cell(colspan: {cell.columns}, rowspan: {cell.rows}, fill: {fill}, "
        f"align: {_SIDES[cell.align]} + {_HEIGHTS[cell.valign]})[{inner}]"
    )


def _entries(block: EntryList, style: Style) -> str:
    size = style.reference_points
    gap = 0.75 if style.reference_gap == "some" else 0.35
    items = []
    for entry in block.entries:
        number = escaped(entry.number)
        body = f"{number + ' ' if number else ''}{content(entry.runs)}"
        if style.reference_shape == "columns":
            items.append(f"#grid(columns: ({size * 2.4:.0f}pt, 1fr), [{number}], [{content(entry.runs)}])")
        elif style.reference_shape == "hanging":
            items.append(f"#par(first-line-indent: 0em, hanging-indent: 1.6em)[{body}]")
        elif style.reference_shape == "indented":
            items.append(f"#par(first-line-indent: (amount: 1.4em, all: true))[{body}]")
        else:
            items.append(f"#par(first-line-indent: 0em)[{body}]")
    heading = _heading(block.heading.text, style)
    inner = (
        f"#set text(size: {size:.1f}pt)\n#set par(leading: 0.45em, spacing: {gap + 0.2}em)\n"
        f"#set block(spacing: {gap + 0.2}em)\n" + "\n".join(items)
    )
    if style.list_columns == style.column_count:
        return f"{heading}\n#[{inner}]\n\n"
    inner = f"{heading}\n{inner}"
    if style.column_count == 1:
        return f"#columns({style.list_columns}, gutter: {style.gap}mm)[{inner}]\n\n"
    if style.list_columns == 1:
        return f"#page(columns: 1)[{inner}]\n\n"
    return f"#page(columns: {style.list_columns})[{inner}]\n\n"
