"""Write `genes.tsv.xz`: the approved genes of HGNC that an article on cancer may name."""

from __future__ import annotations

import csv
import lzma
from pathlib import Path

# Loci without a product that articles discuss: they only add symbols for other things to be mistaken for.
LEFT_OUT = frozenset(
    {
        "RNA, Y",
        "RNA, cluster",
        "RNA, misc",
        "RNA, ribosomal",
        "RNA, small nuclear",
        "RNA, small nucleolar",
        "RNA, transfer",
        "RNA, vault",
        "T cell receptor pseudogene",
        "endogenous retrovirus",
        "fragile site",
        "immunoglobulin pseudogene",
        "pseudogene",
        "readthrough",
        "region",
        "unknown",
        "virus integration site",
    }
)


def write_genes(data: bytes, target: Path) -> None:
    """Write `genes.tsv.xz` from HGNC's tab-separated table.

    Its columns are the symbol, the name, the number of the HGNC id, then aliases, previous symbols and
    UniProt accessions, each joined by `|`. Raises `KeyError` where the table has not the columns of HGNC.
    """
    table = csv.DictReader(data.decode("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    lines = []
    for row in table:
        if row["Status"] != "Approved" or row["Locus type"] in LEFT_OUT:
            continue
        fields = (
            row["Approved symbol"],
            row["Approved name"],
            row["HGNC ID"].removeprefix("HGNC:"),
            _joined(row["Alias symbols"]),
            _joined(row["Previous symbols"]),
            _joined(row["UniProt ID(supplied by UniProt)"]),
        )
        lines.append("\t".join(fields) + "\n")
    text = "".join(sorted(lines))
    (target / "genes.tsv.xz").write_bytes(lzma.compress(text.encode("utf-8")))


def _joined(field: str | None) -> str:
    names = (name.strip() for name in (field or "").split(", "))
    return "|".join(name for name in names if name)
