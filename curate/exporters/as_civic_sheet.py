"""A sheet of source suggestions for CIViC, to be read by a curator and entered by hand.

CIViC curates from primary papers, not from reviews (Danos AM et al. Standard operating procedure for curation and
clinical interpretation of variants in cancer. Genome Med 2019;11:76): a row is a claim with one paper that is cited
for it, never the article that was read.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sqlite3 import Row

from curate.exporters import EXPORTERS, Format, Pieces, Record, Records, Source
from curate.exporters.as_csv import guarded
from curate.queries import Reader
from curate.stored import StoredDocument
from extract.context import Context
from extract.records import CellRef, Citation, Document, Reference, Span

COLUMNS = ("gene", "variant", "disease", "drug", "pmid", "comment")
_QUOTED = 300  # characters of a quote in a comment
# The header of a column that says where a row's figures are from.
_REFERENCES = re.compile(
    r"\b(?:refs?|references?|sources?|stud(?:y|ies)|authors?|citations?|publications?|pmids?|reported by)\b",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def as_civic_sheet(columns: Sequence[str], records: Iterable[Record]) -> Pieces:
    """Yield tab-separated lines, a header first: gene, variant, disease, drug, PMID of the cited paper, comment.

    A cell that a spreadsheet would run as a formula is guarded as in csv; tabs and line ends in it become spaces.
    """
    yield _line(columns)
    for record in records:
        yield _line([guarded(_BREAKS.sub(" ", str(record[column])).strip()) for column in columns])


def _line(cells: Sequence[str]) -> str:
    return "\t".join(cells) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubted:
    """A place that a flag points at, with what the flag says."""

    span: Span
    said: str


def _suggestions(store: Reader) -> Records:
    for document in store.documents():
        claims = _claims(store, document)
        first = next(claims, None)
        if first is None:
            continue
        # Only a document that has something to suggest is read whole: citations are kept in the reading alone.
        extraction = store.extraction(document.id)
        finder = _Finder(extraction.document, Context(extraction.document, extraction.mentions))
        doubts = tuple(_doubts(store, document))
        seen: set[tuple[object, ...]] = set()
        for claim, place in (first, *claims):
            span = Span(start=place["span_start"], end=place["span_end"])
            for number in finder.cited(span):
                row = _row(claim, finder.disease(span))
                if (*row.values(), number) in seen:
                    continue
                seen.add((*row.values(), number))
                reference = finder.references.get(number)
                yield {
                    **row,
                    "pmid": reference.pmid if reference else "",
                    "comment": ". ".join(_comment(store, document, claim, place, number, reference, doubts)),
                }


def _claims(store: Reader, document: StoredDocument) -> Iterator[tuple[Row, Row]]:
    """Yield the claims about variants that no curator dismissed, with each of their places."""
    for claim in store.select(
        "SELECT * FROM claims WHERE document_id = ? AND stale = 0 AND review_status <> 'dismissed' ORDER BY ordinal",
        (document.id,),
    ):
        if json.loads(claim["arguments"]).get("variants"):
            for place in store.select(
                "SELECT * FROM claim_evidence WHERE claim_id = ? ORDER BY ordinal", (claim["id"],)
            ):
                yield claim, place


def _doubts(store: Reader, document: StoredDocument) -> Iterator[_Doubted]:
    for row in store.select(
        "SELECT flags.message, flags.status, span_start, span_end FROM flags "
        "JOIN flag_evidence ON flag_id = flags.id "
        "WHERE flags.document_id = ? AND stale = 0 AND status <> 'dismissed' ORDER BY flags.ordinal",
        (document.id,),
    ):
        said = f"Flag ({row['status']}): {row['message'].rstrip('.')}"
        yield _Doubted(span=Span(start=row["span_start"], end=row["span_end"]), said=said)


def _row(claim: Row, disease: str) -> dict[str, str]:
    arguments = json.loads(claim["arguments"])
    return {
        "gene": str(arguments.get("gene") or ""),
        # CIViC joins the variants of a molecular profile so.
        "variant": " AND ".join(arguments["variants"]),
        "disease": disease,
        "drug": ", ".join(_listed(arguments.get("drugs") or arguments.get("drug"))),
    }


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []


def _comment(
    store: Reader,
    document: StoredDocument,
    claim: Row,
    place: Row,
    number: int,
    reference: Reference | None,
    doubts: Iterable[_Doubted],
) -> Iterator[str]:
    direction = json.loads(claim["arguments"]).get("direction")
    quote = place["quote"] if len(place["quote"]) <= _QUOTED else f"{place['quote'][:_QUOTED]}…"
    where = f", page {place['page']}" if place["page"] is not None else ""
    known = document.doi or document.title or document.file_name
    yield f"{str(direction).capitalize() + ': ' if direction else ''}“{quote}” ({known}{where})"
    if reference is None:
        yield f"Cites reference {number}, which the list does not have"
    else:
        parts = (reference.first_author, reference.year, reference.source)
        doi = f", doi:{reference.doi}" if reference.doi else ""
        yield f"Cites reference {number}: {' '.join(part for part in parts if part).rstrip('.')}{doi}"
    decided = store.standing_decision("claim", claim["id"])
    if decided is not None:
        value = f" to {decided.value}" if decided.value else ""
        yield f"Curator's verdict on the claim: {decided.verdict.value}{value}"
    yield from dict.fromkeys(doubt.said for doubt in doubts if _overlap(doubt.span, place))


def _overlap(span: Span, place: Row) -> bool:
    return bool(span.start < place["span_end"] and place["span_start"] < span.end)


class _Finder:
    """Finds what a place cites: in its sentence, or in its cell and then its row."""

    def __init__(self, document: Document, context: Context) -> None:
        self._citations = sorted(document.citations, key=lambda citation: citation.anchor)
        self._anchors = [citation.anchor for citation in self._citations]
        self._context = context
        self._cells = [
            (cell.span, CellRef(table=number, row=cell.row, column=cell.column))
            for number, table in enumerate(document.tables)
            for row in table.rows
            for cell in row
        ]
        self.references: dict[int, Reference] = {}
        for reference in document.references:
            self.references.setdefault(reference.number, reference)

    def cited(self, place: Span) -> tuple[int, ...]:
        """Return the numbers of the papers cited for what stands at a place, none where the text cites none there.

        In the sentence or cell it is the first citation at or after the place, else the last before it: a sentence
        may cite several papers for several things. A cell without any goes by its row's column of references; what
        another cell of the row cites is cited for that cell.
        """
        ref = self._cell(place)
        near = self._within(self._context.sentence(place) if ref is None else self._context.row(ref)[ref.column].span)
        if near:
            nearest = next((one for one in near if one.anchor >= place.end), near[-1])
            return tuple(number for one in near if one.anchor == nearest.anchor for number in one.numbers)
        return () if ref is None else tuple(dict.fromkeys(self._of_row(ref)))

    def _of_row(self, ref: CellRef) -> Iterator[int]:
        for cell in self._context.row(ref):
            if _REFERENCES.search(self._context.header(CellRef(table=ref.table, row=ref.row, column=cell.column))):
                for citation in self._within(cell.span):
                    yield from citation.numbers

    def _within(self, bound: Span) -> list[Citation]:
        first = bisect_right(self._anchors, bound.start)
        return self._citations[first : bisect_right(self._anchors, bound.end)]

    def disease(self, place: Span) -> str:
        """Return the disease that the place's sentence names, where a recogniser found exactly one."""
        bound = self._context.sentence(place)
        named = {mention.normalized for mention in self._context.within(bound, "disease")}
        return named.pop() if len(named) == 1 else ""

    def _cell(self, place: Span) -> CellRef | None:
        return next((ref for span, ref in self._cells if span.start <= place.start < span.end), None)


EXPORTERS.register("civic-sheet")(Format(as_civic_sheet, {"claims": Source(lambda _: COLUMNS, _suggestions)}))
