"""Decisions through the browser: the refusals first."""

from __future__ import annotations

import re
from pathlib import Path

import builders
import pytest
from datasette.app import Datasette
from visiting import Visitor, text_of

from curate.browse.server import register
from curate.records import Status
from curate.store import Store

CONFLICT, SPELLING = builders.Ids().conflict, builders.Ids().spelling
PAGE = f"/curation/-/flag/{CONFLICT}"


def plain(path: Path, *, metadata: dict[str, object] | None = None, actor: str = "") -> Visitor:
    """A visitor of Datasette as anyone may start it on a store, without `litcurate browse`."""
    register()
    return Visitor(Datasette([str(path)], metadata=metadata), actor=actor)


def status(store: Store, flag_id: str = CONFLICT) -> Status:
    flag = store.flag(flag_id)
    assert flag is not None
    return flag.status


def test_nobody_decides_where_nobody_was_granted_it(store: Store) -> None:
    for actor in ("", "ada"):
        with plain(store.path, actor=actor) as visitor:
            page = visitor.get(PAGE)
            assert page.status_code == 200
            assert "may read this store, but not decide" in text_of(page.text)
            assert "lc-decide" not in page.text
            answer = visitor.submit(PAGE, verdict="confirm")
            assert answer.status_code == 403
    assert list(store.decisions()) == []
    assert status(store) is Status.OPEN


def test_a_form_that_this_server_did_not_give_is_refused(curator: Visitor, store: Store) -> None:
    token = curator.token(curator.get(PAGE).text)
    assert token
    # A request without cookies is what another site's page can send in the name of the user.
    for wrong in ("", "made up", "é"):
        assert curator.post(PAGE, {"verdict": "confirm", "csrftoken": wrong}, cookies={}).status_code == 403
    for wrong in ("", "made up"):
        assert curator.post(PAGE, {"verdict": "confirm", "csrftoken": wrong}).status_code == 403
    # A token from one browser is of no use to another.
    assert curator.post(PAGE, {"verdict": "confirm", "csrftoken": token}, cookies={}).status_code == 403
    assert list(store.decisions()) == []


def test_an_allow_block_names_who_decides(store: Store) -> None:
    metadata = {"plugins": {"litcurate": {"decide": {"id": "grace"}}}}
    with plain(store.path, metadata=metadata, actor="ada") as visitor:
        assert visitor.submit(PAGE, verdict="confirm").status_code == 403
    with plain(store.path, metadata=metadata, actor="grace") as visitor:
        assert visitor.submit(PAGE, verdict="confirm").status_code == 303
    (decision,) = store.decisions()
    assert decision.curator == "grace"


def test_who_may_not_see_the_store_sees_none_of_its_pages(store: Store) -> None:
    document = "a" * 64
    (place,) = (row["id"] for row in store._connection.execute("SELECT id FROM flag_evidence WHERE role = 'table'"))
    for rule in ({"databases": {"curation": {"allow": False}}}, {"allow": False}):
        with plain(store.path, metadata=rule) as visitor:
            for path in ("review", f"flag/{CONFLICT}", f"document/{document}", f"place/{place}/1.png"):
                assert visitor.get(f"/curation/-/{path}").status_code == 403, path
    tables = {"databases": {"curation": {"tables": {"flags": {"allow": False}}}}}
    with plain(store.path, metadata=tables) as visitor:
        assert visitor.get("/curation/-/review").status_code == 403
        assert visitor.get(PAGE).status_code == 403


def test_a_store_that_does_not_change_is_not_written(store: Store) -> None:
    register()
    metadata = {"plugins": {"litcurate": {"decide": True, "curator": "ada"}}}
    store.close()
    with Visitor(Datasette([], immutables=[str(store.path)], metadata=metadata)) as visitor:
        page = visitor.get(PAGE)
        assert page.status_code == 200
        assert "lc-decide" not in page.text
    with Store.open(store.path, read_only=True) as after:
        assert list(after.decisions()) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"verdict": "correct"}, "correction needs the right value"),
        ({"verdict": "correct", "value": "  "}, "correction needs the right value"),
        ({"verdict": "approve"}, "Choose one of"),
        ({}, "Choose one of"),
        ({"verdict": "undo"}, "nothing to undo"),
    ],
)
def test_what_is_no_decision_is_said_and_not_recorded(
    curator: Visitor, store: Store, fields: dict[str, str], said: str
) -> None:
    answer = curator.submit(PAGE, reason="why not", **fields)
    assert answer.status_code == 400
    assert said in text_of(answer.text)
    assert 'value="why not"' in answer.text, "what was typed is kept"
    assert list(store.decisions()) == []


def test_dismissing_an_error_needs_a_reason(curator: Visitor, store: Store) -> None:
    answer = curator.submit(PAGE, verdict="dismiss", reason=" ")
    assert answer.status_code == 400
    assert "Dismissing an error needs a reason." in text_of(answer.text)
    assert list(store.decisions()) == []
    assert curator.submit(f"/curation/-/flag/{SPELLING}", verdict="dismiss").status_code == 303


def test_curators_decide_independently(store: Store) -> None:
    metadata = {"plugins": {"litcurate": {"decide": {"id": ["ada", "grace"]}}}}
    with plain(store.path, metadata=metadata, actor="ada") as visitor:
        assert visitor.submit(PAGE, verdict="confirm", reason="seen by ada").status_code == 303
    with plain(store.path, metadata=metadata, actor="grace") as visitor:
        assert CONFLICT not in visitor.get("/curation/-/review").text
        assert CONFLICT in visitor.get("/curation/-/review?status=mine").text
        assert CONFLICT in visitor.get("/curation/-/review?status=any&curator=ada").text
        assert "confirmed" not in text_of(visitor.get("/curation/-/review?status=mine").text.split("<main")[1])
        page = visitor.get(f"{PAGE}?status=mine").text
        assert "<summary>1 decision of others</summary>" in page
        assert "<details" in page
        assert 'class="lc-decisions lc-others" open' not in page
        # What ada decided is not grace's to undo.
        assert visitor.submit(PAGE, verdict="undo").status_code == 400
        answer = visitor.submit(f"{PAGE}?status=mine", verdict="dismiss", reason="another arm")
        assert answer.headers["location"] == f"/curation/-/flag/{SPELLING}?status=mine&last={CONFLICT}"
        assert 'class="lc-decisions lc-others" open' in visitor.get(PAGE).text
    assert [(item.curator, item.verdict, item.supersedes) for item in store.decisions()] == [
        ("ada", "confirm", None),
        ("grace", "dismiss", None),
    ]


def test_a_flag_decided_meanwhile_is_not_decided_again(curator: Visitor, store: Store) -> None:
    page = curator.get(PAGE).text
    assert curator.submit(PAGE, verdict="confirm").status_code == 303
    late = curator.post(PAGE, {"csrftoken": curator.token(page), "seen": "", "verdict": "dismiss", "reason": "x"})
    assert late.status_code == 409
    assert "Decided meanwhile by ada" in text_of(late.text)
    assert [decision.verdict for decision in store.decisions()] == ["confirm"]


@pytest.mark.parametrize(
    ("fields", "becomes"),
    [
        ({"verdict": "confirm"}, Status.CONFIRMED),
        ({"verdict": "dismiss", "reason": "another population"}, Status.DISMISSED),
        ({"verdict": "correct", "value": "54 %"}, Status.CORRECTED),
        # A value left in the field means nothing to another verdict.
        ({"verdict": "confirm", "value": "54 %"}, Status.CONFIRMED),
    ],
)
def test_a_decision_is_appended_and_the_next_flag_comes(
    curator: Visitor, store: Store, fields: dict[str, str], becomes: Status
) -> None:
    answer = curator.submit(PAGE, **fields)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/curation/-/flag/{SPELLING}?last={CONFLICT}"
    assert status(store) is becomes
    (decision,) = store.decisions()
    assert (decision.curator, decision.target_id) == ("ada", CONFLICT)
    assert decision.reason == fields.get("reason", "")
    assert decision.value == (fields["value"] if fields["verdict"] == "correct" else "")


def test_after_the_last_flag_comes_the_queue(curator: Visitor, store: Store) -> None:
    curator.submit(PAGE, verdict="confirm")
    answer = curator.submit(f"/curation/-/flag/{SPELLING}", verdict="dismiss", reason="")
    assert answer.headers["location"] == f"/curation/-/review?last={SPELLING}"
    assert "Every flag is decided" in text_of(curator.get(answer.headers["location"]).text)
    assert status(store, SPELLING) is Status.DISMISSED


def test_the_filters_of_the_queue_are_kept(curator: Visitor) -> None:
    answer = curator.submit(f"{PAGE}?severity=error&document={'a' * 64}", verdict="confirm")
    assert answer.headers["location"] == f"/curation/-/review?document={'a' * 64}&severity=error&last={CONFLICT}"


def test_the_last_decision_is_undone_from_the_next_page(curator: Visitor, store: Store) -> None:
    onward = curator.submit(PAGE, verdict="confirm").headers["location"]
    page = curator.get(onward).text
    (form,) = re.findall(r'<form class="lc-last".*?</form>', page, re.DOTALL)
    action = re.search(r'action="([^"]+)"', form)
    assert action is not None
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    answer = curator.post(action[1], fields)
    assert answer.status_code == 303
    assert answer.headers["location"] == PAGE
    assert status(store) is Status.OPEN
    assert [decision.verdict for decision in store.decisions()] == ["confirm", "reopen"]


def test_undoing_a_second_decision_puts_back_the_first(curator: Visitor, store: Store) -> None:
    curator.submit(PAGE, verdict="dismiss", reason="another arm")
    curator.submit(PAGE, verdict="confirm")
    curator.submit(PAGE, verdict="undo")
    assert status(store) is Status.DISMISSED
    assert [decision.verdict for decision in store.decisions()] == ["dismiss", "confirm", "dismiss"]
    assert "dismiss by ada" in text_of(curator.get(PAGE).text)


@pytest.mark.parametrize("identity", [["ada"], {"name": "ada"}, 7, True, "  "])
def test_an_account_whose_name_is_no_text_decides_nothing(store: Store, identity: object) -> None:
    metadata = {"plugins": {"litcurate": {"decide": True}}}
    with plain(store.path, metadata=metadata) as visitor:
        visitor.cookies = {"ds_actor": visitor.datasette.sign({"a": {"id": identity}}, "actor")}
        assert visitor.submit(PAGE, verdict="confirm").status_code in (400, 403)
    assert list(store.decisions()) == []
