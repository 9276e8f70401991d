"""The frozen rows that the store reads back."""

from __future__ import annotations

from dataclasses import dataclass

from curate.records import Severity, Status
from extract.records import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of `extract` or `check`; `finished_at` is empty while it runs or where it was killed."""

    id: int
    command: str
    started_at: str
    finished_at: str
    version: str
    settings: str
    documents_read: int = 0
    documents_skipped: int = 0
    documents_failed: int = 0
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document of the store without its parts."""

    id: str
    title: str
    doi: str
    file_name: str
    path: str
    paper_key: str
    page_count: int
    gaps: tuple[str, ...]
    run_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlace:
    """A quote of a flag or claim; `role` is empty for a claim."""

    role: str
    quote: str
    prefix: str
    suffix: str
    page: int | None
    boxes: tuple[Box, ...]
    cell_id: str
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCitation:
    """A reference that a place cites; `listed` is False where the reference list has no such number."""

    number: int
    listed: bool
    first_author: str = ""
    title: str = ""
    source: str = ""
    year: str = ""
    doi: str = ""
    pmid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFlag:
    """A flag as it stands; `stale` where the newest reading of its document no longer raises it."""

    id: str
    document_id: str
    file_name: str
    rule: str
    severity: Severity
    subject: str
    message: str
    expected: str
    status: Status
    stale: bool
