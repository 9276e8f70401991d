"""Frequencies: this alteration is found in so many of these people or tumours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.claims import CLAIM_KINDS, DESCRIBES, ClaimKind, Reading, Statement, figure
from extract.claims.frequency.frequency_forms import SIGNS
from extract.claims.frequency.sentence import FoundFrequency, FrequencySentence, measured
from extract.records import Arguments, Quantity, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "frequency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency(Arguments):
    """How often something is found in whom, in per cent.

    `what` is the standard form of the alteration (several joined by '; '), `gene` its symbol. `population` says in
    whom: names in standard form, other telling words as printed; `setting` what else the sentence narrows it by ('one
    study'). `percent` is the value, `low` and `high` the range; `comparison` is one of < ≤ > ≥ or ~ for 'about'.
    `count` and `total` stand where the sentence gives them.
    """

    what: str
    gene: str = ""
    population: str = ""
    setting: str = ""
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = field(default="%", metadata={DESCRIBES: True})
    comparison: str = ""
    decimals: int = field(default=0, metadata={DESCRIBES: True})
    count: int | None = None
    total: int | None = None


def title_of(arguments: Frequency) -> str:
    """Return a frequency as 'ALK rearrangement in NSCLC: 3 to 7%' or '...: 4.2% (5 of 120)'."""
    share = "" if arguments.percent is None else f"{arguments.comparison}{arguments.percent:.{arguments.decimals}f}%"
    if arguments.low is not None or arguments.high is not None:
        ends = ("…" if end is None else figure(end) for end in (arguments.low, arguments.high))
        between = " to ".join(ends) + "%"
        share = f"{share} ({between})" if share else between
    if arguments.count is not None:
        counted = f"{arguments.count}" if arguments.total is None else f"{arguments.count} of {arguments.total}"
        share = f"{share} ({counted})" if share else counted
    whom = ", ".join(part for part in (arguments.population, arguments.setting) if part)
    what = _ANY_PARTNER.sub(r"\1 fusion", arguments.what)
    named = what if arguments.gene in what else f"{arguments.gene} {what}"
    return f"{named}{f' in {whom}' if whom else ''}: {share}"


_ANY_PARTNER = re.compile(r"\bv::(\w+)")  # a fusion of a gene with whichever partner, in HGNC's notation


_SHARED_OUT = re.compile(r"\brespectively\b", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the frequencies that a document's sentences give of alterations and of diseases.

    Reads 'X is found in 3-7% of Y', '5 of 120 patients (4.2%) with Y had X', 'the frequency of X in Y was 12%' and
    lists of such figures. A sentence that opens with whom it speaks of ('In East Asian patients, ...') lends that to
    its figures. Shares of alleles, of reads or of responses are left alone, and figures that 'respectively' shares out.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    for sentence in context.prose():
        shares = measured(context, sentence)
        if shares and not _SHARED_OUT.search(context.text(sentence)):
            for found in FrequencySentence(context, sentence, shares).found():
                spans = [found.subject.span, found.quantity.span, *found.people]
                cover = Span(start=min(span.start for span in spans), end=max(span.end for span in spans))
                evidence = locator.evidence(cover, extractor=EXTRACTOR, within=sentence)
                yield Statement(arguments=_arguments(found), evidence=evidence)


def _arguments(found: FoundFrequency) -> Frequency:
    quantity = found.quantity.quantity or Quantity(measure="percent")
    percent, count, total = quantity.value, quantity.count, quantity.total
    sign = quantity.comparison or next((sign for form, sign in SIGNS if form.search(found.about)), "")
    if quantity.measure == "fraction" and count is not None and total is not None:
        percent, count, total, sign = round(100 * count / total, 1), None, None, sign or "~"
    if count is not None and total is None and found.total is not None:
        # 'Of 98 patients, 31 were treated: 9 (29%) had ...' counts of the 31.
        fits = percent is None or abs(100 * count / found.total - percent) <= 1.0
        total = found.total if fits else None
    is_range = percent is None and quantity.measure == "percent"
    return Frequency(
        what=found.subject.what,
        gene=found.subject.gene,
        population=found.population,
        setting=found.setting,
        percent=percent,
        low=quantity.low if is_range else None,
        high=quantity.high if is_range else None,
        comparison=sign,
        decimals=quantity.decimals,
        count=count,
        total=total,
    )


CLAIM_KINDS.register("frequency")(ClaimKind(Frequency, find, title_of))
