"""Claims and mentions through the browser: the refusals first."""

from __future__ import annotations

import re

import builders
import pytest
from datasette.app import Datasette
from visiting import Visitor, text_of

from curate.browse.server import register
from curate.ids import mention_ids
from curate.records import Role, Verdict
from curate.review.decisions import decide
from curate.store import Store

RESULT, RESPONSE = builders.trial_result().id, builders.response().id
DRUG, NUMBER = mention_ids(builders.document(), builders.extraction().mentions, "doi:10.1000/xyz")
CLAIM, MENTION = f"/curation/-/claim/{RESULT}", f"/curation/-/mention/{DRUG}"


def status(store: Store, table: str, identity: str) -> str:
    (row,) = store.select(f"SELECT review_status FROM {table} WHERE id = ?", (identity,))
    return str(row["review_status"])


def listed(html: str) -> list[str]:
    return re.findall(r'class="lc-row" href="[^"]*/-/(?:claim|mention)/([0-9a-f]+)', html)


@pytest.mark.parametrize("page", [CLAIM, MENTION])
def test_nobody_decides_where_nobody_was_granted_it(store: Store, page: str) -> None:
    register()
    with Visitor(Datasette([str(store.path)]), actor="ada") as visitor:
        shown = visitor.get(page)
        assert shown.status_code == 200
        assert "may read this store, but not decide" in text_of(shown.text)
        assert visitor.submit(page, verdict="confirm", reason="x").status_code == 403
    assert list(store.decisions()) == []


@pytest.mark.parametrize("page", [CLAIM, MENTION])
def test_a_form_that_this_server_did_not_give_is_refused(curator: Visitor, store: Store, page: str) -> None:
    for wrong in ("", "made up"):
        fields = {"verdict": "dismiss", "csrftoken": wrong}
        assert curator.post(page, fields, cookies={}).status_code == 403
        assert curator.post(page, fields).status_code == 403
    assert list(store.decisions()) == []


@pytest.mark.parametrize("hidden", ["claims", "claim_evidence", "claim_citations", "refs", "mentions"])
def test_who_may_not_see_a_table_sees_no_page_or_picture_of_it(store: Store, hidden: str) -> None:
    register()
    rules = {"databases": {"curation": {"tables": {hidden: {"allow": False}}}}}
    (place,) = store.select("SELECT id FROM claim_evidence WHERE claim_id = ? AND ordinal = 0", (RESULT,))
    paths = {
        "claims": ["claims", f"claim/{RESULT}", f"place/claim/{place['id']}/1.png", "responses", "results", "plots"],
        "claim_evidence": [f"claim/{RESULT}", f"place/claim/{place['id']}/1.png"],
        "claim_citations": ["claims", f"claim/{RESULT}"],
        "refs": ["claims", f"claim/{RESULT}"],
        "mentions": ["mentions", f"mention/{DRUG}", f"place/mention/{DRUG}/1.png", f"document/{'a' * 64}"],
    }[hidden]
    with Visitor(Datasette([str(store.path)], metadata=rules)) as visitor:
        for path in paths:
            assert visitor.get(f"/curation/-/{path}").status_code == 403, path


def test_accepting_a_claim_that_is_flagged_needs_a_reason(curator: Visitor, store: Store) -> None:
    answer = curator.submit(CLAIM, verdict="confirm")
    assert answer.status_code == 400
    assert "A flag points at this claim, so confirming it needs a reason." in text_of(answer.text)
    assert list(store.decisions()) == []
    assert curator.submit(CLAIM, verdict="confirm", reason="as Table 1 has it").status_code == 303
    assert status(store, "claims", RESULT) == "confirmed"


def test_a_claim_whose_flags_are_dismissed_needs_none(curator: Visitor, store: Store) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.DISMISS, curator="grace", reason="x")
    assert curator.submit(CLAIM, verdict="confirm").status_code == 303


@pytest.mark.parametrize(
    ("page", "table", "fields", "becomes"),
    [
        (CLAIM, "claims", {"verdict": "dismiss"}, "dismissed"),
        (CLAIM, "claims", {"verdict": "correct", "value": "54 %"}, "corrected"),
        (MENTION, "mentions", {"verdict": "confirm"}, "confirmed"),
        (MENTION, "mentions", {"verdict": "dismiss"}, "dismissed"),
        (MENTION, "mentions", {"verdict": "correct", "value": "brigatinib"}, "corrected"),
    ],
)
def test_a_decision_is_appended_and_the_next_comes(
    curator: Visitor, store: Store, page: str, table: str, fields: dict[str, str], becomes: str
) -> None:
    first, second = (RESULT, RESPONSE) if table == "claims" else (DRUG, NUMBER)
    answer = curator.submit(page, **fields)
    assert answer.status_code == 303
    assert answer.headers["location"] == page.replace(first, f"{second}?last={first}")
    assert status(store, table, first) == becomes
    (decision,) = store.decisions()
    assert (decision.target_id, decision.curator, decision.value) == (first, "ada", fields.get("value", ""))
    onward = curator.get(answer.headers["location"]).text
    assert "Undo" in text_of(onward)
    undone = curator.submit(page, verdict="undo")
    assert undone.headers["location"] == page
    assert status(store, table, first) == "open"


def test_claims_are_listed_by_kind_and_status(curator: Visitor) -> None:
    assert listed(curator.get("/curation/-/claims").text) == [RESULT, RESPONSE]
    assert listed(curator.get("/curation/-/claims?kind=variant_response").text) == [RESPONSE]
    assert listed(curator.get("/curation/-/claims?kind=' OR 1").text) == []
    curator.submit(CLAIM, verdict="dismiss")
    assert listed(curator.get("/curation/-/claims").text) == [RESPONSE]
    assert listed(curator.get("/curation/-/claims?status=dismissed").text) == [RESULT]
    assert listed(curator.get("/curation/-/claims?status=any").text) == [RESULT, RESPONSE]
    assert listed(curator.get(f"/curation/-/mentions?document={'a' * 64}").text) == [DRUG, NUMBER]
    assert listed(curator.get(f"/curation/-/mentions?document={'a' * 64}&kind=drug").text) == [DRUG]


def counted(html: str) -> dict[str, str]:
    """Return what stands beside the queue with its count."""
    found: list[tuple[str, str]] = re.findall(r'>([^<>]+)<span class="lc-count">([^<]*)</span>', html)
    return dict(found)


@pytest.mark.parametrize(("of", "page", "kind"), [("claims", CLAIM, "trial result"), ("mentions", MENTION, "drug")])
def test_the_queue_counts_what_is_decided(curator: Visitor, of: str, page: str, kind: str) -> None:
    curator.submit(page, verdict="dismiss")
    for query in ("", f"?document={'a' * 64}"):
        html = curator.get(f"/curation/-/{of}{query}").text
        assert "1 of 2 decided" in text_of(html)
        assert (counted(html)["open"], counted(html)["rejected"], counted(html)["all"]) == ("1", "1", "2")
        # Each count says what choosing it would show under what else is chosen.
        assert counted(html)[kind] == "0"
    assert "0 of 0 decided" in text_of(curator.get(f"/curation/-/{of}?document=other").text)
    html = curator.get(f"/curation/-/{of}?kind={kind.replace(' ', '_')}&status=any").text
    assert "1 of 1 decided" in text_of(html)
    assert (counted(html)["open"], counted(html)[kind]) == ("0", "1")


def test_the_queue_shows_the_words_of_the_article(curator: Visitor) -> None:
    claims, mentions = (curator.get(f"/curation/-/{of}").text for of in ("claims", "mentions"))
    assert re.search(r'class="lc-quote">…[^<]*<mark>53</mark>', claims)
    assert re.search(r'class="lc-quote">…[^<]*rate was <mark>62%</mark> in arm B', claims)
    assert re.search(r'class="lc-quote"><mark>Brigatinib</mark> in ALTA', mentions)


def test_after_the_last_comes_the_queue(curator: Visitor) -> None:
    curator.submit(CLAIM, verdict="dismiss")
    answer = curator.submit(f"/curation/-/claim/{RESPONSE}", verdict="dismiss")
    assert answer.headers["location"] == f"/curation/-/claims?last={RESPONSE}"
    assert "No claim is open here" in text_of(curator.get(answer.headers["location"]).text)


def test_a_decision_says_in_which_role_it_was_made(curator: Visitor, store: Store) -> None:
    decide(store, "claim", RESULT, Verdict.DISMISS, curator="grace", role=Role.ADJUDICATION)
    curator.submit(CLAIM, verdict="confirm", reason="as Table 1 has it")
    seen = text_of(curator.get(CLAIM).text)
    assert "dismiss by grace adjudication" in seen
    assert "confirm by ada review" in seen
    assert status(store, "claims", RESULT) == "dismissed"


def test_a_claim_shows_its_arguments_flags_and_evidence(curator: Visitor) -> None:
    html = curator.get(CLAIM).text
    seen = text_of(html)
    assert "trial ALTA" in re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))
    assert "Table 1, row ALTA, column ORR (%)" in seen
    assert "claim-conflict: the objective response rate" in seen
    assert re.search(r"<blockquote><span>…[^<]*</span><mark>53</mark>", html)


def test_a_claim_shows_the_papers_that_its_places_cite(curator: Visitor, store: Store) -> None:
    builders.save(store, builders.citing(1, 7))
    html = curator.get(CLAIM).text
    seen = text_of(html)
    assert "cites 1 Kim, 2017: Brigatinib against two variants doi 10.1200/x PMID 28475456" in seen
    assert "cites 7, which the reference list does not have" in seen
    assert 'href="https://doi.org/10.1200/x"' in html
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/28475456/"' in html
    (row,) = store.select("SELECT id FROM claim_citations WHERE number = 1")
    table = curator.get("/curation/claim_citations?_labels=on").text
    assert row["id"] in table
    assert "1. Kim 2017" in table


def test_a_mention_shows_its_words_in_their_text(curator: Visitor) -> None:
    html = curator.get(MENTION).text
    assert re.search(r"<blockquote><mark>Brigatinib</mark><span> in ALTA", html)
    assert "UNII:HYW8DB273J" in html
    number = curator.get(f"/curation/-/mention/{NUMBER}").text
    assert re.search(r"<blockquote><span>…[^<]*ALTA\t</span><mark>53</mark></blockquote>", number)


def test_what_is_not_there_is_not_found(curator: Visitor) -> None:
    for path in ("claim/0123", "mention/0123", "place/claim/0123/1.png", "place/mention/0123/1.png"):
        assert curator.get(f"/curation/-/{path}").status_code == 404, path
