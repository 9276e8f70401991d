"""Names of drugs: this agent is also known by this code, brand or former name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from corpus.drug_names import parent_name
from corpus.drugs import Drug, code_letters, drug
from corpus.resources import unpunctuated
from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement
from extract.mentions.shared.gene_names import CELL_LINE
from extract.mentions.shared.known_drug_names import NOT_CODES
from extract.records import Arguments, BlockKind, CellRef, Mention, Span, Table
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "drug_alias"
LOOK_BACK = 40
SHORTEST = 6  # letters of a brand name that is told by its likeness to another


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugAlias(Arguments):
    """A drug, by its non-proprietary name in lower case, and another name of it as its first place prints it."""

    drug: str
    alias: str


CODE = re.compile(r"(?:[A-Z]{2,4}-)?[A-Za-z]{1,7}\d?[-‐‑ ]?\d{2,}[A-Za-z0-9-]*")
"""What has the form of a development code: letters, and a number of two figures or more."""

_LED = (
    r"(?:(?:also|formerly|previously|originally|now|marketed|sold|trade(?:\s?name)?|brand(?:\s+name)?|code(?:\s+name)?)\s*"
    r"(?:(?:known|called|named|designated|referred\s+to|sold|approved)\s+)?(?:as\s+)?|a\.?k\.?a\.?\s+)[:=]?\s*"
)
_BRACKET = re.compile(rf"\s?[®™]?\s?[(\[]\s?(?P<led>{_LED})?(?P<items>[^()\[\]]{{3,90}})[)\]]")
_APPOSED = re.compile(rf",?\s+(?P<led>{_LED})(?P<items>[A-Za-z0-9‐‑-]+(?:\s\d+)?)(?=\s?[,;.)])")
_ITEM = re.compile(rf"\s*(?:{_LED})?['\"‘“]?(?P<name>[^,;]*[^,;\s®™'’\"”])")
_SEVERAL = re.compile(r"[/+]|\b(?:and|plus|with)\b")
_CODE_BEFORE = re.compile(rf"(?<![A-Za-z0-9/-])(?P<code>[A-Z]{{2,6}}[-‐‑]?\d{{3,8}}[A-Za-z]?)\s[(\[]\s?(?:{_LED})?$")
_CLOSES = re.compile(r"\s?[)\];,]")
_JOINED = re.compile(r"(?:(?P<tight>[/+])|\b(?:plus|with|and))\s?\Z")
_DRUGS = re.compile(
    r"(?:generic\s+|drug\s+|non-?proprietary\s+)?names?|drugs?|agents?|compounds?|(?:\w+\s)?(?:inhibitors?|TKIs?)",
    re.IGNORECASE,
)
_ALIASES = re.compile(
    r"(?:other|former|brand|trade|code|alternative|development(?:al)?)\s?(?:names?|codes?)?s?|codes?|alias(?:es)?|synonyms?"
    r"|also\s+known\s+as|research\s+codes?",
    re.IGNORECASE,
)
_NOT_ALIASES = ("variant", "trial", "gene", "disease", "measurement")
_MAKER = re.compile(r"(?:[A-Z]{2,4}-)?([A-Za-z]+)")
_FULL_NAME = re.compile(r"[a-z]{6}")


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the names that a document gives to the same drug, outside its reference list.

    Looks at what stands in brackets after a drug ('crizotinib (PF-02341066, Xalkori)', 'AZD9291 (osimertinib)'), at
    what 'formerly', 'also known as' and the like add, and at rows of a column of drugs and one of codes or other
    names. A development code counts where a drug is known by it or by another of the same letters, where it is a
    keystroke from one of this drug, or where such words announce it; other names where the reference data know them
    for this drug, or know one a letter away.
    """
    yield from aliases(Context(reading.document, reading.mentions), in_references=False)


def aliases(context: Context, *, in_references: bool) -> Iterator[Statement]:
    """Yield the names that the text and the tables, or the entries of the reference list, give to the same drug."""
    locator = Locator(context.document)
    printed: dict[tuple[str, str], DrugAlias] = {}
    for name, alias, span, cell in _pairs(context, in_references=in_references):
        stated = printed.setdefault((name, unpunctuated(alias)), DrugAlias(drug=name, alias=alias))
        within = None if cell is not None else context.sentence(span)
        yield Statement(
            arguments=stated, evidence=locator.evidence(span, extractor=EXTRACTOR, cell=cell, within=within)
        )


_Pair = tuple[str, str, Span, CellRef | None]


def _pairs(context: Context, *, in_references: bool) -> Iterator[_Pair]:
    for mention in context.of_kind("drug"):
        block = context.block(mention.span.start)
        if (block is not None and block.kind is BlockKind.REFERENCE) == in_references:
            yield from _beside(context, mention)
            yield from _before(context, mention)
    if not in_references:
        for number, table in enumerate(context.document.tables):
            yield from _in_columns(context, number, table)


def _beside(context: Context, mention: Mention) -> Iterator[_Pair]:
    text = context.document.text
    end = _end(context, mention)
    found = _BRACKET.match(text, mention.span.end, end) or _APPOSED.match(text, mention.span.end, end)
    if found is None:
        return
    joined = _JOINED.search(text, max(0, mention.span.start - 6), mention.span.start)
    several = _SEVERAL.search(found["items"]) or (joined and (joined["tight"] or re.search("[,;]", found["items"])))
    for item in _ITEM.finditer(text, found.start("items"), found.end("items")):
        at = Span(start=item.start("name"), end=item.end("name"))
        if any(other.kind in _NOT_ALIASES for other in context.within(at)):
            continue
        pair = _named(mention, item["name"], led=bool(found["led"]))
        if pair and not (several and _of_another(*pair)):
            yield *pair, Span(start=mention.span.start, end=at.end), mention.cell


def _before(context: Context, mention: Mention) -> Iterator[_Pair]:
    """Yield the code before a drug's name in brackets where no list knows it: 'IPI-296 (saridegib)'."""
    text, known = context.document.text, drug(mention.text)
    passage = text[max(0, mention.span.start - LOOK_BACK) : mention.span.start]
    found = _CODE_BEFORE.search(passage)
    if found is None or known is None or is_code(mention.text) or not _CLOSES.match(text, mention.span.end):
        return
    start = mention.span.start - len(passage) + found.start("code")
    at = Span(start=start, end=start + len(found["code"]))
    if _is_makers(found["code"]) and not context.within(at):
        yield known.name, found["code"], Span(start=start, end=mention.span.end), mention.cell


def _end(context: Context, mention: Mention) -> int:
    """Return where the block or the cell ends that a mention stands in."""
    if mention.cell is not None:
        return context.table(mention.cell).rows[mention.cell.row][mention.cell.column].span.end
    block = context.block(mention.span.start)
    return block.span.end if block else mention.span.end


def _named(mention: Mention, item: str, *, led: bool) -> tuple[str, str] | None:
    """Return drug and alias of a mention and what stands beside it, None where they are not two names of one."""
    coded, item_coded = is_code(mention.text), is_code(item)
    own = _name(mention)
    if coded and not item_coded:
        known = drug(item)
        return (known.name, mention.text) if known and not _is_form_of(mention.text, known) else None
    if item_coded and not coded:
        return (own, item) if drug(item) or led or _is_makers(item) or _is_near_code(own, item) else None
    return None if coded else _two_names(own, mention.text, item)


def _two_names(own: str, text: str, item: str) -> tuple[str, str] | None:
    """Return drug and alias of two names without figures: of one agent, or a letter from another name of it."""
    agent, other = drug(own), drug(item)
    if agent is None or (other is not None and other.name != agent.name):
        return None
    if other is not None:
        alias = text if _is_form_of(item, agent) else item
        return None if _is_form_of(alias, agent) else (agent.name, alias)
    near = any(OSA.distance(unpunctuated(item), unpunctuated(name)) == 1 for name in agent.names if name.isalpha())
    return (agent.name, item) if near and item[0].isupper() and len(item) >= SHORTEST else None


def _is_form_of(name: str, agent: Drug) -> bool:
    """Say whether a name is the agent's own, in another spelling or with its salt."""
    return unpunctuated(agent.name) in (unpunctuated(name), unpunctuated(parent_name(name.casefold())))


def _name(mention: Mention) -> str:
    """Return the name that a drug's claims go by: that printed, where it is a misspelling and so may be of another."""
    return mention.text.casefold() if 0.8 < mention.score < 1.0 else mention.normalized


def _of_another(name: str, alias: str) -> bool:
    known = drug(alias)
    return known is None or known.name != name


def is_code(name: str) -> bool:
    """Say whether a name has the form of a development code."""
    return CODE.fullmatch(name) is not None and _FULL_NAME.search(name) is None


def _is_makers(code: str) -> bool:
    """Say whether a code begins as those of a maker of drugs do."""
    match = _MAKER.match(code)
    if match is None or CELL_LINE.fullmatch(code) or match[1].upper() in NOT_CODES:
        return False
    return match[1].casefold() in code_letters()


def _is_near_code(name: str, item: str) -> bool:
    """Say whether a code is a keystroke from one that the reference data have for the drug."""
    agent = drug(name)
    codes = [unpunctuated(code) for code in agent.names if is_code(code)] if agent else []
    return any(OSA.distance(unpunctuated(item), code) == 1 for code in codes)


def _in_columns(context: Context, number: int, table: Table) -> Iterator[_Pair]:
    if not table.header_rows:
        return
    refs = [CellRef(table=number, row=0, column=column) for column in range(len(table.rows[0]))]
    headers = [context.header(ref).strip() for ref in refs]
    named = [column for column, header in enumerate(headers) if _DRUGS.fullmatch(header)]
    other = [column for column, header in enumerate(headers) if _ALIASES.fullmatch(header)]
    for row in table.rows[table.header_rows :] if len(named) == 1 and other else ():
        drugs = context.within(row[named[0]].span, "drug")
        for column in other if len({one.normalized for one in drugs}) == 1 else ():
            cell = row[column]
            for item in _ITEM.finditer(context.document.text, cell.span.start, cell.span.end):
                if is_code(item["name"]) or drug(item["name"]):
                    span = Span(start=item.start("name"), end=item.end("name"))
                    yield _name(drugs[0]), item["name"], span, CellRef(table=number, row=cell.row, column=column)


CLAIM_KINDS.register("drug_alias")(ClaimKind(DrugAlias, find))
