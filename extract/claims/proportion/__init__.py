"""Proportions: this many of that many, and the percent that the paper prints with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement, describing
from extract.claims.proportion.share_cells import fits, shares
from extract.records import Arguments, CellRef, Mention
from extract.text.locator import Locator
from extract.text.neighbourhood import PROSE_KINDS, Context

EXTRACTOR = "proportion"
SENTENCE = "sentence"
"""Where the total of a count in prose is from that stands before it: 'Of 97 patients, 36 (37%)'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion(Arguments):
    """A count of a total, with its percent.

    `subject` is the heading of the table row and `group` that of the column, both empty in prose. `percent` is None
    where the paper prints none; `percent_decimals` counts its printed decimal places. `total` is None for a cell
    whose percent is of another total than its column or row states.
    """

    count: int
    total: int | None = None
    percent: float | None = None
    percent_decimals: int = 0
    subject: str = ""
    group: str = ""
    basis: str = describing()

    def is_of(self, total: int) -> bool:
        """Say whether the printed percent is that of the count in `total`, rounded or cut off."""
        return self.percent is not None and fits(self.count, total, self.percent, self.percent_decimals)


def title_of(arguments: Proportion) -> str:
    """Return a proportion as '24 of 120 (20%), Brain metastases, n (%), Osimertinib (n = 120)'."""
    total = "" if arguments.total is None else f" of {arguments.total}"
    percent = "" if arguments.percent is None else f" ({arguments.percent:.{arguments.percent_decimals}f}%)"
    said = (f"{arguments.count}{total}{percent}", arguments.subject, arguments.group)
    return ", ".join(part for part in said if part)


_ENDS = re.compile(r"\s*(?:[)\];,.]|$)")


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the counts of a total of a document's sentences and tables.

    A sentence gives them where count and total stand together ('five of 18 patients (27.8%)', '12/34'); 'a third'
    counts nobody. What is counted in whom is the matter of the claims of frequency. A cell 'count (percent)' takes
    its total from the size of its column ('n = 120' in the header) or from its row's column of numbers of patients,
    unless most percents of the column are of other totals.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    yield from _from_prose(context, locator)
    for number in range(len(reading.document.tables)):
        yield from _from_table(context, locator, number)


def _from_prose(context: Context, locator: Locator) -> Iterator[Statement]:
    for mention in context.of_kind("measurement"):
        block = context.block(mention.span.start)
        quantity = mention.quantity
        if block is None or block.kind not in PROSE_KINDS or quantity is None:
            continue
        if quantity.count is None or quantity.measure == "fraction":
            continue
        if quantity.total is None:
            yield from _of_those_named(context, locator, mention)
            continue
        if quantity.count > quantity.total and not of_people(context, mention):
            continue  # '120/80' and '20/15' are no counts of people, unless the text says so
        stands = quantity.measure == "percent" and _belongs(context, mention)
        yield Statement(
            arguments=Proportion(
                count=quantity.count,
                total=quantity.total,
                percent=quantity.value if stands else None,
                percent_decimals=quantity.decimals if stands else 0,
            ),
            evidence=locator.evidence(mention.span, extractor=EXTRACTOR, within=context.sentence(mention.span)),
        )


_NOUN = (
    r"(?:patients|participants|cases|women|men|children|subjects|individuals|tumou?rs|samples|specimens"
    r"|carriers|people|adults)"
)
# 'Of 97 patients, 36 (37%) ...': whom a sentence or clause is about.
_OF_WHOM = re.compile(
    rf"(?:(?:^|[.;:]\s+)(?:(?:Overall|Thus|Finally|Here|However),?\s)?)(?:Of|Among|Amongst|Out\sof|In|From)\s(?:the\s|these\s|a\stotal\sof\s|all\s|our\s)?"
    rf"(?P<total>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})\s(?:[\w/+-]+\s){{0,3}}{_NOUN}\b",
    re.IGNORECASE,
)
# '97 patients, 36 of whom (37%) ...'.
_WHOM = re.compile(
    rf"(?P<total>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})\s(?:[\w/+-]+\s){{0,3}}{_NOUN}\b[^.;:\d]{{0,60}}[,(]?\s?$",
    re.IGNORECASE,
)
_OTHERS = re.compile(rf"\d\s(?:[\w/+-]+\s){{0,3}}{_NOUN}\b|\b(?:of\s(?:the\s|these\s)?\d|of\swhom)", re.IGNORECASE)


def _of_those_named(context: Context, locator: Locator, mention: Mention) -> Iterator[Statement]:
    """Yield a count with its percent of the total that its sentence names before: 'Of 97 patients, 36 (37%)'.

    The first count after those words is of them; a further one, which may be of some of them, only where the percent
    is that of the total.
    """
    quantity = mention.quantity
    if quantity is None or quantity.count is None or quantity.value is None or quantity.unit != "%":
        return
    if not _belongs(context, mention):
        return
    sentence = context.sentence(mention.span)
    before = context.document.text[sentence.start : mention.span.start]
    of_whom = re.search(r"\bof\s(?:whom|which|them|these)\b", mention.text)
    named = _WHOM.search(before) if of_whom else _OF_WHOM.match(before)
    if named is None:
        return
    total = int(named["total"].replace(",", ""))
    between = before[named.end() :]
    first = of_whom is not None or not re.search(r"\d", between)
    fitting = fits(quantity.count, total, quantity.value, quantity.decimals)
    if _OTHERS.search(between) or quantity.count > total or not (first or fitting):
        return
    yield Statement(
        arguments=Proportion(
            count=quantity.count,
            total=total,
            percent=quantity.value,
            percent_decimals=quantity.decimals,
            basis=SENTENCE,
        ),
        evidence=locator.evidence(mention.span, extractor=EXTRACTOR, within=sentence),
    )


_PEOPLE_AFTER = re.compile(
    r"\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:of\s+(?:the|these|all)\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:patients?|participants?|cases?|women|men|children|subjects|individuals|tumou?rs?|samples?|specimens?|carriers|studies|trials)\b",
    re.IGNORECASE,
)


def of_people(context: Context, mention: Mention) -> bool:
    """Say whether a count of a total is one of people or samples: it says 'of', a percent, or who they are."""
    said = mention.quantity is not None and mention.quantity.measure == "percent"
    after = context.document.text[mention.span.end : mention.span.end + 60]
    worded = re.search(r"\bof\b", mention.text) or re.search(r"[a-z]{4}", mention.text)
    return said or bool(worded) or _PEOPLE_AFTER.match(after) is not None


def _belongs(context: Context, mention: Mention) -> bool:
    """Say whether the percent is that of the count: in brackets with it, and of nothing that follows it."""
    bracketed = re.search(r"[(\[]", mention.text) is not None
    closed = mention.text.endswith((")", "]")) or re.search(r"%\s?[)\]]\s(?:out\s)?of\s", mention.text) is not None
    return bracketed and (closed or bool(_ENDS.match(context.document.text, mention.span.end)))


def _from_table(context: Context, locator: Locator, number: int) -> Iterator[Statement]:
    for share in shares(context, number):
        cell = share.cell
        ref = CellRef(table=number, row=cell.row, column=cell.column)
        yield Statement(
            arguments=Proportion(
                count=share.count,
                total=share.total,
                percent=share.percent,
                percent_decimals=share.decimals,
                subject=share.subject,
                group=share.group,
                basis=share.basis,
            ),
            evidence=locator.evidence(cell.span, extractor=EXTRACTOR, cell=ref, within=cell.span),
        )


CLAIM_KINDS.register("proportion")(ClaimKind(Proportion, find, title_of))
