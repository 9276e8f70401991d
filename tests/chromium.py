"""A real browser for the tests: Debian's Chromium, driven by Playwright; one for all, with a fresh context for each.

Where there is no Chromium the tests that need one are skipped, but not in CI.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 20_000  # milliseconds until a page that does not come is a failure
_OPTIONS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
_MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "1cm")


def launch(playwright: Playwright) -> Browser | None:
    """Start Chromium, None where there is none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    return playwright.chromium.launch(executable_path=program, args=list(_OPTIONS)) if program else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chromium:
    browser: Browser
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def page(self) -> Iterator[Page]:
        """Open an empty page of a context of its own: no cookies, nothing kept, 1440 by 900 pixels."""
        # Playwright's event loop is this thread's running one only now: other tests run loops of their own.
        asyncio._set_running_loop(self.loop)
        try:
            with self.browser.new_context(viewport={"width": 1440, "height": 900}) as context:
                context.set_default_timeout(_PATIENCE)
                yield context.new_page()
        finally:
            asyncio._set_running_loop(None)

    def printed(self, address: str, pdf: Path) -> Path:
        """Print the page of that address to a file, and return its path."""
        with self.page() as page:
            page.goto(address)
            page.pdf(path=pdf, prefer_css_page_size=True, margin=_MARGIN)
        return pdf


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is not installed; .ci/run installs it")
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield Chromium(browser=browser, loop=loop)
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture
def page(chromium: Chromium) -> Iterator[Page]:
    with chromium.page() as page:
        yield page
