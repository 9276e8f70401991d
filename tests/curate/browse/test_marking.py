"""What the tool missed is marked on the page and added, in the browser and by what it posts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import builders
import pytest
from playwright.sync_api import Page, expect
from typesetting import NAME, RUN
from visiting import Visitor, text_of

from curate.browse.server import application
from curate.marking import Marker
from curate.store import Store
from extract.pipeline import extract
from extract.records import Extraction, Span

DOCUMENT = "a" * 64
MARK = f"/curation/-/document/{DOCUMENT}/mark"
ARM = builders.span("arm B")


def form(span: Span = ARM, **fields: str) -> dict[str, str]:
    quote = builders.TEXT[span.start : span.end]
    return {"start": str(span.start), "end": str(span.end), "quote": quote, **fields}


def added(store: Store) -> list[tuple[str, ...]]:
    columns = "kind, text, normalized, recognizer, review_status"
    return [tuple(row) for row in store.select(f"SELECT {columns} FROM mentions WHERE added <> '' ORDER BY ordinal")]


def save(visitor: Visitor, **fields: str) -> tuple[int, str]:
    page = visitor.get(f"{MARK}?start={ARM.start}&end={ARM.end}").text
    answer = visitor.post(MARK, {**form(), "csrftoken": visitor.token(page), **fields})
    return answer.status_code, answer.headers.get("location", answer.text)


# -- who may


@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_the_forms_token_nothing_is_added(curator: Visitor, store: Store, token: str) -> None:
    curator.get(f"{MARK}?start={ARM.start}&end={ARM.end}")
    answer = curator.post(MARK, form(mention="drug|arm B", csrftoken=token))
    assert answer.status_code == 403
    assert added(store) == []
    assert list(store.decisions()) == []


def test_who_may_not_decide_may_not_add(store: Store) -> None:
    datasette = application(store.path, curator="ada")
    datasette._metadata_local["plugins"]["litcurate"]["decide"] = False
    with Visitor(datasette) as visitor:
        seen = visitor.get(f"{MARK}?start={ARM.start}&end={ARM.end}")
        assert seen.status_code == 200
        assert "You may read this store, but not add to it." in text_of(seen.text)
        assert 'name="csrftoken"' not in seen.text
        assert "lc-mark" not in re.findall(r'id="([^"]+)"', visitor.get(f"/curation/-/document/{DOCUMENT}").text)
        answer = visitor.post(MARK, form(mention="drug|arm B", csrftoken=visitor.token(seen.text)))
        assert answer.status_code == 403
    assert added(store) == []


# -- what is shown and posted


def test_the_words_of_a_page_are_served_with_their_places(curator: Visitor) -> None:
    served = curator.get(f"/curation/-/document/{DOCUMENT}/1/words.json").json()
    (word,) = served["words"]
    assert (word[0], word[1], word[6]) == (0, 10, "Brigatinib")
    assert word[2] == pytest.approx(builders.BOX.x0 / 595.28 * 100, abs=0.01)
    assert curator.get(f"/curation/-/document/{DOCUMENT}/3/words.json").status_code == 404


def test_a_mark_is_shown_with_its_words_and_what_it_could_be(curator: Visitor) -> None:
    html = curator.get(f"{MARK}?start={ARM.start}&end={ARM.end}").text
    assert re.search(r"in </span><mark>arm B</mark><span>\.", html)
    assert "drug not known to the tool: kept as printed" in text_of(html)
    wider = builders.span("in arm B")
    assert curator.get(f"{MARK}?start={wider.start}&end={wider.end}").status_code == 200


@pytest.mark.parametrize(
    "asked",
    ["start=5&end=5", "start=99999&end=100000", "start=x&end=y", "", "page=1&box=90,90,95,95", "page=1&box=1,2"],
)
def test_a_mark_without_words_says_so(curator: Visitor, asked: str) -> None:
    answer = curator.get(f"{MARK}?{asked}")
    assert answer.status_code == 404
    assert "Nothing is marked" in text_of(answer.text)


def test_a_rectangle_gives_the_words_under_it(curator: Visitor) -> None:
    left, top = builders.BOX.x0 / 595.28 * 100, builders.BOX.top / 841.89 * 100
    html = curator.get(f"{MARK}?page=1&box={left - 1},{top - 1},{left + 60},{top + 3}").text
    assert "<mark>Brigatinib</mark>" in html
    assert "Here already: drug Brigatinib (brigatinib)" in text_of(html)


def test_words_of_several_cells_are_evidence_but_no_mention(curator: Visitor, store: Store) -> None:
    row = builders.span("ALTA\t53")
    html = curator.get(f"{MARK}?start={row.start}&end={row.end}").text
    assert "they can be the evidence of a claim, but no mention" in text_of(html)
    assert "A claim: trial result" in text_of(html)
    answer = curator.post(MARK, {**form(row), "mention": "trial|ALTA 53", "csrftoken": curator.token(html)})
    assert "A mention stands in one paragraph or cell; mark its words alone." in text_of(answer.text)
    assert added(store) == []


def test_an_added_mention_is_shown_with_who_added_it(curator: Visitor, store: Store) -> None:
    status, location = save(curator, mention="drug|arm B", reason="a label of the arm")
    assert status == 303
    assert added(store) == [("drug", "arm B", "arm B", "curator", "confirmed")]
    html = curator.get(location).text
    assert "Marked by ada" in text_of(html)
    assert "add by ada" in text_of(html)
    assert "a label of the arm" in text_of(html)


def test_an_added_mention_is_marked_as_one_in_the_text(curator: Visitor, store: Store) -> None:
    span = builders.span("Brigatinib")
    save(curator, mention="trial|Brigatinib", start=str(span.start), end=str(span.end), quote="Brigatinib")
    html = curator.get(f"/curation/-/document/{DOCUMENT}").text
    (title,) = re.findall(r'class="lc-mention lc-k-(?:drug|trial)[^"]*"[^>]*title="([^"]*)"[^>]*>Brigatinib<', html)
    assert set(title.split("; ")) == {"drug: brigatinib (UNII:HYW8DB273J)", "added by a curator, trial: Brigatinib"}


def test_taking_it_back_leaves_its_page(curator: Visitor, store: Store) -> None:
    _, location = save(curator, mention="drug|arm B")
    answer = curator.submit(location, verdict="undo")
    assert answer.status_code == 303
    seen = text_of(curator.get(location).text)
    assert "Taken back" in seen
    assert "lc-added" not in curator.get(f"/curation/-/document/{DOCUMENT}").text
    curator.submit(location, verdict="confirm")
    assert added(store)[0][4] == "confirmed"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Choose what the marked words are."),
        ({"mention": "drug|aspirin"}, "do not give"),
        ({"mention": "drug|arm B", "quote": "arm A"}, "read again meanwhile"),
        ({"mention": "drug|arm B", "end": "999999999"}, "read again meanwhile"),
        ({"claim": "trial_result", "endpoint": "ORR"}, "The claim needs its trial."),
        ({"claim": "poem"}, "nknown kind of claim"),
    ],
)
def test_what_the_text_does_not_say_is_refused(
    curator: Visitor, store: Store, fields: dict[str, str], why: str
) -> None:
    status, html = save(curator, **fields)
    assert status in (400, 404)
    assert why in text_of(html) or status == 404
    assert added(store) == []


def test_adding_it_twice_is_refused(curator: Visitor, store: Store) -> None:
    save(curator, mention="drug|arm B")
    status, html = save(curator, mention="drug|arm B")
    assert (status, len(added(store))) == (400, 1)
    assert "Ada has this mention added or accepted already." in text_of(html)


def test_a_claim_is_added_by_its_form(curator: Visitor, store: Store) -> None:
    span = builders.span("53")
    page = curator.get(f"{MARK}?start={span.start}&end={span.end}").text
    assert '<optgroup label="in the marked words"><option value="' in page
    value = f"{span.start}-{span.end}"
    fields = {"claim": "trial_result", "trial": "ALTA", "endpoint": "ORR", "value": value}
    answer = curator.post(MARK, {**form(span), **fields, "csrftoken": curator.token(page)})
    # The trial is no mention of this store: it has to be marked and added first.
    assert "The trial is none of those that the article names." in text_of(answer.text)
    trial = builders.span("ALTA", builders.TEXT.index("Trial\t"))
    curator.post(MARK, {**form(trial), "mention": "trial|ALTA", "csrftoken": curator.token(page)})
    answer = curator.post(MARK, {**form(span), **fields, "csrftoken": curator.token(page)})
    assert answer.status_code == 303
    assert "Marked by ada" in text_of(curator.get(answer.headers["location"]).text)
    (row,) = store.select("SELECT trial, endpoint, value, unit, review_status FROM claims WHERE added <> ''")
    assert tuple(row) == ("ALTA", "ORR", 53.0, "%", "confirmed")


# -- in a real browser


def reading(papers_store: Store) -> Extraction:
    (row,) = papers_store.select("SELECT id FROM documents WHERE file_name = ?", (NAME,))
    return papers_store.extraction(row["id"])


def place(some: Extraction, words: str) -> Span:
    at = some.document.text.index(words)
    return Span(start=at, end=at + len(words))


def drag(page: Page, some: Extraction, words: str) -> None:
    """Draw a rectangle around words on the picture of the first page."""
    boxes = Marker(some).boxes(place(some, words))
    sheet, picture = some.document.pages[0], page.locator(".lc-sheet img")
    picture.evaluate("image => image.decode()")
    picture.scroll_into_view_if_needed()
    frame = picture.bounding_box()
    assert frame is not None
    x, y = frame["width"] / sheet.width, frame["height"] / sheet.height
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    page.mouse.move(frame["x"] + left * x - 2, frame["y"] + top * y - 2)
    page.mouse.down()
    page.mouse.move(frame["x"] + (left + right) / 2 * x, frame["y"] + bottom * y)
    page.mouse.move(frame["x"] + right * x + 2, frame["y"] + bottom * y + 2)
    expect(page.locator(".lc-chosen").first).to_be_visible()
    page.mouse.up()


def test_words_are_marked_on_the_picture_with_the_mouse(page: Page, papers_address: str, papers_store: Store) -> None:
    some = reading(papers_store)
    page.goto(f"{papers_address}document/{some.document.id}")
    page.get_by_role("button", name="Mark what is missing").click()
    expect(page.get_by_role("status")).to_contain_text("Drag over words")
    drag(page, some, "objective response rate")
    page.wait_for_url(re.compile(r"/mark\?page=1&box="))
    expect(page.locator("mark")).to_have_text("objective response rate")
    picture = page.locator(".lc-picture img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.get_by_role("radio", name=re.compile("disease")).check()
    page.get_by_role("button", name="Add the mention").click()
    page.wait_for_url(re.compile(r"/-/mention/[0-9a-f]+"))
    assert added(papers_store) == [
        ("disease", "objective response rate", "objective response rate", "curator", "confirmed")
    ]
    (row,) = papers_store.select("SELECT boxes, page FROM mentions WHERE added <> ''")
    (box,) = Marker(some).boxes(place(some, "objective response rate"))
    (kept,) = json.loads(row["boxes"])
    assert (row["page"], kept["x0"], kept["bottom"]) == (1, box.x0, box.bottom)


def test_words_are_marked_by_keys_alone(page: Page, papers_address: str, papers_store: Store) -> None:
    some = reading(papers_store)
    words = Marker(some).words(1)
    at = next(index for index, (word, _) in enumerate(words) if word.text == "response")
    page.goto(f"{papers_address}document/{some.document.id}")
    page.keyboard.press("m")
    expect(page.get_by_role("status")).to_contain_text("Arrow keys")
    for _ in range(at + 1):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("status")).to_have_text("response rate")
    assert page.evaluate("getSelection().toString()") == "response rate"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/mark\?start="))
    for key, words in (("[", "objective response rate"), ("]", "response rate")):
        page.keyboard.press(key)
        expect(page.locator("mark")).to_have_text(words)
        page.wait_for_load_state()
    page.keyboard.press("i")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/-/mention/[0-9a-f]+"))
    assert [row[1] for row in added(papers_store)] == ["response rate"]
    page.keyboard.press("u")
    expect(page.locator(".lc-gone")).to_contain_text("Taken back")
    assert [one.verdict.value for one in papers_store.decisions()] == ["confirm", "reopen"]


def test_what_is_selected_in_the_text_is_marked(page: Page, papers_address: str, papers_store: Store) -> None:
    some = reading(papers_store)
    page.goto(f"{papers_address}document/{some.document.id}")
    page.get_by_text("in all patients").evaluate(
        """element => {
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf("all patients");
                if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + "all patients".length);
            }
        }"""
    )
    page.keyboard.press("m")
    page.wait_for_url(re.compile(r"/mark\?start="))
    expect(page.locator("mark")).to_have_text("all patients")


def test_a_claim_is_added_by_its_form_and_shown_in_the_text(
    page: Page, papers_address: str, papers_store: Store
) -> None:
    some = reading(papers_store)
    span = place(some, "Resistance to crizotinib was conferred by ALK W1202R and by ALK L1196M")
    page.goto(f"{papers_address}document/{some.document.id}/mark?start={span.start}&end={span.end}")
    page.keyboard.press("1")
    claim = page.locator("details[open]")
    expect(claim.get_by_role("checkbox", name="L1196M")).to_be_checked()
    claim.get_by_label("Direction").select_option("sensitivity")
    claim.get_by_label("Gene").select_option("ALK")
    expect(claim.get_by_label("Drug")).to_have_value("crizotinib")
    claim.get_by_role("button", name="Add the claim").click()
    page.wait_for_url(re.compile(r"/-/claim/[0-9a-f]+"))
    (row,) = papers_store.select("SELECT gene, variants, drug, direction, review_status FROM claims WHERE added <> ''")
    assert tuple(row) == ("ALK", '["L1196M", "W1202R"]', "crizotinib", "sensitivity", "confirmed")
    page.goto(f"{papers_address}document/{some.document.id}")
    expect(page.locator(".lc-box.lc-k-claim.lc-added").first).to_be_attached()
    expect(page.locator("a.lc-mention.lc-k-claim").first).to_contain_text("Resistance to")


def test_a_finger_marks_on_a_small_screen(page: Page, papers_address: str, papers_store: Store) -> None:
    some = reading(papers_store)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{papers_address}document/{some.document.id}")
    page.get_by_role("button", name="Mark what is missing").click()
    expect(page.get_by_role("status")).to_contain_text("Drag over words")
    assert page.locator(".lc-sheet").evaluate("sheet => getComputedStyle(sheet).touchAction") == "pinch-zoom"
    drag(page, some, "W1202R")
    page.wait_for_url(re.compile(r"/mark\?page=1&box="))
    expect(page.locator("mark")).to_have_text("W1202R")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_escape_ends_the_marking(page: Page, papers_address: str, papers_store: Store) -> None:
    page.goto(f"{papers_address}document/{reading(papers_store).document.id}")
    page.keyboard.press("m")
    expect(page.locator(".lc-layer")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator(".lc-layer")).to_have_count(0)
    assert page.evaluate("getSelection().toString()") == ""


def test_marked_text_is_not_run(page: Page, papers_address: str, papers_store: Store) -> None:
    some = reading(papers_store)
    span = place(some, RUN)
    address = f"{papers_address}document/{some.document.id}"
    page.goto(f"{address}/mark?start={span.start}&end={span.end}")
    expect(page.locator("mark")).to_have_text(RUN)
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/-/mention/[0-9a-f]+"))
    assert page.evaluate("window.ran") is None
    assert added(papers_store)[0][1] == RUN
    page.goto(address)
    page.keyboard.press("m")
    expect(page.locator(".lc-layer")).to_have_count(1)
    for _ in range(12):
        page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("window.ran") is None


def test_what_was_marked_stays_when_the_paper_is_read_again(
    page: Page, papers_address: str, papers_store: Store
) -> None:
    some = reading(papers_store)
    page.goto(f"{papers_address}document/{some.document.id}")
    page.get_by_role("button", name="Mark what is missing").click()
    expect(page.get_by_role("status")).to_contain_text("Drag over words")
    drag(page, some, "objective response rate")
    page.wait_for_url(re.compile(r"/mark\?page=1&box="))
    page.keyboard.press("i")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/-/mention/[0-9a-f]+"))
    (row,) = papers_store.select("SELECT path FROM documents WHERE id = ?", (some.document.id,))
    builders.save(papers_store, extract(Path(row["path"])), builders.Checked(flags=(), counts=()), path=row["path"])
    page.goto(f"{papers_address}document/{some.document.id}")
    expect(page.locator("a.lc-mention.lc-added").first).to_contain_text("objective response rate")
    expect(page.locator(".lc-box.lc-added")).to_have_count(1)


@pytest.mark.parametrize("span", ["9-3", "5-5", "0-0", "99999-100000", "999999999-3"])
def test_a_picture_of_no_words_is_not_found(curator: Visitor, span: str) -> None:
    document = MARK.removesuffix("/mark")
    answer = curator.get(f"{document}/mark/{span}/1.png")
    assert answer.status_code == 404
    assert "Nothing is marked on that page" in answer.text
