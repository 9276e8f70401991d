"""A sheet of source suggestions for CIViC, to be read by a curator and entered by hand.

CIViC curates from primary papers, not from reviews (Danos AM et al. Standard operating procedure for curation and
clinical interpretation of variants in cancer. Genome Med 2019;11:76): a row is a claim with one paper that is cited
for it, never the article that was read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sqlite3 import Row

from curate.export.formats import EXPORTERS, Format, Pieces, Record, Records, Source
from curate.export.formats.as_csv import guarded
from curate.store.read_documents import Reader
from curate.store.stored import StoredCitation, StoredDocument
from extract.records import Span
from extract.text.neighbourhood import Context

COLUMNS = ("gene", "variant", "disease", "drug", "pmid", "comment")
_QUOTED = 300  # characters of a quote in a comment
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
        # Only a document that has something to suggest is read whole: the sentences of places are kept there alone.
        extraction = store.extraction(document.id)
        context = Context(extraction.document, extraction.mentions)
        doubts = tuple(_doubts(store, document))
        seen: set[tuple[object, ...]] = set()
        for claim, place, cited in (first, *claims):
            row = _row(claim, _disease(context, Span(start=place["span_start"], end=place["span_end"])))
            for paper in cited:
                if (*row.values(), paper.number) in seen:
                    continue
                seen.add((*row.values(), paper.number))
                comment = ". ".join(_comment(store, document, claim, place, paper, doubts))
                yield {**row, "pmid": paper.pmid, "comment": comment}


def _claims(store: Reader, document: StoredDocument) -> Iterator[tuple[Row, Row, tuple[StoredCitation, ...]]]:
    """Yield the claims about variants that no curator dismissed, with each of their places that cites a paper."""
    for claim in store.select(
        "SELECT * FROM claims WHERE document_id = ? AND stale = 0 AND review_status <> 'dismissed' ORDER BY ordinal",
        (document.id,),
    ):
        if json.loads(claim["arguments"]).get("variants"):
            places = store.select("SELECT * FROM claim_evidence WHERE claim_id = ? ORDER BY ordinal", (claim["id"],))
            for place, cited in zip(places, store.citations(claim["id"]), strict=True):
                if cited:
                    yield claim, place, cited


def _disease(context: Context, place: Span) -> str:
    """Return the disease that the place's sentence names, where a recogniser found exactly one."""
    named = {mention.normalized for mention in context.within(context.sentence(place), "disease")}
    return named.pop() if len(named) == 1 else ""


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
    cited: StoredCitation,
    doubts: Iterable[_Doubted],
) -> Iterator[str]:
    direction = json.loads(claim["arguments"]).get("direction")
    quote = place["quote"] if len(place["quote"]) <= _QUOTED else f"{place['quote'][:_QUOTED]}…"
    where = f", page {place['page']}" if place["page"] is not None else ""
    known = document.doi or document.title or document.file_name
    yield f"{str(direction).capitalize() + ': ' if direction else ''}“{quote}” ({known}{where})"
    if not cited.listed:
        yield f"Cites reference {cited.number}, which the list does not have"
    else:
        parts = (cited.first_author, cited.year, cited.source)
        doi = f", doi:{cited.doi}" if cited.doi else ""
        yield f"Cites reference {cited.number}: {' '.join(part for part in parts if part).rstrip('.')}{doi}"
    decided = store.standing_decision("claim", claim["id"])
    if decided is not None:
        value = f" to {decided.value}" if decided.value else ""
        yield f"Curator's verdict on the claim: {decided.verdict.value}{value}"
    yield from dict.fromkeys(doubt.said for doubt in doubts if _overlap(doubt.span, place))


def _overlap(span: Span, place: Row) -> bool:
    return bool(span.start < place["span_end"] and place["span_start"] < span.end)


EXPORTERS.register("civic-sheet")(Format(as_civic_sheet, {"claims": Source(lambda _: COLUMNS, _suggestions)}))
