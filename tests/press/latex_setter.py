"""Set an article by LaTeX (Debian's texlive-latex-extra and texlive-fonts-recommended), where it is installed.

Its PDFs have Type 1 fonts without maps to Unicode and set each word by its own moves, as many journals' files do.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from press.chromium_setter import PressError
from press.setting import EntryList, Figure, Heading, Paragraph, Setting
from press.style import Style
from press.table_setting import SetCell, SetRow, SetTable
from press.wording import Run

PROGRAM = "pdflatex"
PATIENCE = 120  # seconds
FACES = {
    "serif": r"\renewcommand{\rmdefault}{ptm}",
    "modern": "",
    "sans": r"\renewcommand{\rmdefault}{phv}",
    "condensed": r"\renewcommand{\rmdefault}{ppl}",
    "typewriter": r"\renewcommand{\rmdefault}{pcr}",
}
_SIGNS = {
    "−": r"\ensuremath{-}", "±": r"\ensuremath{\pm}", "≥": r"\ensuremath{\geq}", "≤": r"\ensuremath{\leq}",
    "<": r"\ensuremath{<}", ">": r"\ensuremath{>}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}", "|": r"\textbar{}", "†": r"\textdagger{}", "‡": r"\textdaggerdbl{}", "…": r"\ldots{}",
    "–": "--", "—": "---", "→": r"\ensuremath{\rightarrow}", "×": r"\ensuremath{\times}", "°": r"\textdegree{}",
    "α": r"\ensuremath{\alpha}", "β": r"\ensuremath{\beta}", "γ": r"\ensuremath{\gamma}", "\u2009": r"\,",
    "\u00a0": "~", "‐": "-", "∼": r"\ensuremath{\sim}", "↑": r"\ensuremath{\uparrow}", "*": r"\textasteriskcentered{}",
    "↓": r"\ensuremath{\downarrow}", "μ": r"\ensuremath{\mu}", "µ": r"\ensuremath{\mu}", "•": r"\textbullet{}",
}  # fmt: skip
_MATHS = {
    "′": "{}^{\\prime}", "″": "{}^{\\prime\\prime}", "ʹ": "{}^{\\prime}", "√": "\\surd", "∗": "*",
    "≈": "\\approx", "≠": "\\neq", "∞": "\\infty", "←": "\\leftarrow", "↔": "\\leftrightarrow", "⩾": "\\geq",
    "⩽": "\\leq", "∑": "\\sum", "∆": "\\Delta", "Δ": "\\Delta", "δ": "\\delta", "ε": "\\varepsilon",
    "ζ": "\\zeta", "η": "\\eta", "θ": "\\theta", "κ": "\\kappa", "λ": "\\lambda", "π": "\\pi", "ρ": "\\rho",
    "σ": "\\sigma", "τ": "\\tau", "φ": "\\varphi", "χ": "\\chi", "ω": "\\omega", "Ω": "\\Omega",
    "Σ": "\\Sigma", "Φ": "\\Phi", "Γ": "\\Gamma", "▪": "\\cdot", "●": "\\bullet", "⋅": "\\cdot", "−": "-",
}  # fmt: skip
_SIGNS |= {sign: f"\\ensuremath{{{maths}}}" for sign, maths in _MATHS.items()}
_HEIGHTS = {"top": "p", "middle": "m", "bottom": "b"}
_BACK = r"\arraybackslash"
_SIDES = {"left": r"\raggedright", "centre": r"\centering", "right": r"\raggedleft"}
_FILLS = {"light": "pressgrey", "dark": "pressblue"}
_COLOURS = {"black": "black", "grey": "gray", "tinted": "pressblue"}


def write_pdf(setting: Setting, path: Path) -> None:
    """Set the article and write the PDF; raises `PressError` where LaTeX is not installed or fails."""
    if shutil.which(PROGRAM) is None:
        raise PressError("LaTeX is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "article.tex"
        source.write_text(source_of(setting), encoding="utf-8")
        command = [PROGRAM, "-interaction=nonstopmode", "-halt-on-error", source.name]
        for _ in range(2 if setting.style.folio == "of" else 1):
            run = subprocess.run(
                command,
                cwd=folder,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=PATIENCE,
                check=False,
            )
            if run.returncode:
                errors = [line for line in run.stdout.splitlines() if line.startswith(("!", "l."))]
                raise PressError(f"LaTeX failed: {' '.join(errors)[:300]}")
        shutil.copy(source.with_suffix(".pdf"), path)


def escaped(text: str) -> str:
    """Return a text as LaTeX sets it letter by letter."""
    return "".join(_SIGNS.get(letter, f"\\{letter}" if letter in "#$%&_{}" else letter) for letter in text)


def content(runs: Iterable[Run]) -> str:
    """Return runs as LaTeX."""
    out = []
    for run in runs:
        text = escaped(run.text)
        if "10." in text and "/" in text:  # an address may break behind its signs
            text = re.sub(r"(?<=\S)([/.])(?=\S)", r"\1\\allowbreak{}", text)
        for asked, name in ((run.raised, "textsuperscript"), (run.italic, "textit"), (run.bold, "textbf")):
            text = f"\\{name}{{{text}}}" if asked else text
        out.append(text)
    return "".join(out)


def source_of(setting: Setting) -> str:
    """Return the LaTeX of a setting."""
    style = setting.style
    begin, end = ("", "")
    if style.column_count > 1:
        begin, end = f"\\begin{{multicols}}{{{style.column_count}}}", "\\end{multicols}"
    parts = [*_preamble(setting), "\\begin{document}", *_front(setting)]
    abstract = f"\\noindent\\textbf{{Abstract}}\\\\ {content(setting.abstract)}\\par\\medskip"
    if style.abstract == "italic":
        abstract = f"\\noindent\\textbf{{Abstract.}} \\textit{{{content(setting.abstract)}}}\\par\\medskip"
    parts += [abstract, begin] if style.abstract == "across" else [begin, abstract]
    for block in setting.blocks:
        match block:
            case Heading():
                parts.append(_heading(block.text, style))
            case Paragraph():
                lead = f"\\textbf{{{escaped(block.run_in)}}} " if block.run_in else ""
                first = "\\noindent " if block.first else ""
                parts.append(f"{first}{lead}{content(block.runs)}\\par")
            case Figure():
                parts.append(_figure(block))
            case SetTable():
                parts.append(_placed(block, style, begin, end))
            case EntryList():
                parts += _entries(block, style, begin, end)
    if style.line_numbers != "none" and style.column_count == 1:
        parts.append("\\nolinenumbers")
    return "\n\n".join([*parts, end, "\\end{document}"]) + "\n"


def _preamble(setting: Setting) -> Iterator[str]:
    style = setting.style
    width, height = style.sheet
    top, right, bottom, left = style.edges
    yield "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{lmodern,textcomp}"
    yield "\\usepackage[table]{xcolor}\\usepackage{multicol,multirow,array,longtable,graphicx}"
    yield "\\usepackage{pdflscape,fancyhdr,lineno,lastpage,anyfontsize}"
    yield (
        f"\\usepackage[paperwidth={width}mm,paperheight={height}mm,top={top}mm,right={right}mm,bottom={bottom}mm,"
        f"left={left}mm,headsep=5mm,footskip=9mm]{{geometry}}"
    )
    yield "\\definecolor{pressgrey}{gray}{0.88}\\definecolor{pressblue}{rgb}{0.12,0.23,0.39}"
    yield FACES[style.face]
    spaced = style.paragraphs == "spaced"
    indent, between = ("0pt", "0.6em") if spaced else ("1.2em", "0pt")
    yield f"\\setlength{{\\parindent}}{{{indent}}}\\setlength{{\\parskip}}{{{between}}}"
    yield f"\\setlength{{\\columnsep}}{{{style.gap}mm}}\\setlength{{\\LTpre}}{{6pt}}\\setlength{{\\LTpost}}{{4pt}}"
    yield "\\setlength{\\columnseprule}{0.4pt}" if style.gutter == "ruled" else ""
    yield "\\sloppy\\raggedbottom\\pagestyle{fancy}\\fancyhf{}"
    ruled = "0.4pt" if style.running_head == "ruled" else "0pt"
    yield f"\\renewcommand{{\\headrulewidth}}{{{ruled}}}"
    words = {"journal": setting.journal, "title": setting.short_title, "ruled": setting.journal}.get(
        style.running_head, ""
    )
    yield f"\\fancyhead[L]{{\\scriptsize {escaped(words)}}}" if words else ""
    places = {"bottom": "\\fancyfoot[C]", "outer": "\\fancyfoot[R]", "of": "\\fancyfoot[C]", "top": "\\fancyhead[R]"}
    if style.folio in places:
        shown = "\\thepage\\ of \\pageref{LastPage}" if style.folio == "of" else "\\thepage"
        yield f"{places[style.folio]}{{\\scriptsize {shown}}}"
    if style.hyphenated == "no":
        yield "\\hyphenpenalty=10000\\exhyphenpenalty=10000"
    yield f"\\AtBeginDocument{{\\fontsize{{{style.points}}}{{{style.points * style.pitch:.1f}}}\\selectfont}}"
    if style.justified == "no":
        yield f"\\AtBeginDocument{{\\raggedright\\setlength{{\\parindent}}{{{indent}}}}}"
    if style.line_numbers != "none" and style.column_count == 1:
        fifth = "\\modulolinenumbers[5]" if style.line_numbers == "fifth" else ""
        yield f"\\AtBeginDocument{{\\linenumbers{fifth}}}"


def _front(setting: Setting) -> Iterator[str]:
    side = "center" if setting.style.title == "centred" else "flushleft"
    size = setting.style.points * 1.7
    yield (
        f"\\begin{{{side}}}{{\\fontsize{{{size:.1f}}}{{{size * 1.2:.1f}}}\\selectfont\\bfseries "
        f"{escaped(setting.title)}\\par}}"
        f"\\medskip {content(setting.authors)}\\\\ \\textsuperscript{{1}}{escaped(setting.affiliation)}\\\\ "
        f"{{\\small {escaped(setting.journal)}, doi: {escaped(setting.doi)}}}\\end{{{side}}}"
    )


def _heading(text: str, style: Style) -> str:
    face = {"italic": "\\itshape", "capitals": ""}.get(style.headings, "\\bfseries")
    side = "\\centering" if style.headings == "centred" else "\\raggedright"
    return f"\\medskip{{{side}{{}}{face} {escaped(text)}\\par}}\\nopagebreak\\smallskip"


def _figure(figure: Figure) -> str:
    bars = "\\hfill".join(f"\\rule{{0.09\\linewidth}}{{{height / 3:.0f}mm}}" for height in (72, 41, 58, 24, 83))
    caption = f"\\noindent{{\\small\\textbf{{{escaped(figure.label)}}} {content(figure.caption)}\\par}}"
    inner = f"{bars}\\par\\smallskip {caption}"
    return f"\\medskip\\noindent\\begin{{minipage}}{{\\linewidth}}{inner}\\end{{minipage}}\\par\\medskip"


def _sized(size: float, body: str) -> str:
    return f"{{\\fontsize{{{size:.1f}}}{{{size * 1.2:.1f}}}\\selectfont {body}\\par}}"


def _placed(table: SetTable, style: Style, begin: str, end: str) -> str:
    text = content(table.caption)
    text = {"bold": f"\\textbf{{{text}}}", "italic": f"\\textit{{{text}}}"}.get(style.caption_face, text)
    label = escaped(table.label)
    label = f"\\textbf{{{label}}}" if style.caption_face.startswith("bold") and label else label
    between = "\\\\ " if style.caption_lines == "two" and label else " "
    side = "\\centering" if style.caption_align == "centred" else "\\raggedright"
    size = table.size * (0.9 if style.caption_face == "small" else 1.05)
    caption = "\\noindent" + _sized(size, f"{side}{{}}{label}{between}{text}") + "\\nopagebreak\\smallskip"
    note = ""
    if table.note and style.note_at != "last-row":
        rule = "\\rule{0.3\\linewidth}{0.4pt}\\\\ " if style.note_at == "ruled" else ""
        note = "\\nopagebreak\\noindent" + _sized(table.size * 0.9, f"\\raggedright {rule}{content(table.note)}")
    alone = table.place == "column" or table.place == "turned" or table.caption_at == "beside"
    room = style.sheet[1] - style.edges[0] - style.edges[2]
    long = not alone and (style.breaks != "whole" or table.height > 0.6 * room) and table.place != "landscape"
    long = long and (style.column_count == 1 or table.place == "across")
    grid = _grid(table, style, long=long)
    if table.caption_at == "beside":
        inner = f"\\begin{{minipage}}[t]{{0.77\\linewidth}}\\vspace{{0pt}}{grid}\\par {note}\\end{{minipage}}"
        beside = f"\\begin{{minipage}}[t]{{0.21\\linewidth}}\\vspace{{0pt}}{caption}\\end{{minipage}}"
        body = f"\\noindent{beside}\\hfill{inner}\\par"
    elif table.caption_at == "below":
        body = f"{grid}\n\n{note}\\smallskip{caption}"
    else:
        body = f"{caption}{grid}\n\n{note}"
    match table.place:
        case "landscape":
            return f"{end}\\begin{{landscape}}{body}\\end{{landscape}}{begin}"
        case "turned":
            wide = sum(table.widths) / (0.76 if table.caption_at == "beside" else 1)
            turned = f"\\rotatebox{{90}}{{\\begin{{minipage}}{{{wide:.1f}mm}}{body}\\end{{minipage}}}}"
            return f"{end}\\clearpage\\noindent{turned}\\clearpage {begin}"
        case "across" if style.column_count > 1:
            return f"{end}\\par\\medskip {body}\\medskip {begin}" if long else f"{end}{_whole(body)}{begin}"
    return f"\\par\\medskip {body}\\medskip" if long else _whole(body)


def _whole(body: str) -> str:
    inner = f"\\setlength{{\\parindent}}{{0pt}}{body}"
    return f"\\par\\medskip\\noindent\\begin{{minipage}}{{\\linewidth}}{inner}\\end{{minipage}}\\par\\medskip"


def _grid(table: SetTable, style: Style, *, long: bool) -> str:
    bar = "|" if table.column_rules else ""
    side = table.padding[0]
    columns = bar.join(
        f">{{\\raggedright\\arraybackslash}}{_HEIGHTS[style.cells_at]}{{{width - 2 * side * 0.3528:.2f}mm}}"
        for width in table.widths
    )
    rule = f"\\arrayrulecolor{{{_COLOURS[style.rule_colour]}}}\\hline\n" if table.top_rule else ""
    rows = [_row(row, table, style) for row in table.rows]
    if table.note and style.note_at == "last-row":
        noted = f"\\parbox{{{sum(table.widths) * 0.96:.1f}mm}}{{{content(table.note)}}}"
        rows.append(f"\\multicolumn{{{len(table.widths)}}}{{l}}{{{noted}}}\\\\\n")
    head, body = rule + "".join(rows[: table.head]), "".join(rows[table.head :])
    head += "\\endhead\n" if long and style.repeated_head == "yes" else ""
    kind = "longtable" if long else "tabular"
    face = "\\fontfamily{phv}" if style.table_face == "sans" else ""
    start = "" if long else "\\noindent"
    stretch = 1 + 2 * table.padding[1] / (table.size * 1.2)
    return (
        f"{{{face}\\fontsize{{{table.size:.2f}}}{{{table.size * 1.2:.2f}}}\\selectfont"
        f"\\setlength{{\\tabcolsep}}{{{side}pt}}\\renewcommand{{\\arraystretch}}{{{stretch:.2f}}}"
        f"\\arrayrulecolor{{{_COLOURS[style.rule_colour]}}}\\hyphenpenalty=10000\n"
        f"{start}\\begin{{{kind}}}{'[l]' if long else ''}{{{bar}{columns}{bar}}}\n"
        f"{head}{body}\\end{{{kind}}}}}"
    )


def _row(row: SetRow, table: SetTable, style: Style) -> str:
    fill = f"\\rowcolor{{{_FILLS[row.fill]}}}" if row.fill else ""
    cells = []
    column = 0
    at = table.rows.index(row)
    while column < len(row.cells):
        cell = row.cells[column]
        span = cell.columns if cell else _covering(table, row, column)
        filled, last = _filled_span(table, at, column)
        if filled is not None:  # the ground of a later row would cover a text that is set with the first
            cell = replace(filled, rows=-filled.rows) if last else None
        cells.append(_cell(cell, span, table, style, column, dark=row.fill == "dark"))
        column += span
    line = ""
    if row.rule_below:
        following = table.rows[at + 1] if at + 1 < len(table.rows) else None
        start = next((n for n, cell in enumerate(following.cells) if cell), 0) if following else 0
        line = f"\\cline{{{start + 1}-{len(row.cells)}}}" if start else "\\hline"
    elif row.head and style.rules in ("three", "groups", "columns"):
        spans = [(n, c.columns) for n, c in enumerate(row.cells) if c and 1 < c.columns < len(row.cells)]
        line = "".join(f"\\cline{{{n + 1}-{n + count}}}" for n, count in spans) if at + 1 < table.head else ""
    return f"{fill}{' & '.join(cells)} \\\\ {line}\n"


def _filled_span(table: SetTable, at: int, column: int) -> tuple[SetCell | None, bool]:
    """Return the cell over this place that spans rows of which one has a ground; and whether this is its last row."""
    first = next((n for n in range(at, -1, -1) if table.rows[n].cells[column]), at)
    cell = table.rows[first].cells[column]
    if cell is None or cell.rows == 1 or first + cell.rows <= at:
        return None, False
    rows = table.rows[first : first + cell.rows]
    return (cell, at == first + cell.rows - 1) if any(row.fill for row in rows) else (None, False)


def _covering(table: SetTable, row: SetRow, column: int) -> int:
    """Return the columns of the cell from above that stands over this place."""
    above = table.rows[: table.rows.index(row)]
    over = next((one.cells[column] for one in reversed(above) if one.cells[column]), None)
    return over.columns if over and over.rows > 1 else 1


def _cell(cell: SetCell | None, span: int, table: SetTable, style: Style, column: int, *, dark: bool) -> str:
    if cell is None:
        return "" if span == 1 else f"\\multicolumn{{{span}}}{{l}}{{}}"
    text = content(cell.runs)
    if cell.before or cell.after:
        text = f"\\phantom{{{cell.before}}}{text}\\phantom{{{cell.after}}}"
    if cell.indented:
        text = f"\\hspace*{{1em}}{text}"
    text = f"\\textcolor{{white}}{{{text}}}" if dark and text else text
    text = f"{_SIDES[cell.align]} {text}" if text and cell.align != "left" else text
    width = sum(table.widths[column : column + span]) - 2 * table.padding[0] * 0.3528
    if abs(cell.rows) > 1:
        place = {"top": "[t]", "middle": "[c]", "bottom": "[b]"}[cell.valign]
        text = f"\\multirow{place}{{{cell.rows}}}{{{width:.2f}mm}}{{{text}}}"
    if span == 1:
        return (
            f"{text.replace(_SIDES[cell.align], f'{_SIDES[cell.align]}{_BACK}', 1)}" if cell.align != "left" else text
        )
    bar = "|" if table.column_rules else ""
    kind = _SIDES[cell.align]
    columns = f"{'' if column else bar}>{{{kind}{_BACK}}}p{{{width:.2f}mm}}{bar}"
    return f"\\multicolumn{{{span}}}{{{columns}}}{{{text}}}"


def _entries(block: EntryList, style: Style, begin: str, end: str) -> Iterator[str]:
    size = style.reference_points
    gap = 3.5 if style.reference_gap == "some" else 0.5
    entries = []
    for entry in block.entries:
        number = escaped(entry.number)
        body = f"{number} {content(entry.runs)}".strip()
        match style.reference_shape:
            case "columns":
                body = f"\\noindent\\hangindent=2.6em\\hangafter=1\\makebox[2.6em][l]{{{number}}}{content(entry.runs)}"
            case "hanging":
                body = f"\\noindent\\hangindent=1.6em\\hangafter=1 {body}"
            case "indented":
                body = f"\\hspace*{{1.4em}}{body}"
            case _:
                body = f"\\noindent {body}"
        entries.append(f"{body}\\par\\vspace{{{gap}pt}}")
    inner = (
        f"{{\\fontsize{{{size:.1f}}}{{{size * 1.2:.1f}}}\\selectfont\\setlength{{\\parskip}}{{0pt}}\n"
        + "\n".join(entries)
        + "\n}"
    )
    heading = _heading(block.heading.text, style)
    if style.list_columns == style.column_count:
        yield f"{heading}\n\n{inner}"
        return
    inner = inner if style.list_columns == 1 else f"\\nolinenumbers {inner}"
    again = (
        (f"\\begin{{multicols}}{{{style.list_columns}}}", "\\end{multicols}") if style.list_columns > 1 else ("", "")
    )
    yield f"{end}\n\n{heading}\n\n{again[0]}{inner}{again[1]}{begin}"
