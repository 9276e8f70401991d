"""The commands `litcurate agreement` and `litcurate adjudicate`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.commands.options import store_option

if TYPE_CHECKING:
    from curate.review.agreement import Agreement, Difference

VERDICTS = ("confirm", "dismiss", "correct", "reopen")


@click.command()
@store_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--unsettled", is_flag=True, help="List only differences that no adjudication settles.")
def agreement(store_path: Path, form: str, unsettled: bool) -> None:
    """Print how far curators agree, by rule, and the flags on which they differ.

    Cohen's kappa (1960) of each pair of curators over the flags that both reviewed; the categories are confirm,
    dismiss and correct.

    \b
    Example:
      litcurate agreement --store curation.db --unsettled
    """  # noqa: D301 - click reads the backspace
    from curate.review.agreement import agreements, differences
    from curate.store import Store

    with Store.open(store_path, read_only=True) as store, store.snapshot():
        found = agreements(store)
        listed = differences(store, unsettled=unsettled)
        for line in _json(found, listed) if form == "json" else _text(found, listed):
            click.echo(line)


def _json(found: tuple[Agreement, ...], listed: Iterator[Difference]) -> Iterator[str]:
    yield '{"agreement": ' + json.dumps([_agreement(one) for one in found], ensure_ascii=False) + ","
    lines = (json.dumps(_difference(one), ensure_ascii=False) for one in listed)
    yield '"differences": ['
    before = next(lines, None)
    for line in lines:
        yield f"{before},"
        before = line
    yield f"{before or ''}]" + "}"


def _agreement(one: Agreement) -> dict[str, object]:
    return {
        "rule": one.rule,
        "curators": list(one.curators),
        "flags": one.flags,
        "observed": one.observed,
        "expected": one.expected,
        "kappa": one.kappa,
    }


def _difference(one: Difference) -> dict[str, object]:
    return {
        "flag": one.flag.id,
        "document": one.flag.document_id,
        "rule": one.flag.rule,
        "subject": one.flag.subject,
        "arises": not one.flag.stale,
        "settled": one.settled.verdict.value if one.settled else None,
        "decisions": [
            {
                "curator": decision.curator,
                "verdict": decision.verdict.value,
                "value": decision.value,
                "reason": decision.reason,
                "decided_at": decision.decided_at,
            }
            for decision in one.decisions
        ],
    }


def _text(found: tuple[Agreement, ...], listed: Iterator[Difference]) -> Iterator[str]:
    if not found:
        yield "No flag was reviewed by two curators."
        return
    width = max(len(one.rule) for one in found)
    pair: tuple[str, str] | None = None
    for one in found:
        if one.curators != pair:
            yield ("" if pair is None else "\n") + " and ".join(_plain(name) for name in one.curators)
            yield f"  {'rule':<{width}}  flags  agreed  kappa"
            pair = one.curators
        kappa = "-" if one.kappa is None else f"{one.kappa:.2f}"
        yield f"  {one.rule:<{width}}  {one.flags:>5}  {one.observed:>6.0%}  {kappa:>5}"
    number = 0
    for difference in listed:
        number += 1
        flag = difference.flag
        settled = f" [settled: {difference.settled.verdict.value}]" if difference.settled else ""
        gone = " [no longer arises]" if flag.stale else ""
        yield f"\n{flag.id}  {flag.rule}  {_plain(flag.subject)}  ({_plain(flag.file_name)}){settled}{gone}"
        for decision in difference.decisions:
            value = f" to {_plain(decision.value)}" if decision.value else ""
            reason = f": {_plain(decision.reason)}" if decision.reason else ""
            yield f"  {_plain(decision.curator)}: {decision.verdict.value}{value}{reason}"
    yield (
        f"\n{number} to look at; settle one with `litcurate adjudicate FLAG VERDICT`."
        if number
        else "\nNo differences."
    )


def _plain(text: str) -> str:
    """Return the text on one line, without characters that would steer a terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


@click.command()
@click.argument("flag")
@click.argument("verdict", type=click.Choice(VERDICTS))
@store_option
@click.option("--value", default="", help="The right value, of a correction.")
@click.option("--reason", default="", help="Why.")
@click.option("--curator", help="Who decides.  [default: $LITCURATE_CURATOR, else the login name]")
def adjudicate(flag: str, verdict: str, store_path: Path, value: str, reason: str, curator: str | None) -> None:
    """Settle a flag on which curators differ; its status follows the adjudication, their reviews stay.

    `reopen` takes your own adjudication back.

    \b
    Example:
      litcurate adjudicate 85b5f500e3038803 correct --value 53 --reason 'Table 1' --store curation.db
    """  # noqa: D301 - click reads the backspace
    from curate.records import Role, Verdict
    from curate.review.decisions import curator_name, decide
    from curate.store import Store

    with Store.open(store_path) as store:
        decide(
            store,
            "flag",
            flag,
            Verdict(verdict),
            value=value,
            reason=reason,
            curator=curator_name(curator),
            role=Role.ADJUDICATION,
        )
        decided = store.flag(flag)
    if decided is not None:
        click.echo(f"{_plain(decided.subject)}: {decided.status.value}")
