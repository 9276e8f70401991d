"""What a real browser makes of the pages: it marks the right place, runs nothing of a PDF, and cuts nothing off."""

from __future__ import annotations

import io
from collections.abc import Callable

import builders
import pytest
from datasette.app import Datasette
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from typesetting import NAME, RUN
from visiting import serving

from curate.browse.server import application, register
from curate.store import Store

CONFLICT = builders.Ids().conflict
Colour = tuple[int, int, int]
Area = tuple[int, int, int, int]


def area(picture: Image.Image, wanted: Callable[[Colour], bool]) -> Area | None:
    """Return what encloses the pixels of a colour (left, top, right, bottom), None where there are none."""
    found = Image.new("1", picture.size)
    found.putdata([wanted(pixel) for pixel in picture.get_flattened_data()])
    return found.getbbox()


def blue(colour: Colour) -> bool:
    red, green, of_blue = colour
    return of_blue - red > 60 and of_blue - green > 60


def green(colour: Colour) -> bool:
    red, of_green, of_blue = colour
    return of_green - red > 60 and of_green - of_blue > 30


def pen(colour: Colour) -> bool:
    """Say whether a pixel is one that a marker pen has gone over, with no letter on it."""
    red, of_green, of_blue = colour
    return red > 240 and 215 < of_green < 245 and of_blue < 170


def seen(shown: Locator) -> Image.Image:
    shown.scroll_into_view_if_needed()
    shown.evaluate("image => image.decode()")
    return Image.open(io.BytesIO(shown.screenshot())).convert("RGB")


def marks(picture: Image.Image, ink: Callable[[Colour], bool], slack: int) -> None:
    """Assert that the marker pen went over all the ink of a colour and, but for its edge, over nothing more."""
    marked, inked = area(picture, pen), area(picture, ink)
    assert marked is not None
    assert inked is not None
    around = [inked[0] - marked[0], inked[1] - marked[1], marked[2] - inked[2], marked[3] - inked[3]]
    assert all(-1 <= distance <= slack for distance in around), (marked, inked)


def flag_of(store: Store, rule: str) -> str:
    return next(flag.id for flag in store.flags() if (flag.file_name, flag.rule) == (NAME, rule))


def first_of(store: Store, table: str, document: str) -> str:
    sql = f"SELECT id FROM {table} WHERE document_id = ? ORDER BY ordinal LIMIT 1"
    return next(str(row["id"]) for row in store.select(sql, (document,)))


@pytest.mark.parametrize("width", [1440, 390])
def test_both_places_are_marked_where_they_are_printed(
    page: Page, papers_address: str, papers_store: Store, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{papers_address}flag/{flag_of(papers_store, 'claim-conflict')}")
    pictures = page.locator(".lc-place img")
    expect(pictures).to_have_count(2)
    for number in range(2):
        marks(seen(pictures.nth(number)), blue, slack=8)
    boxes = [pictures.nth(number).bounding_box() or {} for number in range(2)]
    assert (boxes[0]["x"] < boxes[1]["x"]) == (width == 1440), "side by side where there is room"


def test_a_place_is_shown_larger_with_its_whole_page(page: Page, papers_address: str, papers_store: Store) -> None:
    page.goto(f"{papers_address}flag/{flag_of(papers_store, 'wild-type-mismatch')}")
    small = seen(page.locator(".lc-place img"))
    marks(small, green, slack=8)
    page.locator(".lc-picture").click()
    page.wait_for_url("**/place/**")
    whole = seen(page.locator("img"))
    marks(whole, green, slack=8)
    assert whole.height > 2 * small.height


def test_a_mention_is_marked_on_the_picture_of_its_page(page: Page, papers_address: str, papers_store: Store) -> None:
    (first,) = (document.id for document in papers_store.documents() if document.file_name == NAME)
    page.goto(f"{papers_address}document/{first}")
    sheet = seen(page.locator(".lc-sheet img"))
    inked = area(sheet, green)
    assert inked is not None
    # The box that the text links to lies over the word, and is the one that takes the click.
    page.locator(".lc-mention", has_text="W1202R").click()
    there = page.locator(".lc-box:target")
    box, corner = there.bounding_box() or {}, page.locator(".lc-sheet img").bounding_box() or {}
    left, top = box["x"] - corner["x"], box["y"] - corner["y"]
    assert left - 2 <= inked[0] < inked[2] <= left + box["width"] + 2
    assert top - 2 <= inked[1] < inked[3] <= top + box["height"] + 2
    assert inked[2] - inked[0] > 0.9 * box["width"]
    there.click()
    page.wait_for_url("**/mention/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("W1202R")


def test_no_text_of_a_pdf_file_name_or_curator_is_run(page: Page, papers_store: Store) -> None:
    (first,) = (document.id for document in papers_store.documents() if document.file_name == NAME)
    flag = flag_of(papers_store, "claim-conflict")
    claim, mention = first_of(papers_store, "claims", first), first_of(papers_store, "mentions", first)
    with serving(application(papers_store.path, curator=RUN)) as start:
        for path in (f"flag/{flag}", f"claim/{claim}", f"mention/{mention}"):
            page.goto(f"{start}/curation/-/{path}")
            page.get_by_label("Right value").fill(RUN)
            page.get_by_label("Reason").fill(RUN)
            page.get_by_role("button", name="Correct").click()
            page.wait_for_url("**last=*")
            assert page.evaluate("window.ran") is None
        assert [(made.value, made.reason, made.curator) for made in papers_store.decisions()] == [(RUN, RUN, RUN)] * 3
        reviewed = (
            "review?status=any",
            f"flag/{flag}",
            f"claim/{claim}",
            f"mention/{mention}",
            "claims?status=any",
            "mentions?status=any",
            f"document/{first}",
            f"document/{first}?page=2",
            *(f"document/{first}?show={part}" for part in ("tables", "references", "flags")),
            "responses",
            "results",
            "plots",
            "search?words=script",
            "../documents",
            "../decisions",
            "../blocks",
        )
        for path in reviewed:
            response = page.goto(f"{start}/curation/-/{path}")
            assert response is not None
            assert response.status == 200, path
            assert page.evaluate("window.ran") is None, path
            if path not in ("mentions?status=any", "responses", "results", "plots"):
                expect(page.locator("body"), path).to_contain_text(RUN)


def test_who_may_not_decide_is_given_no_form_and_no_key(page: Page, store: Store) -> None:
    register()
    with serving(Datasette([str(store.path)])) as start:
        page.goto(f"{start}/curation/-/flag/{CONFLICT}")
        expect(page.locator("main, .lc-page").first).to_contain_text(
            "You may read this store, but not decide its flags"
        )
        expect(page.locator("form.lc-decide")).to_have_count(0)
        for key in "cdeu":
            page.keyboard.press(key)
        answer = page.request.post(page.url, form={"verdict": "confirm"})
        assert answer.status == 403
        page.keyboard.press("s")
        page.wait_for_url(f"**/{builders.Ids().spelling}")
    assert list(store.decisions()) == []


def test_nothing_is_asked_of_another_machine(page: Page, papers_address: str, papers_store: Store) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("review", f"flag/{flag_of(papers_store, 'claim-conflict')}", "plots", "../flags"):
        page.goto(papers_address + path)
    assert len(asked) > 10
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {papers_address.split("/")[2]}


def test_pages_fit_the_screen(page: Page, papers_address: str, papers_store: Store) -> None:
    first = next(papers_store.documents()).id
    claim, mention = first_of(papers_store, "claims", first), first_of(papers_store, "mentions", first)
    paths = (
        "review",
        f"flag/{flag_of(papers_store, 'claim-conflict')}",
        *(f"document/{first}{part}" for part in ("", "?show=tables", "?show=references", "?show=flags")),
        "claims",
        f"claim/{claim}",
        "mentions",
        f"mention/{mention}",
        "responses",
        "results",
        "plots",
        "search?words=the",
    )
    for path in paths:
        page.goto(papers_address + path)
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond == 0, (path, width)


def test_no_letter_of_a_plot_is_cut_off(page: Page, papers_address: str) -> None:
    page.goto(f"{papers_address}plots")
    for width, shown in ((1440, ".lc-wide"), (390, ".lc-small")):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(f"{shown} .lc-plot")).to_have_count(1)
        expect(page.locator(f"{shown} .lc-plot")).to_be_visible()
        beyond = page.locator(f"{shown} text").evaluate_all(
            "texts => texts.filter(text => { const box = text.getBBox(), room = text.ownerSVGElement.viewBox.baseVal;"
            "return box.x < 0 || box.y < 0 || box.x + box.width > room.width || box.y + box.height > room.height })"
            ".map(text => text.textContent)"
        )
        assert beyond == []


def test_what_is_touched_is_wide_enough_for_a_finger(page: Page, papers_address: str, papers_store: Store) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("review", f"flag/{flag_of(papers_store, 'claim-conflict')}", "mentions"):
        page.goto(papers_address + path)
        touched = page.locator(".lc-tabs a, .lc-bar a, .lc-jump a, .lc-filters a, .lc-buttons button, a.lc-row")
        for box in (one.bounding_box() or {} for one in touched.all() if one.is_visible()):
            assert box["height"] >= 30, path
            assert box["width"] >= 40, path
