"""`entente import` and `entente export`: facts in and out as CSV, XLSX, YAML or JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot import wiring
from bot.cli.common import built, config_option, configured, database_option, fail, shown_problems
from bot.i18n import Translator
from bot.terminal import render_problem, safe
from knowledge.exchange.files import FORMATS, LOCAL, OtherEncoding, format_of, read_upload, write_file
from knowledge.exchange.plan import ImportPlan
from knowledge.exchange.rows import Read
from knowledge.keeping import Conflict
from knowledge.messages import Phrase
from knowledge.ports import StoreUnavailable
from knowledge.records import Problem

if TYPE_CHECKING:
    from bot.wiring import Parts

SHOWN: Final = 10
_form_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Format (default: as the file is named)."
)


@click.command("export")
@click.option("--kind", help="Only the facts of this kind.")
@_form_option
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File (default: standard output).")
@config_option
@database_option
def export_command(
    kind: str | None, form: str | None, output: Path | None, config: Path | None, database: Path | None
) -> None:
    """Write every fact, in a form that import reads back."""
    named = format_of(output.name) if output is not None else "csv"
    if not (form := form or named):
        raise click.UsageError(f"give --format, or a file that ends in one of: {', '.join(FORMATS)}")
    parts = built(configured(config, database), writes=False, meaning=False)
    try:
        kinds = parts.base.kinds
        if kind is not None and kind not in kinds:
            raise click.UsageError(f"there is no kind {kind}: {', '.join(kinds)}")
        records = [one for one in parts.base.records() if kind in (None, one.kind)]
        with progress(records, "export") as bar:
            data = write_file(form, bar, kinds)
    finally:
        parts.close()
    if isinstance(data, Problem):
        show_problems((data,), "")
        sys.exit(1)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        fail(f"entente: {output} cannot be written: {error.strerror}")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_form_option
@click.option("--kind", default="", help="The kind of the facts that name none.")
@click.option("--encoding", default="", help="Encoding of a text that is not in UTF-8, for example cp1252.")
@click.option("--replace", "replacing", is_flag=True, help="Make the base equal to the file: retire the other facts.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--skip-bad", is_flag=True, help="Import the good rows of a file with bad ones.")
@config_option
@database_option
def import_command(
    file: Path,
    form: str | None,
    kind: str,
    encoding: str,
    replacing: bool,
    dry_run: bool,
    skip_bad: bool,
    config: Path | None,
    database: Path | None,
) -> None:
    """Add and update facts from FILE (CSV, XLSX, YAML or JSON), all in one transaction or none."""
    if replacing and skip_bad:
        raise click.UsageError("--replace needs a file whose rows are all right, so it cannot go with --skip-bad")
    data = bytes_of(file)
    parts = opened(config, database, writes=not dry_run)
    try:
        read = read_upload(file.name, data, parts.base.kinds, LOCAL, form=form or "", encoding=encoding, kind=kind)
        if not isinstance(read, Read):
            refuse(read, file.name)
            raise AssertionError
        with progress(read.rows, "import") as bar:
            plan = parts.base.plan_import(bar, parts.desk.today(), replacing)
        problems = (*read.problems, *plan.refused)
        show_problems(problems, file.name)
        stopped = bool(problems) and not (skip_bad and read.rows)
        if not dry_run and not stopped:
            saved = parts.base.import_batch(plan, "entente", f"import {file.name}")
            if isinstance(saved, Conflict):
                fail(f"entente: {saved.record_id} was changed meanwhile: nothing was imported, import the file again")
        click.echo(Translator().say(summary(plan, stopped, dry_run), "en"))
    finally:
        parts.close()
    sys.exit(1 if stopped else 0)


def opened(config: Path | None, database: Path | None, *, writes: bool) -> Parts:
    """The parts, or the end of the program; a running bot keeps the base to itself."""
    loaded = configured(config, database)
    try:
        return wiring.build(loaded, writes=writes, meaning=False)
    except wiring.ProblemsFound as found:
        fail(*shown_problems(found.problems))
    except StoreUnavailable as error:
        fail(
            f"entente: {error.reason}",
            "Nothing was imported. Beside a running bot, --dry-run works; to import, stop it first.",
        )
    raise AssertionError


def progress(items: Sequence[Any], label: str) -> AbstractContextManager[Any]:
    """The items, with a bar on standard error where that is a terminal."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def bytes_of(file: Path) -> bytes:
    """What the file holds, to just beyond the limit, or the end of the program."""
    try:
        with file.open("rb") as stream:
            return stream.read(LOCAL.size + 1)
    except OSError as error:
        fail(f"entente: {file} cannot be read: {error.strerror}")
        raise AssertionError from error


def refuse(read: Problem | OtherEncoding, file: str) -> None:
    """The end of the program, with why none of the file can be read."""
    if isinstance(read, Problem):
        show_problems((read,), file)
    else:
        show_problems((Problem("", Phrase("exchange.other_encoding", {"encoding": read.encoding})),), file)
        for sample in read.samples:
            click.echo(f"  {safe(sample)}", err=True)
    sys.exit(1)


def show_problems(problems: tuple[Problem, ...], file: str) -> None:
    translator = Translator()
    for one in problems[:SHOWN]:
        place = f"{file} ({one.file})" if one.file else file
        click.echo(render_problem(Problem(one.field, one.phrase, one.line, place), "en", translator), err=True)
    if len(problems) > SHOWN:
        click.echo(translator.say(Phrase("exchange.more", {"count": len(problems) - SHOWN}), "en"), err=True)


def summary(plan: ImportPlan, stopped: bool, dry_run: bool) -> Phrase:
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged)}
    counts |= {"retired": len(plan.retired)}
    if stopped:
        return Phrase("exchange.nothing_imported")
    return Phrase("exchange.would_import" if dry_run else "exchange.imported", counts)
