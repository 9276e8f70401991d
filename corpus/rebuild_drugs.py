"""Write `drugs.tsv.xz`: the agents among FDA's UNII substances that an article on cancer may name.

UNII says nothing of what a substance is for. An agent is chosen by the ending of its name (`stems.tsv`; WHO,
'The use of stems in the selection of International Nonproprietary Names') or because `listed_drugs.tsv` names
it. Salts, hydrates and biosimilars fold onto the parent.
"""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import genes
from corpus.drug_names import code, is_salt_word, is_usable, kinds_of, parent_name
from corpus.resources import read_text, rows

# Registers that give a substance a name as a medicine.
_NONPROPRIETARY = frozenset({"INN", "USAN", "JAN"})
_REGISTERS = _NONPROPRIETARY | {
    "WHO-DD",
    "ORANGE BOOK",
    "PURPLE BOOK CDER",
    "EMA EPAR",
    "VANDF",
    "MART.",
    "MI",
}
_TAG = re.compile(r" \[([^\]]+)\]$")
_UNUSABLE = re.compile(
    r"[(){},;:'/.]|\b(?:impurity|metabolite|component|biosimilar|unspecified|related|mixture|derivative|analog(?:ue)?|"
    r"lyophilized|compound|solution|extended release|labell?ed)\b"
)
_CODE = re.compile(r"[a-z]{1,7}[- ]?\d[\da-z]*(?:-[\da-z]+)?")
_LOCANT = re.compile(r"\d-[a-z]{5,}")


@dataclass(slots=True)
class _Agent:
    uniis: list[tuple[bool, str]] = field(default_factory=list)
    inns: set[str] = field(default_factory=set)
    registered: bool = False
    names: set[str] = field(default_factory=set)


def write_drugs(data: bytes, target: Path) -> None:
    """Write `drugs.tsv.xz` from UNII's table of names (name, type, UNII, display name).

    Its columns are the canonical name, the UNII, then kinds and other names, each joined by `|`.
    """
    chosen = _chosen(_agents(data.decode("utf-8")))
    owners: dict[str, set[str]] = defaultdict(set)
    for name, (_, _, others) in chosen.items():
        for other in others:
            owners[other].add(name)
    taken = {_closed(name.casefold()) for name in genes.names()}
    rejected = {row[0] for row in rows(read_text("not_drugs.txt"))}
    lines = []
    for name, (unii, kinds, others) in sorted(chosen.items()):
        kept = sorted(
            other
            for other in others
            if len(owners[other]) == 1 and other not in chosen and _closed(other) not in taken and other not in rejected
        )
        lines.append(f"{name}\t{unii}\t{'|'.join(kinds)}\t{'|'.join(kept)}\n")
    (target / "drugs.tsv.xz").write_bytes(lzma.compress("".join(lines).encode("utf-8")))


def _closed(name: str) -> str:
    return name.replace("-", "").replace(" ", "")


def _agents(text: str) -> dict[str, _Agent]:
    """Gather names by the parent's name."""
    substances: dict[str, list[tuple[str, str]]] = defaultdict(list)
    displays: dict[str, str] = {}
    for name, kind, unii, display in rows(text.partition("\n")[2]):
        displays[unii] = display.casefold()
        if kind != "sys":
            substances[unii].append((kind, name.casefold()))
    agents: dict[str, _Agent] = defaultdict(_Agent)
    for unii, display in displays.items():
        parent = parent_name(display)
        if _UNUSABLE.search(parent):
            continue
        agent = agents[parent]
        agent.uniis.append((display != parent, unii))
        _add_names(agent, parent, substances[unii])
    return agents


def _add_names(agent: _Agent, parent: str, names: Iterable[tuple[str, str]]) -> None:
    for kind, spelled in names:
        tag = _TAG.search(spelled)
        register = tag[1].upper() if tag else ""
        name = spelled[: tag.start()] if tag else spelled
        agent.registered |= register in _REGISTERS
        if register == "INN":
            agent.inns.add(parent_name(name))
        if (register in _NONPROPRIETARY and not _UNUSABLE.search(name)) or _is_name(kind, name, parent):
            agent.names.add(code(name))


def _is_name(kind: str, name: str, parent: str) -> bool:
    """Whether articles may use a name of UNII: not one of a structure, an impurity or a product."""
    if len(name) > 40 or _UNUSABLE.search(name) or not is_usable(name):
        return False
    if name.startswith(f"{parent} "):
        return all(map(is_salt_word, name.removeprefix(parent).split()))
    words = name.count(" ") + 1
    if any(character.isdigit() for character in name):
        return bool(_CODE.fullmatch(name) or _LOCANT.fullmatch(name))
    if kind == "cn":
        return words <= 3 and len(name) > 4
    return words <= 2 and len(name) > 3


def _chosen(agents: dict[str, _Agent]) -> dict[str, tuple[str, tuple[str, ...], set[str]]]:
    listed = dict(rows(read_text("listed_drugs.tsv")))
    chosen: dict[str, tuple[str, tuple[str, ...], set[str]]] = {}
    for parent, agent in sorted(agents.items()):
        kinds = tuple(dict.fromkeys(_kinds(parent, agent, listed)))
        if not kinds:
            continue
        # The INN is the name; the American one and the rest are other names.
        inns = {name for name in agent.inns if not _UNUSABLE.search(name)}
        name = parent if not inns or parent in inns else min(inns)
        unii = min(agent.uniis)[1]
        others = agent.names | {parent}
        if name in chosen:
            known = chosen[name]
            unii, kinds, others = known[0], tuple(dict.fromkeys(known[1] + kinds)), others | known[2]
        chosen[name] = (unii, kinds, others - {name})
    return chosen


def _kinds(parent: str, agent: _Agent, listed: dict[str, str]) -> Iterator[str]:
    for name in (parent, *sorted(agent.inns)):
        if name in listed:
            yield listed[name]
        if agent.inns or agent.registered or parent.isalpha():
            yield from kinds_of(name, inn=name in agent.inns)
