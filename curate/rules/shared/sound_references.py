"""Whether a paper's reference list and its citations were read soundly."""

from __future__ import annotations

from extract.citations.in_text import Citing
from extract.records import Document

LEAST_REFERENCES = 5
LEAST_CITED = 0.9  # of the references: below it, citations are written in a way that was not read


def is_sound(document: Document, cited: tuple[Citing, ...]) -> bool:
    """Say whether list and citations were read so well that what is missing from either can be told.

    The list must be numbered without holes, all of it but one entry or a tenth must be cited, and no table may be a
    picture.
    """
    numbers = [reference.number for reference in document.references]
    if len(numbers) < LEAST_REFERENCES or numbers != list(range(1, len(numbers) + 1)):
        return False
    if any(table.image for table in document.tables):
        return False
    named = {number for citing in cited for number in citing.numbers}
    return len(set(numbers) - named) <= max(1.0, (1 - LEAST_CITED) * len(numbers))
