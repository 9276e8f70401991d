"""Plots as SVG, drawn on the server from what is counted and stored: nothing is loaded to show them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from curate.browse.overview import Result

_Scale: TypeAlias = Callable[[float], float]

_SEVERITIES = ("error", "warning", "notice")
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SLIM = frozenset("ijlftrI.,:;()-' ")  # letters about half as wide as others


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a plot has its parts, in pixels: names and numbers beside what is drawn or, stacked, above it."""

    width: float
    row: float
    name: float  # the room of a name
    left: float  # where what is drawn begins
    right: float  # and ends
    stacked: bool = False

    def at(self, row: int) -> float:
        """Return the top of what is drawn in a row."""
        return row * self.row + (24 if self.stacked else 4)


WIDE = Layout(width=900.0, row=26.0, name=330.0, left=344.0, right=744.0)
NARROW = Layout(width=330.0, row=46.0, name=200.0, left=12.0, right=318.0, stacked=True)
_THICK = 18.0


def bars(rules: Sequence[tuple[str, Mapping[str, int]]], layout: Layout = WIDE) -> Markup:
    """Return a bar for each rule, in parts by severity, its length the number of flags."""
    if not rules:
        return Markup()
    most = max(sum(counts.values()) for _, counts in rules)
    room = layout.right - layout.left
    drawn: list[Markup] = []
    for number, (rule, counts) in enumerate(rules):
        top, left = layout.at(number), layout.left
        drawn.append(_name(rule, top, layout))
        for severity in _SEVERITIES:
            width = room * counts.get(severity, 0) / most
            if width:
                drawn.append(
                    Markup(
                        '<rect class="lc-fill lc-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">'
                        "<title>{}: {} of severity {}</title></rect>"
                    ).format(severity, left, top, width, _THICK, rule, counts[severity], severity)
                )
            left += width
        said = ", ".join(f"{counts[severity]:,} {severity}" for severity in _SEVERITIES if counts.get(severity))
        drawn.append(_number(said, top, layout, after=left))
    return _svg(Markup().join(drawn), len(rules) * layout.row + 8, "Flags by rule and severity", layout)


def forest(results: Sequence[Result], unit: str, base: str, layout: Layout = WIDE) -> Markup:
    """Return a forest plot: for each result a square at the value and a line over its interval, on one axis.

    `base` is the address of the store; each name leads to its claim. An interval without an end is dashed.
    """
    if not results:
        return Markup()
    ends = [end for result in results for end in (result.value, result.low, result.high) if end is not None]
    ticks = axis(min(ends), max(ends))
    room = layout.right - layout.left

    def at(value: float) -> float:
        return layout.left + room * (value - ticks[0]) / (ticks[-1] - ticks[0])

    bottom = len(results) * layout.row + 6
    drawn = [
        Markup(
            '<line class="lc-grid" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="{1:.1f}"/>'
            '<text class="lc-tick" x="{0:.1f}" y="{2:.1f}" text-anchor="middle">{3:g}{4}</text>'
        ).format(at(tick), bottom, bottom + 16, tick, unit if unit == "%" else "")
        for tick in ticks
    ]
    for number, result in enumerate(results):
        drawn.append(_interval(result, layout.at(number), at, (ticks[0], ticks[-1]), base, layout))
    if unit and unit != "%" and not layout.stacked:
        drawn.append(_text(layout.right + 8, bottom, unit))
    return _svg(Markup().join(drawn), bottom + 24, "Values with their intervals", layout)


def axis(low: float, high: float) -> tuple[float, ...]:
    """Return round ticks, evenly spaced, the first not above `low` and the last not below `high`."""
    size = max(abs(low), abs(high), 1.0)
    # Where there is but one value, or as good as one, the axis is as long as the value is large.
    span = high - low if high - low > size * 1e-9 else size
    power = 10.0 ** math.floor(math.log10(span / 5))
    step = next(power * factor for factor in _STEPS if power * factor * 5 >= span * (1 - 1e-9))
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(number * step for number in range(first, max(last, first + 1) + 1))


def _interval(result: Result, top: float, at: _Scale, bounds: tuple[float, float], base: str, layout: Layout) -> Markup:
    middle = top + _THICK / 2
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
        _name(result.label, top, layout),
        at(low),
        at(high),
        middle,
        middle,
        Markup(' stroke-dasharray="4 3"') if result.low is None or result.high is None else "",
        at(result.value) - 4,
        middle - 4,
        result.label,
        said,
        _number(said, top, layout, after=layout.right),
    )


def _name(name: str, top: float, layout: Layout) -> Markup:
    short = _shortened(name, layout.name)
    where = (layout.left, top - 7, "start") if layout.stacked else (layout.name, top + 13, "end")
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}<title>{}</title></text>').format(*where, short, name)


def _shortened(name: str, room: float) -> str:
    """Return as much of a name as its room has, by the usual widths of letters."""
    used = 0.0
    for at, letter in enumerate(name):
        used += 5.0 if letter in _SLIM else 10.0 if letter.isupper() else 8.0
        if used > room:
            return name[: max(1, at - 1)].rstrip() + "…"
    return name


def _number(said: str, top: float, layout: Layout, *, after: float) -> Markup:
    """Return what is said of a row: at its right or, stacked, above it at the right edge."""
    return _text(layout.right, top - 20, said, anchor="end") if layout.stacked else _text(after + 8, top, said)


def _text(left: float, top: float, said: str, *, anchor: str = "start") -> Markup:
    return Markup('<text class="lc-tick" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        left, top + 13, anchor, said
    )


def _svg(content: Markup, height: float, label: str, layout: Layout) -> Markup:
    return Markup(
        '<svg class="lc-plot" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}" role="img" '
        'aria-label="{2}">{3}</svg>'
    ).format(layout.width, height, label, content)
