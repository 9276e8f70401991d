"""An article in a style as a row of blocks, the same for every producer: what comes after what, in which words."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from press.article import Article
from press.style import Style
from press.table_setting import SetTable, set_table
from press.wording import Run, entry_number, entry_runs, figure_label, list_order, runs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    runs: tuple[Run, ...]
    first: bool = False
    run_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    number: int
    label: str
    caption: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    number: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryList:
    """The list of references with its heading, which stays with it where the list has columns of its own."""

    heading: Heading
    entries: tuple[Entry, ...]


Block = Heading | Paragraph | Figure | SetTable | EntryList


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The front matter and the blocks of an article in a style."""

    style: Style
    title: str
    short_title: str
    authors: tuple[Run, ...]
    affiliation: str
    journal: str
    doi: str
    abstract: tuple[Run, ...]
    blocks: tuple[Block, ...]


def set_article(article: Article, style: Style) -> Setting:
    """Return the article as the style has it set."""
    return Setting(
        style=style,
        title=article.title,
        short_title=textwrap.shorten(article.title, 48, placeholder=""),
        authors=runs_of(", ".join(f"{author}^{{1}}" for author in article.authors), article, style),
        affiliation=article.affiliation,
        journal=article.journal,
        doi=article.doi,
        abstract=runs_of(" ".join(article.abstract), article, style),
        blocks=tuple(_blocks(article, style)),
    )


def _blocks(article: Article, style: Style) -> Iterator[Block]:
    tables = {table.number: set_table(table, article, style) for table in article.tables}
    figures = dict(enumerate(article.figures, start=1))
    for number, section in enumerate(article.sections, start=1):
        lead = f"{number}. " if style.headings == "numbered" else ""
        heading = section.heading.upper() if style.headings == "capitals" else section.heading
        if style.headings != "run-in":
            yield Heading(text=f"{lead}{heading}")
        for at, sentences in enumerate(section.paragraphs):
            run_in = f"{heading}." if style.headings == "run-in" and not at else ""
            yield Paragraph(runs=_paragraph(sentences, article, style), first=not at, run_in=run_in)
            for kind, name in re.findall(r"\{([TF])(\d+)\}", " ".join(sentences)):
                if kind == "T" and style.floats != "end" and int(name) in tables:
                    yield tables.pop(int(name))
                elif kind == "F" and int(name) in figures:
                    yield _figure(article, style, int(name), figures.pop(int(name)))
    if style.floats != "end":
        yield from tables.values()
    for name, caption in figures.items():
        yield _figure(article, style, name, caption)
    closing = list(_closing(article, style))
    if style.closing_at == "before":
        yield from closing
    yield EntryList(
        heading=Heading(text=style.reference_heading),
        entries=tuple(
            Entry(number=entry_number(style, number), runs=entry_runs(reference, style))
            for number, reference in enumerate(list_order(article, style), start=1)
        ),
    )
    if style.closing_at == "after":
        yield from closing
    if style.floats == "end":
        yield from tables.values()


def _paragraph(sentences: tuple[str, ...], article: Article, style: Style) -> tuple[Run, ...]:
    return runs_of(" ".join(sentences), article, style)


def _figure(article: Article, style: Style, number: int, caption: str) -> Figure:
    return Figure(number=number, label=figure_label(style, number), caption=runs_of(caption, article, style))


def _closing(article: Article, style: Style) -> Iterator[Block]:
    for section in article.closing:
        yield Heading(text=section.heading.upper() if style.headings == "capitals" else section.heading)
        for at, sentences in enumerate(section.paragraphs):
            yield Paragraph(runs=_paragraph(sentences, article, style), first=not at)
