"""What the form of a drug's name tells: its parent, its class, its spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from corpus.resources import read_text, rows

_MULTIPLE = re.compile(r"^(?:mono|di|bi|tri|tetra|hemipenta|penta|hexa|hepta|octa|hemi|sesqui)")
# Of sodium butyrate or gallium nitrate the acid is no mere salt; nor is it of a quaternary ammonium.
_CATION = re.compile(r"^\w+ium$|^(?:calcium|iron|zinc)$")
_BIOSIMILAR = re.compile(r"(?<=[a-z]{6})-[a-z]{4}$")
# Of a conjugate or fusion that the FDA tells apart by a prefix: ado-trastuzumab emtansine, ziv-aflibercept.
_PREFIX = re.compile(r"^(?:ado|fam|ziv|pro)-(?=[a-z]{6})")
_CODE = re.compile(r"(?P<letters>[a-z]{1,7})[- ]?(?P<rest>\d{2,}[a-z]{0,2}\d*)")
# A letter or two with a short number are other things: residues, substitutions (V600E), cell lines.
_OTHER = re.compile(r"[a-z][- ]?\d{1,3}|[a-z]\d{1,4}[a-z]|[a-z]{2}[- ]?\d{1,2}[a-z]?")


def is_salt_word(word: str) -> bool:
    """Whether a casefolded word after an INN names its salt, ester or hydrate."""
    return word in _salts() or _MULTIPLE.sub("", word) in _salts()


@cache
def _salts() -> frozenset[str]:
    return frozenset(row[0] for row in rows(read_text("salts.txt")))


@cache
def _before_numbers() -> frozenset[str]:
    return frozenset(row[0] for row in rows(read_text("words_before_numbers.txt")))


def parent_name(name: str) -> str:
    """Return a casefolded name without the words of its salt, a biosimilar's suffix or an FDA prefix."""
    words = _PREFIX.sub("", name.replace(", ", " ") if name.endswith(", anhydrous") else name).split(" ")
    while len(words) > 1 and is_salt_word(words[-1]) and not _CATION.search(" ".join(words[:-1])):
        words.pop()
    return _BIOSIMILAR.sub("", " ".join(words))


def code(name: str) -> str:
    """Return a casefolded code with a hyphen between its letters and its number; other names unchanged."""
    match = _CODE.fullmatch(name)
    return f"{match['letters']}-{match['rest']}" if match else name


def is_usable(name: str) -> bool:
    """Whether a casefolded name can stand in a lexicon: not too short, nor of the form of something else."""
    return len(name) > 2 and not name.isdigit() and _OTHER.fullmatch(name) is None


def spellings(name: str) -> Iterator[str]:
    """Yield a casefolded name, and a development code closed up, with a hyphen and (if safe) with a space."""
    yield name
    match = _CODE.fullmatch(name)
    if match is None:
        return
    letters, rest = match["letters"], match["rest"]
    forms = [f"{letters}{rest}", f"{letters}-{rest}"]
    if len(letters) > 2 and len(rest) > 2 and letters not in _before_numbers():
        forms.append(f"{letters} {rest}")
    figures = rest.lstrip("0")
    if len(rest) - len(figures) > 1 and len(figures) > MOST_ZEROS and figures.isdigit():
        forms += [f"{letters}{figures}", f"{letters}-{figures}"]  # PF-00299804 is PF-299804
    yield from (form for form in forms if form != name and is_usable(form))


MOST_ZEROS = 4
"""How many figures a code has at least after the zeros that papers leave out."""


@cache
def stems() -> Mapping[str, str]:
    """Return the name endings by which a new agent is recognised, with their classes."""
    return MappingProxyType({stem: kind for stem, kind, use in _stem_rows() if use == "recognise"})


def kinds_of(name: str, *, inn: bool) -> Iterator[str]:
    """Yield the class that the ending of each word of a casefolded name tells.

    `inn` says that the name is an International Nonproprietary Name, so that endings shared with other words
    count too.
    """
    words = name.split(" ")
    conjugated = [_conjugates()[word] for word in words[1:] if word in _conjugates()]
    if conjugated:
        # Of trastuzumab deruxtecan neither the antibody nor the topoisomerase inhibitor is given.
        yield from conjugated
        return
    for word in words:
        fitting = [
            (len(stem), kind)
            for stem, kind, use in _stem_rows()
            if word.endswith(stem) and len(word) >= len(stem) + 2 and (inn or use == "recognise")
        ]
        if fitting:
            yield max(fitting)[1]


@cache
def _conjugates() -> dict[str, str]:
    """Return the words that stand second in the name of a conjugate; they are in the table of stems too."""
    return {stem: kind for stem, kind, _ in _stem_rows() if "conjugate" in kind or kind == "immunotoxin"}


@cache
def _stem_rows() -> tuple[tuple[str, str, str], ...]:
    return tuple((stem, kind, use) for stem, kind, use in rows(read_text("stems.tsv")))
