"""HGVS names of protein changes, made and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.hgvs.notation import ONE_TO_THREE, ProteinChange, changes, substitution, three_letter

RESIDUES = st.sampled_from(sorted(ONE_TO_THREE.values()))


@pytest.mark.parametrize(
    ("residue", "three"),
    [
        ("G", "Gly"),
        ("gly", "Gly"),
        ("GLY", "Gly"),
        ("glycine", "Gly"),
        ("Aspartic acid", "Asp"),
        ("glutamate", "Glu"),
        ("*", "Ter"),
        ("stop", "Ter"),
        ("X", "Xaa"),
        ("g", None),
        ("B", None),
        ("Sec", None),
        ("", None),
    ],
)
def test_residues_have_one_symbol(residue: str, three: str | None) -> None:
    assert three_letter(residue) == three


def test_no_change_is_an_equals_sign() -> None:
    assert substitution("Glu", 2624, "Glu") == "p.Glu2624="


@given(reference=RESIDUES, position=st.integers(1, 40_000), alternative=RESIDUES)
def test_a_substitution_is_read_as_it_was_written(reference: str, position: int, alternative: str) -> None:
    (change,) = changes(substitution(reference, position, alternative))
    assert (change.reference, change.position, change.alternative) == (reference, position, alternative)
    assert change.edit == "sub"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("p.Gly1202Arg", [ProteinChange(reference="Gly", position=1202, edit="sub", alternative="Arg")]),
        (
            "p.[Cys1156Tyr;Leu1198Phe]",
            [
                ProteinChange(reference="Cys", position=1156, edit="sub", alternative="Tyr"),
                ProteinChange(reference="Leu", position=1198, edit="sub", alternative="Phe"),
            ],
        ),
        ("p.Gly1202", [ProteinChange(reference="Gly", position=1202, edit="residue")]),
        (
            "p.Glu746_Ala750del",
            [ProteinChange(reference="Glu", position=746, edit="del", end_reference="Ala", end=750)],
        ),
        (
            "p.1151_1152insThr",
            [ProteinChange(reference="", position=1151, edit="ins", alternative="Thr", end=1152)],
        ),
        ("p.Ala1838ProfsTer31", [ProteinChange(reference="Ala", position=1838, edit="fs")]),
        ("p.Arg257Ter", [ProteinChange(reference="Arg", position=257, edit="sub", alternative="Ter")]),
        ("p.Gly719Xaa", [ProteinChange(reference="Gly", position=719, edit="sub", alternative="Xaa")]),
        ("c.35G>A", []),
        ("exon 19 deletion", []),
        ("rs121434568", []),
        ("p.", []),
        ("p.[Gly1202Arg;nonsense]", []),
    ],
)
def test_names_are_read(name: str, expected: list[ProteinChange]) -> None:
    assert list(changes(name)) == expected
