"""The recogniser of human genes and their products."""

from __future__ import annotations

from collections.abc import Iterator

from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.shared.gene_names import genes_in


@RECOGNIZERS.register("gene")
def recognize(text: str) -> Iterator[Capture]:
    """Yield genes in order: `normalized` is the approved symbol, `entity` HGNC's identifier.

    An alias or a spoken name scores 0.95, the approved symbol 1.0.
    """
    for name in genes_in(text):
        yield Capture(
            kind="gene",
            start=name.start,
            end=name.end,
            normalized=name.gene.symbol,
            entity=name.gene.hgnc_id,
            score=1.0 if name.exact else 0.95,
        )
