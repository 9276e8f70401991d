"""One sentence that may say how often something is found in whom: its figures, and what belongs to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.claims.frequency.frequency_forms import (
    ALTERATION,
    BRACKETED,
    DEFINES,
    DISEASE,
    FOUND,
    HARBOURS,
    IN,
    NEXT,
    NO_PEOPLE,
    OCCURS,
    OCCURS_IN,
    OF,
    OPENING,
    PEOPLE,
    QUANTITY,
    RATE,
    TOTAL_IN,
)
from extract.claims.frequency.in_whom import narrowed
from extract.claims.frequency.subjects import Subject, subjects
from extract.mentions.shared.quantities import whole
from extract.records import Mention, Quantity, Span
from extract.text.neighbourhood import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFrequency:
    """A figure of a sentence with its subject, the phrases on people that belong to it, and what else narrows it."""

    subject: Subject
    quantity: Mention
    about: str
    people: tuple[Span, ...]
    population: str
    setting: str
    total: int | None


_OF_TOTAL = re.compile(
    r"(?:of|among|in)\s+(?:the\s+|these\s+|all\s+|our\s+)?(?P<total>\d{1,6}|[a-z-]+)\s[^,]*,", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b[Bb]etween\s(?P<low>\d{1,3}(?:\.\d+)?)\s?%?\sand\s$")
_ASIDE = re.compile(r"\[[\d,\s–-]+\]|\((?:[A-Z][A-Za-z0-9-]{1,9}|Figs?[^()]*|Tables?[^()]*)\)")


def measured(context: Context, sentence: Span) -> dict[int, Mention]:
    """Return the shares of a sentence by where they start; 'between 3% and 7%' is one."""
    found: dict[int, Mention] = {}
    for mention in context.within(sentence, "measurement"):
        quantity = mention.quantity
        if quantity is None or not _is_share(quantity):
            continue
        between = _BETWEEN.search(context.document.text, sentence.start, mention.span.start)
        if between and quantity.measure == "percent" and quantity.value is not None:
            span = Span(start=between.start(), end=mention.span.end)
            low, high = float(between["low"]), quantity.value
            found = {start: other for start, other in found.items() if start < span.start}
            mention = replace(mention, span=span, quantity=replace(quantity, value=None, low=low, high=high))
        found[mention.span.start] = mention
    return found


def _is_share(quantity: Quantity) -> bool:
    if quantity.measure == "percent":
        return quantity.value is not None or quantity.interval == "range"
    return quantity.count is not None and quantity.total is not None and 0 < quantity.total >= quantity.count


class FrequencySentence:
    """One sentence with marks for what was recognised in it; its offsets are those of the document less its start."""

    def __init__(self, context: Context, sentence: Span, measured: dict[int, Mention]) -> None:
        self._context = context
        self._span = sentence
        self._quantities = measured
        self._subjects = {subject.span.start: subject for subject in subjects(context, sentence)}
        self._diseases = {mention.span.start: mention for mention in context.within(sentence, "disease")}
        self._text = _ASIDE.sub(lambda match: " " * len(match[0]), context.text(sentence))
        marked = list(self._text)
        for mark, things in (
            (DISEASE, [mention.span for mention in self._diseases.values()]),
            (ALTERATION, [subject.span for subject in self._subjects.values()]),
            (QUANTITY, [mention.span for mention in measured.values()]),
        ):
            for span in things:
                for offset in range(span.start - sentence.start, span.end - sentence.start):
                    marked[offset] = mark
        self._marked = "".join(marked)

    def found(self) -> Iterator[FoundFrequency]:
        """Yield the figures that say how often something is found in whom, each once."""
        done: set[int] = set()
        for found in self._stated():
            phrases = " ".join(self._context.text(span) for span in found.people)
            if found.quantity.span.start not in done and not NO_PEOPLE.search(phrases):
                done.add(found.quantity.span.start)
                yield found

    def _stated(self) -> Iterator[FoundFrequency]:
        for form in (OCCURS, IN):
            for match in form.finditer(self._marked):
                if self._is_subject(match, "subject"):
                    yield from self._listed(match)
        for match in OCCURS_IN.finditer(self._marked):
            if self._is_subject(match, "subject"):
                yield from self._one(match, "subject", self._place(match, "people"))
        for match in HARBOURS.finditer(self._marked):
            people = self._place(match, "people")
            whom = match["people"]
            plain = not whom.strip() or PEOPLE.fullmatch(whom)
            if plain and not _OPEN_ENDED.search(whom) and (OF.match(whom) or self._is_of(match, people)):
                yield from self._one(match, "subject", people)
        for match in RATE.finditer(self._marked):
            group = "subject" if match["subject"] else "subject2"
            after = self._people_after(match.end("quantity"), counted=False)
            yield from self._one(match, group, *(span for span in (self._place(match, "people"), after) if span))
        if FOUND.search(self._marked):
            for match in BRACKETED.finditer(self._marked):
                if not _IN_OTHERS.search(self._marked[: match.start()]):
                    yield from self._one(match, "subject", self._place(match, "people"))

    def _listed(self, match: re.Match[str]) -> Iterator[FoundFrequency]:
        """Yield the figure of a match and those that follow it: '21% of x, 29% of y and 43% of z'."""
        first: FoundFrequency | None = None
        figure: re.Match[str] | None = match
        while figure is not None:
            quantity = self._quantities.get(figure.start("quantity") + self._span.start)
            if quantity is None:
                return
            people = self._people_after(figure.end("quantity"), counted=_counted(quantity))
            if first is not None and (people is None or not self._ends(people)):
                return
            found = self._with(match, "subject", quantity, figure["about"], [people] if people else [])
            if first is not None and found is not None:
                found = replace(found, population=self._like(first, found))
            if found is None:
                return
            yield found
            first = first or found
            end = (people.end - self._span.start) if people else figure.end("quantity")
            figure = NEXT.match(self._marked, end)

    def _ends(self, people: Span) -> bool:
        """Say whether a later phrase on people ends its clause: in 'and 30% of them had ...' it is a subject."""
        text = self._marked[people.start - self._span.start :]
        after = self._marked[people.end - self._span.start :]
        return _THEM.match(text) is None and _ENDS.match(after) is not None

    def _like(self, first: FoundFrequency, found: FoundFrequency) -> str:
        """Return the population of a later figure; 'of alectinib' after 'of patients who progressed on ceritinib'."""
        if not first.people or not found.people:
            return found.population
        for kind in ("drug", "disease"):
            one = self._context.within(first.people[0], kind)
            other = self._context.within(found.people[0], kind)
            if len(one) == len(other) == 1 and found.population == other[0].normalized:
                return first.population.replace(one[0].normalized, other[0].normalized)
        return found.population

    def _one(self, match: re.Match[str], group: str, *people: Span | None) -> Iterator[FoundFrequency]:
        quantity = self._quantities.get(match.start("quantity") + self._span.start)
        if quantity is not None:
            found = self._with(match, group, quantity, match["about"], [span for span in people if span])
            if found is not None:
                yield found

    def _with(
        self, match: re.Match[str], group: str, quantity: Mention, about: str, people: list[Span]
    ) -> FoundFrequency | None:
        start = match.start(group) + self._span.start
        subject = self._subjects.get(start)
        if subject is None and start in self._diseases:
            subject = Subject(what=self._diseases[start].normalized, gene="", span=self._diseases[start].span)
        if subject is None:
            return None
        inside = TOTAL_IN.search(quantity.text)
        if inside:
            begin = quantity.span.start + inside.start("people")
            people = [Span(start=begin, end=begin + len(inside["people"])), *people]
        context = self._context
        population = " ".join(filter(None, (narrowed(context, span) for span in people)))
        opening, setting = self._before(min(match.start() + self._span.start, quantity.span.start))
        after = self._after(match.end()) if quantity.span.start < subject.span.start else ""
        if not population:
            population, opening = opening, ""
        setting = " ".join(filter(None, (opening, setting, after)))
        return FoundFrequency(
            subject=subject,
            quantity=quantity,
            about=about or "",
            people=tuple(people),
            population=population,
            setting=setting,
            total=self._total(),
        )

    def _total(self) -> int | None:
        """Return the number of people that the sentence opens with: 'Of 200 patients, ...'."""
        opening = _OF_TOTAL.match(self._text)
        return whole(opening["total"]) if opening else None

    def _before(self, start: int) -> tuple[str, str]:
        """Return what the sentence opens with ('In Asian patients,') and what else stands before the statement."""
        text = self._text[: start - self._span.start]
        opening = OPENING.match(text)
        reached = opening.end() if opening else 0
        rest = text[reached:]
        clause = reached + max((match.end() for match in _CLAUSE.finditer(rest)), default=0)
        defines = DEFINES.match(self._marked[clause : len(text)].lstrip(" ,"))
        told = "" if defines else self._narrowed(clause, len(text))
        return self._narrowed(0, reached), told

    def _after(self, end: int) -> str:
        """Return what narrows a statement behind its subject: 'in plasma', 'detected by FISH'."""
        phrase = _BEHIND.match(self._marked, end)
        rest = PEOPLE.match(self._marked, phrase.end()) if phrase else None
        return self._narrowed(rest.start(), rest.end()) if rest else ""

    def _narrowed(self, start: int, end: int) -> str:
        return narrowed(self._context, Span(start=self._span.start + start, end=self._span.start + end))

    def _people_after(self, end: int, *, counted: bool) -> Span | None:
        joint = OF.match(self._marked, end) or (_SPACE.match(self._marked, end) if counted else None)
        phrase = PEOPLE.match(self._marked, joint.end()) if joint else None
        if phrase is None or not phrase[0].strip():
            return None
        start = self._span.start + phrase.start()
        return Span(start=start, end=start + len(phrase[0].rstrip()))

    def _place(self, match: re.Match[str], group: str) -> Span | None:
        if not match[group] or not match[group].strip():
            return None
        skipped = len(match[group]) - len(match[group].lstrip())
        start = self._span.start + match.start(group)
        return Span(start=start + skipped, end=start + len(match[group].rstrip()))

    def _is_of(self, match: re.Match[str], people: Span | None) -> bool:
        """Say whether a figure without 'of' speaks of the people that follow it, or of those just named."""
        quantity = self._quantities.get(match.start("quantity") + self._span.start)
        return quantity is not None and (people is None or _counted(quantity))

    def _is_subject(self, match: re.Match[str], group: str) -> bool:
        """Say whether an alteration is what is found: 'responses in ALK-positive patients were seen in ...' is not."""
        before = self._marked[: match.start(group)]
        if match[group].startswith(DISEASE):
            return _DISEASE_FIRST.search(before) is not None
        return _PREPOSITION.search(before) is None or _CARRIERS.search(before) is not None


_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while|whereas|although|with)\s", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s+(?:detected|identified|found|confirmed|by|using|on|in|at|after|before|during|as)\s", re.IGNORECASE
)
_THEM = re.compile(r"(?:these|those|them|which|whom|who)\b", re.IGNORECASE)
_ENDS = re.compile(rf"\s*(?:$|[,;:.()]|(?:and|or|but|while|whereas)\b|{QUANTITY})")
_SPACE = re.compile(r"\s+(?=[a-z])")
_OPEN_ENDED = re.compile(r"\b(?:who|that|which|whose|and|or|to)$")
_OTHERS = (
    r"in|with|of|for|to|by|from|on|against|without|among|between|harbou?ring|carrying|bearing|than|into|via|through"
)
_PREPOSITION = re.compile(rf"\b(?:{_OTHERS}|and|or)\s+(?:the\s+|an?\s+|known\s+|other\s+)?$", re.IGNORECASE)
_IN_OTHERS = re.compile(rf"\b(?:{_OTHERS})\s+(?:the\s+|an?\s+|known\s+|other\s+)?$", re.IGNORECASE)
_CARRIERS = re.compile(
    r"(?:^|[,;]\s|\bthat\s|\bthe\s)(?:patients|tumou?rs|cases|cancers|presence|detection|subset|existence|number)\s"
    r"(?:of|with|harbou?ring|carrying|bearing)\s+(?:an?\s+|the\s+)?$|[,;]\s+and\s+$",
    re.IGNORECASE,
)
_DISEASE_FIRST = re.compile(r"(?:^|[,;]\s(?:and\s)?|\b(?:that|because|since)\s)(?:the\s)?$", re.IGNORECASE)


def _counted(quantity: Mention) -> bool:
    return quantity.quantity is not None and quantity.quantity.count is not None
