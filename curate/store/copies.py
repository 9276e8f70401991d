"""Which of two files of one paper is the one that is read: the better reading stays.

A second file of a paper (the same DOI and title) is a copy: a preprint's, a scan's, a download that broke. Its reading
is held against the stored one by what can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from curate.terminal_text import counted
from extract.records import Extraction

WORDS = 0.9  # a reading with a smaller share of the other's words has lost some
CLAIMS = 0.8  # the same for claims, of which a change in wording moves a few


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What can be counted of a reading: pages that were read, what could not be, words and claims."""

    pages: int
    gaps: int
    words: int
    claims: int

    def lacks(self, other: Measure) -> tuple[str, ...]:
        """Return in what this reading is worse than another, in words; empty where it is at least as good."""
        return tuple(
            said
            for worse, said in (
                (self.pages < other.pages, f"{counted(self.pages, 'page')} read, not {other.pages}"),
                (self.gaps > other.gaps, f"{counted(self.gaps, 'gap')}, not {other.gaps}"),
                (self.words < WORDS * other.words, f"{counted(self.words, 'word')}, not {other.words}"),
                (self.claims < CLAIMS * other.claims, f"{counted(self.claims, 'claim')}, not {other.claims}"),
            )
            if worse
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a reading: it took the place of the file `replaced`, or was left for `kept` because it `lacks`."""

    replaced: str = ""
    kept: str = ""
    lacks: tuple[str, ...] = ()


def measure_of(extraction: Extraction) -> Measure:
    """Return the measure of a reading."""
    document = extraction.document
    return Measure(
        pages=sum(bool(page.words) for page in document.pages),
        gaps=len(extraction.gaps),
        words=len(document.text.split()),
        claims=len(extraction.claims),
    )
