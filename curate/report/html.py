"""A document's report as HTML: one file that needs no server and no network.

The template escapes everything that it is given; the file forbids scripts and outside resources for itself, so
that not even a mistake here could let the text of a PDF run or call home.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from curate.page_images import Extent, ImageError, Picture, find_pdf, render
from curate.records import Decision, Severity, Status
from curate.store import Store
from curate.store.stored import Run, StoredCitation, StoredDocument, StoredFlag, StoredPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A place as the report shows it: its pictures as data URIs, or why there is none."""

    place: StoredPlace
    pictures: tuple[tuple[int, str], ...]
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A flag with its places, what is cited there, and all decisions on it, each with whether it is current."""

    flag: StoredFlag
    places: tuple[Shown, ...]
    citations: tuple[StoredCitation, ...]
    decisions: tuple[tuple[Decision, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the summary."""

    flag: StoredFlag
    pages: tuple[int, ...]


def report(store: Store, document: StoredDocument) -> Iterator[str]:
    """Yield the report of a document piece by piece: one flag's pictures are in memory at a time.

    Flags stand in the order of the review; those that no longer arise are shown where they were decided. Where
    the PDF is gone or has changed, the quotes are shown with what the matter is.
    """
    flags = [flag for flag in store.flags(document_id=document.id) if not flag.stale or flag.status is not Status.OPEN]
    pdf, missing = _pdf(store, document)
    yield from _template().generate(
        document=document,
        run=_run(store, document),
        by_severity=_counted(Counter(flag.severity for flag in flags if not flag.stale), Severity),
        by_status=_counted(Counter(flag.status for flag in flags if not flag.stale), Status),
        lines=(Line(flag=flag, pages=_pages(store.flag_places(flag.id))) for flag in flags),
        entries=(_entry(store, flag, pdf, missing, document.id) for flag in flags),
        count=len(flags),
        missing=missing,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("curate.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _counted(
    counts: Counter[Severity] | Counter[Status], names: type[Severity] | type[Status]
) -> tuple[tuple[str, int], ...]:
    by_name = {str(name): number for name, number in counts.items()}
    return tuple((name.value, by_name[name.value]) for name in names if name.value in by_name)


def _run(store: Store, document: StoredDocument) -> Run:
    return next(run for run in store.runs() if run.id == document.run_id)


def _pdf(store: Store, document: StoredDocument) -> tuple[Path | None, str]:
    try:
        return find_pdf(document.path, document.id, store.path), ""
    except ImageError as error:
        return None, str(error)


def _entry(store: Store, flag: StoredFlag, pdf: Path | None, missing: str, document_id: str) -> Entry:
    decisions = tuple(store.decisions_on("flag", flag.id))
    replaced = {decision.supersedes for decision in decisions}
    return Entry(
        flag=flag,
        places=tuple(_shown(place, pdf, missing, document_id) for place in store.flag_places(flag.id)),
        citations=store.flag_citations(flag.id),
        decisions=tuple((decision, decision.id not in replaced) for decision in decisions),
    )


def _shown(place: StoredPlace, pdf: Path | None, missing: str, document_id: str) -> Shown:
    if pdf is None or not place.boxes:
        return Shown(place=place, pictures=(), missing=missing)
    extent = Extent.WIDTH if place.cell_id else Extent.LINE
    pictures: list[tuple[int, str]] = []
    for page in _pages((place,)):
        try:
            png = render(pdf, document_id, Picture(page=page, boxes=place.boxes, extent=extent))
        except ImageError as error:
            missing = str(error)
        else:
            pictures.append((page, f"data:image/png;base64,{base64.b64encode(png).decode()}"))
    return Shown(place=place, pictures=tuple(pictures), missing=missing)


def _pages(places: tuple[StoredPlace, ...]) -> tuple[int, ...]:
    return tuple(sorted({box.page for place in places for box in place.boxes}))
