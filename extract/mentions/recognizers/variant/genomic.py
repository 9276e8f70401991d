"""Changes at a place of the genome, as variant callers write them: '7-140753336-A-T', 'chr7:55259515T>G'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.shared.found import Found

_GENOMIC = re.compile(
    r"(?<![A-Za-z0-9.-])(?:[Cc]hr(?:omosome\s)?)?(?P<chromosome>[1-9]|1\d|2[0-2]|X|Y|MT?)(?P<joint>[-:_])(?P<site>\d{5,9})"
    r"(?:(?P<between>[-:_\s])?(?P<ref>[ACGT]{1,40}))(?:>|/|→|-|:|_)(?P<alt>[ACGT]{1,40})(?![A-Za-z0-9])"
)
_ANCHOR = re.compile(r"[-:_]\d{5,9}[-:_\s]?[ACGT]")


def genomic_changes(text: str) -> Iterator[Found]:
    """Yield changes by chromosome and position, named `chr7:g.140753336A>T`; the assembly is not said."""
    if _ANCHOR.search(text) is None:
        return
    for match in _GENOMIC.finditer(text):
        name = f"chr{match['chromosome']}:g.{match['site']}{match['ref']}>{match['alt']}"
        yield Found(start=match.start(), end=match.end(), names=(name,))
