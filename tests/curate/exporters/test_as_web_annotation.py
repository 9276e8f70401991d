import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import builders
import pypdfium2
import pytest
from producers import NOTICE

from curate.export.formats import EXPORTERS
from curate.records import Checked, Role, Verdict
from curate.review.decisions import decide
from curate.store import Store
from extract.records import Span

Annotation = dict[str, Any]


def exported(path: Path) -> dict[str, Any]:
    form = EXPORTERS["web-annotation"]
    source = form.sources["claims"]
    with Store.open(path, read_only=True) as store:
        page: dict[str, Any] = json.loads("".join(form.write(source.columns(store), source.records(store))))
    return page


def selector(target: dict[str, Any], kind: str) -> dict[str, Any]:
    (found,) = [one for one in target["selector"] if one["type"] == kind]
    return dict(found)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def found(text: str, quote: dict[str, Any]) -> list[int]:
    """Return where a text quote selector finds its place, as the Web Annotation model says; white space is one."""
    exact, prefix, suffix = (squeezed(quote[part]) for part in ("exact", "prefix", "suffix"))
    text = squeezed(text)
    places, at = [], text.find(exact)
    while at >= 0:
        end = at + len(exact)
        if text[:at].rstrip().endswith(prefix) and text[end:].lstrip().startswith(suffix):
            places.append(at)
        at = text.find(exact, at + 1)
    return places


@pytest.fixture
def page(store: Store) -> dict[str, Any]:
    decide(store, "claim", builders.response().id, Verdict.CONFIRM, curator="Ada", at="2024-02-01T00:00:00+00:00")
    decide(
        store,
        "claim",
        builders.response().id,
        Verdict.CORRECT,
        value="sensitivity",
        reason="see <b>Table 2</b>",
        curator="Ada",
        at="2024-02-02T00:00:00+00:00",
    )
    decide(store, "claim", builders.response().id, Verdict.DISMISS, curator="Cy", role=Role.ADJUDICATION)
    return exported(store.path)


def test_it_is_an_annotation_page(page: dict[str, Any]) -> None:
    assert page["type"] == "AnnotationPage"
    contexts = page["@context"]
    assert contexts[0] == "http://www.w3.org/ns/anno.jsonld"
    assert contexts[1]["prov"] == "http://www.w3.org/ns/prov#"
    assert [one["type"] for one in page["items"]] == [["Annotation", "prov:Entity"]] * 2
    assert len({one["id"] for one in page["items"]}) == 2


def test_every_term_that_the_model_does_not_have_is_in_the_context(page: dict[str, Any]) -> None:
    model = {
        *("id", "type", "motivation", "created", "generator", "body", "target", "purpose", "format", "value", "source"),
        *("selector", "exact", "prefix", "suffix", "start", "end", "conformsTo", "refinedBy", "name", "@context"),
        "items",
    }
    own = set(page["@context"][1])

    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            inside = (names(item) for name, item in value.items() if name not in ("arguments", "boxes", "@context"))
            return set(value).union(*inside)
        return set().union(*(names(item) for item in value)) if isinstance(value, list) else set()

    strange = {name for name in names(page) - model - own if name.split(":")[0] not in ("prov", "dc")}
    assert strange == set()


def test_the_body_says_the_claim(page: dict[str, Any]) -> None:
    result, _ = page["items"]
    body = result["body"]
    assert (body["type"], body["format"]) == ("TextualBody", "text/plain")
    assert body["value"] == "trial result: ALTA ORR: 53%, brigatinib"
    assert (body["kind"], body["arguments"]["trial"], body["arguments"]["value"]) == ("trial_result", "ALTA", 53.0)


def test_a_place_is_given_by_quote_position_page_and_boxes(page: dict[str, Any]) -> None:
    table, prose = page["items"][0]["target"]
    start = builders.TEXT.index("62%")
    assert selector(prose, "TextQuoteSelector") == {
        "type": "TextQuoteSelector",
        "exact": "62%",
        "prefix": "The objective response rate was ",
        "suffix": " in arm B.",
    }
    assert selector(prose, "TextPositionSelector")["start"] == start
    assert selector(table, "FragmentSelector") == {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
        "value": "page=1",
        "refinedBy": {
            "type": "FragmentSelector",
            "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
            "value": "viewrect=72,100.25,228.5,11.75",
        },
    }
    assert table["boxes"] == [{"page": 1, "x0": 72.0, "top": 100.25, "x1": 300.5, "bottom": 112.0}]
    assert table["source"] == {
        "id": "https://doi.org/10.1000/xyz",
        "type": "Text",
        "format": "application/pdf",
        "dc:title": "Brigatinib in ALTA",
        "sha256": "a" * 64,
    }


def test_a_quote_that_stands_twice_takes_in_more_than_its_block(empty: Store) -> None:
    paper = builders.document()
    title, paragraph = paper.blocks
    text = "Title\n\nSame\n\nOther\n\nSame\n\nEnd"
    claim = builders.response()
    blocks = (replace(title, span=Span(start=7, end=11)), replace(paragraph, span=Span(start=20, end=24)))
    place = replace(claim.evidence[0], quote="Same", span=Span(start=20, end=24))
    paper = replace(paper, text=text, blocks=blocks, tables=(), references=())
    extraction = replace(builders.extraction(paper, claims=(replace(claim, evidence=(place,)),)), mentions=())
    builders.save(empty, extraction, Checked(flags=(), counts=()))
    (one,) = exported(empty.path)["items"]
    quote = selector(one["target"][0], "TextQuoteSelector")
    assert (quote["prefix"], quote["exact"], quote["suffix"]) == ("Title\n\nSame\n\nOther\n\n", "Same", "\n\nEnd")


def test_a_document_without_a_doi_is_named_by_its_hash(empty: Store) -> None:
    paper = builders.document(identity="0123456789abcdef" * 4, doi="")
    builders.save(empty, builders.extraction(paper, claims=(builders.response(),)))
    (one,) = exported(empty.path)["items"]
    # RFC 6920: the base64url of the 32 bytes, without padding.
    assert one["target"][0]["source"]["id"] == "ni:///sha-256;ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8"


def test_the_run_the_extractor_and_the_decisions_are_accounted_for(page: dict[str, Any]) -> None:
    result, response = page["items"]
    run = response["prov:wasGeneratedBy"]
    assert (run["type"], run["prov:startedAtTime"]) == ("prov:Activity", "2024-01-02T03:04:05Z")
    assert run["prov:wasAssociatedWith"]["version"] == "0.1.0"
    (agent,) = response["prov:wasAttributedTo"]
    assert (agent["type"][0], agent["name"], agent["version"]) == ("prov:SoftwareAgent", "builders", "0.1.0")
    assert response["generator"] == [agent["id"]]
    assert "prov:wasInfluencedBy" not in result
    first, second, third = response["prov:wasInfluencedBy"]
    assert first["type"] == "prov:Activity"
    assert first["prov:wasAssociatedWith"] == {"type": ["prov:Person", "Person"], "name": "Ada"}
    assert second["prov:wasInformedBy"] == {"id": first["id"]}
    assert (second["verdict"], second["correction"], second["reason"]) == (
        "correct",
        "sensitivity",
        "see <b>Table 2</b>",
    )
    assert datetime.fromisoformat(second["prov:endedAtTime"]).year == 2024
    assert (third["role"], response["status"]) == ("adjudication", "dismissed")


def test_a_store_without_claims_is_an_empty_page(empty: Store) -> None:
    assert exported(empty.path)["items"] == []


def test_the_selectors_find_their_places_in_the_paper_of_another_producer(by_typst: Path, by_chromium: Path) -> None:
    with Store.open(by_chromium, read_only=True) as other:
        (document,) = other.documents()
        text = other.document_text(document.id)
    targets = [target for one in exported(by_typst)["items"] for target in one["target"]]
    quotes = [selector(target, "TextQuoteSelector") for target in targets]
    assert {quote["exact"] for quote in quotes} >= {"53", "6.9", "G1202R conferred resistance to crizotinib"}
    assert squeezed(NOTICE) in squeezed(text), "the other producer sets more before it"
    assert [len(found(text, quote)) for quote in quotes] == [1] * len(quotes)


def test_another_reader_finds_the_quotes_on_their_pages(by_typst: Path) -> None:
    pdf = pypdfium2.PdfDocument(by_typst.with_name("typst.pdf"))
    for one in exported(by_typst)["items"]:
        for target in one["target"]:
            fragment = selector(target, "FragmentSelector")
            page = pdf[int(fragment["value"].removeprefix("page=")) - 1]
            left, top, width, height = map(float, fragment["refinedBy"]["value"].removeprefix("viewrect=").split(","))
            tall = page.get_height()
            seen = page.get_textpage().get_text_bounded(
                left - 1, tall - top - height - 1, left + width + 1, tall - top + 1
            )
            assert squeezed(selector(target, "TextQuoteSelector")["exact"]) in squeezed(seen)
    pdf.close()


def test_an_added_claim_is_made_by_its_curator(store: Store) -> None:
    decision = builders.add_response(store)
    (item,) = [one for one in exported(store.path)["items"] if one["id"].endswith(decision.target_id)]
    ada = {"type": ["prov:Person", "Person"], "name": "ada"}
    assert (item["creator"], item["generator"], item["prov:wasAttributedTo"]) == ([ada], [], [ada])
    assert item["created"] == decision.decided_at
    (activity,) = item["prov:wasGeneratedBy"]
    assert (activity["kind"], activity["prov:wasAssociatedWith"]) == ("addition", ada)
    assert selector(item["target"][0], "TextQuoteSelector")["exact"] == "The objective response rate was 62% in arm B"
    assert [made["verdict"] for made in item["prov:wasInfluencedBy"]] == ["confirm"]
