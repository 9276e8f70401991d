"""The `annotate` command: plain text in, mentions or claims out, without a store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO, TypeAlias

import click

from extract.errors import DocumentError
from extract.records import Claim, Extraction, Quantity

_SURROGATE = re.compile("[\ud800-\udfff]")
Json: TypeAlias = str | int | float | bool | list[str] | list[int] | dict[str, str | int | float] | None


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("source", metavar="[FILE|-]", default="-", type=click.File("rb"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="Form of the output: one JSON object a line.",
)
@click.option("--claims", is_flag=True, help="Print claims instead of mentions.")
@click.option("--explain", is_flag=True, help="Print for people: what was found by what, and why there is no claim.")
@click.option("--ner-model", metavar="NAME", help="A scispaCy NER model that is installed.")
def annotate(source: BinaryIO, form: str, *, claims: bool, explain: bool, ner_model: str | None) -> None:
    """Print the mentions, or claims, of a plain text, one JSON object each.

    FILE is UTF-8 text, or lines of {"id": ..., "text": ...}; '-' reads standard input. Offsets are code
    points of the text as given.

    \b
    Example:
      echo 'ALK G1202R confers resistance to crizotinib.' | litcurate annotate
    """  # noqa: D301 - click reads the backspace
    from extract.ner.spacy_pipelines import ModelNotInstalledError
    from extract.pipeline import Settings, extract_text

    del form  # jsonl is the only one so far
    settings = Settings(ner_model=ner_model)
    try:
        for identifier, text in _texts(source):
            extraction = extract_text(text, settings, claims=claims or explain)
            if explain:
                _explain(identifier, extraction)
                continue
            for row in _claim_rows(extraction) if claims else _mention_rows(extraction):
                named = row if identifier is None else {"id": identifier, **row}
                click.echo(_line(named))
    except (DocumentError, ModelNotInstalledError) as error:
        raise click.ClickException(str(error)) from error


def _explain(identifier: str | int | None, extraction: Extraction) -> None:
    from extract.claims.explained import explained

    if identifier is not None:
        click.echo(_SURROGATE.sub("?", f"== {identifier}"))
    for line in explained(extraction):
        click.echo(_SURROGATE.sub("?", line))


def _line(row: dict[str, Json]) -> str:
    """Return a row as JSON on one line; half a letter (a lone surrogate), which UTF-8 cannot hold, as its escape."""
    text = json.dumps(row, ensure_ascii=False)
    return text if text.isascii() else _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _texts(source: BinaryIO) -> Iterator[tuple[str | int | None, str]]:
    """Yield the id and the text of each JSON line, or the whole input once with no id."""
    name = getattr(source, "name", "input")
    try:
        text = source.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name}: is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    if not _is_json_line(text.lstrip().split("\n", 1)[0]):
        yield None, text
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _json_line(name, number, line)


def _is_json_line(line: str) -> bool:
    """Say whether a line is the JSON of a text; one that is nested too deeply is taken for it where it may be."""
    if not line.startswith("{"):
        return False
    try:
        found = json.loads(line)
    except ValueError:
        return False
    except RecursionError:
        return True
    return isinstance(found, dict) and "text" in found


def _json_line(name: str, number: int, line: str) -> tuple[str | int | None, str]:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise DocumentError(f"{name}, line {number}: is not JSON ({error})") from error
    except RecursionError as error:
        raise DocumentError(f"{name}, line {number}: is JSON that is nested too deeply") from error
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise DocumentError(f'{name}, line {number}: has no "text"; each line is {{"id": ..., "text": ...}}')
    identifier = found.get("id")
    return (identifier if isinstance(identifier, str | int) else None), found["text"]


def _mention_rows(extraction: Extraction) -> Iterator[dict[str, Json]]:
    for mention in extraction.mentions:
        row: dict[str, Json] = {
            "start": mention.span.start,
            "end": mention.span.end,
            "text": mention.text,
            "kind": mention.kind,
            "normalized": mention.normalized,
            "entity": mention.entity,
            "recognizer": mention.recognizer,
            "score": mention.score,
            "assertion": mention.assertion.value,
        }
        if mention.quantity is not None:
            row["quantity"] = _quantity(mention.quantity)
        yield row


def _quantity(quantity: Quantity) -> dict[str, str | int | float]:
    """Return what a quantity states; what it leaves out is left out."""
    return {key: value for key, value in asdict(quantity).items() if value not in (None, "")}


def _claim_rows(extraction: Extraction) -> Iterator[dict[str, Json]]:
    for claim in extraction.claims:
        for evidence in claim.evidence:
            yield {
                "kind": claim.kind,
                **_arguments(claim),
                "start": evidence.span.start,
                "end": evidence.span.end,
                "citations": list(evidence.citations),
                "found": {one.argument: one.how.value for one in evidence.found},
            }


def _arguments(claim: Claim) -> dict[str, Json]:
    """Return a claim's arguments by name; a single drug stands as a list, as combinations do.

    Every line has the fields of a variant response, empty where the kind has no such argument, so that a
    reader of the lines can look at them without asking for the kind first.
    """
    arguments: dict[str, Json] = {"gene": "", "variants": [], "drugs": [], "direction": ""}
    for name, value in asdict(claim.arguments).items():
        if name == "drug":
            arguments["drugs"] = [value]
        else:
            arguments[name] = list(value) if isinstance(value, tuple) else value
    return arguments
