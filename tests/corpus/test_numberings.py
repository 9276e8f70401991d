"""Other numberings against the residues that papers name in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.numberings import numberings
from corpus.proteins import protein, residue
from corpus.resources import read_text, rows

PAIRS = list(rows((Path(__file__).parents[1] / "data/corpus/other_numberings.tsv").read_text("utf-8")))


@pytest.mark.parametrize(("symbol", "other", "canonical"), PAIRS)
def test_other_numbering_leads_to_the_canonical_residue(symbol: str, other: str, canonical: str) -> None:
    (numbering,) = numberings(symbol)
    position = numbering.canonical(int(other[1:]))
    assert position == int(canonical[1:])
    assert residue(symbol, position) == canonical[0] == other[0]


def test_every_numbering_ends_inside_the_sequence_and_has_a_pair_above() -> None:
    for symbol, _, last, shift, _ in rows(read_text("numberings.tsv")):
        known = protein(symbol)
        assert known is not None
        assert int(last) + int(shift) == len(known.sequence), symbol
        assert symbol in {pair[0] for pair in PAIRS}


def test_position_outside_the_range_has_no_canonical_one() -> None:
    (numbering,) = numberings("c-MET")
    assert numbering.canonical(700) is None
    assert numbering.canonical(1409) is None


def test_gene_without_another_numbering() -> None:
    assert numberings("ALK") == ()
    assert numberings("NOSUCHGENE") == ()
