"""The frozen rows that the review pages show."""

from __future__ import annotations

from dataclasses import dataclass, field

from curate.store.stored import StoredCitation
from extract.records import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the queue is narrowed to; an empty text does not narrow. `status` is `open` unless asked.

    The status `mine` is what `me` has not decided, whatever others have. `curator` narrows to what they decided,
    `words` to flags whose subject or message holds each of the words, or words that begin so.
    """

    document: str = ""
    rule: str = ""
    severity: str = ""
    status: str = "open"
    curator: str = ""
    words: str = ""
    me: str = ""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the filters that narrow, as the query string of a page holds them."""
        pairs = (
            ("document", self.document),
            ("rule", self.rule),
            ("severity", self.severity),
            ("curator", self.curator),
            ("words", self.words),
        )
        chosen = tuple((name, value) for name, value in pairs if value)
        return chosen if self.status == "open" else (*chosen, ("status", self.status or "any"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilters:
    """What the queue of claims or mentions is narrowed to; `kind` is that of the claim or mention."""

    document: str = ""
    kind: str = ""
    status: str = "open"

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the filters that narrow, as the query string of a page holds them."""
        chosen = tuple((name, value) for name, value in (("document", self.document), ("kind", self.kind)) if value)
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
    """One place of a flag, claim or mention (`of`), with the cell that it lies in and what it cites for its claim.

    `found` pairs arguments of a claim with how each was found there, those that are said there left out.
    """

    of: str
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
    citations: tuple[StoredCitation, ...] = ()
    found: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the pages that the place lies on, in order."""
        return tuple(dict.fromkeys(sorted(box.page for box in self.boxes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision; `replaced` where a later one supersedes it, `role` as of `curate.records.Role`.

    `added` where it came with the addition of its target.
    """

    id: str
    verdict: str
    value: str
    reason: str
    curator: str
    decided_at: str
    replaced: bool
    role: str
    added: bool = False


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
    start: int = 0
    parts: tuple[Part, ...] = ()
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
    """A block of a document's text, cut into the parts that one mention or none covers."""

    id: str
    kind: str
    section: str
    start: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A claim or mention (`target`) as its queue and page show it; `details` are its arguments by name.

    `page` and `quote`, with what stands before and after it, are of its first place.
    `added` says what became of what a curator added (migration `0006_additions`).
    """

    target: str
    id: str
    document_id: str
    document: str
    ordinal: int
    kind: str
    title: str
    details: tuple[tuple[str, str], ...]
    page: int | None
    status: str
    stale: bool
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByStatus:
    """How many there are by status: open, or decided."""

    by_status: dict[str, int]

    @property
    def total(self) -> int:
        """Return the number whatever the status."""
        return sum(self.by_status.values())

    @property
    def decided(self) -> int:
        """Return the number of those that are not open."""
        return self.total - self.by_status.get("open", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies(ByStatus):
    """How many claims or mentions there are by kind and by status, each under the other filter."""

    by_kind: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionRow:
    """Who added a claim or mention, when, and what they marked."""

    curator: str
    added_at: str
    quote: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRow:
    """A mention, or the evidence of an added claim (`target`), where it stands in a text and on its pages.

    `added` where a curator added it.
    """

    target: str = "mention"
    added: bool = False
    id: str
    kind: str
    text: str
    normalized: str
    entity: str
    start: int
    end: int
    boxes: tuple[Box, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of text: `marks` are the mentions over it, the shortest first; `begins` those that begin here."""

    text: str
    marks: tuple[MarkRow, ...] = ()
    begins: tuple[MarkRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """An entry of a document's list of references."""

    id: str
    number: int
    text: str
    doi: str
    pmid: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A page of a document: its size in points and why it could not be read, if it could not."""

    number: int
    width: float
    height: float
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(ByStatus):
    """How many flags there are, by status and what else the queue is narrowed by."""

    by_severity: dict[str, int] = field(default_factory=dict)
    by_rule: dict[str, int] = field(default_factory=dict)
    by_document: dict[str, tuple[str, int]] = field(default_factory=dict)
    by_curator: dict[str, int] = field(default_factory=dict)
