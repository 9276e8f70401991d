"""The words that depend on the style: marks of citations, labels, entries of the list, signs; as runs of letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from press.article import Article, Reference
from press.style import Style

MARKUP = re.compile(r"\{(?P<cited>[\d,\-]+)\}|\{(?P<kind>[TF])(?P<number>\d+)\}|\^\{(?P<raised>[^}]+)\}")
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")
MINUS = {"minus": "−", "hyphen": "-", "en-dash": "–"}
DASHES = {"en-dash": "–", "em-dash": "—", "hyphen": "-", "blank": "", "dots": "…"}
NO_LABEL = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Letters of one look; `mark` tells a citation's mark from the prose that it stands in."""

    text: str
    raised: bool = False
    bold: bool = False
    italic: bool = False
    mark: bool = False


def plain(runs: Iterable[Run], *, marks: bool = True) -> str:
    """Return the letters of runs, with or without the marks of citations."""
    return "".join(run.text for run in runs if marks or not run.mark)


def numbers_of(cited: str) -> tuple[int, ...]:
    """Return the numbers of '3,5-7' as (3, 5, 6, 7)."""
    out: list[int] = []
    for part in cited.split(","):
        first, _, last = part.partition("-")
        out.extend(range(int(first), int(last or first) + 1))
    return tuple(out)


def list_order(article: Article, style: Style) -> tuple[Reference, ...]:
    """Return the references as the list has them: by name where they are cited by name."""
    if style.citation != "name":
        return article.references
    return tuple(sorted(article.references, key=lambda one: (one.family.casefold(), one.year, one.title)))


def table_label(style: Style, number: int) -> str:
    """Return the label over a table ('Tab. 2 |'), empty where the style has none."""
    if style.caption_label == NO_LABEL:
        return ""
    if style.caption_label == "Table I.":
        return f"Table {ROMAN[number]}."
    return style.caption_label.replace("1", str(number))


def figure_label(style: Style, number: int) -> str:
    """Return the label of a figure in the manner of the tables' labels."""
    label = table_label(style, number) or f"Table {number}."
    if "Extended" in label:
        return label.replace("Table", "Fig.")
    return (
        label.replace("Table", "Figure").replace("TABLE", "FIGURE").replace("Tab.", "Fig.").replace("Exhibit", "Figure")
    )


def in_prose(style: Style, kind: str, number: int) -> str:
    """Return how the prose names a table or a figure."""
    if kind == "T" and style.caption_label == NO_LABEL:
        return "the table"
    label = table_label(style, number) if kind == "T" else figure_label(style, number)
    return label.rstrip(" .:|").replace("TABLE", "Table").replace("FIGURE", "Figure")


def cited_by_name(reference: Reference) -> str:
    """Return 'Okafor', 'Okafor and Lind' or 'Okafor et al.', as a citation by name begins."""
    families = [re.sub(r"\s+\S+$", "", author) for author in reference.authors]
    if len(families) == 1:
        return families[0]
    return f"{families[0]} and {families[1]}" if len(families) == 2 else f"{families[0]} et al."


def citation_text(article: Article, style: Style, numbers: Sequence[int]) -> str:
    """Return the mark of a citation as the style prints it."""
    if style.citation == "name":
        named = (article.references[number - 1] for number in numbers)
        return f"({'; '.join(f'{cited_by_name(one)}, {one.year}' for one in named)})"
    parts = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        if len(run) > 2 and style.citation_range != "list":
            parts.append(f"{run[0]}{'–' if style.citation_range == 'en-dash' else '-'}{run[-1]}")
        else:
            parts.extend(map(str, run))
    body = ",".join(parts)
    return {"raised": body, "parentheses": f"({body})"}.get(style.citation, f"[{body}]")


def runs_of(text: str, article: Article, style: Style, **look: bool) -> tuple[Run, ...]:
    """Return a text of the article, with its markup, as runs in a style."""
    text = text.replace("−", MINUS[style.minus])
    raised = style.citation.startswith("raised")
    if raised and style.raised_at == "after-stop":
        text = re.sub(r"(\{[\d,\-]+\})([.,;])", r"\2\1", text)
    out: list[Run] = []
    at = 0
    for found in MARKUP.finditer(text):
        before = text[at : found.start()]
        out.append(Run(text=before.rstrip() if found["cited"] else before, **look))
        at = found.end()
        if found["cited"]:
            mark = citation_text(article, style, numbers_of(found["cited"]))
            out.append(Run(text=mark if raised else f" {mark}", raised=raised, mark=True, **look))
        elif found["kind"]:
            out.append(Run(text=in_prose(style, found["kind"], int(found["number"])), **look))
        else:
            out.append(Run(text=found["raised"], raised=True, **look))
    out.append(Run(text=text[at:], **look))
    return tuple(run for run in out if run.text)


def cell_runs(text: str, article: Article, style: Style, **look: bool) -> tuple[Run, ...]:
    """Return a cell's text as runs: a dash that stands for nothing is the style's own, a mark alone is not raised."""
    if text == "–":
        return runs_of(DASHES[style.dash_cells], article, style)
    if MARKUP.sub("", text).strip() and style.citation == "name":
        text = re.sub(r"\s*\{[\d,\-]+\}", "", text)  # 'Adebayo et al., 2009' says it already
    runs = runs_of(text, article, style, **look)
    if runs and all(run.mark for run in runs):
        return tuple(replace(run, raised=False, text=run.text.strip()) for run in runs)
    return runs


def entry_runs(reference: Reference, style: Style) -> tuple[Run, ...]:
    """Return an entry of the list without its number."""
    authors = ", ".join(reference.authors[:6]) + (", et al" if len(reference.authors) > 6 else "")
    title = "" if style.reference_form == "titles-left-out" else f"{reference.title}. "
    where = f"{reference.volume}:{reference.pages}"
    match style.reference_form:
        case "year-in-parentheses":
            parts = [Run(text=f"{authors} ({reference.year}) {title}"), Run(text=reference.journal, italic=True)]
            parts.append(Run(text=f" {where}."))
        case "year-last":
            parts = [Run(text=f"{authors}. {title}"), Run(text=reference.journal, italic=True)]
            parts.append(Run(text=f" {where}, {reference.year}."))
        case _:
            parts = [Run(text=f"{authors}. {title}{reference.journal}. {reference.year};{where}.")]
    if reference.doi and style.reference_doi != "no":
        lead = " doi: " if style.reference_doi == "yes" else " https://doi.org/"
        parts.append(Run(text=f"{lead}{reference.doi}"))
    return tuple(parts)


def entry_number(style: Style, number: int) -> str:
    """Return the number before an entry, empty where the list has none."""
    return "" if style.reference_number == NO_LABEL else style.reference_number.replace("1", str(number))
