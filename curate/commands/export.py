"""The command `litcurate export`."""

from __future__ import annotations

from pathlib import Path

import click

from curate.commands.options import refuse_store_as_output, store_option, write

EXPORT_KINDS = ("blocks", "tables", "references", "mentions", "claims", "flags", "decisions", "history", "additions")
EXPORT_FORMATS = ("bioc-json", "civic-sheet", "csv", "json", "jsonl", "web-annotation")


@click.command()
@click.argument("kind", type=click.Choice(EXPORT_KINDS))
@store_option
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), default="json", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of stdout.")
@click.option("--history", is_flag=True, help="Of decisions: with what was decided and what each replaces.")
def export(kind: str, store_path: Path, form: str, output: Path | None, history: bool) -> None:
    """Print all rows of a kind.

    Every kind can be csv, json and jsonl; claims also web-annotation and civic-sheet, mentions also bioc-json.
    `history` is every decision with what it was on, `additions` what curators marked because the tool had missed it.

    \b
    Example:
      litcurate export flags --store curation.db --format csv --output flags.csv
      litcurate export claims --store curation.db --format web-annotation
    """  # noqa: D301 - click reads the backspace
    from contextlib import ExitStack

    from curate.export.exports import KINDS
    from curate.export.formats import EXPORTERS
    from curate.store import Store

    if history and kind not in ("decisions", "history"):
        raise click.UsageError(f"--history goes with decisions, not with {kind}")
    exporter = EXPORTERS[form]
    wanted = "history" if history else kind
    source = exporter.sources.get(wanted) if exporter.sources else KINDS[wanted]
    if source is None:
        kinds = " and ".join(exporter.sources)
        raise click.UsageError(f"the format {form} is for {kinds}, not for {wanted}; take csv, json or jsonl")
    refuse_store_as_output(output, store_path)
    with Store.open(store_path, read_only=True) as store, store.snapshot(), ExitStack() as reading:
        records = source.records(store)
        # A reader of stdout that stops early (`| head`) ends the selection before the store is closed.
        reading.callback(records.close)
        pieces = exporter.write(source.columns(store), records)
        reading.callback(pieces.close)
        write(pieces, output)
