"""What several commands share: the option of the store, and writing a text to where it was asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])


def store_option(command: F) -> F:
    """Add the option `--store`, which the command gets as `store_path`.

    Where a program that wrote the store crashed, what it had left beside the store is put into it, and stderr says so.
    """
    return click.option(
        "--store",
        "store_path",
        required=True,
        type=click.Path(path_type=Path),
        callback=_settled,
        help="The SQLite file that holds the curation.",
    )(command)


def _settled(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    del context, parameter
    if path.with_name(path.name + "-wal").exists():  # the rest needs SQLite, for which no other start waits
        from curate.opening import settle

        if settle(path):
            click.echo(
                f"{path}: a program that wrote this store ended without closing it; what it had stored was in "
                f"{path.name}-wal and is now in the store itself",
                err=True,
            )
    return path


def refuse_store_as_output(output: Path | None, store_path: Path) -> None:
    """Raise a usage error where the output would overwrite the store."""
    if output and output.exists() and store_path.exists() and output.samefile(store_path):
        raise click.UsageError("--output names the store itself; name another file")


def write(pieces: Iterable[str], output: Path | None) -> None:
    """Write the pieces as they come to the file, or to stdout; a broken pipe is left to click.

    Raises `click.ClickException` that names the file where it cannot be written.
    """
    try:
        if output:
            with output.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
        else:
            sys.stdout.buffer.writelines(piece.encode() for piece in pieces)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"{output or 'stdout'}: {error.strerror}") from error
