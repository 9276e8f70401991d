"""Names of genes' products in words, with their spellings: HGNC's approved names and those of `protein_names.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from corpus.genes import Gene, approved_genes, gene
from corpus.resources import read_text, rows

LETTERS = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "kappa": "κ",
    "zeta": "ζ",
    "theta": "θ",
}
_LETTER = re.compile(rf"\b({'|'.join(LETTERS)})(?=\b|\d)")
# Words that are names of genes' products and, in articles, of something given or measured in the blood.
_NOT_PRODUCTS = frozenset("albumin asparaginase lactase".split())
SHORTEST_WORD = 5
SHORTEST = 6
_NUMBERED = re.compile(r"(?<=[a-z]{3}) (?=\d{1,2}[a-z]?$)")
_GENERIC = re.compile(
    r"(?:family|like|domain|containing|uncharacterized|open reading frame|associated protein|pseudogene|antisense"
    r"|divergent transcript|microRNA|non-protein"
    r"|ribosomal protein|zinc finger|solute carrier|olfactory|transmembrane|member \d|taste|keratin associated"
    r"|coiled-coil)"
)


def plain(text: str) -> str:
    """Return a phrase as the lexicon has it: small letters, spaces for hyphens."""
    return " ".join(text.lower().replace("-", " ").split())


@cache
def phrases() -> Mapping[str, Gene]:
    """Return each name in words, small and with spaces for hyphens, that means one gene alone."""
    found: dict[str, Gene] = {}
    shared: set[str] = set()
    for name, symbol in rows(read_text("protein_names.tsv")):
        known = gene(symbol)
        if known is not None:
            for spelled in _spellings(plain(name)):
                found[spelled] = known
    settled = frozenset(found)
    for known in approved_genes():
        name = plain(known.name.split(" (")[0].replace(",", ""))
        single = " " not in name
        if len(name) < (SHORTEST_WORD if single else SHORTEST) or name in _NOT_PRODUCTS or not name[0].isalnum():
            continue
        if single and not name.isalpha():
            continue
        for spelled in _spellings(name):
            if spelled not in settled and found.setdefault(spelled, known) != known:
                shared.add(spelled)
    return MappingProxyType({name: known for name, known in found.items() if name not in shared})


def _spellings(name: str) -> Iterator[str]:
    """Yield a name, with Greek letters for their names ('tnf α', 'tnfα') and a closed number ('caspase3')."""
    forms = [name]
    greek = _LETTER.sub(lambda letter: LETTERS[letter[0]], name)
    if greek != name:
        forms += [greek, re.sub(r"(?<=[a-z0-9]) (?=[α-ω])", "", greek), re.sub(r"(?<=[α-ω]) (?=\d)", "", greek)]
        forms.append(re.sub(r"(?<=[α-ω]) (?=[\da-z])", "", greek))
        forms.append(re.sub(rf"({'|'.join(LETTERS)}) (?=\d)", r"\1", name))
    forms += [
        form + "s"
        for form in forms[:1]
        if form.endswith(("receptor", "catenin", "cadherin")) and " " in form and not form.startswith("vegf")
    ]
    yield from dict.fromkeys(forms)
