"""P values that do not fit the interval of their ratio."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from statistics import NormalDist

from curate.records import Doubt, Outcome, Place, Severity
from curate.rules import RULES
from curate.rules.shared.wording import number, place_name
from extract.claims.ratio import Ratio
from extract.records import Evidence, Extraction

NORMAL = NormalDist()
CROSSING = 0.5  # standard errors between P and interval, where they disagree whether chance explains the ratio
APART = 0.9  # standard errors, where both say the same of chance: a log-rank P is not that of the Cox model's ratio
FEW_ERROR = 0.4  # standard error of a logarithm, above which no more than six had the event in one of the groups
SMALLEST_P = 1e-12


@dataclass(frozen=True, slots=True)
class _Reach:
    """The least and the largest number of standard errors that printed numbers allow."""

    least: float
    most: float


@RULES.register("p-value-interval")
def p_value_interval(extraction: Extraction) -> Iterator[Doubt | Outcome]:
    """Find hazard, odds and risk ratios whose P value cannot come with their confidence interval.

    Works out, on the log scale, how many standard errors the ratio lies from 1, from its interval (whose width
    tells the standard error) and from P, each with what the rounding of every printed number allows. Flags the two
    where they lie half a standard error apart and disagree whether the ratio differs from 1 at the interval's level, or
    where they lie 0.9 apart: P values of log-rank and exact tests differ from those of the interval by less. Of a few
    people an exact test can tell quite another P value: odds and risk ratios with so wide an interval are doubted only
    where the two disagree whether the ratio differs from 1, by 0.9 standard errors. Only a ratio, its interval and P
    that stand together are compared; intervals that do not hold their estimate are another rule's, and words such as
    'significant' are left alone.

    Example: HR 0.51 (95% CI 0.35-0.72; P = 0.2), where the interval gives P < 0.001.

    Source: Altman & Bland, BMJ 2011;343:d2304 (P from an interval); rounding as in statcheck (Nuijten et al. 2016).
    """
    for claim in extraction.claims:
        ratio = claim.arguments
        if not isinstance(ratio, Ratio):
            continue
        told, stated = _of_interval(ratio), _of_p(ratio)
        if told is None or stated is None:
            yield Outcome.NOT_APPLICABLE
        elif _disagree(ratio, told, stated):
            yield _doubt(extraction, ratio, told, claim.evidence)
        else:
            yield Outcome.CONSISTENT


def _of_interval(ratio: Ratio) -> _Reach | None:
    """Return how far the ratio lies from 1, None where the numbers cannot tell."""
    half, bound = 0.5 * 10**-ratio.decimals, 0.5 * 10**-ratio.bound_decimals
    if not ratio.low - bound > 0 or not ratio.low + bound < ratio.high - bound or ratio.value <= half:
        return None
    if not ratio.low - bound <= ratio.value + half or not ratio.value - half <= ratio.high + bound:
        return None
    quantile = NORMAL.inv_cdf(0.5 + ratio.level / 200)
    reaches: list[float] = []
    for value, low, high in product(_around(ratio.value, half), _around(ratio.low, bound), _around(ratio.high, bound)):
        error = (math.log(high) - math.log(low)) / (2 * quantile)
        middle = (math.log(high) + math.log(low)) / 2
        reaches.extend((abs(math.log(value)) / error, abs(middle) / error))
    crosses = ratio.value - half <= 1 <= ratio.value + half
    return _Reach(0.0 if crosses else min(reaches), max(reaches))


def _around(value: float, half: float) -> tuple[float, float]:
    return value - half, value + half


def _of_p(ratio: Ratio) -> _Reach | None:
    if ratio.p is None or not 0 <= ratio.p <= 1:
        return None
    half = 0.5 * 10**-ratio.p_decimals
    low, high = max(ratio.p - half, SMALLEST_P), min(ratio.p + half, 1.0)
    if ratio.p_comparison in ("<", "≤"):
        return _Reach(_errors(high if ratio.p == 0 else ratio.p, ratio.tails), math.inf)
    if ratio.p_comparison in (">", "≥"):
        return _Reach(0.0, _errors(ratio.p, ratio.tails))
    if ratio.p_comparison:
        return None
    return _Reach(_errors(high, ratio.tails), math.inf if low == SMALLEST_P else _errors(low, ratio.tails))


def _errors(p: float, tails: int) -> float:
    """Return how many standard errors from no effect a P value stands for."""
    tail = min(max(p / tails, SMALLEST_P), 0.5)
    return -NORMAL.inv_cdf(tail)


def _disagree(ratio: Ratio, told: _Reach, stated: _Reach) -> bool:
    gap = max(stated.least - told.most, told.least - stated.most)
    limit = NORMAL.inv_cdf(0.5 + ratio.level / 200)
    crossing = told.most < limit <= stated.least or stated.most < limit <= told.least
    if ratio.measure != "HR" and math.log(ratio.high / ratio.low) / (2 * limit) >= FEW_ERROR:
        return crossing and gap > APART
    return gap > (CROSSING if crossing else APART)


def _doubt(extraction: Extraction, ratio: Ratio, told: _Reach, evidence: tuple[Evidence, ...]) -> Doubt:
    p = 2 * NORMAL.cdf(-(told.least + told.most) / 2)
    fitting = "P < 0.001" if p < 0.001 else f"P near {p:.2g}"
    stated = f"P {ratio.p_comparison or '='} {ratio.p or 0.0:.{ratio.p_decimals}f}"
    value = f"{ratio.value:.{ratio.decimals}f}"
    bounds = f"{ratio.low:.{ratio.bound_decimals}f} to {ratio.high:.{ratio.bound_decimals}f}"
    return Doubt(
        severity=Severity.WARNING,
        subject=evidence[0].quote,
        message=(
            f"{stated} in {place_name(extraction.document, evidence[0])} does not fit the {ratio.measure} of {value} "
            f"with its {number(ratio.level)}% CI of {bounds}, which gives {fitting}."
        ),
        expected=fitting,
        key=(ratio.measure, number(ratio.value), number(ratio.low), number(ratio.high)),
        places=tuple(Place(role="ratio, interval and P", evidence=one) for one in evidence),
    )
