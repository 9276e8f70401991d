"""The citations of claims, from the store to the pages and exports."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import builders
import pytest
from click.testing import CliRunner

from curate.cli import main
from curate.export.exports import KINDS
from curate.export.formats import EXPORTERS
from curate.records import Checked, Verdict
from curate.review.decisions import decide
from curate.store import Store, codec
from curate.store.stored import StoredCitation

RESULT = builders.trial_result().id
KNOWN = StoredCitation(
    number=1,
    listed=True,
    first_author="Kim",
    title="Brigatinib against two variants",
    source="J Clin Oncol",
    year="2017",
    doi="10.1200/x",
    pmid="28475456",
)


@pytest.fixture
def cited(empty: Store) -> Store:
    """A store where the prose of one claim cites reference 1, and 7, which the list does not have."""
    builders.save(empty, builders.citing(1, 7))
    return empty


def linked(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as raw:
        return raw.execute(
            "SELECT place.quote, cited.number, refs.pmid FROM claim_citations AS cited "
            "JOIN claim_evidence AS place ON place.id = cited.claim_evidence_id "
            "LEFT JOIN refs ON refs.id = cited.ref_id ORDER BY cited.ordinal"
        ).fetchall()


def test_each_place_keeps_what_it_cites_in_order(cited: Store) -> None:
    assert cited.citations(RESULT) == ((), (KNOWN, StoredCitation(number=7, listed=False)))
    assert cited.citations(builders.response().id) == ((),)
    assert linked(cited.path) == [("62%", 1, "28475456"), ("62%", 7, None)]


def test_a_new_reading_replaces_them(cited: Store) -> None:
    builders.save(cited, builders.citing(7))
    assert linked(cited.path) == [("62%", 7, None)]


def test_a_decided_claim_that_is_gone_keeps_its_references(cited: Store) -> None:
    decide(cited, "claim", RESULT, Verdict.CONFIRM, curator="A", reason="as printed")
    before = linked(cited.path)
    some = builders.citing()
    builders.save(cited, builders.extraction(some.document), Checked(flags=(), counts=()))
    assert linked(cited.path) == before


def test_the_reading_keeps_them(cited: Store) -> None:
    result, _ = cited.extraction("a" * 64).claims
    assert [place.citations for place in result.evidence] == [(), (1, 7)]


def test_a_document_whose_reading_lacks_them_is_read_anew(cited: Store) -> None:
    assert cited.is_current("a" * 64, version="0.1.0", settings="{}")
    with sqlite3.connect(cited.path) as raw:
        raw.execute("UPDATE extractions SET format = 1")
    assert codec.FORMAT > 1
    assert not cited.is_current("a" * 64, version="0.1.0", settings="{}")


def test_a_store_of_version_3_gains_the_table_and_keeps_its_claims(cited: Store) -> None:
    cited.close()
    raw = sqlite3.connect(cited.path, isolation_level=None)
    undone = (
        *builders.TO_VERSION_5,
        "DROP TABLE claim_citations",
        "DROP INDEX mentions_queue",
        "PRAGMA user_version = 3",
    )
    for statement in undone:
        raw.execute(statement)
    raw.close()
    with Store.open(cited.path) as store:
        assert store.citations(RESULT) == ((), ())
        builders.save(store, builders.citing(1))
        assert store.citations(RESULT) == ((), (KNOWN,))


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_claims_are_exported_with_the_papers_and_each_place_with_its_numbers(cited: Store, form: str) -> None:
    result, response = KINDS["claims"].records(cited)
    assert result["citations"] == [
        {
            "number": 1,
            "first_author": "Kim",
            "title": "Brigatinib against two variants",
            "source": "J Clin Oncol",
            "year": "2017",
            "doi": "10.1200/x",
            "pmid": "28475456",
        },
        {"number": 7},
    ]
    assert [place["citations"] for place in json.loads(json.dumps(result["evidence"]))] == [[], [1, 7]]
    assert response["citations"] == []
    columns = KINDS["claims"].columns(cited)
    assert "28475456" in "".join(EXPORTERS[form].write(columns, KINDS["claims"].records(cited)))


def test_an_annotation_names_the_papers_at_the_place_that_cites_them(cited: Store) -> None:
    form = EXPORTERS["web-annotation"]
    source = form.sources["claims"]
    page = json.loads("".join(form.write(source.columns(cited), source.records(cited))))
    cell, prose = page["items"][0]["target"]
    assert "cites" not in cell
    assert prose["cites"] == [
        {
            "id": "https://doi.org/10.1200/x",
            "type": "Text",
            "number": 1,
            "dc:title": "Brigatinib against two variants",
            "dc:creator": "Kim",
            "dc:date": "2017",
            "sameAs": "https://pubmed.ncbi.nlm.nih.gov/28475456/",
        },
        {"type": "Text", "number": 7},
    ]
    assert {"cites", "sameAs", "number"} <= set(page["@context"][1])


def test_the_report_names_what_the_places_of_a_flag_cite(cited: Store, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    done = CliRunner().invoke(main, ["report", "alta.pdf", "--store", str(cited.path), "--output", str(output)])
    assert done.exit_code == 0, done.output
    html = output.read_text("utf-8")
    assert html.count("Cited there") == 2, "both flags point at the prose"
    assert '<li value="1">Kim, 2017: Brigatinib against two variants' in html
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/28475456/"' in html
    assert '<li value="7">not in the reference list' in html
