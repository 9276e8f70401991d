"""The `models` command: which NER models are installed, and the installation of one on request."""

from __future__ import annotations

import sys

import click


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def models(context: click.Context) -> None:
    """List scispaCy's NER models and say which are installed; `install` adds one.

    \b
    Example:
      litcurate models
    """  # noqa: D301 - click reads the backspace
    from extract.ner.models import KNOWN

    if context.invoked_subcommand is not None:
        return
    for model in KNOWN:
        click.echo(f"{model.name:22}{model.installed or 'not installed':16}{model.finds}")


@models.command()
@click.argument("name")
@click.option("--sha256", metavar="HEX", help="The checksum that the archive has to have.")
@click.option("--from", "address", metavar="ADDRESS", default="", help="Where else to fetch it: https:// or file://.")
def install(name: str, sha256: str | None, address: str) -> None:
    """Fetch the model NAME from AllenAI's release address and install it into this environment.

    \b
    Example:
      litcurate models install en_ner_bc5cdr_md --sha256 HEX
    """  # noqa: D301 - click reads the backspace
    from extract.ner.models import ModelInstallError
    from extract.ner.models import install as fetch_and_install
    from extract.ner.models import model as known_model

    try:
        wanted = known_model(name)
        if wanted.installed:
            click.echo(f"{name} {wanted.installed} is installed already")
            return
        if not sha256:
            sha256 = _asked(address or wanted.address)
        click.echo(f"fetching {address or wanted.address}", err=True)
        version = fetch_and_install(name, sha256=sha256, address=address)
    except ModelInstallError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} {version} is installed")


def _asked(address: str) -> str:
    """Return the checksum that a person at the terminal gives; elsewhere it has to stand in the command."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"no checksum is known for {address}; give the one you trust with --sha256")
    click.echo(f"The archive is {address}", err=True)
    answer: str = click.prompt("Its SHA-256, from where you trust it", err=True)
    return answer
