"""Finding a quoted place again: in a new reading of a file, or in another copy of the paper.

As the text quote selector of the W3C Web Annotation Data Model has it, a place is known by its exact words and by what
stands before and after them. Space is not compared: another setting of the paper breaks its lines elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.cache import for_the_last
from extract.records import Span

NEEDED = 16
"""Letters of context that have to agree, on both sides together, or all of it where there is less."""

SURE = 40
"""Letters of a quote that needs no context where it stands in the text once."""

_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """A text without its spaces, and where each of its letters stands in it."""

    text: str
    offsets: tuple[int, ...]


def _squeezed(text: str) -> _Squeezed:
    kept = [(letter, at) for at, letter in enumerate(text) if not letter.isspace() and letter != _SOFT_HYPHEN]
    return _Squeezed("".join(letter for letter, _ in kept), tuple(at for _, at in kept))


# A document's text is asked for once for each place that is looked for in it.
_squeezed_whole = for_the_last(_squeezed)


def find_again(text: str, *, quote: str, prefix: str, suffix: str, occurrence: int = 0) -> Span | None:
    """Return where a quote stands in a text, None where it cannot be told.

    Of several places the one whose surroundings agree best is taken; of places that agree alike the one with the number
    `occurrence`, counted from 0. A place whose surroundings do not agree is not taken: a number alone stands in a paper
    more than once.
    """
    places = _best(text, quote, prefix, suffix)
    return places[occurrence] if occurrence < len(places) else None


def occurrence_of(text: str, span: Span, *, prefix: str, suffix: str) -> int:
    """Return which of the places that agree alike with a quote and its surroundings a span is, counted from 0."""
    places = _best(text, text[span.start : span.end], prefix, suffix)
    return places.index(span) if span in places else 0


def _best(text: str, quote: str, prefix: str, suffix: str) -> list[Span]:
    whole, wanted = _squeezed_whole(text), _squeezed(quote).text
    before, after = _squeezed(prefix).text, _squeezed(suffix).text
    if not wanted:
        return []
    found: list[tuple[int, Span]] = []
    for at in _places(whole.text, wanted):
        span = Span(start=whole.offsets[at], end=whole.offsets[at + len(wanted) - 1] + 1)
        if _parts_a_word(text, span, prefix, suffix):
            continue
        agreeing = _alike(whole.text[max(0, at - len(before)) : at][::-1], before[::-1]) + _alike(
            whole.text[at + len(wanted) : at + len(wanted) + len(after)], after
        )
        found.append((agreeing, span))
    if not found:
        return []
    best = max(agreeing for agreeing, _ in found)
    if best < min(NEEDED, len(before) + len(after)) and (len(found) > 1 or len(wanted) < SURE):
        return []
    return [span for agreeing, span in found if agreeing == best]


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _alike(one: str, other: str) -> int:
    """Return how many letters two texts have in common from their start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _parts_a_word(text: str, span: Span, prefix: str, suffix: str) -> bool:
    """Say whether the place lies inside a word though the quoted one did not: 'G12' is not in 'G1202R'."""
    left = text[span.start - 1 : span.start].isalnum() and not prefix[-1:].isalnum()
    right = text[span.end : span.end + 1].isalnum() and not suffix[:1].isalnum()
    return left or right
