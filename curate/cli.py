"""The command `litcurate`: parse, call, print. What a command needs is imported when it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from curate.commands.agreement import adjudicate, agreement
from curate.commands.export import export
from curate.commands.options import store_option
from curate.commands.report import report
from curate.run.interrupts import terminated_as_interrupted

SEVERITIES = ("error", "warning", "notice")
_SHOWN = 50


class _Group(click.Group):
    """A group that says in one line what went wrong with a document, a store or a decision.

    SIGTERM ends a command in the good order in which Ctrl-C does.
    """

    def invoke(self, ctx: click.Context) -> object:
        try:
            with terminated_as_interrupted():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            from curate.errors import DecisionError, StoreError
            from extract.errors import DocumentError

            if isinstance(error, StoreError | DecisionError | DocumentError):
                from curate.terminal_text import printable

                raise click.ClickException(printable(" ".join(str(error).split()))) from error
            raise


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="litcurate", prog_name="litcurate")
def main() -> None:
    """Read precision-oncology articles, find where they contradict themselves, review, browse.

    \b
    Example:
      litcurate extract papers/ --store curation.db
      litcurate review --store curation.db
      litcurate browse --store curation.db
    """  # noqa: D301 - click reads the backspace


@main.command()
@click.argument("places", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@store_option
@click.option("--jobs", type=click.IntRange(min=1), help="Files read at once.  [default: one a core]")
@click.option("--ner-model", metavar="NAME", help="An installed scispaCy model to recognise entities with.")
@click.option("--force", is_flag=True, help="Read also what is stored unchanged.")
@click.option("--replace", is_flag=True, help="Take these files for their papers, though a stored copy is read better.")
@click.option("--page-seconds", type=click.FloatRange(min=0), default=60, show_default=True, help="Time for a page.")
@click.option(
    "--document-seconds",
    type=click.FloatRange(min=0),
    default=600,
    show_default=True,
    help="Time for a document; 0 sets no limit.",
)
@click.option(
    "--document-megabytes",
    type=click.IntRange(min=0),
    default=1400,
    show_default=True,
    help="Memory for a document; 0 sets no limit.",
)
def extract(
    places: tuple[Path, ...],
    store_path: Path,
    jobs: int | None,
    ner_model: str | None,
    force: bool,
    replace: bool,
    page_seconds: float,
    document_seconds: float,
    document_megabytes: int,
) -> None:
    """Read PDFs, or all PDFs of folders, into a store, and check them.

    What is stored unchanged is skipped; decisions are kept. Of two files of a paper the better reading stays.
    Prints the open flags of the files named.

    \b
    Example:
      litcurate extract review.pdf more-papers/ --store curation.db
    """  # noqa: D301 - click reads the backspace
    from contextlib import closing

    from curate.run.batch import find_pdfs, run_batch, settings_text
    from curate.run.interrupts import kept_interrupts
    from curate.run.progress import flag_table, progress_lines
    from curate.store import Store
    from extract.ner.spacy_pipelines import ModelNotInstalledError, choose_model
    from extract.pipeline import Settings

    paths, empty = find_pdfs(places)
    if not paths:
        raise click.ClickException("; ".join(empty))
    try:
        settings = Settings(
            ner_model=choose_model(ner_model), page_seconds=page_seconds, document_seconds=document_seconds
        )
    except ModelNotInstalledError as error:
        raise click.ClickException(" ".join(str(error).split())) from error
    failures = list(empty)
    read = skipped = 0
    documents: dict[str, None] = {}
    with Store.open(store_path, create=True) as store:
        version = _version()
        run = store.begin_run("extract", version=version, settings=settings_text(settings))
        batch = run_batch(
            store,
            paths,
            run=run,
            version=version,
            settings=settings,
            jobs=jobs or os.cpu_count() or 1,
            force=force,
            replace=replace,
            megabytes=document_megabytes,
        )
        try:
            with closing(batch), kept_interrupts() as raise_again:
                for done in progress_lines(batch, total=len(paths)):
                    read += done.outcome == "stored"
                    skipped += done.outcome == "skipped"
                    if done.outcome == "failed":
                        failures.append(done.line)
                    if done.document_id:
                        documents[done.document_id] = None
                    raise_again()
        except KeyboardInterrupt:
            click.echo(f"Interrupted: {read} read and stored, the rest is as it was.", err=True)
            sys.exit(1)
        store.finish_run(run, read=read, skipped=skipped, failures=tuple(failures))
        flags = [flag for identity in documents for flag in store.flags(document_id=identity)]
        flag_table(store, [flag for flag in flags if flag.status == "open" and not flag.stale], shown=_SHOWN)
    click.echo(f"{read} read, {skipped} skipped, {len(failures)} failed", err=True)
    for failure in failures:
        click.echo(f"failed: {failure}", err=True)
    if failures:
        sys.exit(1)


@main.command()
@store_option
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    help="Exit with status 1 where a flag this severe or worse is open or confirmed.",
)
def check(store_path: Path, fail_on: str | None) -> None:
    """Run the rules again over what is stored; the PDFs are not needed.

    \b
    Example:
      litcurate check --store curation.db --fail-on error
    """  # noqa: D301 - click reads the backspace
    from curate.errors import StoreError
    from curate.rules.run import check as run_rules
    from curate.store import Store
    from curate.terminal_text import counted, printable

    failures = []
    with Store.open(store_path) as store:
        run = store.begin_run("check", version=_version(), settings="{}")
        documents = tuple(store.documents())
        for document in documents:
            try:
                checked = run_rules(store.extraction(document.id))
            except StoreError as error:
                failures.append(f"{document.file_name}: {error}")
                continue
            store.save_check(document.id, checked, run)
            failures += [
                f"{document.file_name}: rule {count.rule} failed: {count.error}"
                for count in checked.counts
                if count.failed
            ]
        store.finish_run(run, read=len(documents), failures=tuple(failures))
        flags = [flag for flag in store.flags() if not flag.stale]
    standing = [flag for flag in flags if flag.status in ("open", "confirmed")]
    counts = {severity: sum(flag.severity == severity for flag in standing) for severity in SEVERITIES}
    told = ", ".join(f"{number} {severity}" for severity, number in counts.items())
    click.echo(f"{counted(len(documents), 'document')} checked; open or confirmed: {told}")
    for failure in failures:
        click.echo(f"failed: {printable(' '.join(failure.split()))}", err=True)
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    if failures or any(counts[severity] for severity in grave):
        sys.exit(1)


@main.command()
@store_option
@click.option("--curator", help="Who decides.  [default: $LITCURATE_CURATOR, else the login name]")
@click.option("--independent", is_flag=True, help="All flags that you have not decided, without what others decided.")
def review(store_path: Path, curator: str | None, independent: bool) -> None:
    """Go through the open flags, most severe first, one key each.

    Keys: c confirm, d dismiss, e correct, r reason, s skip, b back, n next document, u undo, q quit, ? help.
    Where the input is not a terminal, keys are read from its lines (`e 53` corrects to 53).

    \b
    Example:
      litcurate review --store curation.db --curator 'A. Curator'
    """  # noqa: D301 - click reads the backspace
    from curate.review.decisions import curator_name
    from curate.review.terminal import review as go_through
    from curate.store import Store

    with Store.open(store_path) as store:
        go_through(store, curator=curator_name(curator), independent=independent)


@main.command()
@store_option
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def browse(store_path: Path, port: int, no_open: bool) -> None:
    """Browse the store with Datasette on this machine, with pages to decide flags, claims and mentions.

    On a document's page, what the tool missed can be marked and added.

    \b
    Example:
      litcurate browse --store curation.db --port 8010
    """  # noqa: D301 - click reads the backspace
    from curate.store import Store

    Store.open(store_path, read_only=True).close()  # says what is not a store before a server starts
    from curate.browse.server import serve

    serve(store_path, port=port, open_browser=not no_open)


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
def rules(form: str) -> None:
    """Print the catalogue of rules: what each looks for and what it leaves alone.

    \b
    Example:
      litcurate rules
    """  # noqa: D301 - click reads the backspace
    from curate.rules.catalogue import as_markdown, as_text

    click.echo(as_markdown() if form == "markdown" else as_text(), nl=form == "text")


@main.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    short_help="Print the mentions, or claims, of plain text.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def annotate(arguments: tuple[str, ...]) -> None:
    """Print the mentions, or claims, of plain text; `extract.cli` has the command and its help."""
    from extract.cli import annotate as command

    command.main(args=list(arguments), prog_name="litcurate annotate")


@main.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    short_help="List the NER models; install one.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def models(arguments: tuple[str, ...]) -> None:
    """List the NER models, or install one; `extract.ner.command` has the command and its help."""
    from extract.ner.command import models as command

    command.main(args=list(arguments), prog_name="litcurate models")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("litcurate")
    except PackageNotFoundError:
        return "0 (not installed)"


for _command in (adjudicate, agreement, export, report):
    main.add_command(_command)


if __name__ == "__main__":
    main()
