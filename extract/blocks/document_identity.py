"""Which paper it is: its title and its own DOI."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extract.blocks.reference_list import DOI
from extract.pdf.reader import Metadata, Sheet


def title_of(heading: str, metadata: Metadata) -> str:
    """Return the title that the first page sets, else the file's own; empty where there is none."""
    if heading:
        return heading
    said = metadata.title
    looks_like_file = re.search(r"\.(?:docx?|indd|dvi|tex|pdf|qxd|qxp)$|^microsoft word|^untitled", said, re.IGNORECASE)
    return "" if looks_like_file or len(said.split()) < 3 else said


def doi_of(front: Iterable[str], sheets: Sequence[Sheet], metadata: Metadata) -> str:
    """Return the paper's own DOI: what front matter and running heads print, else a link or the file.

    `front` holds the texts of the first page and of all running heads, without the reference list.
    """
    counts: Counter[str] = Counter()
    for text in front:
        counts.update(trimmed(found) for found in DOI.findall(text))
    for link in sheets[0].links if sheets else ():
        counts.update(trimmed(found) for found in DOI.findall(link.uri))
    own = metadata.doi or next(iter(DOI.findall(f"{metadata.title} {metadata.subject}")), "")
    if own and (not counts or own in counts):
        return own
    return counts.most_common(1)[0][0] if counts else own


def trimmed(doi: str) -> str:
    """Return a DOI without what a link or a sentence appends to it."""
    return re.sub(r"(?:[.,;]|/(?:full|abstract|pdf)|\.pdf|&.*|\?.*)$", "", doi)
