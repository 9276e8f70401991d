"""The order of the review: stepping from flag to flag is walking the queue."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import builders
from datasette.app import Datasette
from datasette.database import Database
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.browse import flags
from curate.browse.page_records import Filters, FlagRow
from curate.records import Checked, Place, Severity, Verdict
from curate.review.decisions import decide
from curate.store import Store

RULES = ("rule-a", "rule-b")
FLAGS = st.tuples(st.sampled_from(Severity), st.sampled_from(RULES), st.integers(0, 2), st.booleans())
FILTERS = st.builds(
    Filters,
    document=st.sampled_from(["", "0" * 64, "1" * 64, "none"]),
    rule=st.sampled_from(["", *RULES]),
    severity=st.sampled_from(["", *Severity, "none"]),
    status=st.sampled_from(["open", "", "confirmed"]),
)


def fill(path: Path, given_flags: list[tuple[Severity, str, int, bool]]) -> None:
    place = Place(role="prose", evidence=builders.evidence("62%"))
    with Store.open(path, create=True) as store:
        for number in range(3):
            paper = replace(builders.document(identity=str(number) * 64), doi=f"10.1000/{number}", title=f"T{number}")
            mine = [
                (builders.flag(paper, rule, (str(at),), severity, place), decided)
                for at, (severity, rule, owner, decided) in enumerate(given_flags)
                if owner == number
            ]
            builders.save(store, builders.extraction(paper), Checked(flags=tuple(flag for flag, _ in mine), counts=()))
            for flag, decided in mine:
                if decided:
                    decide(store, "flag", flag.id, Verdict.CONFIRM, curator="ada")


async def walked(path: Path, filters: Filters) -> tuple[list[FlagRow], list[FlagRow], list[FlagRow], dict[str, int]]:
    database = Database(Datasette(), str(path))
    database.name = path.stem + str(path.parent.name)
    listed = await flags.queue(database, filters, limit=100, offset=0)
    forward, backward = listed[:1], listed[-1:]
    while forward and (following := await flags.neighbour(database, forward[-1], filters, after=True)):
        forward.append(following)
    while backward and (before := await flags.neighbour(database, backward[-1], filters, after=False)):
        backward.append(before)
    tally = await flags.progress(database, filters)
    database.close()
    return listed, forward, backward, tally


@settings(max_examples=15)
@given(st.lists(FLAGS, max_size=8), FILTERS)
def test_stepping_forth_and_back_is_the_queue(
    given_flags: list[tuple[Severity, str, int, bool]], filters: Filters
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "curation.db"
        fill(path, given_flags)
        listed, forward, backward, tally = asyncio.run(walked(path, filters))
    assert forward == listed
    assert backward == listed[::-1]
    wanted = [
        (severity, decided)
        for severity, rule, owner, decided in given_flags
        if filters.document in ("", str(owner) * 64)
        and filters.rule in ("", rule)
        and filters.severity in ("", severity.value)
    ]
    states = {"open": [False], "confirmed": [True], "": [False, True]}[filters.status]
    ranks = [list(Severity).index(severity) for severity, decided in wanted if decided in states]
    assert [flag.severity_rank - 1 for flag in listed] == sorted(ranks)
    assert tally.get("open", 0) == sum(not decided for _, decided in wanted)
    assert tally.get("confirmed", 0) == sum(decided for _, decided in wanted)
