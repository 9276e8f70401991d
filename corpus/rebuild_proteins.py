"""Write `proteins.zip`: sequences in blocks of a zip archive, so that one is read without the others."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

# Blocks of about this many residues: a look-up decompresses one (some milliseconds), and homologues, which
# sort next to each other by symbol, still compress against one another.
BLOCK_RESIDUES = 1 << 16

_HEADER = re.compile(r">sp\|(?P<accession>\w+)\|\S+ .*?(?: GN=(?P<symbol>.+?))?(?: PE=\d.*)?$")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def read_fasta(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield gene symbol (empty where the entry has none), accession and sequence of each Swiss-Prot entry.

    Raises `ValueError` for a header that is not in the UniProtKB FASTA form.
    """
    for record in re.split(r"^(?=>)", text, flags=re.MULTILINE):
        if not record.strip():
            continue
        header, _, body = record.partition("\n")
        match = _HEADER.match(header.rstrip())
        if match is None:
            raise ValueError(f"not a Swiss-Prot FASTA header: {header[:80]!r}")
        yield match["symbol"] or "", match["accession"], re.sub(r"\s", "", body)


def write_proteins(data: bytes, target: Path) -> None:
    """Write `proteins.zip` from a Swiss-Prot FASTA file.

    The archive holds `index.tsv` (symbol, accession, block, start, length) and the blocks `0000`, `0001`, ...
    """
    entries = sorted(read_fasta(data.decode("utf-8")))
    index: list[str] = []
    blocks: list[list[str]] = [[]]
    start = 0
    for symbol, accession, sequence in entries:
        if start >= BLOCK_RESIDUES:
            blocks.append([])
            start = 0
        index.append(f"{symbol}\t{accession}\t{len(blocks) - 1}\t{start}\t{len(sequence)}\n")
        blocks[-1].append(sequence)
        start += len(sequence)
    with zipfile.ZipFile(target / "proteins.zip", "w", compression=zipfile.ZIP_DEFLATED) as archive:
        # The fixed date keeps the bytes the same from run to run.
        archive.writestr(_member("index.tsv"), "".join(index))
        for number, block in enumerate(blocks):
            archive.writestr(_member(f"{number:04}"), "".join(block))


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=_EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
