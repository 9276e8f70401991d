"""The review by keys alone, in a real browser."""

from __future__ import annotations

import itertools
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import builders
import pytest
import uvicorn
from chromium import PROGRAM, Chromium
from visiting import Visitor

from curate.browse.server import application, only_from_here
from curate.records import Checked, Place, Severity, Status
from curate.store import Store

CONFLICT, SPELLING = builders.Ids().conflict, builders.Ids().spelling

# On a machine without a browser these tests cannot run; where every change is tested they must.
pytestmark = pytest.mark.skipif(PROGRAM is None and not os.environ.get("CI"), reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, str]]:
    """Datasette as `litcurate browse` serves it, but in this process, with the address of its store."""
    path = tmp_path_factory.mktemp("served") / "curation.db"
    Store.open(path, create=True).close()
    with (
        Visitor(application(path, curator="ada")) as visitor,
        socket.create_server(("127.0.0.1", 0)) as listening,
    ):
        server = uvicorn.Server(uvicorn.Config(only_from_here(visitor.datasette.app()), log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield visitor, f"http://127.0.0.1:{listening.getsockname()[1]}/curation"
        server.should_exit = True
        thread.join()


@pytest.fixture
def queue(served: tuple[Visitor, str], store: Store) -> str:
    """The address of the queue."""
    visitor, address = served
    visitor.turn_to(store.path)
    return f"{address}/-/review"


def at(flag_id: str) -> str:
    return f"location.pathname.endsWith('/-/flag/{flag_id}')"


def decided(store: Store) -> list[tuple[str, str, str, str]]:
    return [(item.target_id, item.verdict.value, item.value, item.reason) for item in store.decisions()]


def test_flags_are_decided_by_one_key_each(browser: Chromium, queue: str, store: Store) -> None:
    browser.open(queue)
    browser.press("Enter")
    browser.until(at(CONFLICT))
    browser.press("c")
    browser.until(at(SPELLING))
    assert decided(store) == [(CONFLICT, "confirm", "", "")]
    browser.press("u")
    browser.until(at(CONFLICT))
    browser.press("e", "5", "4", "Enter")
    browser.until(at(SPELLING))
    # In a field the keys are letters; a reason goes with the verdict that follows.
    browser.press("r", "c", "d", "Escape", "d")
    browser.until("location.pathname.endsWith('/-/review')")
    assert decided(store) == [
        (CONFLICT, "confirm", "", ""),
        (CONFLICT, "reopen", "", ""),
        (CONFLICT, "correct", "54", ""),
        (SPELLING, "dismiss", "", "cd"),
    ]
    assert [flag.status for flag in store.flags()] == [Status.CORRECTED, Status.DISMISSED]


def test_keys_step_through_the_queue_and_list_themselves(browser: Chromium, queue: str, store: Store) -> None:
    browser.open(queue.replace("review", f"flag/{CONFLICT}"))
    assert browser.evaluate("document.getElementById('lc-keys').hidden") is True
    browser.press("?")
    assert browser.evaluate("document.getElementById('lc-keys').hidden") is False
    browser.press("s")
    browser.until(at(SPELLING))
    browser.press("b")
    browser.until(at(CONFLICT))
    browser.press("q")
    browser.until("location.pathname.endsWith('/-/review')")
    assert decided(store) == []


def test_dismissing_an_error_asks_why_and_enter_sends_it(browser: Chromium, queue: str, store: Store) -> None:
    browser.open(queue.replace("review", f"flag/{CONFLICT}"))
    browser.press("d")
    browser.until("document.activeElement.name === 'reason'")
    assert "Dismissing an error needs a reason." in str(browser.evaluate("document.body.innerText"))
    browser.press("Enter")
    assert decided(store) == []
    browser.press("n", "o", "Enter")
    browser.until(at(SPELLING))
    assert decided(store) == [(CONFLICT, "dismiss", "", "no")]


def test_claims_are_decided_by_the_same_keys(browser: Chromium, queue: str, store: Store) -> None:
    first, second = builders.trial_result().id, builders.response().id
    browser.open(queue.replace("review", "claims"))
    browser.press("Enter")
    browser.until(f"location.pathname.endsWith('/-/claim/{first}')")
    browser.press("d")
    browser.until(f"location.pathname.endsWith('/-/claim/{second}')")
    browser.press("u")
    browser.until(f"location.pathname.endsWith('/-/claim/{first}')")
    browser.press("e", "9", "Enter")
    browser.until(f"location.pathname.endsWith('/-/claim/{second}')")
    assert decided(store) == [(first, "dismiss", "", ""), (first, "reopen", "", ""), (first, "correct", "9", "")]


def test_a_key_held_down_decides_nothing_more(browser: Chromium, queue: str, store: Store) -> None:
    browser.open(queue.replace("review", f"flag/{CONFLICT}"))
    browser.press("c")
    browser.until(at(SPELLING))
    for _ in range(5):
        browser.press("c", repeat=True)
    assert browser.evaluate(at(SPELLING)) is True
    assert decided(store) == [(CONFLICT, "confirm", "", "")]


def test_text_of_a_pdf_is_not_run(browser: Chromium, queue: str, store: Store) -> None:
    nasty = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    paper = builders.document()
    evidence = replace(builders.evidence("62%"), quote=nasty, prefix=nasty, suffix=nasty)
    flag = builders.flag(paper, "unit-mismatch", ("k",), Severity.ERROR, Place(role=nasty, evidence=evidence))
    flag = replace(flag, doubt=replace(flag.doubt, subject=nasty, message=nasty, expected=nasty))
    builders.save(store, flags=Checked(flags=(flag,), counts=()))
    for page in (queue, queue.replace("review", f"flag/{flag.id}"), queue.replace("-/review", "flags")):
        browser.open(page)
        assert browser.evaluate("window.ran") is None
        assert nasty[:30] in str(browser.evaluate("document.body.innerText"))


def test_nothing_is_asked_of_another_machine(browser: Chromium, queue: str) -> None:
    browser.events.clear()
    for page in (queue, queue.replace("review", f"flag/{CONFLICT}"), queue.replace("-/review", "flags")):
        browser.open(page)
    asked = [
        str(event["params"]["request"]["url"])  # type: ignore[index]
        for event in browser.events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert len(asked) > 3
    assert {address.split("/")[2] for address in asked if not address.startswith("data:")} == {queue.split("/")[2]}


def test_pages_fit_the_screen(browser: Chromium, queue: str) -> None:
    paths = (
        "review",
        f"flag/{CONFLICT}",
        f"document/{'a' * 64}",
        f"document/{'a' * 64}?show=tables",
        "claims",
        f"claim/{builders.trial_result().id}",
        "responses",
        "results",
        "plots",
    )
    pages = [queue.replace("review", path) for path in paths]
    for width, page in itertools.product((390, 1440), pages):
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        browser.open(page)
        beyond = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, page
