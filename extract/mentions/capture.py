"""The capture stage: every recogniser over every passage of a document, lifted to mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from corpus.diseases import disease
from corpus.drugs import drug
from extract.mentions.abbreviations import defined, meanings, uses
from extract.mentions.assertion import Place, assertions
from extract.mentions.entity_kinds import long_forms
from extract.mentions.recognizers import RECOGNIZERS, Capture
from extract.mentions.recognizers.trial import trial_name
from extract.mentions.shared.gene_names import is_used_as_gene
from extract.mentions.trial_lookalikes import named_otherwise
from extract.ner import spacy_pipelines
from extract.parts import Parts
from extract.records import Abbreviation, BlockKind, CellRef, Document, Mention, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

T = TypeVar("T")

# What stands in the margin or is drawn into a figure says nothing that a curator would want captured.
UNREAD_KINDS = frozenset({BlockKind.RUNNING_HEAD, BlockKind.FIGURE_TEXT})

# The labels of scispaCy's NER models that name what a curator looks for.
NER_KINDS = {
    "CHEMICAL": "chemical",
    "SIMPLE_CHEMICAL": "chemical",
    "CHEBI": "chemical",
    "DISEASE": "disease",
    "CANCER": "disease",
}


TRIAL_HEADER = re.compile(
    r"\b(?:trials?|stud(?:y|ies))\b(?!\s+(?:design|type|phase|drug|arm|population))", re.IGNORECASE
)
"""The header of a column that names trials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a document's text that is read on its own: a block or a cell."""

    span: Span
    text: str
    cell: CellRef | None = None


def passages(document: Document) -> Iterator[Passage]:
    """Yield the blocks that are read and every cell that has text, in the order of the text."""
    for block in document.blocks:
        if block.kind not in UNREAD_KINDS:
            yield _passage(document, block.span)
    for number, table in enumerate(document.tables):
        for row in table.rows:
            for cell in row:
                if cell.text:
                    yield _passage(document, cell.span, CellRef(table=number, row=cell.row, column=cell.column))


def capture(
    document: Document,
    locator: Locator,
    *,
    model: str | None = None,
    short_forms: Sequence[Abbreviation] | None = None,
    parts: Parts | None = None,
) -> tuple[Mention, ...]:
    """Return the mentions of a document in the order of its text; `model` names an installed NER model.

    `short_forms` are the abbreviations that the document defines; where they are not given, 'long form (SHORT)' is
    looked for in each passage. A fault in one recogniser, or one step, is kept in `parts`, where these are given.
    """
    attempt = parts.attempt if parts is not None else _unguarded
    found: list[Mention] = []
    read = list(passages(document))
    recognizers = list(RECOGNIZERS.items())
    for passage in read:
        for name, recognize in recognizers:
            found.extend(
                attempt(
                    f"what the recogniser of {name}s finds in a passage",
                    lambda: [_mention(passage, one, name, locator) for one in recognize(passage.text)],  # noqa: B023
                    list,
                )
            )
    if model is not None:
        found.extend(attempt(f"what the model {model} finds", lambda: list(_named(read, model, locator)), list))
    if short_forms is None:
        pairs = [pair for passage in read for pair in defined(passage.text)]
    else:
        pairs = [(form.short, form.long) for form in short_forms]
    steps: tuple[tuple[str, Callable[[list[Mention]], list[Mention]]], ...] = (
        ("short forms", lambda now: list(_resolved(read, now, locator, pairs))),
        ("trials named by a column", lambda now: [*now, *_headed_trials(document, locator, now)]),
        ("names that are no trials", lambda now: _trials_only(read, now, pairs)),
        ("further uses of trials' names", lambda now: [*now, *_known_trials(document, locator, now)]),
    )
    for name, step in steps:
        found = attempt(f"the step '{name}' of the capture", lambda: step(found), lambda: found)  # noqa: B023
    found.sort(key=_order)
    return attempt("what is negated, possible or past", lambda: tuple(_asserted(read, found)), lambda: tuple(found))


def _unguarded(_part: str, work: Callable[[], T], _instead: Callable[[], T]) -> T:
    return work()


def _trials_only(read: Sequence[Passage], found: Sequence[Mention], pairs: Sequence[tuple[str, str]]) -> list[Mention]:
    others = named_otherwise([passage.text for passage in read], found, pairs)
    return [mention for mention in found if mention.kind != "trial" or mention.normalized not in others]


def abbreviations(document: Document) -> tuple[Abbreviation, ...]:
    """Return the abbreviations that the prose defines, each once, by scispaCy's detector."""
    seen: dict[tuple[str, str], Abbreviation] = {}
    for block in document.blocks:
        if block.kind in UNREAD_KINDS or block.kind is BlockKind.REFERENCE:
            continue
        for form in spacy_pipelines.short_forms(document.text[block.span.start : block.span.end]):
            span = Span(start=block.span.start + form.start, end=block.span.start + form.end)
            seen.setdefault(
                (form.short, form.long.casefold()), Abbreviation(short=form.short, long=form.long, span=span)
            )
    return tuple(seen.values())


def _passage(document: Document, span: Span, cell: CellRef | None = None) -> Passage:
    return Passage(span=span, text=document.text[span.start : span.end], cell=cell)


def _mention(passage: Passage, found: Capture, recognizer: str, locator: Locator) -> Mention:
    span = Span(start=passage.span.start + found.start, end=passage.span.start + found.end)
    return Mention(
        kind=found.kind,
        text=passage.text[found.start : found.end],
        normalized=found.normalized,
        entity=found.entity,
        span=span,
        boxes=locator.boxes(span),
        recognizer=recognizer,
        score=found.score,
        assertion=found.assertion,
        cell=passage.cell,
        quantity=found.quantity,
    )


def _resolved(
    read: Sequence[Passage], found: Sequence[Mention], locator: Locator, pairs: Sequence[tuple[str, str]]
) -> Iterator[Mention]:
    """Yield the mentions, without those that read a short form against its definition, and with its other uses."""
    known = meanings(pairs)
    resolved = frozenset(long_forms())
    ordered = sorted(read, key=lambda passage: passage.span.start)
    starts = [passage.span.start for passage in ordered]
    taken: dict[str, list[Span]] = {}
    for mention in found:
        meaning = known.get(mention.text) or known.get(mention.text.removesuffix("s"))
        if meaning and mention.kind in resolved and meaning.denies(mention.kind, mention.normalized):
            # 'neurofibromatosis type 1 (NF1) is caused by NF1 mutations': the disease is called after its gene.
            of_disease = meaning.means is not None and meaning.means.kind == "disease"
            if not (of_disease and mention.kind == "gene" and _used_as_gene(ordered, starts, mention)):
                continue
        taken.setdefault(mention.kind, []).append(mention.span)
        yield mention
    for spans in taken.values():
        spans.sort()
    for passage in read if known else ():
        for use in uses(passage.text, known):
            mention = _mention(passage, use, "abbreviation", locator)
            if not _overlaps(taken.get(use.kind, []), mention.span):
                yield mention


def _used_as_gene(read: Sequence[Passage], starts: Sequence[int], mention: Mention) -> bool:
    index = bisect_right(starts, mention.span.start) - 1
    passage = read[index]
    start = mention.span.start - passage.span.start
    return 0 <= start < len(passage.text) and is_used_as_gene(passage.text, start, start + len(mention.text))


def _overlaps(spans: Sequence[Span], span: Span) -> bool:
    """Say whether a stretch meets one of some that are in order."""
    index = bisect_right(spans, span.start, key=lambda other: other.start)
    before = spans[index - 1].end > span.start if index else False
    return before or (index < len(spans) and spans[index].start < span.end)


def _asserted(read: Sequence[Passage], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions, in order, with what their passage says of them."""
    read = sorted(read, key=lambda passage: passage.span.start)
    starts = [passage.span.start for passage in read]
    for index, group in groupby(found, key=lambda mention: bisect_right(starts, mention.span.start) - 1):
        mentions = list(group)
        start = starts[index]
        places = [
            Place(start=mention.span.start - start, end=mention.span.end - start, kind=mention.kind)
            for mention in mentions
        ]
        for mention, says in zip(mentions, assertions(read[index].text, places), strict=True):
            yield mention if says is mention.assertion else replace(mention, assertion=says)


def _named(read: Sequence[Passage], model: str, locator: Locator) -> Iterator[Mention]:
    entities = spacy_pipelines.named_entities((passage.text for passage in read), model)
    for passage, named in zip(read, entities, strict=True):
        for entity in named:
            kind = NER_KINDS.get(entity.label)
            if kind is None:
                continue
            text = passage.text[entity.start : entity.end]
            found = _linked(Capture(kind=kind, start=entity.start, end=entity.end, normalized=text, score=0.8))
            yield _mention(passage, found, model, locator)


def _linked(found: Capture) -> Capture:
    """Return what a model found with the name and the identifier that the reference data has for it."""
    if found.kind == "disease":
        known = disease(found.normalized)
        return replace(found, normalized=known.name, entity=known.doid) if known else found
    agent = drug(found.normalized)
    if agent is None:
        return found
    return replace(found, normalized=agent.name, entity=f"UNII:{agent.unii}" if agent.unii else "")


def _headed_trials(document: Document, locator: Locator, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the trials that only their column tells: a bare name in a cell under 'Trial' or 'Study'."""
    context = Context(document, tuple(found))
    others = _columns_of_others(document, found)
    for passage in passages(document):
        if passage.cell is None or (passage.cell.table, passage.cell.column) in others:
            continue
        if passage.cell.row < document.tables[passage.cell.table].header_rows:
            continue
        if not TRIAL_HEADER.search(context.header(passage.cell)) or context.within(passage.span, "trial"):
            continue
        name = trial_name(passage.text)
        if name:
            start = passage.text.index(name) if name in passage.text else 0
            end = start + len(name) if name in passage.text else len(passage.text)
            capture_ = Capture(kind="trial", start=start, end=end, normalized=name, score=0.9)
            yield _mention(passage, capture_, "trial", locator)


def _columns_of_others(document: Document, found: Sequence[Mention]) -> frozenset[tuple[int, int]]:
    """Return the columns, by table and number, in which some cells are nothing but a gene or a variant."""
    columns = Counter(
        (mention.cell.table, mention.cell.column)
        for mention in found
        if mention.cell is not None
        and mention.kind in ("gene", "variant")
        and mention.text == document.tables[mention.cell.table].rows[mention.cell.row][mention.cell.column].text.strip()
    )
    return frozenset(column for column, cells in columns.items() if cells > 1)


def _known_trials(document: Document, locator: Locator, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the other places of each name that the document calls a trial somewhere: in a column or a sentence."""
    trials = {mention.text: mention for mention in found if mention.kind == "trial" and mention.text.isprintable()}
    if not trials:
        return
    names = "|".join(re.escape(name) for name in sorted(trials, key=lambda name: (-len(name), name)))
    pattern = re.compile(rf"(?<![\w/-])(?:{names})(?![\w/]|-\w)")
    context = Context(document, tuple(found))
    for passage in passages(document):
        for match in pattern.finditer(passage.text):
            span = Span(start=passage.span.start + match.start(), end=passage.span.start + match.end())
            around = Span(start=span.start - 40, end=span.end + 40)
            trials_near = context.within(around, "trial")
            if not any(span.start < other.span.end and other.span.start < span.end for other in trials_near):
                known = trials[match[0]]
                again = Capture(
                    kind="trial",
                    start=match.start(),
                    end=match.end(),
                    normalized=known.normalized,
                    entity=known.entity,
                    score=0.8,
                )
                yield _mention(passage, again, "trial", locator)


def _order(mention: Mention) -> tuple[int, int, str, str]:
    return mention.span.start, -mention.span.end, mention.kind, mention.normalized
