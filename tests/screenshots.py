# ruff: noqa: T201 - a report for people
"""Take the pictures of the review's pages that the documents show.

    python tests/screenshots.py [FOLDER] [--whole]

Extracts the shipped article into a store of its own, serves it as `litcurate browse` does, and pictures each page at
1440 and at 390 pixels width into FOLDER (by default docs/images), with few colours so that they are small in bytes.
`--whole` pictures the whole height of each page, for a look at all of it.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "curate" / "browse")]

from chromium import launch  # noqa: E402
from click.testing import CliRunner  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from visiting import serving  # noqa: E402

from curate.browse.server import application  # noqa: E402
from curate.cli import main as litcurate  # noqa: E402
from curate.marking import Marker  # noqa: E402
from curate.records import Verdict  # noqa: E402
from curate.review.decisions import decide  # noqa: E402
from curate.store import Store  # noqa: E402
from extract.records import Span  # noqa: E402

WIDTHS = {"": (1440, 900), "-narrow": (390, 844)}
COLOURS = 64
ONLY_WHOLE = ("tables", "references", "search")  # to look at; the documents show no picture of them
# A flag of two places, a claim that a flag points at, a mention of a variant: what shows most of a page.
FLAG = """SELECT flag_id AS id FROM flag_evidence JOIN flags ON flags.id = flag_id WHERE status = 'open'
    GROUP BY flag_id ORDER BY count(*) >= 2 DESC, severity_rank, flags.ordinal LIMIT 1"""
CLAIM = """SELECT claim_id AS id FROM claim_evidence AS mine JOIN claims ON claims.id = claim_id
    ORDER BY EXISTS (SELECT 1 FROM flag_evidence AS other JOIN flags ON flags.id = other.flag_id
        WHERE other.span_start < mine.span_end AND mine.span_start < other.span_end
        AND flags.document_id = claims.document_id AND severity <> 'notice') DESC,
    mine.cell_id IS NULL, claims.ordinal LIMIT 1"""
MENTION = "SELECT id FROM mentions WHERE kind = 'variant' ORDER BY ordinal LIMIT 1"


# The keys that are pressed on a page before its picture is taken.
KEYS = {"marking": ("m", *["ArrowDown"] * 17, *["Shift+ArrowRight"] * 4), "mark": ("1",)}


def run(*arguments: str) -> None:
    """Run litcurate; raises `SystemExit` where it fails."""
    done = CliRunner().invoke(litcurate, arguments, catch_exceptions=False)
    if done.exit_code:
        raise SystemExit(f"litcurate {' '.join(arguments)}: {done.output}")


def pages(store: Store) -> Iterator[tuple[str, str]]:
    """Yield the name of each picture and the path of its page below `/-/`."""
    (document,) = (stored.id for stored in store.documents())
    flag, claim, mention = (next(iter(store.select(sql)))["id"] for sql in (FLAG, CLAIM, MENTION))
    (place,) = store.select("SELECT span_start, span_end FROM mentions WHERE id = ?", (mention,))
    yield "queue", "review"
    yield "flag", f"flag/{flag}"
    yield "claims", "claims"
    yield "claim", f"claim/{claim}"
    yield "mentions", "mentions"
    yield "mention", f"mention/{mention}"
    yield "document", f"document/{document}?page=2"
    yield "marking", f"document/{document}"
    marked = Marker(store.extraction(document)).around(Span(start=place["span_start"], end=place["span_end"]))
    end = store.document_text(document).index(".", place["span_end"])
    yield "mark", f"document/{document}/mark?start={place['span_start']}&end={min(end, marked.end)}"
    yield "tables", f"document/{document}?show=tables"
    yield "references", f"document/{document}?show=references"
    yield "responses", "responses"
    yield "results", "results"
    yield "plots", "plots"
    yield "search", "search?words=resistance"


def picture(browser: Browser, address: str, size: tuple[int, int], file: Path, *, whole: bool) -> None:
    """Write the picture of a page."""
    with browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme="light") as context:
        page = context.new_page()
        page.goto(address)
        for key in KEYS.get(file.stem.removesuffix("-narrow"), ()):
            page.keyboard.press(key)
            page.wait_for_load_state("networkidle")  # the words of the page are fetched after the first
        page.evaluate(
            "Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode() }))"
        )
        shown = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Extract, serve, picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "images")
    parser.add_argument("--whole", action="store_true", help="the whole height of each page")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            raise SystemExit("Chromium is not installed")
        path = Path(folder) / "curation.db"
        (pdf,) = sorted((ROOT / "corpus" / "documents").glob("*.pdf"))
        run("extract", str(pdf), "--store", str(path))
        run("report", pdf.name, "--store", str(path), "--output", f"{folder}/report.html")
        with Store.open(path) as store, serving(application(path, curator="ada")) as start:
            first = next(iter(store.select("SELECT id FROM flags WHERE severity = 'notice' LIMIT 1")))
            decide(store, "flag", first["id"], Verdict.CONFIRM, curator="ada")
            addresses = {name: f"{start}/curation/-/{path}" for name, path in pages(store)}
            addresses["report"] = (Path(folder) / "report.html").as_uri()
            for name, address in addresses.items():
                if name in ONLY_WHOLE and not given.whole:
                    continue
                for suffix, size in WIDTHS.items():
                    picture(browser, address, size, given.folder / f"{name}{suffix}.png", whole=given.whole)


if __name__ == "__main__":
    main()
