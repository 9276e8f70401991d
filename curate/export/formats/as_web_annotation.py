"""Claims as W3C Web Annotations with W3C PROV: each place can be found again, each step is accounted for.

Web Annotation Data Model and Vocabulary, W3C Recommendations of 23 February 2017; PROV-O, W3C Recommendation of
30 April 2013; page fragments of PDF: RFC 3778, kept by RFC 8118; names of files by hash: RFC 6920; what is cited for a
claim: CiTO, the Citation Typing Ontology.
"""

from __future__ import annotations

import base64
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Row
from urllib.parse import quote

from curate.export.formats import EXPORTERS, Format, Pieces, Record, Records, Source
from curate.records import Addition
from curate.store.read_documents import Reader
from curate.store.rows.shared_columns import read_boxes
from curate.store.stored import Run, StoredCitation, StoredDocument
from extract.records import Box

CONTEXT = 48  # characters of prefix and suffix
_URN = "urn:x-litcurate"
_PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"
_TERMS: Record = {
    "@version": 1.1,
    "prov": "http://www.w3.org/ns/prov#",
    "litcurate": f"{_URN}:terms:",
    "prov:startedAtTime": {"@type": "xsd:dateTime"},
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
    "arguments": {"@id": "litcurate:arguments", "@type": "@json"},
    "boxes": {"@id": "litcurate:boxes", "@type": "@json"},
    "cites": "http://purl.org/spar/cito/citesAsEvidence",
    "sameAs": {"@id": "http://www.w3.org/2002/07/owl#sameAs", "@type": "@id"},
    **{
        name: f"litcurate:{name}"
        for name in ("kind", "status", "verdict", "correction", "reason", "role", "version", "sha256", "number")
    },
}
_JSON_LD: tuple[object, ...] = ("http://www.w3.org/ns/anno.jsonld", _TERMS)


def as_web_annotation(columns: Sequence[str], records: Iterable[Record]) -> Pieces:  # noqa: ARG001 - objects name them
    """Yield one JSON-LD annotation page, an annotation a line.

    A claim is one annotation: its body says it, each place is a target with quote, position and page, and PROV names
    the run, the extractors and the decisions.
    """
    head = {"@context": _JSON_LD, "id": f"{_URN}:claims", "type": "AnnotationPage"}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "items": ['
    before = "\n"
    for record in records:
        yield before + json.dumps(record, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _annotations(store: Reader) -> Records:
    runs = {run.id: run for run in store.runs()}
    for document in store.documents():
        text = _Text(store, document.id)
        run = runs[document.run_id]
        source = _source(document)
        for claim in store.select(
            "SELECT * FROM claims WHERE document_id = ? AND stale = 0 ORDER BY ordinal", (document.id,)
        ):
            places = list(
                store.select("SELECT * FROM claim_evidence WHERE claim_id = ? ORDER BY ordinal", (claim["id"],))
            )
            targets = [
                _target(place, text, source) | _cites(cited)
                for place, cited in zip(places, store.citations(claim["id"]), strict=True)
            ]
            made = store.standing_additions("claim", claim["id"]) if claim["added"] else ()
            annotation = _annotation(claim, places, targets, run)
            yield annotation | (_marked(made) if made else {}) | _decided(store, claim["id"])


def _annotation(claim: Row, places: list[Row], targets: list[dict[str, object]], run: Run) -> dict[str, object]:
    extractors = dict.fromkeys(place["extractor"] for place in places)
    agents = [_extractor(name, run.version) for name in extractors]
    return {
        "id": f"{_URN}:claim:{claim['id']}",
        "type": ["Annotation", "prov:Entity"],
        "motivation": "describing",
        "created": run.started_at,
        "generator": [agent["id"] for agent in agents],
        "body": {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": claim["summary"],
            "kind": claim["kind"],
            "arguments": json.loads(claim["arguments"]),
        },
        "target": targets,
        "status": claim["review_status"],
        "prov:wasGeneratedBy": _run(run),
        "prov:wasAttributedTo": agents,
    }


def _marked(made: Sequence[Addition]) -> dict[str, object]:
    """Return what is said otherwise of a claim that curators added: persons made it, by marking its place."""
    people = [_person(name) for name in dict.fromkeys(one.curator for one in made)]
    return {
        "created": made[0].added_at,
        "creator": people,
        "generator": [],
        "prov:wasGeneratedBy": [
            {
                "id": f"{_URN}:addition:{one.id}",
                "type": "prov:Activity",
                "kind": "addition",
                "prov:endedAtTime": one.added_at,
                "prov:wasAssociatedWith": _person(one.curator),
            }
            for one in made
        ],
        "prov:wasAttributedTo": people,
    }


def _person(name: str) -> dict[str, object]:
    return {"type": ["prov:Person", "Person"], "name": name}


class _Text:
    """A document's text, with where its blocks and tables stand."""

    def __init__(self, store: Reader, document_id: str) -> None:
        self._text = store.document_text(document_id)
        rows = store.select(
            "SELECT span_start AS first, span_end AS last FROM blocks WHERE document_id = :document "
            "UNION ALL SELECT min(cells.span_start), max(cells.span_end) FROM tables "
            "JOIN cells ON cells.table_id = tables.id WHERE document_id = :document GROUP BY tables.id ORDER BY 1",
            {"document": document_id},
        )
        self._parts = [(int(row["first"]), int(row["last"])) for row in rows]

    def quoted(self, start: int, end: int) -> Record:
        """Return the text quote selector of two offsets, with what stands around them in their block or table.

        What stands before a block differs from one layout of a paper to another; it is taken in only where the
        quote with its context would stand in the text twice. A figure alone in its cell is found by the cells
        beside it.
        """
        at = bisect_right(self._parts, start, key=lambda part: part[0]) - 1
        first, last = self._parts[at] if at >= 0 and end <= self._parts[at][1] else (0, len(self._text))
        low, high = max(first, start - CONTEXT), min(last, end + CONTEXT)
        if self._text.find(self._text[low:high]) < low or self._text.find(self._text[low:high], low + 1) >= 0:
            low, high = max(0, start - CONTEXT), end + CONTEXT
        return {
            "type": "TextQuoteSelector",
            "exact": self._text[start:end],
            "prefix": self._text[low:start],
            "suffix": self._text[end:high],
        }


def _source(document: StoredDocument) -> Record:
    digest = base64.urlsafe_b64encode(bytes.fromhex(document.id)).rstrip(b"=").decode()
    return {
        "id": f"https://doi.org/{quote(document.doi, safe='/')}" if document.doi else f"ni:///sha-256;{digest}",
        "type": "Text",
        "format": "application/pdf",
        "dc:title": document.title,
        "sha256": document.id,
    }


def _target(place: Row, text: _Text, source: Record) -> dict[str, object]:
    start, end = place["span_start"], place["span_end"]
    quoted = text.quoted(start, end)
    boxes = read_boxes(place["boxes"])
    pages = [_page(boxes, place["page"])] if place["page"] is not None else []
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [quoted, {"type": "TextPositionSelector", "start": start, "end": end}, *pages],
        "boxes": json.loads(place["boxes"]),
    }


def _cites(cited: Iterable[StoredCitation]) -> dict[str, object]:
    """Return the papers that a place cites as evidence, by DOI or PMID where the reference list has them."""
    papers = [_paper(one) for one in cited]
    return {"cites": papers} if papers else {}


def _paper(cited: StoredCitation) -> Record:
    known = [f"https://doi.org/{quote(cited.doi, safe='/')}"] if cited.doi else []
    known += [f"https://pubmed.ncbi.nlm.nih.gov/{quote(cited.pmid, safe='')}/"] if cited.pmid else []
    texts = {"dc:title": cited.title, "dc:creator": cited.first_author, "dc:date": cited.year}
    return {
        **({"id": known[0]} if known else {}),
        "type": "Text",
        "number": cited.number,
        **{name: text for name, text in texts.items() if text},
        **({"sameAs": known[1]} if known[1:] else {}),
    }


def _page(boxes: Iterable[Box], page: int) -> Record:
    """Return the selector of a page and, in it, of the rectangle around the place's boxes there, in points."""
    here = [box for box in boxes if box.page == page]
    selector: dict[str, object] = {"type": "FragmentSelector", "conformsTo": _PDF_FRAGMENTS, "value": f"page={page}"}
    if here:
        left, top = min(box.x0 for box in here), min(box.top for box in here)
        width, height = max(box.x1 for box in here) - left, max(box.bottom for box in here) - top
        view = ",".join(f"{number:.2f}".rstrip("0").rstrip(".") for number in (left, top, width, height))
        selector["refinedBy"] = {
            "type": "FragmentSelector",
            "conformsTo": _PDF_FRAGMENTS,
            "value": f"viewrect={view}",
        }
    return selector


def _run(run: Run) -> Record:
    ended = {"prov:endedAtTime": run.finished_at} if run.finished_at else {}
    return {
        "id": f"_:run-{run.id}",
        "type": "prov:Activity",
        "kind": run.command,
        "prov:startedAtTime": run.started_at,
        **ended,
        "prov:wasAssociatedWith": {
            "id": f"{_URN}:software:{quote(run.version, safe='')}",
            "type": ["prov:SoftwareAgent", "Software"],
            "name": "litcurate",
            "version": run.version,
        },
    }


def _extractor(name: str, version: str) -> dict[str, object]:
    return {
        "id": f"{_URN}:extractor:{quote(name, safe='')}:{quote(version, safe='')}",
        "type": ["prov:SoftwareAgent", "Software"],
        "name": name,
        "version": version,
    }


def _decided(store: Reader, claim_id: str) -> dict[str, object]:
    """Return the decisions on the claim, those that were replaced too, as activities that influenced it."""
    rows = store.select(
        "SELECT * FROM decisions WHERE target_kind = 'claim' AND target_id = ? ORDER BY rowid", (claim_id,)
    )
    decisions = list(_decisions(rows))
    return {"prov:wasInfluencedBy": decisions} if decisions else {}


def _decisions(rows: Iterable[Row]) -> Iterator[Record]:
    for row in rows:
        given = {"correction": row["value"], "reason": row["reason"]}
        replaced = {"prov:wasInformedBy": {"id": f"{_URN}:decision:{row['supersedes']}"}} if row["supersedes"] else {}
        yield {
            "id": f"{_URN}:decision:{row['id']}",
            "type": "prov:Activity",
            "verdict": row["verdict"],
            "role": row["role"],
            **{name: text for name, text in given.items() if text},
            "prov:endedAtTime": row["decided_at"],
            "prov:wasAssociatedWith": _person(row["curator"]),
            **replaced,
        }


EXPORTERS.register("web-annotation")(
    Format(as_web_annotation, {"claims": Source(lambda _: ("id", "type", "body", "target"), _annotations)})
)
