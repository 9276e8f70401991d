"""The recogniser of human genes and their products."""

from __future__ import annotations

from collections.abc import Iterator

from extract.mentions.entity_kinds import ENTITY_KINDS, EntityKind, Judged
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.shared.gene_names import genes_in

ENTITY_KINDS.register("gene")(
    EntityKind(order=2, key="g", light="#c5e4f7", dark="#1f4a66", judged=Judged.GENE, long_form=3, names=True)
)


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
