"""What curators add by marking it, and what becomes of it when the document is read again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import builders
import papers
import pytest

from curate.errors import DecisionError, StoreError
from curate.marking import Marker
from curate.records import Checked, Decision, Verdict
from curate.review.additions import add_claim, add_mention
from curate.review.decisions import decide, undo
from curate.store import Store
from extract.claims.merge import claim_id
from extract.claims.variant_response import VariantResponse
from extract.records import Claim, Extraction, Mention, Span

BODY = (
    "Solvent-front changes such as G1202R were found in 12 of 40 patients after alectinib.",
    "The gatekeeper change was rare.",
)
NONE = Checked(flags=(), counts=())
RESPONSE = VariantResponse(gene="ALK", variants=("G1202R",), drug="alectinib", direction="resistance")


def read(*before: str, page: str = papers.A4, doi: str = "10.1000/added") -> Extraction:
    return papers.paper(papers.section("Resistance", *before, *BODY), doi=doi, page=page)


def save(store: Store, some: Extraction) -> None:
    run = store.begin_run("extract", version="0.1.0", settings="{}")
    store.save(some, NONE, run)


def place(some: Extraction, words: str) -> Span:
    at = some.document.text.index(words)
    return Span(start=at, end=at + len(words))


def mark(
    store: Store, some: Extraction, words: str, kind: str = "variant", *, curator: str = "ada", form: str = ""
) -> Decision:
    return add_mention(store, Marker(some), place(some, words), kind, form or words, curator=curator)


def respond(store: Store, some: Extraction, curator: str = "ada") -> Decision:
    span = place(some, "G1202R were found in 12 of 40 patients after alectinib")
    return add_claim(store, Marker(some), span, "variant_response", RESPONSE, curator=curator)


def shown(store: Store) -> list[dict[str, object]]:
    columns = "text, kind, normalized, recognizer, review_status, stale, added, page, boxes, span_start"
    rows = store.select(f"SELECT {columns} FROM mentions WHERE added <> '' ORDER BY ordinal, id")
    return [dict(row) for row in rows]


@pytest.fixture
def some() -> Extraction:
    return read()


@pytest.fixture
def marked(empty: Store, some: Extraction) -> Store:
    save(empty, some)
    mark(empty, some, "gatekeeper change")
    return empty


def test_a_marked_mention_stands_with_its_words_and_boxes(marked: Store, some: Extraction) -> None:
    (row,) = shown(marked)
    assert (row["text"], row["kind"], row["normalized"]) == ("gatekeeper change", "variant", "gatekeeper change")
    assert (row["recognizer"], row["review_status"], row["stale"], row["added"]) == (
        "curator",
        "confirmed",
        0,
        "placed",
    )
    boxes = Marker(some).boxes(place(some, "gatekeeper change"))
    assert [box["x0"] for box in json.loads(str(row["boxes"]))] == [box.x0 for box in boxes]
    (addition,) = marked.additions(some.document.id)
    (decision,) = marked.decisions()
    assert (addition.curator, addition.added_at) == ("ada", decision.decided_at)
    assert (addition.decision_id, decision.verdict) == (decision.id, Verdict.CONFIRM)
    assert addition.evidence.prefix.endswith("The ")


def test_it_stands_in_the_order_of_the_text(marked: Store) -> None:
    texts = [row["text"] for row in marked.select("SELECT text FROM mentions ORDER BY document_id, ordinal, id")]
    assert texts.index("G1202R") < texts.index("gatekeeper change")


def test_an_addition_survives_a_new_reading_elsewhere_on_the_page(marked: Store, some: Extraction) -> None:
    (before,) = shown(marked)
    again = read("A paragraph that an older reading had lost, long enough to move all the others down by some lines.")
    moved = replace(again, document=replace(again.document, id=some.document.id))
    save(marked, moved)
    (after,) = shown(marked)
    assert (after["text"], after["review_status"], after["stale"]) == ("gatekeeper change", "confirmed", 0)
    assert after["span_start"] == place(moved, "gatekeeper change").start != before["span_start"]
    assert after["boxes"] != before["boxes"]
    # The addition itself is as it was made.
    assert [one.evidence.span for one in marked.additions(some.document.id)] == [place(some, "gatekeeper change")]


def test_an_addition_goes_over_to_another_copy_of_the_paper(marked: Store, some: Extraction) -> None:
    respond(marked, some)
    copy = read(page=papers.LETTER_TWO_COLUMNS)
    assert copy.document.id != some.document.id
    save(marked, copy)
    (mention,) = shown(marked)
    assert (mention["text"], mention["review_status"], mention["stale"]) == ("gatekeeper change", "confirmed", 0)
    assert [one.document_id for one in marked.additions(copy.document.id)] == [copy.document.id] * 2
    (row,) = marked.select("SELECT stale, added, review_status FROM claims WHERE kind = 'variant_response'")
    assert tuple(row)[0::2] == (0, "confirmed")


def test_what_is_not_found_again_is_kept_and_marked(marked: Store, some: Extraction) -> None:
    other = papers.paper(papers.section("Resistance", "Nothing of this was seen."), doi="10.1000/added")
    save(marked, replace(other, document=replace(other.document, id=some.document.id)))
    (row,) = shown(marked)
    assert (row["text"], row["stale"], row["added"], row["page"]) == ("gatekeeper change", 1, "lost", None)
    # It is shown again as soon as its words are there again.
    save(marked, some)
    (row,) = shown(marked)
    assert (row["stale"], row["added"]) == (0, "placed")


def test_taking_it_back_is_a_decision_and_nothing_vanishes(marked: Store, some: Extraction) -> None:
    (added,) = marked.decisions()
    taken = undo(marked, added, curator="ada")
    (row,) = shown(marked)
    assert (row["review_status"], row["stale"]) == ("open", 1)
    assert [one.verdict for one in marked.decisions()] == [Verdict.CONFIRM, Verdict.REOPEN]
    save(marked, some)
    (row,) = shown(marked)
    assert (row["review_status"], row["stale"]) == ("open", 1)
    # The undo can be undone, and the same be marked again.
    undo(marked, taken, curator="ada")
    assert shown(marked)[0]["stale"] == 0
    undo(marked, list(marked.decisions())[-1], curator="ada")
    mark(marked, some, "gatekeeper change")
    assert shown(marked)[0]["stale"] == 0
    assert len(list(marked.additions(some.document.id))) == 2


def test_two_curators_may_add_the_same(marked: Store, some: Extraction) -> None:
    with pytest.raises(DecisionError, match="ada has this mention added"):
        mark(marked, some, "gatekeeper change")
    mark(marked, some, "gatekeeper change", curator="grace")
    assert len(shown(marked)) == 1
    assert [one.curator for one in marked.additions(some.document.id)] == ["ada", "grace"]
    first = next(marked.decisions())
    undo(marked, first, curator="ada")
    assert shown(marked)[0]["review_status"] == "confirmed"


def test_another_curator_can_reject_it(marked: Store) -> None:
    (row,) = marked.select("SELECT id FROM mentions WHERE added <> ''")
    decide(marked, "mention", row["id"], Verdict.DISMISS, curator="grace")
    assert shown(marked)[0]["review_status"] == "dismissed"


def found_by_the_tool(some: Extraction, words: str, normalized: str) -> Extraction:
    span = place(some, words)
    mention = Mention(
        kind="variant",
        text=words,
        normalized=normalized,
        entity="",
        span=span,
        boxes=Marker(some).boxes(span),
        recognizer="variant",
    )
    return replace(some, mentions=(*some.mentions, mention))


@pytest.mark.parametrize("normalized", ["gatekeeper change", "p.Leu1196Met"])
def test_what_the_tool_finds_later_is_shown_once(marked: Store, some: Extraction, normalized: str) -> None:
    save(marked, found_by_the_tool(some, "gatekeeper change", normalized))
    rows = list(
        marked.select("SELECT recognizer, review_status FROM mentions WHERE text = 'gatekeeper change' AND stale = 0")
    )
    same = normalized == "gatekeeper change"
    assert [tuple(row) for row in rows] == [("variant", "confirmed" if same else "open")]
    # Another form is another finding: what the curator added stays, and comes back when the tool's goes.
    assert [row["added"] for row in shown(marked)] == ([] if same else ["found"])
    save(marked, some)
    assert [(row["added"], row["stale"], row["review_status"]) for row in shown(marked)] == [("placed", 0, "confirmed")]


def test_what_the_tool_has_is_confirmed_and_not_added(empty: Store, some: Extraction) -> None:
    save(empty, some)
    known = next(mention for mention in some.mentions if mention.text == "G1202R")
    decision = add_mention(empty, Marker(some), known.span, "variant", known.normalized, curator="ada")
    assert list(empty.additions(some.document.id)) == []
    (row,) = empty.select("SELECT review_status FROM mentions WHERE id = ?", (decision.target_id,))
    assert row["review_status"] == "confirmed"


def test_what_the_tool_lost_is_marked_again_and_keeps_its_decisions(empty: Store, some: Extraction) -> None:
    save(empty, some)
    known = next(mention for mention in some.mentions if mention.text == "G1202R")
    marker = Marker(some)
    first = add_mention(empty, marker, known.span, "variant", known.normalized, curator="ada")
    save(empty, replace(some, mentions=tuple(one for one in some.mentions if one is not known)))
    assert [row["stale"] for row in empty.select("SELECT stale FROM mentions WHERE id = ?", (first.target_id,))] == [1]
    again = add_mention(empty, marker, known.span, "variant", known.normalized, curator="ada")
    assert (again.target_id, again.supersedes) == (first.target_id, first.id)
    assert [(row["text"], row["stale"], row["review_status"]) for row in shown(empty)] == [("G1202R", 0, "confirmed")]


def test_what_was_lost_is_marked_again(marked: Store, some: Extraction) -> None:
    other = papers.paper(
        papers.section("Resistance", "In another sentence, of other words, gatekeeper change is told of."),
        doi="10.1000/added",
    )
    moved = replace(other, document=replace(other.document, id=some.document.id))
    save(marked, moved)
    assert [row["added"] for row in shown(marked)] == ["lost"]
    mark(marked, moved, "gatekeeper change")
    assert sorted((row["added"], row["stale"]) for row in shown(marked)) == [("lost", 1), ("placed", 0)]
    save(marked, some)
    assert sorted((row["added"], row["stale"]) for row in shown(marked)) == [("lost", 1), ("placed", 0)]


def test_a_form_beside_that_of_the_tool_is_refused(empty: Store, some: Extraction) -> None:
    renamed = replace(
        some,
        mentions=tuple(replace(one, normalized="p.Xaa1Yaa") if one.text == "G1202R" else one for one in some.mentions),
    )
    save(empty, renamed)
    with pytest.raises(DecisionError, match=r"the tool has this variant as 'p\.Xaa1Yaa'; accept or correct that"):
        mark(empty, renamed, "G1202R", form="p.Gly1202Arg")
    assert list(empty.decisions()) == []


@pytest.mark.parametrize(
    ("span", "kind", "form", "why"),
    [
        (Span(start=0, end=6), "variant", "p.Gly1202Arg", "do not give"),
        (Span(start=0, end=6), "weather", "rain", "unknown kind of mention"),
        (Span(start=6, end=6), "variant", "", "no words are marked"),
        (Span(start=0, end=99999), "variant", "", "no words are marked"),
    ],
)
def test_no_value_is_taken_that_the_text_does_not_give(
    empty: Store, some: Extraction, span: Span, kind: str, form: str, why: str
) -> None:
    save(empty, some)
    with pytest.raises(DecisionError, match=why):
        add_mention(empty, Marker(some), span, kind, form, curator="ada")
    assert shown(empty) == []


def test_a_mark_in_another_reading_is_refused(empty: Store, some: Extraction) -> None:
    changed = replace(some, document=replace(some.document, text=some.document.text + " "))
    save(empty, changed)
    with pytest.raises(DecisionError, match="read again meanwhile"):
        mark(empty, some, "gatekeeper change")


def without_claims(some: Extraction) -> Extraction:
    return replace(some, claims=())


def test_a_claim_is_added_with_its_evidence(empty: Store, some: Extraction) -> None:
    save(empty, without_claims(some))
    decision = respond(empty, some)
    (row,) = empty.select("SELECT * FROM claims")
    assert (row["id"], row["gene"], row["drug"], row["review_status"]) == (
        decision.target_id,
        "ALK",
        "alectinib",
        "confirmed",
    )
    (evidence,) = empty.select("SELECT * FROM claim_evidence")
    assert (evidence["extractor"], evidence["page"]) == ("curator", 1)
    assert evidence["quote"] == "G1202R were found in 12 of 40 patients after alectinib"
    save(empty, without_claims(some))
    (row,) = empty.select("SELECT * FROM claims")
    assert (row["stale"], row["review_status"], row["added"]) == (0, "confirmed", "placed")
    undo(empty, decision, curator="ada")
    (row,) = empty.select("SELECT * FROM claims")
    assert (row["stale"], row["review_status"]) == (1, "open")


def test_a_claim_that_the_tool_finds_later_keeps_the_decision(empty: Store, some: Extraction) -> None:
    save(empty, without_claims(some))
    decision = respond(empty, some)
    evidence = Marker(some).evidence(place(some, "G1202R"))
    claim = Claim(
        id=claim_id("doi:10.1000/added", "variant_response", RESPONSE),
        kind="variant_response",
        arguments=RESPONSE,
        evidence=(replace(evidence, extractor="variant_response"),),
    )
    assert claim.id == decision.target_id
    save(empty, replace(some, claims=(claim,)))
    (row,) = empty.select("SELECT added, stale, review_status FROM claims")
    assert tuple(row) == ("", 0, "confirmed")
    (place_of,) = empty.select("SELECT extractor FROM claim_evidence")
    assert place_of["extractor"] == "variant_response"


@pytest.fixture
def raw(marked: Store, path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def test_an_addition_is_never_changed_or_deleted_by_any_program(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw.execute("UPDATE additions SET curator = 'B'")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        raw.execute("DELETE FROM additions")


def test_a_failed_addition_leaves_nothing_behind(empty: Store, some: Extraction) -> None:
    save(empty, some)
    with pytest.raises((DecisionError, StoreError)):
        mark(empty, some, "gatekeeper change", curator=" ")
    assert shown(empty) == []
    assert list(empty.decisions()) == []


def test_a_store_of_version_5_gains_additions_and_keeps_its_decisions(empty: Store, some: Extraction) -> None:
    save(empty, some)
    known = next(mention for mention in some.mentions if mention.text == "G1202R")
    add_mention(empty, Marker(some), known.span, "variant", known.normalized, curator="ada")
    empty.close()
    raw = sqlite3.connect(empty.path, isolation_level=None)
    for statement in builders.TO_VERSION_5:
        raw.execute(statement)
    raw.close()
    with Store.open(empty.path) as store:
        assert [one.verdict for one in store.decisions()] == [Verdict.CONFIRM]
        mark(store, some, "gatekeeper change")
        assert [row["review_status"] for row in shown(store)] == ["confirmed"]
