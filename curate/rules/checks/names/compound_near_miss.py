"""Names of compounds that are a keystroke from another compound of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.drugs import drug
from corpus.resources import unpunctuated
from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.compounds import difference, likely_slip, one_keystroke_apart, swapped
from curate.rules.shared.wording import place_name
from extract.claims.drug_alias import DrugAlias, is_code
from extract.mentions.capture import UNREAD_KINDS, passages
from extract.mentions.shared.gene_names import CELL_LINE
from extract.mentions.shared.known_drug_names import NOT_CODES
from extract.records import BlockKind, CellRef, Extraction, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "drug"
RARE, OFTEN = 2, 5  # times that a doubtful name stands in the paper at most, and one of swapped figures of a known code
COMMON = 3  # times that the paper names an agent at least that no list knows
SHORTEST = 8  # letters of a name without figures
MOST_PLACES = 5  # of the other name: the first places are enough to find the others by

_CODE = re.compile(
    r"(?<![A-Za-z0-9/#_.-])(?:[A-Z]{2,4}-(?=[A-Z]))?(?P<letters>[A-Z]{2,6})[-‐‑ ]?\d{3,8}[A-Za-z]?"
    r"(?![A-Za-z0-9]|[-‐‑.]\d)"
)
_DIVISION = re.compile(r"^[A-Z]{2,4}-(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Compound:
    """A name with its places in the text and the tables, and in the reference list."""

    name: str
    places: list[tuple[Span, CellRef | None]] = field(default_factory=list)
    quoted: list[Span] = field(default_factory=list)
    is_agent: bool = False

    def known(self) -> bool:
        return drug(self.name) is not None or drug(_bare(self.name)) is not None

    def established(self) -> bool:
        """Say whether a list knows the name, or the paper has it often and as that of an agent."""
        return self.known() or (self.is_agent and len(self.places) >= COMMON)


@RULES.register("compound-near-miss")
def compound_near_miss(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find development codes, and names of agents, that are a keystroke from another one of the paper.

    Looks at codes that no list knows and that stand few times in the text and the tables, beside one that the
    reference data know or that the paper names often as an agent's: the same but for a letter, for two figures or
    letters that changed places, or in long numbers for a figure. Names without figures that only their ending tells
    are compared in the same way with others of them. Left alone are two that one sentence or cell names, or that the
    reference list has both, several of one maker that are alike (a series), and a code that stands beside a drug's name
    (drug-alias-conflict looks at it); misspelled names of known drugs are for spelling-variant.

    Example: 'TAE648' in a table, 'TAE684' in the text.

    Source: FDA UNII/GSRS names; optimal string alignment distance (Damerau 1964).
    """
    context = Context(extraction.document, extraction.mentions)
    compounds = _compounds(context)
    judged = {
        unpunctuated(claim.arguments.alias) for claim in extraction.claims if isinstance(claim.arguments, DrugAlias)
    }
    for folded, one in sorted(compounds.items()):
        if one.known():
            yield Outcome.CONSISTENT
            continue
        doubtful = one.places and not one.quoted and folded not in judged
        other = _meant(context, one, list(compounds.values())) if doubtful else None
        if other is not None:
            yield _doubt(context, one, other)
        elif one.is_agent:
            yield Outcome.NOT_APPLICABLE


def _bare(name: str) -> str:
    """Return a code without the letters of its maker's division: TAE684 for NVP-TAE684."""
    return _DIVISION.sub("", name)


def _compounds(context: Context) -> dict[str, _Compound]:
    found: dict[str, _Compound] = {}
    agents = {unpunctuated(one.text) for one in context.of_kind("drug") if is_code(one.text)}
    for name, span, cell in (*_codes(context), *_names(context)):
        block = context.block(span.start)
        folded = unpunctuated(_bare(name))
        compound = found.setdefault(
            folded, _Compound(name, is_agent=folded in agents or unpunctuated(name) in agents or name.islower())
        )
        if block is not None and block.kind is BlockKind.REFERENCE:
            compound.quoted.append(span)
        else:
            compound.places.append((span, cell))
    return found


_Named = tuple[str, Span, CellRef | None]


def _codes(context: Context) -> Iterator[_Named]:
    for passage in passages(context.document):
        for match in _CODE.finditer(passage.text):
            span = Span(start=passage.span.start + match.start(), end=passage.span.start + match.end())
            if match["letters"] in NOT_CODES or CELL_LINE.fullmatch(match[0]):
                continue
            if all(other.kind == "drug" for other in context.within(Span(start=span.start, end=span.end + 1))):
                yield match[0], span, passage.cell


def _names(context: Context) -> Iterator[_Named]:
    for mention in context.of_kind("drug"):
        block = context.block(mention.span.start)
        read = block is None or block.kind not in UNREAD_KINDS
        plain = mention.normalized.isalpha() and len(mention.normalized) >= SHORTEST
        if read and plain and drug(mention.normalized) is None:
            yield mention.normalized, mention.span, mention.cell


def _meant(context: Context, one: _Compound, others: list[_Compound]) -> _Compound | None:
    """Return the compound that a doubtful name is likely meant for, None where it may well be one of its own."""
    if len(one.places) > OFTEN:
        return None
    near = [other for other in others if other is not one and _is_slip(one.name, other.name)]
    established = [other for other in near if other.established() and not _together(context, one, other)]
    if not established or len(established) < len([other for other in near if other.established()]):
        return None
    meant = max(established, key=lambda other: (other.known(), len(other.places), other.name))
    alike = [other for other in others if other is not one and not other.known() and _is_slip(other.name, meant.name)]
    seldom = len(one.places) <= RARE or (meant.known() and swapped(_bare(one.name), _bare(meant.name)))
    return meant if seldom and not alike and one.name.islower() == meant.name.islower() else None


def _is_slip(one: str, other: str) -> bool:
    mine, yours = _bare(one), _bare(other)
    return one_keystroke_apart(mine, yours) if mine.isalpha() else likely_slip(mine, yours)


def _together(context: Context, one: _Compound, other: _Compound) -> bool:
    """Say whether one sentence or one cell names both."""
    sentences = {context.sentence(span) for span, cell in one.places if cell is None}
    cells = {cell for _, cell in one.places if cell is not None}
    return any(
        (cell in cells) if cell is not None else (context.sentence(span) in sentences) for span, cell in other.places
    )


def _doubt(context: Context, one: _Compound, other: _Compound) -> Doubt:
    locator = Locator(context.document)
    sides = [
        (one.name, one.places),
        (other.name, [*other.places, *((span, None) for span in other.quoted)][:MOST_PLACES]),
    ]
    places = [
        Place(role=name, evidence=locator.evidence(span, extractor=EXTRACTOR, cell=cell, within=None))
        for name, found in sides
        for span, cell in found
    ]
    where = place_name(context.document, places[0].evidence)
    there = place_name(context.document, places[len(one.places)].evidence) if other.places else "the reference list"
    standing = "which the reference data know" if other.known() else f"which the paper names {len(other.places)} times"
    coded = is_code(other.name)
    return Doubt(
        severity=Severity.WARNING if coded else Severity.NOTICE,
        subject=one.name,
        message=(
            f"No list knows the {'compound' if coded else 'drug'} {one.name} in {where}; it differs in "
            f"{difference(_bare(one.name), _bare(other.name))} from {other.name} in {there}, {standing}."
        ),
        expected=other.name,
        key=(unpunctuated(one.name), unpunctuated(other.name)),
        places=tuple(places),
    )
