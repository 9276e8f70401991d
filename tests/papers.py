"""Small papers typeset by typst and read by the extractor, each once a session."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typst

from curate.records import Flag, RuleCount
from curate.rules import RULES
from curate.rules.run import check
from extract.pipeline import extract, extract_text
from extract.records import Extraction

SOUND = Path(__file__).parent / "data" / "rules" / "sound"
A4 = 'paper: "a4", margin: 20mm'
LETTER_TWO_COLUMNS = 'paper: "us-letter", margin: 18mm, columns: 2'


def escaped(text: str) -> str:
    """Return a text as typst sets it letter by letter."""
    return "".join(f"\\{letter}" if letter in "\\#$*_`<>@[]~" else letter for letter in text)


def table(label: str, caption: str, rows: Sequence[Sequence[str]], note: str = "", *, ruled: bool = False) -> str:
    """Return the source of a table with horizontal rules: the header first; a row of one cell spans the table.

    `ruled` sets a rule below each row.
    """
    width = max(len(row) for row in rows)
    cells = []
    for number, row in enumerate(rows):
        if len(row) == 1 < width:
            cells.append(f"table.cell(colspan: {width})[*{escaped(row[0])}*]")
            continue
        strong = "*" if number == 0 else ""
        cells.extend(f"[{strong}{escaped(cell)}{strong}]" if cell else "[]" for cell in row)
        if number == 0 or (ruled and number < len(rows) - 1):
            cells.append("table.hline()")
    body = ",\n  ".join(cells)
    shares = ", ".join(["1fr"] * width)
    return (
        f"#block(sticky: true)[*{escaped(label)}.* {escaped(caption)}]\n"
        f"#text(size: 9pt, table(columns: ({shares}), align: left, stroke: none, column-gutter: 6pt, table.hline(),\n"
        f"  {body},\n  table.hline()))\n"
        f"#block(text(size: 8pt)[{escaped(note)}])\n"
    )


def prose(*paragraphs: str) -> str:
    """Return the source of paragraphs of running text."""
    return "\n\n".join(escaped(paragraph) for paragraph in paragraphs) + "\n"


def section(heading: str, *paragraphs: str) -> str:
    """Return the source of a section."""
    return f"= {escaped(heading)}\n\n{prose(*paragraphs)}"


def references(*entries: str) -> str:
    """Return the source of a numbered reference list."""
    return "= References\n\n" + "\n\n".join(f"{n}. {escaped(entry)}" for n, entry in enumerate(entries, start=1)) + "\n"


@cache
def typeset(*parts: str, title: str, doi: str, page: str) -> bytes:
    """Return the PDF of a paper."""
    source = (
        f"#set page({page})\n"
        '#set text(font: "Libertinus Serif", size: 10pt, hyphenate: false)\n'
        "#set par(justify: false, spacing: 1em)\n"
        "#show heading: it => block(above: 1.2em, below: 0.8em, text(size: 12pt, it.body))\n"
        f'#set document(title: "{title}", date: none)\n'
        f'#text(size: 17pt, weight: "bold")[{escaped(title)}]\n\n'
        f"#text(size: 8pt)[{'doi: ' + escaped(doi) if doi else ''}]\n\n" + "\n\n".join(parts)
    )
    pdf = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def paper(*parts: str, title: str = "A review of targeted therapy", doi: str = "", page: str = A4) -> Extraction:
    """Return what is read from a paper of these parts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(typeset(*parts, title=title, doi=doi, page=page))
        return extract(path)


@cache
def text(passage: str) -> Extraction:
    """Return what is read from plain text."""
    return extract_text(passage)


def flags(extraction: Extraction, rule: str) -> tuple[Flag, ...]:
    """Return the flags of one rule."""
    return check(extraction, [(rule, RULES[rule])]).flags


def counts(extraction: Extraction, rule: str) -> RuleCount:
    """Return how often one rule answered each outcome; a rule that failed fails the test."""
    count = check(extraction, [(rule, RULES[rule])]).counts[0]
    assert not count.error
    return count


@cache
def sound(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the parts of one of the sound papers of tests/data/rules/sound."""
    with (SOUND / f"{name}.toml").open("rb") as file:
        source = tomllib.load(file)
    parts = [section(one["heading"], *one["text"]) for one in source["section"]]
    parts += [table(one["label"], one["caption"], one["rows"], one["note"]) for one in source["table"]]
    return source["title"], tuple(parts)
