"""The small forms by which a curator says what a marked place claims: each value is one that the paper prints.

A form offers what stands in the marked words, then what stands beside them (their block; their row and its headers),
then what else the article names. What is typed has to stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from curate.errors import DecisionError
from curate.marking import Marker
from extract.claims import CLAIM_KINDS, FormField, Offers
from extract.claims.shared.endpoints import find_endpoints, header_unit
from extract.hgvs.notation import short_form
from extract.records import Arguments, CellRef, Mention, Span

JOINED = " + "  # between the parts of a compound variant
Argument: TypeAlias = str | float | tuple[str, ...] | None
MARKED, BESIDE, ARTICLE = "in the marked words", "beside them", "elsewhere in the article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value that can be chosen, how it is shown, and how near to the mark it stands."""

    value: str
    label: str
    near: str = MARKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An argument of a claim: one or (`many`) several of the options, or `typed` as the article prints it."""

    name: str
    label: str
    options: tuple[Option, ...] = ()
    many: bool = False
    typed: bool = False
    required: bool = True

    def groups(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """Return the options by how near they stand, those that there are none of left out."""
        by_near = ((near, tuple(one for one in self.options if one.near == near)) for near in (MARKED, BESIDE, ARTICLE))
        return tuple((near, options) for near, options in by_near if options)


def forms() -> dict[str, str]:
    """Return the kinds of claim that can be added by hand, each with what a curator calls it."""
    kinds = sorted((kind.order, name) for name, kind in CLAIM_KINDS.items() if kind.form)
    return {name: name.replace("_", " ") for _, name in kinds}


def fields_of(kind: str, marker: Marker, span: Span) -> tuple[Field, ...]:
    """Return what is asked for a claim of a kind, with what a mark offers for it.

    Raises `DecisionError` for a kind that has no form.
    """
    return tuple(_field(asked, marker, span) for asked in _form(kind))


def arguments(marker: Marker, span: Span, kind: str, form: Mapping[str, str]) -> Arguments:
    """Return the arguments of a claim from a posted form, in which `name:value` is a choice among many.

    Raises `DecisionError` for a kind without a form, a value that was not offered or is not printed, or one that is
    needed and missing.
    """
    given: dict[str, Argument] = {}
    for asked in _form(kind):
        field = _field(asked, marker, span)
        values = tuple(_answers(field, form))
        if field.required and not values:
            raise DecisionError(f"the claim needs its {field.label}")
        offered = {option.value for option in field.options}
        if not field.typed and not set(values) <= offered:
            raise DecisionError(f"the {field.label} is none of those that the article names")
        if asked.offers is Offers.NUMBERS:
            given.update(_number(marker, span, values))
        elif field.many:
            given[field.name] = tuple(sorted({name for chosen in values for name in chosen.split(JOINED)}))
        else:
            one = values[0] if values else ""
            given[field.name] = _printed(marker, span, one, field) if field.typed and one else one
    return CLAIM_KINDS[kind].arguments(**given)


def _form(kind: str) -> tuple[FormField, ...]:
    if kind not in forms():
        raise DecisionError(f"unknown kind of claim {kind!r}; choose one of: {', '.join(forms())}")
    return CLAIM_KINDS[kind].form


def _field(asked: FormField, marker: Marker, span: Span) -> Field:
    options = _offered(asked, marker, span)
    if asked.near:
        options = tuple(one for one in options if one.near != ARTICLE)
    return Field(
        name=asked.name,
        label=asked.label,
        options=options,
        many=asked.many,
        typed=asked.typed,
        required=asked.required,
    )


def _offered(asked: FormField, marker: Marker, span: Span) -> tuple[Option, ...]:
    if asked.choices:
        return tuple(Option(value=one, label=one) for one in asked.choices)
    if asked.offers is Offers.NUMBERS:
        return _numbers(marker, span)
    if asked.offers is Offers.ENDPOINTS:
        near = _nearness(marker, span)
        hits = find_endpoints(marker.document.text)
        return _distinct(
            Option(value=hit.name, label=hit.name, near=near(Span(start=hit.start, end=hit.end))) for hit in hits
        )
    # A variant is asked for by its own name, or, beside genes, by the gene that it is of.
    of_genes = "gene" in asked.kinds
    return _distinct(
        option
        for kind in asked.kinds
        for option in _named(marker, span, kind, _gene_of if of_genes and kind == "variant" else _name_of)
    )


def _name_of(mention: Mention) -> str:
    return JOINED.join(_variants(mention)) if mention.kind == "variant" else mention.normalized


def _gene_of(mention: Mention) -> str:
    return mention.entity


def _answers(field: Field, form: Mapping[str, str]) -> Iterator[str]:
    if field.many:
        yield from (option.value for option in field.options if form.get(f"{field.name}:{option.value}"))
    elif form.get(field.name, "").strip():
        yield form[field.name].strip()


def _printed(marker: Marker, span: Span, typed: str, field: Field) -> str:
    """Return what was typed as the text has it, nearest to the mark. Raises `DecisionError` where it has not."""
    pattern = re.compile(r"\s+".join(map(re.escape, typed.split())), re.IGNORECASE)
    found = min(pattern.finditer(marker.document.text), key=lambda one: abs(one.start() - span.start), default=None)
    if found is None:
        raise DecisionError(f"the {field.label} {typed!r} does not stand in the article; type it as it is printed")
    return " ".join(found[0].split())


def _nearness(marker: Marker, span: Span) -> Callable[[Span], str]:
    """Return what says how near to a mark a place stands."""
    around = [marker.around(span)]
    cell = marker.cell(span)
    if cell is not None:
        table = marker.document.tables[cell.table]
        around += [one.span for one in marker.context.row(cell)]
        around += [one.span for row in table.rows[: table.header_rows] for one in row if one.column == cell.column]

    def near(place: Span) -> str:
        if span.start <= place.start and place.end <= span.end:
            return MARKED
        return BESIDE if any(one.start <= place.start and place.end <= one.end for one in around) else ARTICLE

    return near


def _named(marker: Marker, span: Span, kind: str, name: Callable[[Mention], str]) -> tuple[Option, ...]:
    """Return the distinct names of the mentions of a kind, each once, as near as it stands."""
    near = _nearness(marker, span)
    return _distinct(
        Option(value=name(one), label=name(one), near=near(one.span))
        for one in marker.context.of_kind(kind)
        if name(one)
    )


def _distinct(options: Iterable[Option]) -> tuple[Option, ...]:
    order = (MARKED, BESIDE, ARTICLE)
    best: dict[str, Option] = {}
    for option in options:
        known = best.get(option.value)
        if known is None or order.index(option.near) < order.index(known.near):
            best[option.value] = option
    return tuple(sorted(best.values(), key=lambda one: (order.index(one.near), one.label.casefold(), one.value)))


def _variants(mention: Mention) -> tuple[str, ...]:
    """Return the changes of a variant as claims have them: one-letter form, else the form that it has."""
    return short_form(mention.normalized) if mention.normalized.startswith("p.") else (mention.normalized,)


def _numbers(marker: Marker, span: Span) -> tuple[Option, ...]:
    near = _nearness(marker, span)
    return tuple(
        Option(value=_key(one), label=" ".join(one.text.split()), near=near(one.span))
        for one in marker.context.of_kind("measurement")
        if one.quantity is not None and near(one.span) != ARTICLE
    )


def _key(mention: Mention) -> str:
    return f"{mention.span.start}-{mention.span.end}"


def _number(marker: Marker, span: Span, chosen: tuple[str, ...]) -> dict[str, Argument]:
    quantity = next(
        (one.quantity for one in marker.context.of_kind("measurement") if _key(one) in chosen and one.quantity), None
    )
    if quantity is None:
        return {}
    return {
        "value": quantity.value,
        "unit": quantity.unit or _column_unit(marker, marker.cell(span)),
        "low": quantity.low,
        "high": quantity.high,
        "status": quantity.status,
    }


def _column_unit(marker: Marker, cell: CellRef | None) -> str:
    return header_unit(marker.context.header(cell)) if cell else ""
