"""Plots as SVG, drawn on the server from what is counted and stored: nothing is loaded to show them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from markupsafe import Markup

from curate.browse.overview import Result

_Scale: TypeAlias = Callable[[float], float]

_WIDTH = 760.0
_ROW = 26.0
_NAMES = 250.0  # for the names at the left
_NUMBERS = 140.0  # for the numbers at the right
_LETTERS = 38  # of a name that fit
_SEVERITIES = ("error", "warning", "notice")
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def bars(rules: Sequence[tuple[str, Mapping[str, int]]]) -> Markup:
    """Return a bar for each rule, in parts by severity, its length the number of flags."""
    if not rules:
        return Markup()
    most = max(sum(counts.values()) for _, counts in rules)
    room = _WIDTH - _NAMES - _NUMBERS
    drawn: list[Markup] = []
    for number, (rule, counts) in enumerate(rules):
        top, left = number * _ROW + 4, _NAMES
        drawn.append(_name(rule, top))
        for severity in _SEVERITIES:
            width = room * counts.get(severity, 0) / most
            if width:
                drawn.append(
                    Markup(
                        '<rect class="lc-fill lc-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">'
                        "<title>{}: {} of severity {}</title></rect>"
                    ).format(severity, left, top, width, _ROW - 8, rule, counts[severity], severity)
                )
            left += width
        said = ", ".join(f"{counts[severity]:,} {severity}" for severity in _SEVERITIES if counts.get(severity))
        drawn.append(_text(left + 8, top, said))
    return _svg(Markup().join(drawn), len(rules) * _ROW + 8, "Flags by rule and severity")


def forest(results: Sequence[Result], unit: str, base: str) -> Markup:
    """Return a forest plot: for each result a square at the value and a line over its interval, on one axis.

    `base` is the address of the store; each name leads to its claim. An interval without an end has an arrow.
    """
    if not results:
        return Markup()
    ends = [end for result in results for end in (result.value, result.low, result.high) if end is not None]
    ticks = axis(min(ends), max(ends))
    room = _WIDTH - _NAMES - _NUMBERS

    def at(value: float) -> float:
        return _NAMES + room * (value - ticks[0]) / (ticks[-1] - ticks[0])

    bottom = len(results) * _ROW + 6
    drawn = [
        Markup(
            '<line class="lc-grid" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1:.1f}"/>'
            '<text class="lc-tick" x="{0:.1f}" y="{2:.1f}" text-anchor="middle">{3:g}{4}</text>'
        ).format(at(tick), bottom, bottom + 16, tick, unit if unit == "%" else "")
        for tick in ticks
    ]
    for number, result in enumerate(results):
        drawn.append(_interval(result, number * _ROW + 4, at, (ticks[0], ticks[-1]), base))
    if unit and unit != "%":
        drawn.append(_text(_WIDTH - _NUMBERS + 8, bottom, unit))
    return _svg(Markup().join(drawn), bottom + 24, "Values with their intervals")


def axis(low: float, high: float) -> tuple[float, ...]:
    """Return round ticks, evenly spaced, the first not above `low` and the last not below `high`."""
    size = max(abs(low), abs(high), 1.0)
    # Where there is but one value, or as good as one, the axis is as long as the value is large.
    span = high - low if high - low > size * 1e-9 else size
    power = 10.0 ** math.floor(math.log10(span / 5))
    step = next(power * factor for factor in _STEPS if power * factor * 5 >= span * (1 - 1e-9))
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(number * step for number in range(first, max(last, first + 1) + 1))


def _interval(result: Result, top: float, at: _Scale, bounds: tuple[float, float], base: str) -> Markup:
    middle = top + (_ROW - 8) / 2
    low = bounds[0] if result.low is None else result.low
    high = bounds[1] if result.high is None else result.high
    ends = ("…" if end is None else f"{end:g}" for end in (result.low, result.high))
    said = f"{result.value:g} ({' to '.join(ends)})"
    return Markup(
        '<a href="{}/-/claim/{}">{}<line class="lc-interval" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"{}/>'
        '<rect class="lc-point" x="{:.1f}" y="{:.1f}" width="8" height="8"><title>{}: {}</title></rect>{}</a>'
    ).format(
        base,
        result.claim,
        _name(result.label, top),
        at(low),
        at(high),
        middle,
        middle,
        Markup(' stroke-dasharray="4 3"') if result.low is None or result.high is None else "",
        at(result.value) - 4,
        middle - 4,
        result.label,
        said,
        _text(_WIDTH - _NUMBERS + 8, top, said),
    )


def _name(name: str, top: float) -> Markup:
    short = name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="end">{}<title>{}</title></text>').format(
        _NAMES - 10, top + _ROW - 13, short, name
    )


def _text(left: float, top: float, said: str) -> Markup:
    return Markup('<text class="lc-tick" x="{:.1f}" y="{:.1f}">{}</text>').format(left, top + _ROW - 13, said)


def _svg(content: Markup, height: float, label: str) -> Markup:
    return Markup(
        '<svg class="lc-plot" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}" role="img" '
        'aria-label="{2}">{3}</svg>'
    ).format(_WIDTH, height, label, content)
