"""The command `litcurate report`."""

from __future__ import annotations

from pathlib import Path

import click

from curate.commands.options import refuse_store_as_output, store_option, write


@click.command()
@click.argument("document")
@store_option
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The HTML file to write."
)
def report(document: str, store_path: Path, output: Path) -> None:
    """Write one HTML file with a document's flags, quotes, page pictures and decisions.

    DOCUMENT is its file name, its DOI or the start of its id. The file needs no server and no network, and prints.

    \b
    Example:
      litcurate report review.pdf --store curation.db --output review.html
    """  # noqa: D301 - click reads the backspace
    from curate.report import report as pieces
    from curate.store import Store

    refuse_store_as_output(output, store_path)
    with Store.open(store_path, read_only=True) as store, store.snapshot():
        found = store.find_document(document)
        write(pieces(store, found), output)
    click.echo(f"{output}: written", err=True)
