"""What a command shows while and after it works: a bar or lines on stderr, the flags as a table."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from curate.run.batch import Progress as Done
from curate.store import Store
from curate.store.stored import StoredFlag
from curate.terminal_text import counted, printable

# Without a terminal there is no width to keep to; this one suits a log.
_LOG_WIDTH = 120
_STYLES = {"error": "bold red", "warning": "yellow", "notice": "dim"}


def progress_lines(batch: Iterable[Done], *, total: int) -> Iterator[Done]:
    """Pass on what a batch yields, showing a bar on a terminal's stderr, else a line a file."""
    if not sys.stderr.isatty():
        for done in batch:
            print(_plain(done.line), file=sys.stderr, flush=True)  # noqa: T201 - the log of a batch
            yield done
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        for done in batch:
            bar.update(task, advance=1)
            if done.outcome != "skipped" or "copy of" in done.line:
                bar.console.print(Text(_plain(done.line)))
            yield done


def flag_table(store: Store, flags: Sequence[StoredFlag], *, shown: int) -> None:
    """Print open flags as a table of severity, subject, message and page, at most `shown` of them."""
    if not flags:
        print("No open flags.")  # noqa: T201 - the result of the command
        return
    console = Console() if sys.stdout.isatty() else Console(width=_LOG_WIDTH)
    table = Table(title=counted(len(flags), "open flag"), title_justify="left")
    table.add_column("severity", no_wrap=True)
    table.add_column("subject")
    table.add_column("message", ratio=1)
    table.add_column("page", justify="right", no_wrap=True)
    for flag in flags[:shown]:
        pages = dict.fromkeys(str(place.page) for place in store.flag_places(flag.id) if place.page)
        severity = Text(flag.severity.value, style=_STYLES[flag.severity.value])
        # Text, not str: what a PDF says is never taken for markup.
        table.add_row(severity, Text(printable(flag.subject)), Text(printable(flag.message)), ", ".join(pages))
    console.print(table)
    if len(flags) > shown:
        console.print(f"and {len(flags) - shown} more: litcurate review --store {store.path}")


def _plain(lines: str) -> str:
    return "\n".join(printable(line) for line in lines.split("\n"))
