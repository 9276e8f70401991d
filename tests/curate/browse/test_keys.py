"""The review by keys alone, in a real browser."""

from __future__ import annotations

import re

import builders
import pytest
from playwright.sync_api import Page, expect
from typesetting import NAME

from curate.ids import mention_ids
from curate.records import Status
from curate.store import Store

CONFLICT, SPELLING = builders.Ids().conflict, builders.Ids().spelling
MENTIONS = mention_ids(builders.document(), builders.extraction().mentions, "doi:10.1000/xyz")


def at(page: Page, path: str) -> None:
    """Wait until the page of that path is loaded."""
    page.wait_for_url(re.compile(rf"/-/{path}(\?|$)"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def decided(store: Store) -> list[tuple[str, str, str, str]]:
    return [(item.target_id, item.verdict.value, item.value, item.reason) for item in store.decisions()]


def test_flags_are_decided_by_one_key_each(page: Page, address: str, store: Store) -> None:
    page.goto(f"{address}review")
    press(page, "Enter")
    at(page, f"flag/{CONFLICT}")
    press(page, "c")
    at(page, f"flag/{SPELLING}")
    assert decided(store) == [(CONFLICT, "confirm", "", "")]
    press(page, "u")
    at(page, f"flag/{CONFLICT}")
    press(page, "e", "5", "4", "Enter")
    at(page, f"flag/{SPELLING}")
    # In a field the keys are letters; a reason goes with the verdict that follows.
    press(page, "r", "c", "d", "Escape", "d")
    at(page, "review")
    assert decided(store) == [
        (CONFLICT, "confirm", "", ""),
        (CONFLICT, "reopen", "", ""),
        (CONFLICT, "correct", "54", ""),
        (SPELLING, "dismiss", "", "cd"),
    ]
    assert [flag.status for flag in store.flags()] == [Status.CORRECTED, Status.DISMISSED]


def test_a_correction_takes_the_reason_that_was_typed_before_it(page: Page, address: str, store: Store) -> None:
    page.goto(f"{address}flag/{CONFLICT}")
    press(page, "r")
    page.keyboard.type("as Table 1 has it")
    press(page, "Enter", "e")
    page.keyboard.type("53 %")
    press(page, "Enter")
    at(page, f"flag/{SPELLING}")
    assert decided(store) == [(CONFLICT, "correct", "53 %", "as Table 1 has it")]
    press(page, "q")
    at(page, "review")
    expect(page.locator(".lc-progress")).to_contain_text("1 of 2 decided")


def test_every_control_is_reached_by_tab_and_shows_it(page: Page, address: str) -> None:
    page.goto(f"{address}flag/{CONFLICT}")
    form = page.locator("#lc-decide")
    for shown in ("Right value", "Reason", "Confirm", "Dismiss", "Correct", "Keys"):
        control = form.get_by_label(shown).or_(form.get_by_role("button", name=shown))
        for _ in range(30):
            if control.evaluate("control => control === document.activeElement"):
                break
            press(page, "Tab")
        expect(control).to_be_focused()
        expect(control).to_have_css("outline-style", "solid")
    # A button in focus is pressed as any other.
    page.get_by_role("button", name="Confirm").focus()
    press(page, "Enter")
    at(page, f"flag/{SPELLING}")


def test_a_key_leads_to_the_next_document(page: Page, papers_address: str, papers_store: Store) -> None:
    flags = {(flag.file_name, flag.rule): flag.id for flag in papers_store.flags()}
    first, second = flags[NAME, "wild-type-mismatch"], flags["second.pdf", "wild-type-mismatch"]
    page.goto(f"{papers_address}flag/{first}")
    press(page, "n")
    at(page, f"flag/{second}")
    document = next(document.id for document in papers_store.documents() if document.file_name == NAME)
    page.goto(f"{papers_address}document/{document}")
    press(page, "s")
    page.wait_for_url("**?page=2")
    press(page, "b")
    page.wait_for_url("**?page=1")
    press(page, "q")
    page.wait_for_url(f"**/review?document={document}")


def test_words_are_searched_for_from_the_keyboard(page: Page, papers_address: str) -> None:
    page.goto(f"{papers_address}review")
    press(page, "/")
    page.keyboard.type("brigatinib")
    press(page, "Enter")
    page.wait_for_url("**words=brigatinib*")
    expect(page.locator(".lc-row")).to_have_count(1)
    press(page, "Enter")
    page.wait_for_url("**/flag/*words=brigatinib")


def test_keys_step_through_the_queue_and_list_themselves(page: Page, address: str, store: Store) -> None:
    page.goto(f"{address}flag/{CONFLICT}")
    expect(page.locator("#lc-keys")).to_be_hidden()
    press(page, "?")
    expect(page.locator("#lc-keys")).to_be_visible()
    press(page, "s")
    at(page, f"flag/{SPELLING}")
    press(page, "b")
    at(page, f"flag/{CONFLICT}")
    press(page, "q")
    at(page, "review")
    assert decided(store) == []


def test_dismissing_an_error_asks_why_and_enter_sends_it(page: Page, address: str, store: Store) -> None:
    page.goto(f"{address}flag/{CONFLICT}")
    press(page, "d")
    expect(page.get_by_label("Reason")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("Dismissing an error needs a reason.")
    press(page, "Enter")
    assert decided(store) == []
    press(page, "n", "o", "Enter")
    at(page, f"flag/{SPELLING}")
    assert decided(store) == [(CONFLICT, "dismiss", "", "no")]


@pytest.mark.parametrize(
    ("of", "first", "second"), [("claim", builders.trial_result().id, builders.response().id), ("mention", *MENTIONS)]
)
def test_claims_and_mentions_are_decided_by_the_same_keys(
    page: Page, address: str, store: Store, of: str, first: str, second: str
) -> None:
    page.goto(f"{address}{of}s")
    press(page, "Enter")
    at(page, f"{of}/{first}")
    press(page, "d")
    at(page, f"{of}/{second}")
    press(page, "u")
    at(page, f"{of}/{first}")
    press(page, "e", "9", "Enter")
    at(page, f"{of}/{second}")
    press(page, "d")
    at(page, f"{of}s")
    expect(page.locator("body")).to_contain_text(f"No {of} is open here")
    assert decided(store) == [
        (first, "dismiss", "", ""),
        (first, "reopen", "", ""),
        (first, "correct", "9", ""),
        (second, "dismiss", "", ""),
    ]


def test_a_key_held_down_decides_nothing_more(page: Page, address: str, store: Store) -> None:
    page.goto(f"{address}flag/{CONFLICT}")
    page.keyboard.down("c")
    at(page, f"flag/{SPELLING}")
    for _ in range(5):
        page.keyboard.down("c")
    page.keyboard.up("c")
    at(page, f"flag/{SPELLING}")
    assert decided(store) == [(CONFLICT, "confirm", "", "")]
