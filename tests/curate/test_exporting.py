import gc
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace

import builders
import pytest

from curate.export.exports import KINDS
from curate.export.formats import EXPORTERS, Record
from curate.records import Checked, Verdict
from curate.review.decisions import decide, undo
from curate.store import Store

PAPER = "a" * 64
BOX = {"page": 1, "x0": 72.0, "top": 100.25, "x1": 300.5, "bottom": 112.0}
LOWER = {"page": 2, "x0": 72.0, "top": 40.0, "x1": 300.5, "bottom": 52.0}


@pytest.fixture
def export(store: Store) -> Callable[[str], list[Record]]:
    return lambda kind: list(KINDS[kind].records(store))


def test_blocks_in_reading_order(export: Callable[[str], list[Record]]) -> None:
    assert export("blocks") == [
        {"document": PAPER, "kind": "title", "section": "", "page": 1, "text": "Brigatinib in ALTA"},
        {
            "document": PAPER,
            "kind": "paragraph",
            "section": "Results > Response",
            "page": 1,
            "text": "The objective response rate was 62% in arm B.",
        },
    ]


def test_tables_with_their_rows(export: Callable[[str], list[Record]]) -> None:
    assert export("tables") == [
        {
            "document": PAPER,
            "label": "Table 1",
            "caption": "Trials",
            "note": "ORR: objective response rate",
            "rows": [["Trial", "ORR (%)"], ["ALTA", "53"]],
        }
    ]


def test_references(export: Callable[[str], list[Record]]) -> None:
    assert export("references") == [
        {
            "document": PAPER,
            "number": 1,
            "first_author": "Kim",
            "authors": "Kim DW, et al.",
            "title": "",
            "source": "J Clin Oncol",
            "year": "2017",
            "doi": "",
            "pmid": "",
        }
    ]


def test_flags_with_their_evidence(store: Store, export: Callable[[str], list[Record]]) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="A")
    conflict, spelling = export("flags")
    assert conflict == {
        "id": builders.Ids().conflict,
        "document": PAPER,
        "rule": "claim-conflict",
        "severity": "error",
        "subject": "ALTA, ORR",
        "message": "claim-conflict: the objective response rate of ALTA is 53 in the table and 62 in the text",
        "expected": "53",
        "status": "confirmed",
        "evidence": [
            {"role": "table", "quote": "53", "page": 1, "boxes": [BOX]},
            {"role": "prose", "quote": "62%", "page": 1, "boxes": [BOX, LOWER]},
        ],
    }
    assert spelling["status"] == "open"


def test_claims_with_their_own_arguments_as_they_are(export: Callable[[str], list[Record]]) -> None:
    result, response = export("claims")
    assert {key: result[key] for key in ("kind", "trial", "value", "low", "unit")} == {
        "kind": "trial_result",
        "trial": "ALTA",
        "value": 53.0,
        "low": None,
        "unit": "%",
    }
    assert response["variants"] == ["G1202R", "L1196M"]
    assert "trial" not in response
    assert result["evidence"] == [
        {"quote": "53", "page": 1, "boxes": [BOX], "extractor": "builders", "found": {}, "citations": []},
        {"quote": "62%", "page": 1, "boxes": [BOX], "extractor": "builders", "found": {}, "citations": []},
    ]


def test_mentions_with_their_offsets_and_quantity(export: Callable[[str], list[Record]]) -> None:
    drug, number = export("mentions")
    assert (drug["start"], drug["end"], drug["entity"], drug["value"]) == (0, 10, "UNII:HYW8DB273J", None)
    assert (number["value"], number["low"], number["high"], number["boxes"]) == (53.0, 43.0, 63.5, [BOX])


def test_decisions_as_they_were_made(store: Store, export: Callable[[str], list[Record]]) -> None:
    first = decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="A", at="2024-01-01T00:00:00Z")
    decide(store, "flag", builders.Ids().conflict, Verdict.CORRECT, value="53", curator="A", reason="Table 1")
    one, two = export("decisions")
    assert one == {
        "id": first.id,
        "target_kind": "flag",
        "target_id": builders.Ids().conflict,
        "verdict": "confirm",
        "value": "",
        "reason": "",
        "curator": "A",
        "decided_at": "2024-01-01T00:00:00Z",
        "supersedes": None,
        "role": "review",
    }
    assert (two["verdict"], two["supersedes"], two["reason"]) == ("correct", first.id, "Table 1")


def test_what_no_longer_arises_is_no_finding(store: Store, export: Callable[[str], list[Record]]) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="A")
    builders.save(store, flags=Checked(flags=(), counts=()))
    assert export("flags") == []
    assert len(export("decisions")) == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_record_keeps_to_its_columns(store: Store, kind: str) -> None:
    decide(store, "flag", builders.Ids().conflict, Verdict.CONFIRM, curator="A")
    builders.add(store)
    columns = KINDS[kind].columns(store)
    records = list(KINDS[kind].records(store))
    assert records
    assert all(set(record) <= set(columns) for record in records)


@pytest.mark.parametrize("form", list(EXPORTERS))
def test_a_format_writes_each_record_before_it_takes_the_next(form: str) -> None:
    records = [{"id": str(number), "gene": "ALK"} for number in range(50)]
    taken = 0

    def counted() -> Iterator[Record]:
        nonlocal taken
        for record in records:
            taken += 1
            yield record

    written = ""
    for piece in EXPORTERS[form].write(("id", "gene"), counted()):
        written += piece
        assert written.count("ALK") >= taken - 1
    assert (taken, written.count("ALK")) == (50, 50)


def peak(store: Store, form: str, kind: str) -> int:
    """Return the most bytes that an export holds at a time."""
    source = EXPORTERS[form].sources.get(kind) or KINDS[kind]
    tracemalloc.start()
    try:
        for number, _ in enumerate(EXPORTERS[form].write(source.columns(store), source.records(store))):
            if number % 8 == 0:
                gc.collect()  # rings of objects that nothing holds any more are not what is measured
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        *(("csv", kind) for kind in ("mentions", "claims", "tables", "blocks")),
        ("jsonl", "flags"),
        ("bioc-json", "mentions"),
        ("web-annotation", "claims"),
        ("civic-sheet", "claims"),
    ],
)
def test_memory_does_not_grow_with_the_documents(empty: Store, form: str, kind: str) -> None:
    def add(numbers: range) -> None:
        for number in numbers:
            paper = builders.document(identity=f"{number:064x}", doi="")
            claims = tuple(
                replace(one, id=f"{one.id}{number}") for one in (builders.trial_result(), builders.response())
            )
            builders.save(empty, builders.extraction(paper, claims=claims))

    add(range(4))
    peak(empty, form, kind)  # what is made once, such as patterns, is not the records'
    few = peak(empty, form, kind)
    add(range(4, 40))
    assert peak(empty, form, kind) < 2 * few


def test_an_export_sees_one_state_of_the_store(store: Store) -> None:
    with Store.open(store.path, read_only=True) as reader, reader.snapshot():
        records = KINDS["flags"].records(reader)
        next(records)
        builders.save(store, flags=Checked(flags=(), counts=()))
        assert len(list(records)) == 1
    assert list(KINDS["flags"].records(store)) == []


def test_what_a_curator_added_is_a_mention_with_their_name(store: Store, export: Callable[[str], list[Record]]) -> None:
    decision = builders.add(store)
    builders.add(store, curator="grace")
    by = {
        record["text"]: (record["recognizer"], record["added_by"], record["added_at"]) for record in export("mentions")
    }
    assert by == {
        "Brigatinib": ("drugs", "", ""),
        "arm B": ("curator", "ada; grace", decision.decided_at),
        "53": ("numbers", "", ""),
    }
    assert [(record["quote"], record["curator"], record["stands"]) for record in export("additions")] == [
        ("arm B", "ada", True),
        ("arm B", "grace", True),
    ]
    assert [(record["verdict"], record["added"], record["about"]) for record in export("history")] == [
        ("confirm", True, "arm B"),
        ("confirm", True, "arm B"),
    ]


def test_what_was_taken_back_is_in_the_history_alone(store: Store, export: Callable[[str], list[Record]]) -> None:
    undo(store, builders.add(store), curator="ada")
    assert [record["text"] for record in export("mentions")] == ["Brigatinib", "53"]
    assert [(record["quote"], record["stands"]) for record in export("additions")] == [("arm B", False)]
    assert [(record["verdict"], record["arises"]) for record in export("history")] == [
        ("confirm", False),
        ("reopen", False),
    ]


def test_an_added_claim_names_who_added_it(store: Store, export: Callable[[str], list[Record]]) -> None:
    builders.add_response(store)
    (added,) = [record for record in export("claims") if record["added_by"]]
    assert (added["added_by"], added["direction"], added["review_status"]) == ("ada", "sensitivity", "confirmed")
    evidence = added["evidence"]
    assert isinstance(evidence, list)
    assert [(one["quote"], one["extractor"]) for one in evidence] == [
        ("The objective response rate was 62% in arm B", "curator")
    ]
