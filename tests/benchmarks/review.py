# ruff: noqa: T201 - a report for people
"""Measure the review on a large store: its pages in the browser, decisions, search, and the export of everything.

    python tests/benchmarks/review.py [--documents N] [--mentions N] [--flags N] [--store PATH] [--repeat N]

Makes a store of N documents with N mentions and N flags, spread evenly, if PATH is not there yet (by default in a
folder that is removed at the end). Prints for each page the median and the 95th percentile of its time, from request
to the last byte, in one process without a browser, and the median of its processor time, which a busy machine changes
less; for each export its rows a second and its peak memory at this
store and at one of a tenth of its size. Exits with 1 where a page's 95th percentile is over the limit.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from datasette.app import Datasette  # noqa: E402

from curate.browse.server import application  # noqa: E402
from curate.ids import flag_id, paper_of  # noqa: E402
from curate.records import Checked, Doubt, Flag, Place, Severity  # noqa: E402
from curate.store import Store  # noqa: E402
from extract.claims.trial_result import TrialResult  # noqa: E402
from extract.claims.variant_response import VariantResponse  # noqa: E402
from extract.content_id import content_id  # noqa: E402
from extract.records import (  # noqa: E402
    Block,
    BlockKind,
    Box,
    Cell,
    CellRef,
    Claim,
    Document,
    Evidence,
    Extraction,
    Mention,
    Page,
    Reference,
    Span,
    Table,
)

LIMIT = 0.3  # seconds for the 95th percentile of a page
Taken: TypeAlias = tuple[float, float]  # seconds waited, and seconds that the processors worked
KINDS = ("blocks", "tables", "references", "mentions", "claims", "flags", "decisions")
RULES = tuple(f"rule-{number}" for number in range(12))
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.NOTICE)
DRUGS = tuple(f"drug{number}" for number in range(40))
PAGES, BLOCKS_A_PAGE, CLAIMS = 10, 8, 100
WORDS = "the patients with a mutation had a response to treatment in this trial of the arm and progressed after".split()

# Runs one export as the command does, and says how many rows and at most how many bytes of memory.
EXPORT = """
import re, sys
from pathlib import Path
from curate.export.exports import KINDS
from curate.store import Store
with Store.open(Path(sys.argv[1]), read_only=True) as store:
    rows = sum(1 for _ in KINDS[sys.argv[2]].records(store))
# Not getrusage: its peak is inherited from the process that started this one.
print(rows, int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024)
"""


def paper(number: int, mentions: int, flags: int) -> tuple[Extraction, Checked]:
    """Return a document of ten pages with a table, claims and as many mentions and flags."""
    chance = random.Random(number)  # noqa: S311 - the same store each time
    text, blocks, spans = "", [], []
    each = -(-mentions // (PAGES * BLOCKS_A_PAGE))
    for page in range(1, PAGES + 1):
        for at in range(BLOCKS_A_PAGE):
            start = len(text)
            for word in range(max(80, each * 4)):
                said = chance.choice(DRUGS) if word % 4 == 0 else chance.choice(WORDS)
                if word % 4 == 0 and len(spans) < mentions:
                    box = Box(page=page, x0=72 + word % 12 * 36, top=80 + at * 80, x1=104 + word % 12 * 36, bottom=92)
                    spans.append((Span(start=len(text), end=len(text) + len(said)), said, box))
                text += said + " "
            block = Box(page=page, x0=72.0, top=80.0 + at * 80, x1=520.0, bottom=150.0 + at * 80)
            span = Span(start=start, end=len(text) - 1)
            blocks.append(Block(kind=BlockKind.PARAGRAPH, section=f"Section {page}", span=span, boxes=(block,)))
            text = text[:-1] + "\n\n"
    rows, where = [], Box(page=2, x0=72.0, top=90.0, x1=140.0, bottom=100.0)
    for row in range(20):
        cells = []
        for column in range(6):
            said = f"Trial {row}" if column == 0 else f"{chance.randint(1, 99)}"
            span = Span(start=len(text), end=len(text) + len(said))
            cells.append(Cell(row=row, column=column, text=said, boxes=(where,), span=span))
            text += said + "\t"
        rows.append(tuple(cells))
    document = Document(
        id=content_id("paper", str(number)).ljust(64, "0"),
        file_name=f"paper-{number}.pdf",
        title=f"A paper with the number {number}",
        doi=f"10.1000/{number}",
        text=text,
        pages=tuple(Page(number=page, width=595.0, height=842.0, words=()) for page in range(1, PAGES + 1)),
        blocks=tuple(blocks),
        tables=(
            Table(
                label="Table 1",
                caption="Trials",
                note="",
                rows=tuple(rows),
                header_rows=1,
                pages=(2,),
                confidence=1.0,
                boxes=(where,),
            ),
        ),
        references=tuple(_reference(at, spans[0][0]) for at in range(1, 101)),
    )
    found = tuple(
        Mention(kind="drug", text=said, normalized=said, entity="", span=span, boxes=(box,), recognizer="drug")
        for span, said, box in spans
    )
    checked = Checked(flags=tuple(_flag(document, at, chance) for at in range(flags)), counts=())
    return Extraction(document=document, mentions=found, claims=tuple(_claims(document))), checked


def _reference(number: int, span: Span) -> Reference:
    text = f"{number}. Author {number}, A title. Journal 2020."
    return Reference(
        number=number,
        first_author=f"Author {number}",
        authors="",
        title="A title",
        source="Journal",
        year="2020",
        doi="",
        pmid="",
        text=text,
        span=span,
        boxes=(),
    )


def _evidence(document: Document, at: int, cell: CellRef | None = None) -> Evidence:
    block = document.blocks[at % len(document.blocks)]
    span = Span(start=block.span.start, end=block.span.start + 60)
    quote = document.text[span.start : span.end]
    return Evidence(quote=quote, prefix="", suffix="", span=span, boxes=block.boxes, extractor="bench", cell=cell)


def _flag(document: Document, at: int, chance: random.Random) -> Flag:
    rule = chance.choice(RULES)
    cell = CellRef(table=0, row=1 + at % 19, column=1 + at % 5)
    doubt = Doubt(
        severity=chance.choice(SEVERITIES),
        subject=f"Trial {at}, {chance.choice(DRUGS)}",
        message=f"Two places of the paper give {chance.randint(1, 99)} and {chance.randint(1, 99)}.",
        key=(str(at),),
        places=(
            Place(role="table", evidence=_evidence(document, at, cell)),
            Place(role="prose", evidence=_evidence(document, at + 1)),
        ),
    )
    return Flag(id=flag_id(rule, doubt.key, paper_of(document)), rule=rule, doubt=doubt)


def _claims(document: Document) -> Iterator[Claim]:
    for at in range(CLAIMS):
        drug = DRUGS[at % len(DRUGS)]
        arguments = (
            TrialResult(trial=f"Trial {at}", endpoint="ORR", arm=drug, value=50.0, unit="%", low=40.0, high=60.0)
            if at % 2
            else VariantResponse(gene="GENE", variants=(f"A{at}B",), drug=drug, direction="resistance")
        )
        kind = "trial_result" if at % 2 else "variant_response"
        identity = content_id("claim", paper_of(document), kind, str(at))
        yield Claim(id=identity, kind=kind, arguments=arguments, evidence=(_evidence(document, at),))


def generate(path: Path, documents: int, mentions: int, flags: int) -> None:
    """Write a store through the store's own door."""
    with Store.open(path, create=True) as store:
        run = store.begin_run("extract", version="bench", settings="{}")
        for number in range(documents):
            extraction, checked = paper(number, mentions // documents, flags // documents)
            store.save(extraction, checked, run)
        store.finish_run(run, read=documents)


class Reader:
    """A curator who loads pages and sends decisions, in this process."""

    def __init__(self, datasette: Datasette, name: str) -> None:
        self._datasette = datasette
        self.base = f"/{name}/-"
        self.name = name
        self._cookies: dict[str, str] = {}

    async def get(self, path: str) -> str:
        """Return a page; raises `SystemExit` where it cannot be had."""
        response = await self._datasette.client.get(path, cookies=self._cookies)
        self._cookies.update(response.cookies)
        if response.status_code != 200:
            raise SystemExit(f"{path}: {response.status_code}")
        return str(response.text)

    async def decide(self, path: str, token: str) -> str:
        """Confirm a flag; return the page of the next one, as a browser does."""
        form = {"verdict": "confirm", "csrftoken": token}
        response = await self._datasette.client.post(path, data=form, cookies=self._cookies)
        return await self.get(response.headers["location"])


async def pages(path: Path, repeat: int) -> list[tuple[str, list[Taken]]]:
    """Return the times of each page, the first of each left out: it compiles its template."""
    reader = Reader(application(path, curator="bench"), path.stem)
    with Store.open(path) as store:
        flags = store.open_flags()
        documents = [document.id for document in store.documents()]
        claims, mentions = (
            [str(row["id"]) for row in store.select(f"SELECT id FROM {table} ORDER BY id LIMIT {repeat + 1}")]
            for table in ("claims", "mentions")
        )
    chance = random.Random(1)  # noqa: S311
    spread = [chance.choice(flags) for _ in range(repeat + 1)]
    papers = [chance.choice(documents) for _ in range(repeat + 1)]
    token = re.search(r'name="csrftoken" value="([^"]+)"', await reader.get(f"{reader.base}/flag/{spread[0]}"))
    if token is None:
        raise SystemExit("the page of a flag has no form")
    asked: list[tuple[str, Callable[[int], Awaitable[str]]]] = [
        ("queue", lambda at: reader.get(f"{reader.base}/review?page={1 + at}")),
        ("queue, one rule", lambda at: reader.get(f"{reader.base}/review?rule={RULES[at % len(RULES)]}")),
        ("queue, one document", lambda at: reader.get(f"{reader.base}/review?document={papers[at]}")),
        ("queue, not yet by me", lambda _: reader.get(f"{reader.base}/review?status=mine")),
        ("search in flags", lambda at: reader.get(f"{reader.base}/review?words={DRUGS[at % 40]}+trial")),
        ("search in text", lambda at: reader.get(f"{reader.base}/search?words={DRUGS[at % 40]}+{DRUGS[at % 7]}")),
        ("flag", lambda at: reader.get(f"{reader.base}/flag/{spread[at]}")),
        ("decision and next flag", lambda at: reader.decide(f"{reader.base}/flag/{spread[at]}", token[1])),
        ("document, a page", lambda at: reader.get(f"{reader.base}/document/{papers[at]}?page={1 + at % PAGES}")),
        ("document, tables", lambda at: reader.get(f"{reader.base}/document/{papers[at]}?show=tables")),
        ("claims", lambda at: reader.get(f"{reader.base}/claims?page={1 + at}")),
        ("claim", lambda at: reader.get(f"{reader.base}/claim/{claims[at]}")),
        ("mentions of all", lambda at: reader.get(f"{reader.base}/mentions?page={1 + at}")),
        ("mentions, rejected", lambda _: reader.get(f"{reader.base}/mentions?status=dismissed")),
        ("mentions, one kind", lambda at: reader.get(f"{reader.base}/mentions?kind={('drug', 'gene')[at % 2]}")),
        ("mentions, one document", lambda at: reader.get(f"{reader.base}/mentions?document={papers[at]}")),
        ("mention", lambda at: reader.get(f"{reader.base}/mention/{mentions[at]}")),
        ("mention decided and next", lambda at: reader.decide(f"{reader.base}/mention/{mentions[at]}", token[1])),
        ("trials", lambda _: reader.get(f"{reader.base}/results")),
        ("drugs and variants", lambda at: reader.get(f"{reader.base}/responses?document={papers[at]}")),
        ("plots", lambda _: reader.get(f"{reader.base}/plots")),
    ]
    return [(name, [await _timed(ask, at) for at in range(repeat + 1)][1:]) for name, ask in asked]


async def _timed(ask: Callable[[int], Awaitable[str]], at: int) -> Taken:
    start, worked = time.perf_counter(), time.process_time()
    await ask(at)
    return time.perf_counter() - start, time.process_time() - worked


def export(path: Path, kind: str) -> tuple[int, float, float]:
    """Return the rows of an export, its seconds and its peak memory in MB, in a process of its own."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", EXPORT, str(path), kind], capture_output=True, text=True, check=True, cwd=ROOT
    )
    rows, memory = (int(part) for part in done.stdout.split())
    return rows, time.perf_counter() - start, memory / 1e6


def main() -> int:
    """Generate, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--mentions", type=int, default=1_000_000, help="in all documents together")
    parser.add_argument("--flags", type=int, default=100_000, help="in all documents together")
    parser.add_argument("--store", type=Path, help="where the store is kept, or made")
    parser.add_argument("--repeat", type=int, default=40, help="how often each page is asked for")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "large.db"
        small = Path(folder) / "small.db"
        if not path.exists():
            start = time.perf_counter()
            generate(path, given.documents, given.mentions, given.flags)
            print(f"{given.documents} documents written in {time.perf_counter() - start:.0f} s")
        generate(small, max(1, given.documents // 10), given.mentions // 10, given.flags // 10)
        print(f"store of {path.stat().st_size / 1e6:,.0f} MB")
        slow = report_pages(asyncio.run(pages(path, given.repeat)))
        report_exports(path, small)
    return 1 if slow else 0


def report_pages(times: list[tuple[str, list[Taken]]]) -> list[str]:
    """Print a line a page; return the names of those over the limit."""
    print(f"{'page':<26}{'median ms':>10}{'95% ms':>10}{'CPU ms':>10}")
    slow = []
    for name, taken in times:
        waited = [seconds for seconds, _ in taken]
        most = statistics.quantiles(waited, n=20)[-1]
        slow += [name] if most > LIMIT else []
        shown = (statistics.median(waited), most, statistics.median(worked for _, worked in taken))
        print(f"{name:<26}{''.join(f'{seconds * 1000:>10.0f}' for seconds in shown)}{'  SLOW' if most > LIMIT else ''}")
    return slow


def report_exports(path: Path, small: Path) -> None:
    """Print a line a kind of export."""
    print(f"{'export':<26}{'rows':>10}{'rows/s':>10}{'MB':>8}{'MB at a tenth':>15}")
    for kind in KINDS:
        rows, seconds, memory = export(path, kind)
        _, _, less = export(small, kind)
        print(f"{kind:<26}{rows:>10,}{rows / seconds:>10,.0f}{memory:>8.0f}{less:>15.0f}")


if __name__ == "__main__":
    sys.exit(main())
