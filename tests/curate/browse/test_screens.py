"""What a real browser makes of the pages: it runs nothing of a PDF, asks nobody else, and cuts nothing off."""

from __future__ import annotations

from dataclasses import replace

import builders
from playwright.sync_api import Page, expect

from curate.records import Checked, Place, Severity
from curate.store import Store

CONFLICT = builders.Ids().conflict
PATHS = (
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


def test_text_of_a_pdf_is_not_run(page: Page, address: str, store: Store) -> None:
    nasty = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    paper = builders.document()
    evidence = replace(builders.evidence("62%"), quote=nasty, prefix=nasty, suffix=nasty)
    flag = builders.flag(paper, "unit-mismatch", ("k",), Severity.ERROR, Place(role=nasty, evidence=evidence))
    flag = replace(flag, doubt=replace(flag.doubt, subject=nasty, message=nasty, expected=nasty))
    builders.save(store, flags=Checked(flags=(flag,), counts=()))
    for path in ("review", f"flag/{flag.id}", "../flags"):
        page.goto(address + path)
        assert page.evaluate("window.ran") is None
        expect(page.locator("body")).to_contain_text(nasty[:30])


def test_nothing_is_asked_of_another_machine(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("review", f"flag/{CONFLICT}", "../flags"):
        page.goto(address + path)
    assert len(asked) > 3
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {address.split("/")[2]}


def test_pages_fit_the_screen(page: Page, address: str) -> None:
    for path in PATHS:
        page.goto(address + path)
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond == 0, (path, width)
