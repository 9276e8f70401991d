"""How a paper looks: traits with named alternatives, drawn from a seed.

Each trait is drawn by a generator of its own, from the seed and the trait's name, so that a new trait leaves the others
of a seed as they are. An alternative that stands more than once in the list is drawn more often.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace

# fmt: off
TRAITS: dict[str, tuple[str, ...]] = {
    # the page
    "page": ("a4", "a4", "letter", "letter", "tall", "small", "b5"),
    "margins": ("narrow", "usual", "usual", "wide", "uneven"),
    "columns": ("1", "1", "2", "2", "2", "3"),
    "gutter": ("narrow", "usual", "usual", "wide", "ruled"),
    "face": ("serif", "serif", "modern", "sans", "sans", "condensed", "typewriter"),
    "size": ("8", "9", "9", "10", "10", "11", "12"),
    "leading": ("tight", "usual", "usual", "open", "double"),
    "justified": ("yes", "no"),
    "hyphenated": ("yes", "no"),
    "paragraphs": ("indented", "spaced"),
    "headings": ("bold", "numbered", "capitals", "italic", "run-in", "centred"),
    "title": ("left", "centred"),
    "abstract": ("plain", "boxed", "across", "italic"),
    "running_head": ("none", "journal", "title", "ruled"),
    "folio": ("none", "bottom", "outer", "top", "of"),
    "line_numbers": ("none", "none", "none", "none", "each", "fifth"),
    "side": ("none", "none", "none", "strip", "turned"),
    "floats": ("here", "here", "top", "bottom", "end"),
    # citations
    "citation": ("brackets", "brackets", "raised", "raised", "raised-brackets", "parentheses", "name"),
    "citation_range": ("en-dash", "hyphen", "list"),
    "raised_at": ("before-stop", "after-stop"),
    # captions
    "caption_at": ("above", "above", "above", "below", "beside"),
    "caption_label": ("Table 1.", "Table 1", "TABLE 1", "Tab. 1 |", "Table 1:", "eTable 1.", "Extended Data Table 1 |",
                      "Table I.", "Exhibit 1.", "none"),
    "caption_lines": ("one", "one", "two"),
    "caption_face": ("bold-label", "bold", "plain", "italic", "small"),
    "caption_align": ("left", "left", "centred"),
    # tables
    "table_at": ("column", "across", "across", "turned", "landscape"),
    "table_width": ("fitted", "full", "full", "equal"),
    "table_size": ("same", "smaller", "smaller", "smallest"),
    "table_face": ("same", "same", "sans"),
    "rules": ("three", "three", "rows", "grid", "head", "ends", "none", "zebra", "groups", "columns"),
    "rule_colour": ("black", "black", "grey", "tinted"),
    "padding": ("tight", "usual", "usual", "loose"),
    "cells_at": ("top", "top", "middle", "bottom"),
    "numbers": ("left", "centre", "centre", "right", "decimal"),
    "labels_over": ("spanning", "centred-over", "first-row"),
    "group_rows": ("spanning", "spanning-centred", "shaded", "first-cell", "indented"),
    "head_face": ("bold", "bold", "plain", "shaded", "dark", "italic"),
    "head_align": ("left", "centre", "as-column"),
    "head_at": ("bottom", "middle", "top"),
    "breaks": ("whole", "rows", "within-rows"),
    "repeated_head": ("yes", "no"),
    "note_at": ("below", "below", "ruled", "last-row"),
    "minus": ("minus", "minus", "hyphen", "en-dash"),
    "dash_cells": ("en-dash", "em-dash", "hyphen", "blank", "dots"),
    # the list of references
    "reference_columns": ("same", "same", "1", "2", "3"),
    "reference_number": ("1.", "1.", "[1]", "(1)", "1", "none"),
    "reference_shape": ("hanging", "hanging", "flush", "columns", "indented"),
    "reference_size": ("same", "smaller", "smallest"),
    "reference_form": ("vancouver", "year-in-parentheses", "year-last", "titles-left-out"),
    "reference_gap": ("none", "some"),
    "reference_doi": ("yes", "no", "link"),
    "reference_heading": ("References", "REFERENCES", "Literature cited", "Bibliography", "References and notes"),
    "closing_at": ("before", "before", "after"),
}
# fmt: on

PRODUCERS = ("typst", "chromium", "latex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One alternative for each trait, and the producer that sets it; `TRAITS` lists the alternatives."""

    seed: str
    producer: str
    page: str
    margins: str
    columns: str
    gutter: str
    face: str
    size: str
    leading: str
    justified: str
    hyphenated: str
    paragraphs: str
    headings: str
    title: str
    abstract: str
    running_head: str
    folio: str
    line_numbers: str
    side: str
    floats: str
    citation: str
    citation_range: str
    raised_at: str
    caption_at: str
    caption_label: str
    caption_lines: str
    caption_face: str
    caption_align: str
    table_at: str
    table_width: str
    table_size: str
    table_face: str
    rules: str
    rule_colour: str
    padding: str
    cells_at: str
    numbers: str
    labels_over: str
    group_rows: str
    head_face: str
    head_align: str
    head_at: str
    breaks: str
    repeated_head: str
    note_at: str
    minus: str
    dash_cells: str
    reference_columns: str
    reference_number: str
    reference_shape: str
    reference_size: str
    reference_form: str
    reference_gap: str
    reference_doi: str
    reference_heading: str
    closing_at: str

    @property
    def points(self) -> float:
        """The size of the body text in points."""
        return float(self.size)

    @property
    def table_points(self) -> float:
        """The size of the tables' text in points, before a wide table is made to fit."""
        return max(6.0, self.points * {"same": 1.0, "smaller": 0.88, "smallest": 0.76}[self.table_size])

    @property
    def reference_points(self) -> float:
        """The size of the list of references in points."""
        return max(6.0, self.points * {"same": 1.0, "smaller": 0.88, "smallest": 0.76}[self.reference_size])

    @property
    def pitch(self) -> float:
        """The distance of baselines as a multiple of the size."""
        return {"tight": 1.1, "usual": 1.25, "open": 1.45, "double": 1.9}[self.leading]

    @property
    def sheet(self) -> tuple[float, float]:
        """The width and height of the page in mm."""
        return {"a4": (210, 297), "letter": (215.9, 279.4), "tall": (210, 276), "small": (155, 235), "b5": (176, 250)}[
            self.page
        ]

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """The margins in mm: top, right, bottom, left."""
        return {
            "narrow": (16, 13, 16, 13),
            "usual": (22, 19, 22, 19),
            "wide": (28, 27, 28, 27),
            "uneven": (22, 15, 20, 42),
        }[self.margins]

    @property
    def gap(self) -> float:
        """The gutter between columns in mm."""
        return {"narrow": 4.2, "usual": 6.0, "wide": 9.0, "ruled": 7.0}[self.gutter]

    @property
    def column_count(self) -> int:
        return int(self.columns)

    @property
    def list_columns(self) -> int:
        """The number of columns of the list of references."""
        return self.column_count if self.reference_columns == "same" else int(self.reference_columns)

    @property
    def text_width(self) -> float:
        """The width between the margins in mm."""
        return self.sheet[0] - self.edges[1] - self.edges[3]

    @property
    def column_width(self) -> float:
        """The width of a column in mm."""
        return (self.text_width - self.gap * (self.column_count - 1)) / self.column_count


def draw(seed: str, producers: tuple[str, ...] = PRODUCERS) -> Style:
    """Return the style of a seed; the producer is drawn from those given, all else does not depend on them."""
    traits = {trait: random.Random(f"{seed} {trait}").choice(kinds) for trait, kinds in TRAITS.items()}  # noqa: S311
    producer = random.Random(f"{seed} producer").choice(producers)  # noqa: S311
    return possible(Style(seed=seed, producer=producer, **traits))


def covering(producer: str, turn: int) -> Style:
    """Return one of a row of styles (`turn` counts from 0) that has each alternative of each trait before long."""
    traits = {}
    for trait, kinds in TRAITS.items():
        distinct = list(dict.fromkeys(kinds))
        lap, at = divmod(turn, len(distinct))
        traits[trait] = random.Random(f"{trait} {lap}").sample(distinct, len(distinct))[at]  # noqa: S311
    return possible(Style(seed=f"covering {turn}", producer=producer, **traits))


def possible(style: Style) -> Style:
    """Return the style with what no journal prints, no page can hold or its producer cannot set put right."""
    if style.columns == "3" and (style.page in ("small", "b5") or style.margins in ("wide", "uneven")):
        style = replace(style, columns="2")
    if style.columns == "2" and style.page == "small" and style.margins != "narrow":
        style = replace(style, columns="1")
    biggest = {"1": 12, "2": 10, "3": 9}[style.columns]
    if style.points > biggest:
        style = replace(style, size=str(biggest))
    if style.face == "typewriter" and style.columns != "1":
        style = replace(style, face="serif")
    if style.columns != "1" and style.leading == "double":
        style = replace(style, leading="open")
    widest = 1 if style.page in ("small", "b5") else 3 if style.margins in ("narrow", "usual") else 2
    if style.list_columns > widest:
        style = replace(style, reference_columns=str(widest))
    return _settable(style)


def _settable(style: Style) -> Style:
    """Return the style with numbers where citations need them, and without what its producer cannot set."""
    if style.citation == "name":
        style = replace(style, reference_number="none")
    elif style.reference_number == "none":
        style = replace(style, reference_number="1.")
    if style.producer == "chromium" or (style.producer == "latex" and style.columns != "1") or style.columns == "3":
        style = replace(style, line_numbers="none")
    if style.line_numbers != "none" and style.columns == "2":
        style = replace(style, gutter="wide")
    if style.producer != "typst" and style.floats in ("top", "bottom"):
        style = replace(style, floats="here")
    if style.producer == "typst" and style.gutter == "ruled":
        style = replace(style, gutter="usual")
    if style.reference_number == "none" and style.reference_shape == "columns":
        style = replace(style, reference_shape="hanging")
    return style


def varied(style: Style, **traits: str) -> Style:
    """Return the style with other alternatives; raises `ValueError` for one that its trait does not have."""
    known = {field.name for field in fields(style)}
    for trait, kind in traits.items():
        kinds = PRODUCERS if trait == "producer" else TRAITS.get(trait, ())
        if trait not in known or kind not in kinds:
            raise ValueError(f"{trait}={kind}: the alternatives are {', '.join(dict.fromkeys(kinds))}")
    return replace(style, **traits)
