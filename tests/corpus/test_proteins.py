"""The sequences against residues that the literature on resistance mutations names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.proteins import accessions, protein, proteins, residue, symbols
from corpus.resources import rows

RESIDUES = list(rows((Path(__file__).parents[1] / "data/corpus/residues.tsv").read_text("utf-8")))


@pytest.mark.parametrize(("symbol", "position", "expected"), RESIDUES)
def test_residue_is_that_of_the_literature(symbol: str, position: str, expected: str) -> None:
    assert residue(symbol, int(position)) == expected


def test_all_of_swiss_prot_human_is_there() -> None:
    assert len(accessions()) == len(set(accessions())) == 20_420
    assert len(symbols()) == 20_210


def test_positions_outside_the_sequence_have_no_residue() -> None:
    alk = protein("ALK")
    assert alk is not None
    assert (alk.accession, len(alk.sequence)) == ("Q9UM73", 1620)
    assert residue("ALK", 1621) is None
    assert residue("ALK", 0) is None
    assert residue("ALK", -1) is None


def test_unknown_gene_has_no_protein() -> None:
    assert protein("NOSUCHGENE") is None
    assert residue("NOSUCHGENE", 1) is None


def test_gene_with_several_entries_gives_the_usual_one_first() -> None:
    assert [entry.accession for entry in proteins("CDKN2A")] == ["P42771", "Q8N726"]
    assert proteins("GNAS")[0].accession == "P63092"
    assert len(proteins("GNAS")) == 4


@given(st.sampled_from(symbols()))
def test_every_entry_is_read_whole(symbol: str) -> None:
    # A wrong offset would cut an entry or run into the next: nearly all entries start with methionine.
    for entry in proteins(symbol):
        assert entry.symbol == symbol
        assert set(entry.sequence) <= set("ACDEFGHIKLMNPQRSTUVWY")
        assert residue(symbol, 1) == proteins(symbol)[0].sequence[0]
