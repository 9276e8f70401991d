"""The small forms by which a curator says what a marked place claims: each value is one that the paper prints.

A form offers what stands in the marked words, then what stands beside them (their block; their row and its headers),
then what else the article names. What is typed has to stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from curate.errors import DecisionError
from curate.review.marking import Marker
from extract.claims.shared.endpoints import find_endpoints, header_unit
from extract.claims.trial_result import TrialResult
from extract.claims.variant_response import VariantResponse
from extract.claims.variant_response.cues import RESISTANCE, SENSITIVITY
from extract.hgvs.notation import short_form
from extract.records import Arguments, CellRef, Mention, Span

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


Given: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimForm:
    """What is asked for a kind of claim, and how the answers become its arguments."""

    label: str
    fields: Callable[[Marker, Span], tuple[Field, ...]]
    arguments: Callable[[Marker, Span, Given], Arguments]


def arguments(marker: Marker, span: Span, kind: str, form: Mapping[str, str]) -> Arguments:
    """Return the arguments of a claim from a posted form, in which `name:value` is a choice among many.

    Raises `DecisionError` for a kind without a form, a value that was not offered or is not printed, or one that is
    needed and missing.
    """
    if kind not in FORMS:
        raise DecisionError(f"{kind!r} is no kind of claim that can be added; there are: {', '.join(FORMS)}")
    given: dict[str, tuple[str, ...]] = {}
    for field in FORMS[kind].fields(marker, span):
        values = tuple(_answers(field, form))
        if field.required and not values:
            raise DecisionError(f"the claim needs its {field.label}")
        offered = {option.value for option in field.options}
        if not field.typed and not set(values) <= offered:
            raise DecisionError(f"the {field.label} is none of those that the article names")
        given[field.name] = values if not field.typed else tuple(_printed(marker, span, one, field) for one in values)
    return FORMS[kind].arguments(marker, span, given)


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


def _response_fields(marker: Marker, span: Span) -> tuple[Field, ...]:
    genes = (
        *_named(marker, span, "gene", lambda one: one.normalized),
        *_named(marker, span, "variant", lambda one: one.entity),
    )
    near_variants = tuple(
        one for one in _named(marker, span, "variant", lambda one: " + ".join(_variants(one))) if one.near != ARTICLE
    )
    return (
        Field(name="variants", label="variants", options=near_variants, many=True),
        Field(name="gene", label="gene", options=_distinct(genes), required=False),
        Field(name="drug", label="drug", options=_named(marker, span, "drug", lambda one: one.normalized)),
        Field(
            name="direction",
            label="direction",
            options=tuple(Option(value=one, label=one) for one in (RESISTANCE, SENSITIVITY)),
        ),
    )


def _variants(mention: Mention) -> tuple[str, ...]:
    """Return the changes of a variant as claims have them: one-letter form, else the form that it has."""
    return short_form(mention.normalized) if mention.normalized.startswith("p.") else (mention.normalized,)


def _response(marker: Marker, span: Span, given: Given) -> VariantResponse:  # noqa: ARG001 - as all forms
    names = sorted({name for chosen in given["variants"] for name in chosen.split(" + ")})
    return VariantResponse(
        gene=_one(given["gene"]), variants=tuple(names), drug=_one(given["drug"]), direction=_one(given["direction"])
    )


def _result_fields(marker: Marker, span: Span) -> tuple[Field, ...]:
    near = _nearness(marker, span)
    values = tuple(
        Option(value=_key(one), label=" ".join(one.text.split()), near=near(one.span))
        for one in marker.context.of_kind("measurement")
        if one.quantity is not None and near(one.span) != ARTICLE
    )
    endpoints = _distinct(
        Option(value=hit.name, label=hit.name, near=near(Span(start=hit.start, end=hit.end)))
        for hit in find_endpoints(marker.document.text)
    )
    return (
        Field(name="trial", label="trial", options=_named(marker, span, "trial", lambda one: one.normalized)),
        Field(name="endpoint", label="endpoint", options=endpoints),
        Field(name="value", label="value", options=values),
        Field(
            name="arm",
            label="arm",
            options=_named(marker, span, "drug", lambda one: one.normalized),
            required=False,
        ),
        Field(name="population", label="population", typed=True, required=False),
    )


def _key(mention: Mention) -> str:
    return f"{mention.span.start}-{mention.span.end}"


def _result(marker: Marker, span: Span, given: Given) -> TrialResult:
    quantity = next(one.quantity for one in marker.context.of_kind("measurement") if _key(one) == given["value"][0])
    assert quantity is not None, "only numbers are offered"  # noqa: S101
    return TrialResult(
        trial=_one(given["trial"]),
        endpoint=_one(given["endpoint"]),
        arm=_one(given["arm"]),
        population=_one(given["population"]),
        value=quantity.value,
        unit=quantity.unit or _column_unit(marker, marker.cell(span)),
        low=quantity.low,
        high=quantity.high,
        status=quantity.status,
    )


def _column_unit(marker: Marker, cell: CellRef | None) -> str:
    return header_unit(marker.context.header(cell)) if cell else ""


def _one(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


FORMS: Mapping[str, ClaimForm] = MappingProxyType(
    {
        "variant_response": ClaimForm(label="variant response", fields=_response_fields, arguments=_response),
        "trial_result": ClaimForm(label="trial result", fields=_result_fields, arguments=_result),
    }
)
