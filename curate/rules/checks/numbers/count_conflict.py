"""Counts that the paper itself does not bear out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.statements import Stated, stated
from curate.rules.shared.table_counts import Tally, tally
from curate.rules.shared.wording import capitalized, listed, place_name
from extract.citations.in_text import Citing, citings
from extract.claims.count import Count
from extract.records import Evidence, Extraction, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

EXTRACTOR = "count"
MOST_APART = 0.2  # of the number: a table that is further off does not list what the sentence counts
FAR_LIST = 2  # items: a list that is further off gives kinds or examples
LEAST_CITED = 2  # references: one stands for an example
MOST_TWICE = 5  # references: up to so many can be of fewer trials, one with two papers
OPEN_ENDED = frozenset(
    "additional more other further remaining different new recent similar possible potential common major main".split()
)


@RULES.register("count-conflict")
def count_conflict(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find numbers of drugs, trials, articles, mutations or genes that the paper does not bear out.

    Compares the number with the items that the sentence then lists in full ('two genes (A and B)', 'five inhibitors,
    namely ...'), with the rows of the table that the sentence or the table's caption says has them all ('Table 1 lists
    eight trials'), with the references that are cited right after studies or articles, and with the number that
    another sentence gives when it says the same of the same ('five inhibitors are approved'). Leaves alone bounds
    and estimates ('at least'), lists of examples ('including', 'such as', 'e.g.'), tables whose rows are not one item
    each, tables and citations whose number is more than a fifth off, more references than trials (a trial can have two
    papers), and sentences that differ in a word on what is
    counted, or in a year.

    Example: 'three genes (BRCA1 and BRCA2)'; 'Table 1 lists eight trials' of a table of nine.

    Source: PRISMA 2020, item 16a (Page et al., BMJ 2021;372:n71), for numbers of studies.
    """
    counts = [one for one in stated(extraction, Count) if one.said.comparison.partition(" ")[0] in ("", "of")]
    cited = {citing.anchor: citing for citing in citings(extraction.document) if citing.cell is None}
    for one in counts:
        if one.said.items:
            yield _against_items(extraction, one)
        if one.said.comparison:
            continue
        if one.said.table:
            yield _against_table(extraction, one)
        citing = _cited_after(extraction, one, cited)
        if citing is not None:
            yield _against_citations(extraction, one, citing)
    yield from _against_each_other(extraction, [one for one in counts if not one.said.comparison])


_THEY_WERE = re.compile(
    r"\s(?:were|are|have\sbeen)\s(?:[a-z]+ly\s)?(?:included|eligible|selected|identified|pooled|analy[sz]ed)\b"
)


def _cited_after(extraction: Extraction, one: Stated[Count], cited: dict[int, Citing]) -> Citing | None:
    """Return the citation right after studies or articles ('six trials [3-8]', 'six were included [3-8]')."""
    text, end = extraction.document.text, one.evidence.span.end
    verb = _THEY_WERE.match(text, end)
    citing = cited.get(end) or (cited.get(verb.end()) if verb else None)
    if citing is None or one.said.thing not in ("trial", "article") or one.said.items:
        return None
    known = {reference.number for reference in extraction.document.references}
    numbers = set(citing.numbers)
    return citing if numbers <= known and min(len(numbers), one.said.count) >= LEAST_CITED else None


# Where mutations lie, not one mutation each.
_REGION = re.compile(r"(?:codons?|exons?|domains?)\b", re.IGNORECASE)


def _against_items(extraction: Extraction, one: Stated[Count]) -> Doubt | Outcome:
    items = tuple(dict.fromkeys(one.said.items))
    if one.said.count in (len(items), len(one.said.items)):
        return Outcome.CONSISTENT
    if abs(one.said.count - len(items)) > FAR_LIST or any(_REGION.match(item) for item in items):
        return Outcome.NOT_APPLICABLE
    return _doubt(
        extraction, one, f"then lists {_number(len(items))}: {listed(items)}", str(len(items)), items, one.evidence
    )


def _against_table(extraction: Extraction, one: Stated[Count]) -> Doubt | Outcome:
    document = extraction.document
    labelled = [
        number
        for number, table in enumerate(document.tables)
        if re.fullmatch(rf"(?i:table)\s?{one.said.table}\W*", table.label.strip())
    ]
    found: Tally | None = tally(extraction, labelled[0], one.said.thing) if len(labelled) == 1 else None
    if found is None:
        return Outcome.NOT_APPLICABLE
    if one.said.count in found.possible:
        return Outcome.CONSISTENT
    if _far(one, found.count):
        return Outcome.NOT_APPLICABLE
    says = f"Table {one.said.table} lists {_number(found.count)}"
    return _doubt(extraction, one, says, str(found.count), (f"table {one.said.table}",), found.evidence)


def _against_citations(extraction: Extraction, one: Stated[Count], citing: Citing) -> Doubt | Outcome:
    numbers = sorted(set(citing.numbers))
    if len(numbers) == one.said.count:
        return Outcome.CONSISTENT
    if _far(one, len(numbers)) or one.said.count < len(numbers) <= MOST_TWICE:
        return Outcome.NOT_APPLICABLE
    document = extraction.document
    place = Locator(document).evidence(
        Span(start=one.evidence.span.start, end=max(one.evidence.span.end, citing.span.end)),
        extractor=EXTRACTOR,
        within=Context(document, ()).sentence(one.evidence.span),
    )
    says = f"cites {_number(len(numbers))} references for them: {listed(map(str, numbers))}"
    return _doubt(extraction, one, says, "", tuple(map(str, numbers)), place)


def _far(one: Stated[Count], other: int) -> bool:
    """Say whether a number is so far off that something else is counted."""
    return abs(one.said.count - other) > max(1.0, MOST_APART * one.said.count)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLAUSE_END = re.compile(r"[,;:()]|\.\s|\b(?:and|but|while|whereas|which|although)\b|\[")
_WORD = re.compile(r"[a-zα-ω0-9][\w-]{2,}")
# Words of a clause that do not change what is counted.
_UNTELLING = frozenset(
    """
    the and were was are have has been had total finally final this our present that currently now presently already
    meta-analysis analysis meta review systematic overall study these thus therefore altogether all there far date
    """.split()
)
MARKETED = frozenset({"approved", "available", "licensed", "marketed", "authorized", "authorised"})
# What opens a sentence and holds for all of it.
_LEADS_IN = re.compile(
    r"\W*(?:in|for|regarding|concerning|as|with|among|by|at|on|of|before|after|since|until|under|within|outside)\b",
    re.I,
)
_IN_THE_PAPER = re.compile(
    r"\bin\s(?:the|this|our)\s(?:present\s|current\s|final\s)?(?:systematic\s)?(?:meta-?\s?analys[ie]s|review|study)\b"
)


def _against_each_other(extraction: Extraction, counts: list[Stated[Count]]) -> Iterator[Doubt | Outcome]:
    """Compare the counts of the same of which the same is said, in two sentences."""
    context = Context(extraction.document, ())
    groups: dict[tuple[str, str, frozenset[str]], list[Stated[Count]]] = defaultdict(list)
    for one in counts:
        scope = _scope(context, one)
        if scope is not None and not set(one.said.subject.split()) & OPEN_ENDED:
            groups[one.said.subject, one.said.said, scope].append(one)
    for group in groups.values():
        for index, one in enumerate(group):
            for other in group[:index]:
                if context.sentence(one.evidence.span) == context.sentence(other.evidence.span):
                    continue
                if one.said.count == other.said.count:
                    yield Outcome.CONSISTENT
                else:
                    where = place_name(extraction.document, one.evidence)
                    says = f"{where} gives {_number(one.said.count)} as {one.said.said}"
                    key = (one.said.said, str(one.said.count))
                    yield _doubt(extraction, other, says, "", key, one.evidence)


def _scope(context: Context, one: Stated[Count]) -> frozenset[str] | None:
    """Return the words of a count's sentence that say what is counted, to the end of its clause, and the years.

    None where nothing is said that two sentences could say alike: drugs are approved, studies included in the paper.
    """
    text, span = context.document.text, one.evidence.span
    sentence = context.sentence(span)
    after = text[span.end : sentence.end]
    end = _CLAUSE_END.search(after)
    clause = after[: end.start() if end else len(after)]
    if one.said.said not in MARKETED and not (one.said.said == "included" and _IN_THE_PAPER.search(clause)):
        return None
    before = text[sentence.start : span.start]
    if not _LEADS_IN.match(before):
        before = _CLAUSE_END.split(before)[-1]
    words = _WORD.findall(f"{before} {clause}".casefold())
    telling = {word for word in words if word not in _UNTELLING and word != one.said.said}
    return frozenset(telling | set(_YEAR.findall(text[sentence.start : sentence.end])))


def _number(count: int) -> str:
    words = "no one two three four five six seven eight nine ten eleven twelve".split()
    return words[count] if count < len(words) else str(count)


def _doubt(
    extraction: Extraction, one: Stated[Count], says: str, expected: str, key: tuple[str, ...], other: Evidence
) -> Doubt:
    where = place_name(extraction.document, one.evidence)
    places = [Place(role="number", evidence=one.evidence)]
    if other != one.evidence:
        places.append(Place(role="against it", evidence=other))
    return Doubt(
        severity=Severity.WARNING,
        subject=one.evidence.quote,
        message=f"{capitalized(where)} counts '{' '.join(one.evidence.quote.split())}', but {says}.",
        expected=expected,
        key=(one.said.subject, str(one.said.count), *key),
        places=tuple(places),
    )
