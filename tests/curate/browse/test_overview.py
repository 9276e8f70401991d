"""The tables and plots over the claims of a store."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import builders
from hypothesis import example, given
from hypothesis import strategies as st
from visiting import Visitor, text_of

from curate.browse.overview import Result
from curate.browse.plots import NARROW, WIDE, axis, bars, forest
from curate.store import Store
from extract.claims.trial_result import TrialResult
from extract.claims.variant_response import VariantResponse
from extract.content_id import content_id
from extract.records import Arguments, Claim

NASTY = "<script>alert(1)</script>"


def claim(kind: str, arguments: Arguments) -> Claim:
    return Claim(
        id=content_id("claim", kind, repr(arguments)),
        kind=kind,
        arguments=arguments,
        evidence=(builders.evidence("62%"),),
    )


def response(variant: str, drug: str, direction: str) -> Claim:
    return claim("variant_response", VariantResponse(gene="ALK", variants=(variant,), drug=drug, direction=direction))


def result(trial: str, endpoint: str = "ORR", population: str = "") -> Claim:
    arguments = TrialResult(
        trial=trial, endpoint=endpoint, arm="x", population=population, value=53.0, unit="%", low=43.0, high=63.5
    )
    return claim("trial_result", arguments)


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", html[html.index('<table class="lc-matrix">') :], re.DOTALL)
    return [[text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def test_drugs_stand_against_variants(ada: Visitor, empty: Store) -> None:
    claims = (
        response("G1202R", "lorlatinib", "sensitivity"),
        response("G1202R", "alectinib", "resistance"),
        response("L1196M", "alectinib", "resistance"),
        response("L1196M", "alectinib", "sensitivity"),
    )
    builders.save(empty, builders.extraction(claims=claims))
    ada.turn_to(empty.path)
    html = ada.get("/curation/-/responses").text
    assert cells(html) == [
        ["Gene", "Variants", "alectinib", "lorlatinib"],
        ["ALK", "G1202R", "resistance", "sensitivity"],
        ["ALK", "L1196M", "resistancesensitivity", ""],
    ]
    assert len(re.findall(r'<td class="lc-both">', html)) == 1
    assert set(re.findall(r"/-/claim/([0-9a-f]+)", html)) == {item.id for item in claims}
    ada.submit(f"/curation/-/claim/{claims[3].id}", verdict="dismiss")
    assert 'class="lc-both"' not in ada.get("/curation/-/responses").text
    assert "No claim of this kind" in text_of(ada.get("/curation/-/responses?gene=ROS1").text)


def test_trials_stand_against_endpoints(ada: Visitor, empty: Store) -> None:
    some = (result("ALTA"), result("ALTA", "DCR", "naive"), result("ALEX"))
    builders.save(empty, builders.extraction(claims=some))
    ada.turn_to(empty.path)
    html = ada.get("/curation/-/results").text
    assert cells(html) == [
        ["Trial", "Arm", "ORR", "DCR"],
        ["ALEX", "x", "53% (43 to 63.5)", ""],
        ["ALTA", "x", "53% (43 to 63.5)", "53% (43 to 63.5) in naive"],
    ]
    ada.submit(f"/curation/-/claim/{some[2].id}", verdict="correct", value="54%")
    assert "<s>53% (43 to 63.5)</s> 54%" in ada.get("/curation/-/results?trial=ALEX").text


def test_a_store_without_claims_has_empty_tables(ada: Visitor, empty: Store) -> None:
    ada.turn_to(empty.path)
    for path in ("responses", "results", "plots"):
        page = ada.get(f"/curation/-/{path}")
        assert page.status_code == 200
        assert "in this store" in text_of(page.text) or "No rule has flagged" in text_of(page.text)


def test_the_plots_count_flags_and_lead_to_claims(curator: Visitor) -> None:
    html = curator.get("/curation/-/plots").text
    assert "claim-conflict: 1 of severity error" in html
    assert "spelling-variant: 1 of severity notice" in html


def test_a_forest_plot_leads_from_each_interval_to_its_claim(ada: Visitor, empty: Store) -> None:
    some = result(NASTY)
    builders.save(empty, builders.extraction(claims=(some,)))
    ada.turn_to(empty.path)
    html = ada.get("/curation/-/plots").text
    assert f'<a href="/curation/-/claim/{some.id}">' in html
    assert "53 (43 to 63.5)" in html
    assert NASTY not in html
    assert "&lt;script&gt;" in html


@example(one=0.0, other=5e-324)
@example(one=7.0, other=7.0)
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_ticks_are_even_and_enclose_what_is_drawn(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    ticks = axis(low, high)
    step = ticks[1] - ticks[0]
    assert 2 <= len(ticks) <= 9
    assert ticks[0] <= low + abs(step) * 1e-6
    assert high - abs(step) * 1e-6 <= ticks[-1]
    assert all(math.isclose(later - tick, step, rel_tol=1e-6) for tick, later in pairwise(ticks))


def test_bars_are_as_long_as_there_are_flags() -> None:
    drawn = bars([("rule-a", {"error": 6, "notice": 2}), ("rule-b", {"warning": 4})])
    lengths = {"rule-a": 0.0, "rule-b": 0.0}
    for width, rule in re.findall(r'width="([0-9.]+)" height="[0-9.]+"><title>([^:]+):', drawn):
        lengths[rule] += float(width)
    assert lengths["rule-b"] > 0
    assert math.isclose(lengths["rule-a"], 2 * lengths["rule-b"], rel_tol=0.01)


LABELS = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=80)


@given(LABELS)
def test_a_name_is_whole_or_cut_at_its_end(label: str) -> None:
    for layout in (WIDE, NARROW):
        drawn = bars([(label, {"error": 1})], layout)
        (shown,) = re.findall(r'<text [^>]*text-anchor="(?:start|end)">([^<]*)<title>', drawn)
        cut = unescape(shown)
        assert cut == label or (cut.endswith("…") and label.startswith(cut[:-1]))
        assert len(cut) <= layout.name / 5


def test_a_point_lies_within_its_interval_and_an_open_end_is_dashed() -> None:
    some = Result(claim="0" * 16, label="ALTA", value=50.0, low=40.0, high=60.0)
    drawn = forest([some, replace(some, high=None)], "%", "/db")
    ends = re.findall(r'class="lc-interval" x1="([0-9.]+)" x2="([0-9.]+)"', drawn)
    lines = [tuple(map(float, pair)) for pair in ends]
    points = [float(left) + 4 for left in re.findall(r'class="lc-point" x="([0-9.]+)"', drawn)]
    assert math.isclose(points[0], sum(lines[0]) / 2, abs_tol=0.2)
    assert [low < point < high for (low, high), point in zip(lines, points, strict=True)] == [True, True]
    assert drawn.count("stroke-dasharray") == 1
    assert forest([], "%", "/db") == ""
