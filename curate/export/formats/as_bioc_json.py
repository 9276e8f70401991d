"""BioC JSON: the text of the documents with their mentions.

Comeau DC et al. BioC: a minimalist approach to interoperability for biomedical text processing. Database 2013;
2013:bat064. PyPI `bioc` reads it.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sqlite3 import Row

from curate.export.formats import EXPORTERS, Format, Pieces, Record, Records, Source
from curate.records import Addition
from curate.store.read_documents import Reader
from curate.store.stored import StoredDocument

_INFONS = ("normalized", "entity", "assertion", "score", "recognizer", "page", "review_status")
_MEASURED = ("measure", "value", "unit", "low", "high", "interval", "comparison", "count", "total", "value_status")


def as_bioc_json(columns: Sequence[str], records: Iterable[Record]) -> Pieces:  # noqa: ARG001 - objects name them
    """Yield one BioC collection, a document a line.

    A block is a passage, and so is a table, its cells parted by tabs and line ends; offsets count code points of the
    document's text. A mention that lies in no single passage stands with the document.
    """
    head = {"source": "litcurate", "date": "", "key": "", "version": "1.0", "infons": {}}
    yield json.dumps(head)[:-1] + ', "documents": ['
    before = "\n"
    for record in records:
        yield before + json.dumps(record, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of the document's text with the mentions in it."""

    offset: int
    text: str
    infons: dict[str, str]
    annotations: list[Record] = field(default_factory=list)


def _documents(store: Reader) -> Records:
    for document in store.documents():
        passages = sorted(_passages(store, document), key=lambda passage: passage.offset)
        starts = [passage.offset for passage in passages]
        beside: list[Record] = []
        for row in store.select(
            "SELECT * FROM mentions WHERE document_id = ? AND stale = 0 ORDER BY ordinal", (document.id,)
        ):
            at = bisect_right(starts, row["span_start"]) - 1
            inside = at >= 0 and row["span_end"] <= starts[at] + len(passages[at].text)
            made = store.standing_additions("mention", row["id"]) if row["added"] else ()
            (passages[at].annotations if inside else beside).append(_annotation(row, made))
        yield {
            "id": document.doi or document.id,
            "infons": _strings({"title": document.title, "file_name": document.file_name, "sha256": document.id}),
            "passages": [
                {
                    "offset": passage.offset,
                    "infons": passage.infons,
                    "text": passage.text,
                    "sentences": [],
                    "annotations": passage.annotations,
                    "relations": [],
                }
                for passage in passages
            ],
            "annotations": beside,
            "relations": [],
        }


def _passages(store: Reader, document: StoredDocument) -> Iterator[_Passage]:
    text = store.document_text(document.id)
    for row in store.select("SELECT * FROM blocks WHERE document_id = ? ORDER BY ordinal", (document.id,)):
        infons = _strings({"type": row["kind"], "section": row["section"], "page": row["page"]})
        yield _Passage(row["span_start"], text[row["span_start"] : row["span_end"]], infons)
    for row in store.select(
        "SELECT tables.*, min(cells.span_start) AS first, max(cells.span_end) AS last FROM tables "
        "JOIN cells ON cells.table_id = tables.id WHERE document_id = ? GROUP BY tables.id ORDER BY tables.ordinal",
        (document.id,),
    ):
        infons = _strings({"type": "table", "label": row["label"], "caption": row["caption"], "page": row["page"]})
        yield _Passage(row["first"], text[row["first"] : row["last"]], infons)


def _annotation(row: Row, made: Sequence[Addition]) -> Record:
    start, end = row["span_start"], row["span_end"]
    people = "; ".join(dict.fromkeys(one.curator for one in made))
    added = {"added_by": people, "added_at": made[0].added_at} if made else {}
    return {
        "id": row["id"],
        "infons": _strings({"type": row["kind"], **{name: row[name] for name in (*_INFONS, *_MEASURED)}, **added}),
        "text": row["text"],
        "locations": [{"offset": start, "length": end - start}],
    }


def _strings(values: Mapping[str, object]) -> dict[str, str]:
    """Return the values as BioC has them: texts, and those that are not there left out."""
    return {name: str(value) for name, value in values.items() if value not in (None, "")}


EXPORTERS.register("bioc-json")(
    Format(as_bioc_json, {"mentions": Source(lambda _: ("id", "passages", "annotations"), _documents)})
)
