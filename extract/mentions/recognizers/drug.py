"""The recogniser of drugs: names, brand names and codes of the reference data, misspellings, and unknown agents."""

from __future__ import annotations

from collections.abc import Iterator

from extract.mentions.entity_kinds import ENTITY_KINDS, EntityKind, Judged
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.shared.known_drug_names import coded_agents, known_drugs, other_drugs

ENTITY_KINDS.register("drug")(
    EntityKind(order=3, key="d", light="#cdebc4", dark="#27502a", judged=Judged.AGENT, long_form=1, names=True)
)
# What a model finds and no list of drugs knows.
ENTITY_KINDS.register("chemical")(EntityKind(judged=Judged.AGENT))


@RECOGNIZERS.register("drug")
def recognize(text: str) -> Iterator[Capture]:
    """Yield drugs in order: `normalized` is the INN in lower case, `entity` `UNII:` and FDA's identifier.

    A misspelling of an INN scores 0.9 and is normalised to it; an agent that no list knows has no entity and
    scores 0.7 by its stem and 0.6 by its code.
    """
    reached = 0
    found = [*known_drugs(text), *other_drugs(text), *coded_agents(text)]
    for name in sorted(found, key=lambda name: (name.start, -name.end, -name.score)):
        if name.start < reached:
            continue
        reached = name.end
        yield Capture(
            kind="drug",
            start=name.start,
            end=name.end,
            normalized=name.name,
            entity=f"UNII:{name.drug.unii}" if name.drug and name.drug.unii else "",
            score=name.score,
        )
