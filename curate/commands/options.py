"""What several commands share: the option of the store, and writing a text to where it was asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])


def store_option(command: F) -> F:
    """Add the option `--store`, which the command gets as `store_path`."""
    return click.option(
        "--store",
        "store_path",
        required=True,
        type=click.Path(path_type=Path),
        help="The SQLite file that holds the curation.",
    )(command)


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
