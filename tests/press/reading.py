"""What litcurate makes of a PDF, in the forms that the scorers read: the one place of the press that imports it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from curate.rules.run import check
from extract.pipeline import extract
from extract.records import Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Tables, blocks and references as the export commands print them; flags as texts that no layout changes."""

    tables: tuple[dict[str, object], ...]
    blocks: tuple[dict[str, str], ...]
    references: tuple[dict[str, object], ...]
    flags: frozenset[str]


def read(pdf: Path) -> Read:
    """Read a PDF and check it; raises what litcurate raises."""
    extraction = extract(pdf)
    return exported(extraction)


def exported(extraction: Extraction) -> Read:
    """Return what the press looks at of an extraction."""
    document = extraction.document
    return Read(
        tables=tuple(
            {
                "label": table.label,
                "caption": table.caption,
                "note": table.note,
                "rows": [[cell.text for cell in row] for row in table.rows],
            }
            for table in document.tables
        ),
        blocks=tuple(
            {"kind": str(block.kind), "text": document.text[block.span.start : block.span.end]}
            for block in document.blocks
        ),
        references=tuple(
            {"number": r.number, "first_author": r.first_author, "year": r.year, "doi": r.doi, "pmid": r.pmid}
            for r in document.references
        ),
        flags=frozenset(f"{flag.rule}: {flag.doubt.subject}" for flag in check(extraction).flags),
    )
