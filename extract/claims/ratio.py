"""Ratios with their interval and P value: hazard, odds and risk ratios."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.claims import CLAIM_KINDS, ClaimKind, Reading, Statement, bounds, describing, figure
from extract.claims.shared.endpoints import DURATION, find_endpoints
from extract.records import Arguments, Cell, CellRef, Mention, Quantity, Span, Table
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Arguments):
    """A hazard, odds or risk ratio with its interval, and the P value that stands with them.

    `measure` is HR, OR or RR; `level` the level of the interval in per cent. `p_comparison` is the sign before P, empty
    for '='; `tails` is 1 where the paper calls the P value one-sided. `decimals`, `bound_decimals` and
    `p_decimals` count printed decimal places, so that a reader knows what rounding allows.
    """

    measure: str
    value: float
    low: float
    high: float
    level: float = 95.0
    p: float | None = None
    p_comparison: str = ""
    tails: int = 2
    decimals: int = 0
    bound_decimals: int = 0
    p_decimals: int = 0
    subject: str = describing()


def title_of(arguments: Ratio) -> str:
    """Return a ratio as 'HR 0.65 (95% CI 0.5 to 0.85), P < 0.001, PFS in SOLAR-1'."""
    head = f"{arguments.measure} {arguments.value:.{arguments.decimals}f}"
    interval = bounds(arguments.low, arguments.high, f"{figure(arguments.level)}% CI", arguments.bound_decimals)
    p = "" if arguments.p is None else f"P {arguments.p_comparison or '='} {figure(arguments.p)}"
    return ", ".join(part for part in (head + interval, p, arguments.subject) if part)


# What may stand between an interval and the P value of the same test: brackets, its statistic, the name of the test.
_JOINS = re.compile(
    r"[\s)\];,:]*(?:(?:[Zz]|[Ww]ald)\s*=\s*-?\d+(?:\.\d+)?[\s;,]*)?(?:and\s+)?(?:with\s+(?:a\s+)?)?"
    r"(?:(?:stratified|unstratified|two-sided|2-sided|one-sided|1-sided|nominal|log-?\s?rank|Cox|Wald)[\s,]*){0,3}(?:test[\s,;:]*)?",
    re.IGNORECASE,
)
_ONE_SIDED = re.compile(r"\b(?:one|1)-(?:sided|tailed)\b", re.IGNORECASE)
_OTHER_TEST = re.compile(r"\s*(?:for|of)\s+(?:heterogeneity|interaction|trend|non-?inferiority)", re.IGNORECASE)
_LEVEL = re.compile(r"\d{2}(?:\.\d)?")
_RATIO_HEADER = re.compile(
    r"\b(?:a?(?P<hr>HR|hazards?\s+ratio)|a?(?P<or>OR|odds\s+ratio)|(?P<rr>RR|relative\s+risk|risk\s+ratio))\b(?=.*\bCI\b|.*interval)",
    re.IGNORECASE | re.DOTALL,
)
_P_HEADER = re.compile(r"[Pp](?:[\s-]?values?)?(?:\s*\((?:log-rank|two-sided)\))?")
_CELL = re.compile(
    r"\s*(?P<value>\d{1,3}[.·]\d{1,4})\s*[(\[]\s*(?:95\s?%\s?CI[\s,:]*)?(?P<low>\d{1,3}[.·]\d{1,4})\s?(?:[-–—−,;]|to)\s?"
    r"(?P<high>\d{1,3}[.·]\d{1,4})\s*[)\]]\s*"
)
_P_CELL = re.compile(r"\s*(?P<sign>[<>≤≥=]?)\s*(?P<p>0?[.·]\d{1,6}|1(?:[.·]0+)?)\s*[*†‡]?\s*")


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the ratios with both bounds of their interval, from a document's sentences and tables.

    A sentence gives the P value where nothing but brackets, a test statistic or the name of a test stands between
    it and the interval; P values of heterogeneity, interaction or trend are of other tests. A row gives it where the
    column of P values follows that of ratio and interval.
    """
    context, locator = Context(reading.document, reading.mentions), Locator(reading.document)
    for mention in context.of_kind("measurement"):
        quantity = mention.quantity
        if mention.cell is None and quantity is not None and quantity.measure == "ratio":
            yield from _from_prose(context, locator, mention, quantity)
    for number, table in enumerate(reading.document.tables):
        yield from _from_table(context, locator, number, table)


def _from_prose(context: Context, locator: Locator, mention: Mention, quantity: Quantity) -> Iterator[Statement]:
    if quantity.value is None or quantity.low is None or quantity.high is None or not quantity.interval.endswith("CI"):
        return
    level = _LEVEL.match(quantity.interval)
    end, p, tails = mention.span.end, None, 2
    sentence = context.sentence(mention.span)
    found = _p_after(context, mention.span.end, sentence)
    if found is not None:
        p, end = found.quantity, found.span.end
        tails = 1 if _ONE_SIDED.search(context.document.text, mention.span.end, min(end + 14, sentence.end)) else 2
    yield Statement(
        arguments=Ratio(
            measure=quantity.unit,
            value=quantity.value,
            low=quantity.low,
            high=quantity.high,
            level=float(level[0]) if level else 95.0,
            p=p.value if p else None,
            p_comparison=p.comparison if p else "",
            tails=tails,
            decimals=quantity.decimals,
            bound_decimals=_bound_decimals(mention.text),
            p_decimals=p.decimals if p else 0,
            subject=_subject(context, quantity.unit, mention.span, sentence),
        ),
        evidence=locator.evidence(Span(start=mention.span.start, end=end), extractor=EXTRACTOR, within=sentence),
    )


def _p_after(context: Context, start: int, sentence: Span) -> Mention | None:
    """Return the P value of the same test, right after an interval."""
    text = context.document.text
    for mention in context.within(Span(start=start, end=min(start + 90, sentence.end)), "measurement"):
        if mention.quantity is None or mention.quantity.measure != "p_value":
            continue
        joined = _JOINS.fullmatch(text, start, mention.span.start) is not None
        return mention if joined and not _OTHER_TEST.match(text, mention.span.end) else None
    return None


def _subject(context: Context, measure: str, span: Span, sentence: Span) -> str:
    """Return the last endpoint named before a ratio, or the only one of its sentence, and the only trial of it.

    A rate has no hazard ratio.
    """
    hits = [hit for hit in find_endpoints(context.text(sentence)) if measure != "HR" or hit.dimension == DURATION]
    before = [hit for hit in hits if hit.end <= span.start - sentence.start]
    names = {hit.name for hit in hits}
    endpoint = before[-1].name if before else names.pop() if len(names) == 1 else ""
    trials = {trial.normalized for trial in context.within(sentence, "trial") if not trial.entity}
    trial = trials.pop() if len(trials) == 1 else ""
    return " in ".join(part for part in (endpoint, trial) if part)


def _bound_decimals(text: str) -> int:
    """Return the decimal places of the bounds, the last two numbers of a printed ratio: the fewer of both."""
    figures = re.findall(r"\d+(?:[.·](\d+))?", text)[-2:]
    return min((len(places) for places in figures), default=0)


def _from_table(context: Context, locator: Locator, number: int, table: Table) -> Iterator[Statement]:
    if not table.header_rows:
        return
    for column in range(len(table.rows[0]) - 1):
        header = _RATIO_HEADER.search(context.header(CellRef(table=number, row=0, column=column)))
        last = [row[column + 1].text for row in table.rows[: table.header_rows] if row[column + 1].text]
        if header is None or not last or not _P_HEADER.fullmatch(last[-1].strip()):
            continue
        measure = next(name for name, group in header.groupdict().items() if group).upper()
        for row in table.rows[table.header_rows :]:
            heading = " ".join(row[0].text.split()) if column else ""
            yield from _from_cells(locator, number, measure, row[column], row[column + 1], heading)


def _from_cells(
    locator: Locator, number: int, measure: str, cell: Cell, beside: Cell, heading: str
) -> Iterator[Statement]:
    found, p = _CELL.fullmatch(cell.text), _P_CELL.fullmatch(beside.text)
    if found is None:
        return
    value, low, high = (_figure(found[name]) for name in ("value", "low", "high"))
    ref = CellRef(table=number, row=cell.row, column=cell.column)
    yield Statement(
        arguments=Ratio(
            measure=measure,
            value=value,
            low=low,
            high=high,
            p=_figure(p["p"]) if p else None,
            p_comparison=p["sign"].replace("=", "") if p else "",
            decimals=_places(found["value"]),
            bound_decimals=min(_places(found["low"]), _places(found["high"])),
            p_decimals=_places(p["p"]) if p else 0,
            subject=heading,
        ),
        evidence=locator.evidence(cell.span, extractor=EXTRACTOR, cell=ref, within=cell.span),
    )


def _figure(text: str) -> float:
    return float(text.replace("·", "."))


def _places(text: str) -> int:
    return len(text.replace("·", ".").partition(".")[2])


CLAIM_KINDS.register("ratio")(ClaimKind(Ratio, find, title_of))
