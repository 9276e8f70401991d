"""Accounts with datasette-auth-passwords under plain Datasette, by the steps and the settings of docs/accounts.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import builders
import httpx
import pytest
from click.testing import CliRunner
from conftest import ROOT
from datasette.app import Datasette
from datasette.cli import cli
from playwright.sync_api import Page, expect
from visiting import Visitor

from curate.browse.server import register
from curate.store import Store

CONFLICT, SPELLING = builders.Ids().conflict, builders.Ids().spelling
PASSWORD = "correct horse"  # noqa: S105 - of the test alone


def settings() -> str:
    """Return the settings that the document gives."""
    text = (ROOT / "docs" / "accounts.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"\n((?:    [^\n]*\n)*    +\"datasette-auth-passwords\": \{\n(?:    [^\n]*\n)+)", text)
    return str(found)


@pytest.fixture(scope="module")
def hashes() -> dict[str, str]:
    """The environment variables of the settings, with the hash that `datasette hash-password` makes."""
    made = CliRunner().invoke(cli, ["hash-password", "--no-confirm"], input=PASSWORD)
    return dict.fromkeys(re.findall(r'"\$env": "(\w+)"', settings()), made.output.strip())


@contextmanager
def datasette(store: Path, metadata: str, environment: dict[str, str]) -> Iterator[str]:
    """Run `datasette curation.db --metadata metadata.json`; give its address."""
    file = store.with_name("metadata.json")
    file.write_text(metadata, encoding="utf-8")
    command = [sys.executable, "-m", "datasette", str(store), "--metadata", str(file), "--port", "0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                    yield found[1]
                    break
            else:
                pytest.fail("datasette did not start")
        finally:
            process.terminate()


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    page.goto(f"{address}/-/login")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()


def test_anonymous_reads_and_whoever_signs_in_decides_in_their_name(
    page: Page, store: Store, as_installed: dict[str, str], hashes: dict[str, str]
) -> None:
    with datasette(store.path, settings(), {**as_installed, **hashes}) as address:
        flag = f"{address}/curation/-/flag/{CONFLICT}"
        page.goto(flag)
        expect(page.locator(".lc-page")).to_contain_text("You may read this store, but not decide its flags.")
        expect(page.locator("#lc-decide")).to_have_count(0)
        assert page.request.post(flag, form={"verdict": "confirm"}).status == 403
        assert httpx.post(flag, data={"verdict": "confirm"}).status_code == 403
        assert list(store.decisions()) == []

        sign_in(page, address, "ada", "wrong horse")
        expect(page.locator("body")).to_contain_text("Invalid username or password")
        sign_in(page, address, "ada", PASSWORD)
        page.goto(flag)
        expect(page.locator(".lc-as")).to_have_text("as ada")
        page.keyboard.press("c")
        page.wait_for_url(f"**/flag/{SPELLING}*")

        page.context.clear_cookies()
        sign_in(page, address, "grace", PASSWORD)
        page.goto(f"{flag}?status=mine")
        page.get_by_label("Reason").fill("another arm")
        page.get_by_role("button", name="Dismiss").click()
        page.wait_for_url(f"**/flag/{SPELLING}*")
    assert [(made.curator, made.verdict) for made in store.decisions()] == [("ada", "confirm"), ("grace", "dismiss")]


def test_readers_are_kept_out_where_the_settings_say_so(
    store: Store, hashes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    register()
    for name, made in hashes.items():
        monkeypatch.setenv(name, made)
    closed = {"allow": {"id": "*"}, **json.loads(settings())}
    with Visitor(Datasette([str(store.path)], metadata=closed)) as visitor:
        for path in ("/", "/curation", "/curation/-/review", f"/curation/-/flag/{CONFLICT}", "/curation/flags.json"):
            assert visitor.get(path).status_code == 403, path
        token = visitor.token(visitor.get("/-/login").text)
        signed_in = visitor.post("/-/login", {"username": "ada", "password": PASSWORD, "csrftoken": token})
        visitor.cookies.update(signed_in.cookies)
        assert visitor.get("/curation/-/review").status_code == 200
        assert visitor.submit(f"/curation/-/flag/{CONFLICT}", verdict="confirm").status_code == 303
    assert [made.curator for made in store.decisions()] == ["ada"]
