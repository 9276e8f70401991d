"""The frozen rows that the review pages show."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.records import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the queue is narrowed to; an empty text does not narrow. `status` is `open` unless asked."""

    document: str = ""
    rule: str = ""
    severity: str = ""
    status: str = "open"

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the filters that narrow, as the query string of a page holds them."""
        pairs = (("document", self.document), ("rule", self.rule), ("severity", self.severity))
        chosen = tuple((name, value) for name, value in pairs if value)
        return chosen if self.status == "open" else (*chosen, ("status", self.status or "any"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """A flag as the queue lists it; `page` is that of its first place."""

    id: str
    document_id: str
    document: str
    ordinal: int
    rule: str
    severity: str
    severity_rank: int
    subject: str
    message: str
    expected: str
    status: str
    stale: bool
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One place of a flag, with the table cell that it lies in, if it does."""

    id: str
    role: str
    quote: str
    prefix: str
    suffix: str
    boxes: tuple[Box, ...]
    extractor: str
    cell_id: str
    cell_text: str
    table: str
    caption: str
    row: int | None
    column: int | None
    row_head: str
    column_head: str

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the pages that the place lies on, in order."""
        return tuple(dict.fromkeys(sorted(box.page for box in self.boxes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision on a flag; `replaced` where a later one supersedes it."""

    id: str
    verdict: str
    value: str
    reason: str
    curator: str
    decided_at: str
    replaced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document with what is needed to find its PDF again."""

    id: str
    label: str
    doi: str
    file_name: str
    path: str
    page_count: int
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """A cell with the flags that point at it, worst first, as (flag id, severity)."""

    id: str
    row: int
    column: int
    row_span: int
    column_span: int
    header: bool
    text: str
    flags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A table of a document, its cells by row."""

    id: str
    label: str
    caption: str
    note: str
    pages: tuple[int, ...]
    confidence: float
    stray: tuple[str, ...]
    image: bool
    rows: tuple[tuple[CellRow, ...], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    """A block of a document's text."""

    kind: str
    section: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many flags there are, by status and what else the queue is narrowed by."""

    by_status: dict[str, int]
    by_severity: dict[str, int] = field(default_factory=dict)
    by_rule: dict[str, int] = field(default_factory=dict)
    by_document: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return the number of flags whatever their status."""
        return sum(self.by_status.values())

    @property
    def decided(self) -> int:
        """Return the number of flags that are not open."""
        return self.total - self.by_status.get("open", 0)
