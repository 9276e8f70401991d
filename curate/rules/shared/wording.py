"""How flags speak: numbers, lists and amino acids in the words of a curator."""

from __future__ import annotations

from collections.abc import Iterable

from corpus import proteins
from extract.hgvs.notation import ONE_TO_THREE
from extract.records import Document, Evidence


def listed(items: Iterable[str], conjunction: str = "and") -> str:
    """Return 'a', 'a and b' or 'a, b and c'."""
    names = list(items)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def amino_acid(letter: str) -> str:
    """Return the three-letter name of a residue, or the letter itself where it has none."""
    return ONE_TO_THREE.get(letter, letter)


def residue_at(symbol: str, position: int) -> str:
    """Return the residue of a gene's reference protein at a position: 'Gly', 'absent' beyond its end."""
    letter = proteins.residue(symbol, position)
    return "absent" if letter is None else amino_acid(letter)


def protein_length(symbol: str) -> int:
    """Return the number of residues of a gene's reference protein, 0 where there is none."""
    protein = proteins.protein(symbol)
    return len(protein.sequence) if protein else 0


def number(value: float) -> str:
    """Return a number as a paper prints it, without a needless '.0'."""
    return f"{value:.10g}"


def amount(value: float, unit: str) -> str:
    """Return a value with its unit: '53%', '15.6 months'."""
    return number(value) + (unit if unit == "%" else f" {unit}" if unit else "")


def capitalized(text: str) -> str:
    """Return a text as it begins a sentence: 'The text on page 5'; its other letters stay as they are."""
    return text[:1].upper() + text[1:]


def place_name(document: Document, evidence: Evidence) -> str:
    """Return where a piece of evidence stands, as one says it: 'Table 1', 'the text on page 5'."""
    if evidence.cell is not None:
        label = document.tables[evidence.cell.table].label
        return label or "a table"
    if evidence.boxes:
        return f"the text on page {evidence.boxes[0].page}"
    return "the text"
