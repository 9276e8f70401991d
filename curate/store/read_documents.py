"""What is read of runs, documents, claims and flags, as frozen rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from curate.errors import StoreError
from curate.records import Decision, Severity, Status
from curate.store import codec
from curate.store.copies import Measure, measure_of
from curate.store.read_decisions import DecisionReader, decision_of
from curate.store.rows.shared_columns import read_boxes
from curate.store.schema import CLAIM_COLUMNS
from curate.store.stored import Run, StoredCitation, StoredDocument, StoredFlag, StoredPlace
from extract.claims import CLAIM_KINDS
from extract.limits import BROKEN_OFF
from extract.records import Extraction

_FLAGS = "SELECT flags.*, documents.file_name FROM flags JOIN documents ON documents.id = document_id "
_CITED = ", ".join(
    (
        "cited.number",
        "refs.id AS ref_id",
        *(f"refs.{name}" for name in "first_author title source year doi pmid".split()),
    )
)
# What each place of a claim cites, a place that cites nothing too.
CITED_BY_PLACE = (
    f"SELECT place.id AS place, {_CITED} FROM claim_evidence AS place "  # noqa: S608 - our own names
    "LEFT JOIN claim_citations AS cited ON cited.claim_evidence_id = place.id "
    "LEFT JOIN refs ON refs.id = cited.ref_id WHERE place.claim_id = :claim ORDER BY place.ordinal, cited.ordinal"
)

_ID_START = 8  # characters of an id that may stand for it
_NAMED = 10  # documents that a message lists


class Reader(DecisionReader):
    """The reading half of a `Store`."""

    def runs(self) -> Iterator[Run]:
        """Yield the runs, oldest first."""
        for row in self.select("SELECT * FROM runs ORDER BY id"):
            yield Run(
                id=row["id"],
                command=row["command"],
                started_at=row["started_at"],
                finished_at=row["finished_at"] or "",
                version=row["version"],
                settings=row["settings"],
                documents_read=row["documents_read"],
                documents_skipped=row["documents_skipped"],
                documents_failed=row["documents_failed"],
                failures=tuple(json.loads(row["failures"])),
            )

    def is_current(self, document_id: str, *, version: str, settings: str) -> bool:
        """Return whether the file of that hash, or a newer copy of it, is stored as this version reads it.

        A document that a rule failed on is not: its flags may lack some. Nor is one of which a page was not read for
        want of time, nor one whose reading an older version wrote, which kept less.
        """
        stored = self._one(
            "SELECT gaps, format FROM documents LEFT JOIN extractions ON document_id = documents.id "
            "WHERE documents.id = ?",
            (self.stored_as(document_id),),
        )
        if stored is not None and (BROKEN_OFF in stored["gaps"] or stored["format"] != codec.FORMAT):
            return False
        for table in ("documents", "copies"):
            row = self._one(
                f"SELECT 1 FROM {table} JOIN runs ON runs.id = {table}.run_id "  # noqa: S608
                f"WHERE {table}.id = :document AND runs.version = :version AND runs.settings = :settings "
                "AND NOT EXISTS (SELECT 1 FROM rule_counts "
                "WHERE document_id = :document AND run_id = runs.id AND failed)",
                {"document": document_id, "version": version, "settings": settings},
            )
            if row is not None:
                return True
        return False

    def stored_measure(self, document_id: str) -> Measure | None:
        """Return what can be counted of a stored reading, None where this version cannot rebuild it."""
        try:
            return measure_of(self.extraction(document_id))
        except StoreError:
            return None

    def stored_as(self, document_id: str) -> str:
        """Return the id under which a file's paper is stored: its own, or that of the copy that replaced it."""
        row = self._one("SELECT document_id FROM copies WHERE id = ?", (document_id,))
        return str(row["document_id"]) if row else document_id

    def path_of(self, document_id: str) -> str:
        """Return where a document was read from, empty where there is no such document."""
        row = self._one("SELECT path FROM documents WHERE id = ?", (document_id,))
        return str(row["path"]) if row else ""

    def documents(self) -> Iterator[StoredDocument]:
        """Yield the documents in the order of their file names."""
        for row in self.select(
            "SELECT id, title, doi, file_name, path, paper_key, page_count, gaps, run_id "
            "FROM documents ORDER BY file_name, id"
        ):
            yield StoredDocument(**{**dict(row), "gaps": tuple(json.loads(row["gaps"]))})

    def find_document(self, name: str) -> StoredDocument:
        """Return the document of that id, start of an id (8 characters or more), DOI or file name.

        Raises `StoreError` that lists what there is where none is, or several are, meant.
        """
        documents = tuple(self.documents())
        doi = name.casefold().removeprefix("https://doi.org/").removeprefix("doi:")
        exact = [one for one in documents if name in (one.id, one.file_name) or (one.doi and one.doi.casefold() == doi)]
        found = exact or [one for one in documents if len(name) >= _ID_START and one.id.startswith(name)]
        if len(found) == 1:
            return found[0]
        shown = ", ".join(f"{one.file_name} ({one.id[:12]})" for one in (found or documents)[:_NAMED])
        more = f" and {len(found or documents) - _NAMED} more" if len(found or documents) > _NAMED else ""
        raise StoreError(
            f"{self.path}: {name!r} means {len(found)} documents: {shown}{more}; give more of the id"
            if found
            else f"{self.path}: has no document {name!r}; there are: {shown or 'none'}{more}"
        )

    def document_text(self, document_id: str) -> str:
        """Return the text that the spans of a document count in; empty where there is no such document."""
        row = self._one("SELECT text FROM documents WHERE id = ?", (document_id,))
        return str(row["text"]) if row else ""

    def extraction(self, document_id: str) -> Extraction:
        """Return the stored reading of a document, exactly as it was saved.

        Raises `StoreError` where there is none or this version cannot rebuild it.
        """
        row = self._one("SELECT content FROM extractions WHERE document_id = ?", (document_id,))
        if row is None:
            raise StoreError(f"{self.path}: has no reading of document {document_id}")
        try:
            return codec.loads(Extraction, row["content"], (item.arguments for _, item in CLAIM_KINDS.items()))
        except codec.CodecError as error:
            raise StoreError(
                f"{self.path}: the reading of document {document_id} {error}; run extract --force on its file"
            ) from error

    def flags(self, *, document_id: str = "", status: Status | None = None) -> Iterator[StoredFlag]:
        """Yield flags, most severe first, then by document and in the rules' order."""
        for row in self.select(
            _FLAGS + "WHERE (:document = '' OR document_id = :document) AND (:status = '' OR status = :status) "
            "ORDER BY severity_rank, document_id, flags.ordinal, flags.id",
            {"document": document_id, "status": status.value if status else ""},
        ):
            yield _flag(row)

    def flag(self, flag_id: str) -> StoredFlag | None:
        """Return the flag of that id, or None."""
        row = self._one(
            _FLAGS + "WHERE flags.id = ?",
            (flag_id,),
        )
        return _flag(row) if row else None

    def flag_places(self, flag_id: str) -> tuple[StoredPlace, ...]:
        """Return the places of a flag in the rule's order."""
        return tuple(
            StoredPlace(
                role=row["role"],
                quote=row["quote"],
                prefix=row["prefix"],
                suffix=row["suffix"],
                page=row["page"],
                boxes=read_boxes(row["boxes"]),
                cell_id=row["cell_id"] or "",
                extractor=row["extractor"],
            )
            for row in self.select("SELECT * FROM flag_evidence WHERE flag_id = ? ORDER BY ordinal", (flag_id,))
        )

    def citations(self, claim_id: str) -> tuple[tuple[StoredCitation, ...], ...]:
        """Return what each place of a claim cites, place by place in their order."""
        return tuple(by_place(self.select(CITED_BY_PLACE, {"claim": claim_id})).values())

    def flag_citations(self, flag_id: str) -> tuple[StoredCitation, ...]:
        """Return what the places of a flag cite for the claims that are made there, by number."""
        cited = self.select(
            f"SELECT DISTINCT {_CITED} FROM flags JOIN flag_evidence AS flagged ON flagged.flag_id = flags.id "  # noqa: S608
            "JOIN claims ON claims.document_id = flags.document_id AND claims.stale = 0 "
            "JOIN claim_evidence AS place ON place.claim_id = claims.id "
            "AND place.span_start < flagged.span_end AND flagged.span_start < place.span_end "
            "JOIN claim_citations AS cited ON cited.claim_evidence_id = place.id "
            "LEFT JOIN refs ON refs.id = cited.ref_id WHERE flags.id = ? ORDER BY cited.number",
            (flag_id,),
        )
        return tuple(_citation(row) for row in cited)

    def paired_reviews(self) -> Iterator[tuple[StoredFlag, tuple[Decision, ...]]]:
        """Yield each flag that two or more curators reviewed, with their current decisions in order.

        A decision that was taken back is none. Flags come in the order of their ids.
        """
        rows = self.select(
            "SELECT * FROM current_decisions AS mine WHERE target_kind = 'flag' AND role = 'review' "
            "AND verdict <> 'reopen' AND EXISTS (SELECT 1 FROM current_decisions AS other "
            "WHERE other.target_kind = 'flag' AND other.target_id = mine.target_id AND other.role = 'review' "
            "AND other.verdict <> 'reopen' AND other.curator <> mine.curator) ORDER BY target_id, curator"
        )
        for target, group in groupby(rows, lambda row: str(row["target_id"])):
            decisions = tuple(decision_of(row) for row in group)
            flag = self.flag(target)
            if flag is not None:
                yield flag, decisions

    def claim_arguments(self) -> tuple[str, ...]:
        """Return the columns of `claims` that hold arguments."""
        names = (str(row[1]) for row in self.select("PRAGMA table_info(claims)"))
        return tuple(name for name in names if name not in CLAIM_COLUMNS)

    def count_flags(self, *, status: Status | None = None) -> int:
        """Return how many flags that still arise have the status, or any."""
        row = self._one(
            "SELECT count(*) AS number FROM flags WHERE NOT stale AND (:status = '' OR status = :status)",
            {"status": status.value if status else ""},
        )
        return int(row["number"]) if row else 0

    def open_flags(self) -> tuple[str, ...]:
        """Return the ids of the open flags that still arise, most severe first, document by document."""
        return tuple(
            row["id"]
            for row in self.select(
                "SELECT id FROM flags WHERE status = 'open' AND stale = 0 ORDER BY severity_rank, document_id, ordinal"
            )
        )

    def unreviewed_flags(self, curator: str) -> tuple[str, ...]:
        """Return the ids of the flags that still arise and that the curator has not reviewed, whoever else has.

        They come in the order of `open_flags`. What an adjudication settled is left out.
        """
        return tuple(
            row["id"]
            for row in self.select(
                "SELECT id FROM flags WHERE stale = 0 AND NOT EXISTS (SELECT 1 FROM current_decisions AS made "
                "WHERE made.target_kind = 'flag' AND made.target_id = flags.id AND made.verdict <> 'reopen' "
                "AND (made.curator = ? OR made.role = 'adjudication')) ORDER BY severity_rank, document_id, ordinal",
                (curator,),
            )
        )


def by_place(rows: Iterable[sqlite3.Row]) -> dict[str, tuple[StoredCitation, ...]]:
    """Return the citations of the rows of `CITED_BY_PLACE` by the ids of their places, in order."""
    return {
        place: tuple(_citation(row) for row in cited if row["number"] is not None)
        for place, cited in groupby(rows, lambda row: str(row["place"]))
    }


def _citation(row: sqlite3.Row) -> StoredCitation:
    if row["ref_id"] is None:
        return StoredCitation(number=row["number"], listed=False)
    texts = {name: str(row[name]) for name in ("first_author", "title", "source", "year", "doi", "pmid")}
    return StoredCitation(number=row["number"], listed=True, **texts)


def _flag(row: sqlite3.Row) -> StoredFlag:
    return StoredFlag(
        id=row["id"],
        document_id=row["document_id"],
        file_name=row["file_name"],
        rule=row["rule"],
        severity=Severity(row["severity"]),
        subject=row["subject"],
        message=row["message"],
        expected=row["expected"],
        status=Status(row["status"]),
        stale=bool(row["stale"]),
    )
