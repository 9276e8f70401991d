"""The recogniser of diseases: cancers, their precursors and metastases, by name and by abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick

from corpus.diseases import Disease, coded_names, names
from extract.mentions.entity_kinds import ENTITY_KINDS, EntityKind, Judged
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.shared.phrases import automaton, longest, lowered

# Neoplasms that no list has to know: what ends so is one ('dysgerminoma' and the like are listed).
_NEOPLASM = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Za-z]{2,24}(?:sarcoma|carcinoma|blastoma|lymphoma|leuk(?:a)?emia|cytoma|thelioma))"
    r"(?:ta|s)?(?![A-Za-z0-9])"
)
# Genes and viruses that are called after a disease: 'anaplastic lymphoma kinase', 'B-cell lymphoma 2'.
_CALLED_AFTER = re.compile(
    r"[-\s](?:kinase|virus|viral|oncogene|inhibitory|antigen|protein|gene\b|suppressor|susceptibility|associated"
    r"|like\s\d|[1-9](?:[A-Z]|\b)(?![.%\d]))"
)
_PLURAL = re.compile(r"(?:ta|s)$")
UNLISTED = 0.8


ENTITY_KINDS.register("disease")(
    EntityKind(order=6, key="i", light="#ecd9c6", dark="#57432f", judged=Judged.FINDING, long_form=2, names=True)
)


@RECOGNIZERS.register("disease")
def recognize(text: str) -> Iterator[Capture]:
    """Yield diseases in order: `normalized` is the usual name, `entity` the Disease Ontology id where one is known.

    A neoplasm that no list has is named by its word in lower case and scores 0.8. Abbreviations are read in capitals;
    those of several meanings only where the document defines them.
    """
    low = lowered(text)
    found = [*_listed(text, low), *_unlisted(text)]
    found += [shared for capture in found for shared in _sharing_head(text, capture)]
    reached = 0
    for capture in sorted(found, key=lambda capture: (capture.start, -capture.end, -capture.score)):
        if capture.start < reached:
            continue
        reached = capture.end
        if not _CALLED_AFTER.match(text, capture.end):
            yield capture


def _listed(text: str, low: str) -> Iterator[Capture]:
    for phrase in longest(_automaton(), low):
        entry = _lexicon()[phrase.phrase].get(text[phrase.start : phrase.end]) or names().get(phrase.phrase)
        if entry is not None:
            yield Capture(
                kind="disease",
                start=phrase.start,
                end=phrase.end,
                normalized=entry.name,
                entity=entry.doid,
            )


# 'Breast and ovarian cancer': the first site shares the last one's noun.
_HEAD = re.compile(
    r"(?:cancers?|carcinomas?|adenocarcinomas?|tumou?rs?|lymphomas?|leuka?emias?|sarcomas?|metastas[ei]s)$",
    re.IGNORECASE,
)
_SITES_BEFORE = re.compile(
    r"(?P<sites>(?:[A-Za-z][A-Za-z-]{2,20},\s){0,5}[A-Za-z][A-Za-z-]{2,20})(?:,?\s(?:and|or|and/or)\s|/|,\s)$"
)
_SITE = re.compile(r"[A-Za-z][A-Za-z-]{2,}")


def _sharing_head(text: str, last: Capture) -> Iterator[Capture]:
    """Yield the diseases of the sites that a list puts before a disease's."""
    if not text.endswith((" and ", " or ", "/or ", "/", ", "), 0, last.start):
        return
    head = _HEAD.search(text, last.start, last.end)
    before = _SITES_BEFORE.search(text, max(0, last.start - 120), last.start)
    if head is None or before is None:
        return
    for site in reversed(list(_SITE.finditer(text, before.start("sites"), before.end("sites")))):
        entry = names().get(f"{site[0]} {head[0]}".lower())
        if entry is None:
            return
        yield Capture(
            kind="disease", start=site.start(), end=site.end(), normalized=entry.name, entity=entry.doid, score=0.9
        )


def _unlisted(text: str) -> Iterator[Capture]:
    for match in _NEOPLASM.finditer(text):
        name = _PLURAL.sub("", match[0].lower())
        yield Capture(kind="disease", start=match.start(), end=match.end(), normalized=name, score=UNLISTED)


@cache
def _lexicon() -> dict[str, dict[str, Disease]]:
    """Return each name in lower case with the written forms that are read only as written."""
    lexicon: dict[str, dict[str, Disease]] = {name: {} for name in names()}
    for written, entry in coded_names().items():
        lexicon.setdefault(written.lower(), {})[written] = entry
    return lexicon


@cache
def _automaton() -> ahocorasick.Automaton:
    return automaton(_lexicon())
