"""The review by keys alone, in a real browser."""

from __future__ import annotations

import re

import builders
from playwright.sync_api import Page, expect

from curate.records import Status
from curate.store import Store

CONFLICT, SPELLING = builders.Ids().conflict, builders.Ids().spelling


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


def test_claims_are_decided_by_the_same_keys(page: Page, address: str, store: Store) -> None:
    first, second = builders.trial_result().id, builders.response().id
    page.goto(f"{address}claims")
    press(page, "Enter")
    at(page, f"claim/{first}")
    press(page, "d")
    at(page, f"claim/{second}")
    press(page, "u")
    at(page, f"claim/{first}")
    press(page, "e", "9", "Enter")
    at(page, f"claim/{second}")
    assert decided(store) == [(first, "dismiss", "", ""), (first, "reopen", "", ""), (first, "correct", "9", "")]


def test_a_key_held_down_decides_nothing_more(page: Page, address: str, store: Store) -> None:
    page.goto(f"{address}flag/{CONFLICT}")
    page.keyboard.down("c")
    at(page, f"flag/{SPELLING}")
    for _ in range(5):
        page.keyboard.down("c")
    page.keyboard.up("c")
    at(page, f"flag/{SPELLING}")
    assert decided(store) == [(CONFLICT, "confirm", "", "")]
