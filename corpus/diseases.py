"""Diseases of oncology by name or abbreviation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from corpus.resources import dashed, read_text, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Disease:
    """A disease: its usual name, its Disease Ontology id (`DOID:3908`, empty where none is certain), other names."""

    name: str
    doid: str
    names: tuple[str, ...]


# British spellings, and what is written with a hyphen or a space.
_SPELLINGS = (
    ("leukemia", "leukaemia"),
    ("tumor", "tumour"),
    ("esophag", "oesophag"),
    ("hemangio", "haemangio"),
    ("cythemia", "cythaemia"),
    ("globulinemia", "globulinaemia"),
    ("pheo", "phaeo"),
)
_PLURAL = re.compile(r"(?:cancer|tumou?r|oma|leuka?emia|neoplasm|syndrome|disorder|carcinoid|seminoma)$")
_HEAD = re.compile(r"(?:adenocarcinoma|carcinoma|cancer)(?= of )")
_CODED = re.compile(r"[A-Z+]{2}|[a-z][A-Z]")
"""Capitals inside a name: an abbreviation, or the name of a gene."""


def disease(name: str) -> Disease | None:
    """Return the disease of that name, None where none is known by it; an abbreviation as it is written."""
    plain = " ".join(dashed(name).split())
    return coded_names().get(plain) or names().get(plain.lower())


@cache
def names() -> Mapping[str, Disease]:
    """Return every spoken name in lower case with its disease: plurals, British spellings, hyphens or spaces."""
    found: dict[str, Disease] = {}
    for entry in _entries():
        for name in (entry.name, *entry.names):
            if not is_coded(name):
                for spelled in _spelled(name.lower()):
                    found.setdefault(spelled, entry)
    return MappingProxyType(found)


@cache
def coded_names() -> Mapping[str, Disease]:
    """Return the names with capitals inside (NSCLC, HER2-positive breast cancer), which are read as written."""
    found: dict[str, Disease] = {}
    for entry in _entries():
        for name in (entry.name, *entry.names):
            if is_coded(name):
                for spelled in _spelled(name):
                    found.setdefault(spelled, entry)
    return MappingProxyType(found)


def is_coded(name: str) -> bool:
    """Say whether the letters' case belongs to a name."""
    return _CODED.search(name) is not None


@cache
def _entries() -> tuple[Disease, ...]:
    return tuple(
        Disease(name=name, doid=doid, names=tuple(others.split("|")) if others else ())
        for name, doid, others in rows(read_text("diseases.tsv"))
    )


def _spelled(name: str) -> Iterator[str]:
    """Yield a name in each way that articles write it."""
    forms = {name}
    for american, british in _SPELLINGS:
        forms |= {form.replace(american, british) for form in forms}
    for form in sorted(forms):
        for hyphened in _hyphened(form):
            yield hyphened
            if head := _HEAD.match(hyphened):
                yield f"{head[0]}s{hyphened[head.end() :]}"
            if _PLURAL.search(hyphened):
                yield f"{hyphened}s"
                if hyphened.endswith("oma"):
                    yield f"{hyphened}ta"


def _hyphened(form: str) -> Iterator[str]:
    """Yield a form with each of its hyphens kept or a space, and 'small cell', 'B cell' and the like with a hyphen."""
    parts = re.split(r"(-| (?=cell\b))", form)
    choices = [("-", " ") if index % 2 else (part,) for index, part in enumerate(parts)]
    for chosen in itertools.product(*choices):
        yield "".join(chosen)
