"""What the review pages show."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import builders
import pytest
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from visiting import Visitor, text_of

from curate.browse.pages import quietly
from curate.browse.server import application
from curate.records import Checked, Place, Severity
from curate.store import Store
from extract.records import CellRef, Evidence

CONFLICT, SPELLING = builders.Ids().conflict, builders.Ids().spelling
NASTY = "<script>alert('x')</script><img src=x onerror=alert(1)> & \"'"


def listed(html: str) -> list[str]:
    return re.findall(r'class="lc-row" href="[^"]*/-/flag/([0-9a-f]+)', html)


def test_the_queue_has_the_most_severe_flags_first(empty: Store) -> None:
    paper = builders.document()
    place = Place(role="prose", evidence=builders.evidence("62%"))
    severities = (Severity.NOTICE, Severity.ERROR, Severity.WARNING, Severity.ERROR)
    flags = tuple(
        builders.flag(paper, f"rule-{number}", (str(number),), severity, place)
        for number, severity in enumerate(severities)
    )
    builders.save(empty, flags=Checked(flags=flags, counts=()))
    with Visitor(application(empty.path, curator="ada")) as visitor:
        assert listed(visitor.get("/curation/-/review").text) == [flags[at].id for at in (1, 3, 2, 0)]


NARROWED = [
    ("", [CONFLICT, SPELLING]),
    ("?severity=notice", [SPELLING]),
    ("?rule=claim-conflict", [CONFLICT]),
    ("?rule=claim-conflict&severity=notice", []),
    (f"?document={'a' * 64}", [CONFLICT, SPELLING]),
    ("?document=other", []),
    ("?status=confirmed", []),
    ("?status=any", [CONFLICT, SPELLING]),
    ("?severity=' OR 1=1 --", []),
    ("?words=ALTA", [CONFLICT, SPELLING]),
    ("?words=claim-conf+objective", [CONFLICT]),
    ("?words=nothing", []),
    ("?words=%22", [CONFLICT, SPELLING]),
    ("?words=(+OR+NOT+*+a:b", []),
    ("?words=ALTA&rule=claim-conflict", [CONFLICT]),
    ("?curator=ada&status=any", []),
    ("?status=mine", [CONFLICT, SPELLING]),
    ("?page=2", []),
    ("?page=x", [CONFLICT, SPELLING]),
]


def test_the_queue_is_narrowed(curator: Visitor) -> None:
    for query, expected in NARROWED:
        response = curator.get(f"/curation/-/review{query}")
        assert response.status_code == 200, query
        assert listed(response.text) == expected, query


def test_the_queue_counts_what_is_decided(curator: Visitor) -> None:
    assert "0 of 2 decided" in text_of(curator.get("/curation/-/review").text)
    curator.submit(f"/curation/-/flag/{CONFLICT}", verdict="confirm")
    page = curator.get("/curation/-/review").text
    assert "1 of 2 decided" in text_of(page)
    assert listed(page) == [SPELLING]
    assert listed(curator.get("/curation/-/review?status=confirmed").text) == [CONFLICT]


def test_a_flag_that_no_longer_arises_leaves_the_queue_but_can_be_seen(curator: Visitor, store: Store) -> None:
    curator.submit(f"/curation/-/flag/{CONFLICT}", verdict="confirm")
    builders.save(store, flags=builders.without_errors(builders.checked()))
    page = curator.get(f"/curation/-/flag/{CONFLICT}")
    assert page.status_code == 200
    assert "no longer raised" in text_of(page.text)
    assert listed(curator.get("/curation/-/review?status=confirmed").text) == [CONFLICT]


def test_a_flag_shows_both_places_in_their_words(curator: Visitor) -> None:
    html = curator.get(f"/curation/-/flag/{CONFLICT}").text
    seen = text_of(html)
    assert "the objective response rate of ALTA is 53 in the table and 62 in the text" in seen
    assert "Expected 53" in seen
    assert "table page 1" in seen
    assert "prose pages 1, 2" in seen
    assert re.search(r"<span>…[^<]*rate was </span><mark>62%</mark><span> in arm B", html)
    assert "Table 1, row ALTA, column ORR (%)" in seen
    assert "error" in seen


def test_without_the_pdf_the_page_says_so_and_shows_boxes(curator: Visitor) -> None:
    html = curator.get(f"/curation/-/flag/{CONFLICT}").text
    assert "does not say where the PDF is" in text_of(html)
    assert "page 1: 72.0, 100.2 to 300.5, 112.0 pt" in text_of(html)
    assert "<img" not in html


def test_a_file_that_is_not_the_pdf_read_is_not_shown(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.7 something else")
    builders.save(store, path=str(other))
    (place,) = (row["id"] for row in store._connection.execute("SELECT id FROM flag_evidence WHERE role = 'table'"))
    with Visitor(application(store.path, curator="ada")) as visitor:
        assert "has changed since it was read" in text_of(visitor.get(f"/curation/-/flag/{CONFLICT}").text)
        assert visitor.get(f"/curation/-/place/{place}/1.png").status_code == 404
        assert visitor.get(f"/curation/-/place/{place}/2.png").status_code == 404


def test_text_of_a_pdf_is_shown_and_never_run(empty: Store) -> None:
    paper = builders.document(title=NASTY)
    table = paper.tables[0]
    row = (table.rows[1][0], replace(table.rows[1][1], text=NASTY))
    paper = replace(
        paper, file_name=NASTY, tables=(replace(table, label=NASTY, caption=NASTY, rows=(table.rows[0], row)),)
    )
    evidence: Evidence = replace(
        builders.evidence("53", cell=CellRef(table=0, row=1, column=1)), quote=NASTY, prefix=NASTY, suffix=NASTY
    )
    flag = builders.flag(paper, "unit-mismatch", ("k",), Severity.ERROR, Place(role=NASTY, evidence=evidence))
    flag = replace(flag, doubt=replace(flag.doubt, subject=NASTY, message=NASTY, expected=NASTY))
    builders.save(empty, builders.extraction(paper), Checked(flags=(flag,), counts=()))
    with Visitor(application(empty.path, curator=NASTY)) as visitor:
        visitor.submit(f"/curation/-/flag/{flag.id}", verdict="correct", value=NASTY, reason=NASTY)
        for path in (
            "/curation/-/review?status=any",
            f"/curation/-/flag/{flag.id}?last={flag.id}",
            f"/curation/-/document/{paper.id}",
            f"/curation/-/document/{paper.id}?show=flags",
            f"/curation/-/document/{paper.id}?show=tables",
            "/curation/flags",
            f"/curation/flags/{flag.id}",
            "/curation/flag_evidence",
            "/curation/documents",
            "/curation/decisions",
            "/curation/open_flags",
        ):
            response = visitor.get(path)
            assert response.status_code == 200, path
            assert "<script>alert" not in response.text, path
            assert "<img src=x" not in response.text, path
            if "open_flags" not in path:
                assert "&lt;script&gt;" in response.text, path


def test_what_is_not_there_is_not_found_and_fills_no_terminal(
    curator: Visitor, capfd: pytest.CaptureFixture[str]
) -> None:
    absent = "0123456789abcdef"
    for page in (f"flag/{absent}", f"document/{absent}", f"place/{absent}/1.png"):
        assert curator.get(f"/curation/-/{page}").status_code == 404, page
    assert curator.get("/nothing/-/review").status_code == 404
    assert "There is no such flag" in text_of(curator.get(f"/curation/-/flag/{absent}").text)
    assert capfd.readouterr() == ("", "")


def test_what_takes_too_long_says_so_and_fills_no_terminal(curator: Visitor, capfd: pytest.CaptureFixture[str]) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

    async def slow(datasette: Datasette, request: Request) -> object:
        return await datasette.databases["curation"].execute(endless)

    request = Request.fake("/curation/-/slow")
    request.scope["csrftoken"] = str
    response = asyncio.run(quietly(slow)(curator.datasette, request))
    assert isinstance(response, Response)
    assert response.status == 503
    assert "takes longer than the server gives" in text_of(response.body)
    assert capfd.readouterr() == ("", "")


def test_the_start_leads_to_the_queue(curator: Visitor) -> None:
    assert curator.get("/-/litcurate").headers["location"] == "/curation/-/review"


def test_pages_load_nothing_from_elsewhere(curator: Visitor) -> None:
    for path in ("/curation/-/review", f"/curation/-/flag/{CONFLICT}", "/curation/flags"):
        html = curator.get(path).text
        sources = re.findall(r'<(?:script|link rel="stylesheet"|img)[^>]+(?:src|href)="([^"]+)"', html)
        assert sources
        assert all(source.startswith("/") for source in sources), sources
        for source in sources:
            assert curator.get(source).status_code == 200, source


def test_pages_are_not_framed_nor_kept(curator: Visitor) -> None:
    headers = curator.get(f"/curation/-/flag/{CONFLICT}").headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert "no-store" in headers["cache-control"]
