import io
import json
from dataclasses import replace
from pathlib import Path

import bioc
import builders
from bioc import biocjson

from curate.export.formats import EXPORTERS
from curate.store import Store
from extract.records import Span


def exported(store: Store) -> str:
    form = EXPORTERS["bioc-json"]
    source = form.sources["mentions"]
    return "".join(form.write(source.columns(store), source.records(store)))


def read(store: Store) -> bioc.BioCCollection:
    """Return the export as PyPI `bioc` reads it; raises where the text of a mention is not where it says."""
    collection = biocjson.load(io.StringIO(exported(store)))
    bioc.validate(collection)
    return collection


def test_bioc_reads_the_text_and_the_mentions(store: Store) -> None:
    (document,) = read(store).documents
    assert document.id == "10.1000/xyz"
    assert [(passage.infons["type"], passage.offset, passage.text) for passage in document.passages] == [
        ("title", 0, "Brigatinib in ALTA"),
        ("paragraph", 20, "The objective response rate was 62% in arm B."),
        ("table", builders.TEXT.index("Trial\t"), "Trial\tORR (%)\nALTA\t53"),
    ]
    title, _, table = document.passages
    (drug,) = title.annotations
    assert (drug.text, drug.infons["type"], drug.infons["entity"]) == ("Brigatinib", "drug", "UNII:HYW8DB273J")
    assert [(place.offset, place.length) for place in drug.locations] == [(0, 10)]
    (number,) = table.annotations
    assert (number.infons["value"], number.infons["low"], number.infons["unit"]) == ("53.0", "43.0", "%")


def test_a_mention_over_two_passages_stands_with_the_document(empty: Store) -> None:
    extraction = builders.extraction()
    whole = replace(extraction.mentions[0], text=builders.TEXT[0:23], span=Span(start=0, end=23))
    builders.save(empty, replace(extraction, mentions=(whole,)))
    (document,) = biocjson.load(io.StringIO(exported(empty))).documents
    assert [one.text for one in document.annotations] == ["Brigatinib in ALTA\n\nThe"]
    assert not any(passage.annotations for passage in document.passages)


def test_every_infon_is_text_and_none_is_empty(store: Store) -> None:
    (document,) = json.loads(exported(store))["documents"]
    everything = [document, *document["passages"], *(a for p in document["passages"] for a in p["annotations"])]
    values = [value for one in everything for value in one["infons"].values()]
    assert values
    assert all(isinstance(value, str) and value for value in values)


def test_every_mention_of_a_real_paper_is_read_back(by_typst: Path) -> None:
    with Store.open(by_typst, read_only=True) as store:
        (document,) = read(store).documents
        stored = {row["id"]: row["text"] for row in store.select("SELECT id, text FROM mentions")}
    got = {one.id: one.text for passage in document.passages for one in passage.annotations}
    assert len(got) > 10
    assert got == stored


def test_an_empty_store_is_an_empty_collection(empty: Store) -> None:
    assert read(empty).documents == []
